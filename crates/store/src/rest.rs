//! Merging the index and writing back the WAL, off the path of a save.

use crate::{Changes, Error};
use rusqlite::{Connection, ErrorCode};
use std::collections::BTreeSet;

/// A transaction leaves one or more segments in the index, and search looks into each of them. Beyond so many, a write
/// pays for a merge itself, although nobody called `rest`.
const SEGMENTS: u64 = 256;

/// A write of so many records is a page of a sync or an import.
const PAGE: usize = 100;
const PAGE_SEGMENTS: u64 = 24;

/// Pages that one step of a merge writes at most: a save that comes meanwhile waits for one step.
const STEP: i64 = 256;

/// FTS5 keeps the list of its segments in this row.
const STRUCTURE_ROW: i64 = 10;

/// One step of merging, a transaction of its own. False when nothing is worth merging.
pub(crate) fn merge_step(connection: &Connection) -> Result<bool, Error> {
    let mut worked = false;
    for merge in [
        "INSERT INTO found(found, rank) VALUES ('merge', ?1)",
        "INSERT INTO part(part, rank) VALUES ('merge', ?1)",
    ] {
        let before = connection.total_changes();
        connection.prepare_cached(merge)?.execute([STEP])?;
        // FTS5 says that it found nothing to do by changing less than two rows.
        worked |= connection.total_changes() - before >= 2;
    }
    Ok(worked)
}

/// Writes the WAL back and cuts it to nothing. Somebody who still reads an old state delays it to the next time.
pub(crate) fn checkpoint(connection: &Connection) -> Result<(), Error> {
    match connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        Err(error) if is_busy(&error) => Ok(()),
        other => Ok(other?),
    }
}

/// The hard bound on the number of segments. A sync page pays earlier than a save: nobody waits for it.
pub(crate) fn bound(connection: &Connection, changes: &Changes) -> Result<(), Error> {
    let records: usize = changes.touched.values().map(BTreeSet::len).sum();
    let most = if records < PAGE { SEGMENTS } else { PAGE_SEGMENTS };
    bound_to(connection, most)
}

/// Before a page is written in the background: taking a word out of the index looks into every segment, so that a
/// hundred changed records after a day of saves would cost seconds.
pub(crate) fn before_page(connection: &Connection) -> Result<(), Error> {
    bound_to(connection, PAGE_SEGMENTS)
}

fn bound_to(connection: &Connection, most: u64) -> Result<(), Error> {
    if segments(connection)? > most {
        while merge_step(connection)? {}
    }
    Ok(())
}

/// How many segments the index has: the third number of its structure record, after a cookie of four bytes.
fn segments(connection: &Connection) -> Result<u64, Error> {
    let structure: Vec<u8> = connection
        .prepare_cached("SELECT block FROM found_data WHERE id = ?1")?
        .query_row([STRUCTURE_ROW], |row| row.get(0))?;
    // Since secure-delete an index may carry a mark of its second format.
    let numbers = structure.get(4..).unwrap_or_default();
    let numbers = numbers.strip_prefix(&[0xff, 0, 0, 1]).unwrap_or(numbers);
    let (_levels, rest) = number(numbers);
    Ok(number(rest).0)
}

/// A number as SQLite writes it: seven bits a byte, the highest first.
fn number(bytes: &[u8]) -> (u64, &[u8]) {
    let mut value = 0;
    for (n, byte) in bytes.iter().enumerate().take(8) {
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (value, &bytes[n + 1..]);
        }
    }
    (value, &[])
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
