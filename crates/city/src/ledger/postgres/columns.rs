//! Columns to values and back, with an error instead of a panic for what does not read back.

use crate::Error;
use domain::At;
use tokio_postgres::{
    Row,
    types::{FromSql, ToSql},
};

/// What a statement is given.
pub(super) type Given<'a> = &'a (dyn ToSql + Sync);

/// A column's value.
pub(super) fn get<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T, Error> {
    Ok(row.try_get(column)?)
}

/// A column that counts or is a place.
pub(super) fn count(row: &Row, column: usize) -> Result<u64, Error> {
    Ok(u64::try_from(get::<i64>(row, column)?).unwrap_or(0))
}

/// An instant.
pub(super) fn instant(row: &Row, column: usize) -> Result<At, Error> {
    At::from_millis(get(row, column)?).ok_or(Error::Row("an instant"))
}

/// An instant where there may be none.
pub(super) fn at(row: &Row, column: usize) -> Result<Option<At>, Error> {
    Ok(get::<Option<i64>>(row, column)?.and_then(At::from_millis))
}

/// A hash.
pub(super) fn hash(row: &Row, column: usize) -> Result<[u8; 32], Error> {
    get::<&[u8]>(row, column)?.try_into().map_err(|_| Error::Row("a hash"))
}

/// A hash where there may be none.
pub(super) fn maybe_hash(row: &Row, column: usize) -> Result<Option<[u8; 32]>, Error> {
    let bytes = get::<Option<&[u8]>>(row, column)?;
    bytes
        .map(|bytes| bytes.try_into().map_err(|_| Error::Row("a hash")))
        .transpose()
}

/// JSON that this program wrote itself.
pub(super) fn json<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::Row(what))
}

/// A place or a count as PostgreSQL counts.
pub(super) fn place(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
