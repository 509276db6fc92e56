//! Attachments, in the pieces in which they came.

use super::{
    columns::{count, get, hash, place},
    session::Session,
};
use crate::{
    Error,
    ledger::{
        BlobRow,
        blob::{bytes_of, travelling},
    },
};
use domain::{At, BlobHash, RecordId};
use std::collections::BTreeSet;
use tokio_postgres::Row;

const FIND: &str = "SELECT b, total, held FROM blob WHERE n = $1 AND hash = $2";
const WHOLE: &str = include_str!("blob_whole.sql");
const BYTES: &str = include_str!("blob_bytes.sql");
const BEGIN: &str = "INSERT INTO blob (n, hash, total, waits_since) VALUES ($1, $2, $3, $4) RETURNING b, total, held";
const GROW: &str = include_str!("blob_grow.sql");
const ADD: &str = "INSERT INTO blob_piece (b, at, bytes) VALUES ($1, $2, $3)";
const DROP: &str = "UPDATE blob SET n = NULL, waits_since = NULL WHERE b = $1";
const KEEP: &str = "UPDATE blob SET n = NULL, waits_since = NULL WHERE n = $1 AND hash <> ALL ($2)";
const DROP_PARTIAL: &str = "UPDATE blob SET n = NULL, waits_since = NULL WHERE waits_since < $1";
const DESTROY: &str = include_str!("blob_destroy.sql");
const DESTROY_EMPTY: &str =
    "DELETE FROM blob WHERE n IS NULL AND NOT EXISTS (SELECT FROM blob_piece WHERE blob_piece.b = blob.b)";

fn read(row: &Row) -> Result<BlobRow, Error> {
    Ok(BlobRow {
        b: get(row, 0)?,
        total: count(row, 1)?,
        held: count(row, 2)?,
    })
}

pub(super) fn find(session: &Session<'_>, n: i64, hash: &BlobHash) -> Result<Option<BlobRow>, Error> {
    let row = session.row(FIND, &[&n, &bytes_of(hash).as_slice()])?;
    row.as_ref().map(read).transpose()
}

pub(super) fn whole(session: &Session<'_>) -> Result<Vec<(RecordId, BlobHash, BlobRow)>, Error> {
    let rows = session.rows(WHOLE, &[])?;
    rows.iter()
        .map(|row| Ok((RecordId(get(row, 3)?), travelling(hash(row, 4)?)?, read(row)?)))
        .collect()
}

pub(super) fn bytes(session: &Session<'_>, b: i64, from: u64, most: usize) -> Result<Vec<u8>, Error> {
    let until = place(from.saturating_add(most as u64));
    let mut bytes = Vec::new();
    for row in session.rows(BYTES, &[&b, &place(from), &until])? {
        let piece: &[u8] = get(&row, 1)?;
        let skipped = usize::try_from(from.saturating_sub(count(&row, 0)?)).unwrap_or(usize::MAX);
        bytes.extend_from_slice(piece.get(skipped..).unwrap_or_default());
    }
    bytes.truncate(most);
    Ok(bytes)
}

pub(super) fn begin(session: &Session<'_>, n: i64, hash: &BlobHash, total: u64, at: At) -> Result<BlobRow, Error> {
    if let Some(old) = find(session, n, hash)? {
        drop_one(session, old.b)?;
    }
    let row = session.row(BEGIN, &[&n, &bytes_of(hash).as_slice(), &place(total), &at.millis()])?;
    read(&row.ok_or(Error::Row("blob.b"))?)
}

pub(super) fn add(session: &Session<'_>, row: BlobRow, bytes: &[u8], at: At) -> Result<(), Error> {
    let held = row.held + bytes.len() as u64;
    let waits = (held < row.total).then(|| at.millis());
    if session.run(GROW, &[&row.b, &place(row.held), &place(held), &waits])? != 1 {
        return Err(Error::Row("blob.held"));
    }
    session.run(ADD, &[&row.b, &place(row.held), &bytes]).map(drop)
}

pub(super) fn drop_one(session: &Session<'_>, b: i64) -> Result<(), Error> {
    session.run(DROP, &[&b]).map(drop)
}

pub(super) fn keep(session: &Session<'_>, n: i64, named: &BTreeSet<BlobHash>) -> Result<(), Error> {
    let named: Vec<[u8; 32]> = named.iter().map(bytes_of).collect();
    let named: Vec<&[u8]> = named.iter().map(<[u8; 32]>::as_slice).collect();
    session.run(KEEP, &[&n, &named]).map(drop)
}

pub(super) fn drop_partial_before(session: &Session<'_>, at: At) -> Result<usize, Error> {
    let dropped = session.run(DROP_PARTIAL, &[&at.millis()])?;
    Ok(usize::try_from(dropped).unwrap_or(usize::MAX))
}

pub(super) fn destroy(session: &Session<'_>, most: usize) -> Result<usize, Error> {
    let destroyed = session.run(DESTROY, &[&place(most as u64)])?;
    session.run(DESTROY_EMPTY, &[])?;
    Ok(usize::try_from(destroyed).unwrap_or(usize::MAX))
}
