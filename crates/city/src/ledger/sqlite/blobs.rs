//! Attachments, in the pieces in which they came.

use super::columns::{Id, Millis, count, place};
use crate::{
    Error,
    ledger::{
        BlobRow,
        blob::{bytes_of, travelling},
    },
};
use domain::{At, BlobHash, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

const FIND: &str = "SELECT b, total, held FROM blob WHERE n = ?1 AND hash = ?2";
const WHOLE: &str = include_str!("blob_whole.sql");
const BYTES: &str = include_str!("blob_bytes.sql");
const BEGIN: &str = "INSERT INTO blob (n, hash, total, waits_since) VALUES (?1, ?2, ?3, ?4)";
const GROW: &str = include_str!("blob_grow.sql");
const ADD: &str = "INSERT INTO blob_piece (b, at, bytes) VALUES (?1, ?2, ?3)";
const DROP: &str = "UPDATE blob SET n = NULL, waits_since = NULL WHERE b = ?1";
const DROP_PARTIAL: &str = "UPDATE blob SET n = NULL, waits_since = NULL WHERE waits_since < ?1";
const DESTROY: &str = include_str!("blob_destroy.sql");
const DESTROY_EMPTY: &str =
    "DELETE FROM blob WHERE n IS NULL AND NOT EXISTS (SELECT 1 FROM blob_piece WHERE blob_piece.b = blob.b)";

pub(super) fn find(db: &Connection, n: i64, hash: &BlobHash) -> Result<Option<BlobRow>, Error> {
    let mut find = db.prepare_cached(FIND)?;
    Ok(find.query_row(params![n, bytes_of(hash)], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<BlobRow> {
    Ok(BlobRow {
        b: row.get(0)?,
        total: count(row.get(1)?),
        held: count(row.get(2)?),
    })
}

pub(super) fn whole(db: &Connection) -> Result<Vec<(RecordId, BlobHash, BlobRow)>, Error> {
    let mut find = db.prepare_cached(WHOLE)?;
    let rows = find.query_map([], |row| {
        let Id(record) = row.get(3)?;
        Ok((RecordId(record), row.get(4)?, read(row)?))
    })?;
    rows.map(|row| {
        let (record, hash, blob): (RecordId, [u8; 32], BlobRow) = row?;
        Ok((record, travelling(hash)?, blob))
    })
    .collect()
}

pub(super) fn bytes(db: &Connection, b: i64, from: u64, most: usize) -> Result<Vec<u8>, Error> {
    let mut find = db.prepare_cached(BYTES)?;
    let mut rows = find.query(params![b, place(from), place(from.saturating_add(most as u64))])?;
    let mut bytes = Vec::new();
    while let Some(row) = rows.next()? {
        let at = count(row.get(0)?);
        let piece = row.get_ref(1)?.as_blob().map_err(|_| Error::Row("blob_piece.bytes"))?;
        let skipped = usize::try_from(from.saturating_sub(at)).unwrap_or(usize::MAX);
        bytes.extend_from_slice(piece.get(skipped..).unwrap_or_default());
    }
    bytes.truncate(most);
    Ok(bytes)
}

pub(super) fn begin(db: &Connection, n: i64, hash: &BlobHash, total: u64, at: At) -> Result<BlobRow, Error> {
    if let Some(old) = find(db, n, hash)? {
        drop_one(db, old.b)?;
    }
    let values = params![n, bytes_of(hash), place(total), Millis(at)];
    let b = db.prepare_cached(BEGIN)?.insert(values)?;
    Ok(BlobRow { b, total, held: 0 })
}

pub(super) fn add(db: &Connection, row: BlobRow, bytes: &[u8], at: At) -> Result<(), Error> {
    let held = row.held + bytes.len() as u64;
    let waits = (held < row.total).then_some(Millis(at));
    let grown = db
        .prepare_cached(GROW)?
        .execute(params![row.b, place(row.held), place(held), waits])?;
    if grown != 1 {
        return Err(Error::Row("blob.held"));
    }
    db.prepare_cached(ADD)?
        .execute(params![row.b, place(row.held), bytes])?;
    Ok(())
}

pub(super) fn drop_one(db: &Connection, b: i64) -> Result<(), Error> {
    db.prepare_cached(DROP)?.execute([b])?;
    Ok(())
}

pub(super) fn keep(db: &Connection, n: i64, named: &BTreeSet<BlobHash>) -> Result<(), Error> {
    let named: BTreeSet<[u8; 32]> = named.iter().map(bytes_of).collect();
    let mut find = db.prepare_cached("SELECT b, hash FROM blob WHERE n = ?1")?;
    let rows = find.query_map([n], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in rows.collect::<Result<Vec<(i64, [u8; 32])>, _>>()? {
        if !named.contains(&row.1) {
            drop_one(db, row.0)?;
        }
    }
    Ok(())
}

pub(super) fn drop_partial_before(db: &Connection, at: At) -> Result<usize, Error> {
    Ok(db.prepare_cached(DROP_PARTIAL)?.execute([at.millis()])?)
}

pub(super) fn destroy(db: &Connection, most: usize) -> Result<usize, Error> {
    let destroyed = db.prepare_cached(DESTROY)?.execute([place(most as u64)])?;
    db.prepare_cached(DESTROY_EMPTY)?.execute([])?;
    Ok(destroyed)
}
