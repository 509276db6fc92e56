//! The feed: several keys' streams as one, in the order of seq.

use super::{
    columns::{count, get, place},
    session::Session,
};
use crate::{
    Error,
    ledger::{Key, Standing, Step, Trace, keys_of_record},
};

const NEXT: &str = include_str!("next_steps.sql");
const LEFT: &str = include_str!("left.sql");
const HERE: &str = include_str!("here.sql");

/// Merges the keys' streams. Of each, at most as many rows are read as are taken in all.
pub(super) fn steps(
    session: &Session<'_>,
    keys: &[Key],
    after: u64,
    through: u64,
    limit: usize,
) -> Result<Vec<Step>, Error> {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = session.rows(NEXT, &[&names, &place(after), &place(through), &limit])?;
    rows.iter()
        .map(|row| {
            Ok(Step {
                seq: count(row, 0)?,
                n: get(row, 1)?,
                since: count(row, 2)?,
                left: get(row, 3)?,
                // PostgreSQL counts from 1.
                key: usize::try_from(count(row, 4)?.saturating_sub(1)).unwrap_or(usize::MAX),
            })
        })
        .collect()
}

/// The keys under which a record stands or stood.
pub(super) fn traces(session: &Session<'_>, standing: &Standing) -> Result<Vec<Trace>, Error> {
    let names: Vec<String> = keys_of_record(&standing.envelope.kind, &standing.envelope.placement())
        .iter()
        .map(Key::to_string)
        .collect();
    let here = session.rows(HERE, &[&names, &place(standing.seq), &standing.n])?;
    let left = session.rows(LEFT, &[&standing.n])?;
    here.iter()
        .chain(&left)
        .map(|row| {
            let left = get::<Option<i64>>(row, 3)?;
            Ok(Trace {
                key: Key::parse(get(row, 0)?).ok_or(Error::Row("scope_key.name"))?,
                since: count(row, 2)?,
                left: left.map(|class| Ok::<_, Error>((count(row, 1)?, class))).transpose()?,
            })
        })
        .collect()
}
