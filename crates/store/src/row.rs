//! Rows and what they hold.

use crate::{Error, Stamp};
use domain::{At, Body, Envelope, Members, MutationId, PersonId, Record, RecordId, Sealed, State};
use rusqlite::{OptionalExtension, Params, Row, Statement};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The city's word on a record: the record, when it changed and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The record.
    pub record: Record,
    /// The city's time of the change.
    pub changed_at: At,
    /// Who made it.
    pub changed_by: PersonId,
}

/// Where a record stands in a list; a page goes on after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Key(pub(crate) i64);

/// A record as this device has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The record, with this device's edits.
    pub record: Record,
    /// Something in it is not confirmed by the city yet.
    pub pending: bool,
    /// Why the city refused the last change, if it did.
    pub refused: Option<String>,
    /// The city's time of the last change, or this device's for an edit.
    pub changed_at: At,
    /// Who made the last change.
    pub changed_by: PersonId,
    /// Where it stands in a list.
    pub key: Key,
}

/// The columns of [`stored`], of the tables of [`STORED_JOINS`] after `record r`.
pub(crate) const STORED_COLUMNS: &str = "r.envelope, r.body, r.sealed, r.changed_at, r.changed_by, r.position, o.id IS NOT NULL OR f.id IS NOT NULL, o.refused";
pub(crate) const STORED_JOINS: &str = "LEFT JOIN outbox o ON o.id = r.id LEFT JOIN in_flight f ON f.id = r.id";

pub(crate) fn stored(row: &Row<'_>) -> Result<Stored, Error> {
    let Confirmed {
        record,
        changed_at,
        changed_by,
    } = confirmed(row)?;
    Ok(Stored {
        record,
        changed_at,
        changed_by,
        key: Key(row.get(5)?),
        pending: row.get(6)?,
        refused: row.get(7)?,
    })
}

/// Columns: envelope, body, sealed, changed_at, changed_by.
pub(crate) fn confirmed(row: &Row<'_>) -> Result<Confirmed, Error> {
    Ok(Confirmed {
        record: record(row)?,
        changed_at: at(row, 3)?,
        changed_by: PersonId(uuid(row, 4)?),
    })
}

/// Columns: envelope, body, sealed.
pub(crate) fn record(row: &Row<'_>) -> Result<Record, Error> {
    Ok(Record {
        envelope: envelope(row, 0)?,
        body: row.get::<_, Option<String>>(1)?.map(Body::new),
        sealed: row.get::<_, Option<String>>(2)?.map(Sealed::new),
    })
}

pub(crate) fn envelope(row: &Row<'_>, column: usize) -> Result<Envelope, Error> {
    let unreadable = || Error::Unreadable("envelope");
    let json = row.get_ref(column)?.as_str().map_err(|_| unreadable())?;
    serde_json::from_str(json).map_err(|_| unreadable())
}

pub(crate) fn at(row: &Row<'_>, column: usize) -> Result<At, Error> {
    At::from_millis(row.get(column)?).ok_or(Error::Unreadable("time"))
}

/// Columns from `first`: mutation id, by, at.
pub(crate) fn stamp(row: &Row<'_>, first: usize) -> Result<Stamp, Error> {
    Ok(Stamp {
        mutation_id: mutation_id(row, first)?,
        by: PersonId(uuid(row, first + 1)?),
        at: at(row, first + 2)?,
    })
}

pub(crate) fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid, Error> {
    let bytes = row.get_ref(column)?.as_blob().map_err(|_| Error::Unreadable("id"))?;
    Uuid::from_slice(bytes).map_err(|_| Error::Unreadable("id"))
}

pub(crate) fn record_id(row: &Row<'_>, column: usize) -> Result<RecordId, Error> {
    uuid(row, column).map(RecordId)
}

pub(crate) fn mutation_id(row: &Row<'_>, column: usize) -> Result<MutationId, Error> {
    uuid(row, column).map(MutationId)
}

/// The first row, read with `read`.
pub(crate) fn one<T>(
    statement: &mut Statement<'_>,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    statement.query_row(params, |row| Ok(read(row))).optional()?.transpose()
}

/// All rows, read with `read`.
pub(crate) fn all<T>(
    statement: &mut Statement<'_>,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

pub(crate) fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

pub(crate) fn body(record: &Record) -> Option<&str> {
    record.body.as_ref().map(Body::as_str)
}

pub(crate) fn sealed(record: &Record) -> Option<&str> {
    record.sealed.as_ref().map(Sealed::as_str)
}

pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Live => "live",
        State::Trashed => "trashed",
        State::Deleted => "deleted",
        State::Erased => "erased",
    }
}

/// How many fields of a body stand in two versions.
pub(crate) fn variants(members: &Members) -> i64 {
    let fields: BTreeMap<String, Vec<IgnoredAny>> = members.read("variants").unwrap_or_default();
    i64::try_from(fields.values().filter(|open| !open.is_empty()).count()).unwrap_or(i64::MAX)
}
