//! Which records name another, found from the one that is named.

use crate::{Error, Reading, row};
use domain::{Kind, Members, RecordId};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The records that one of this kind names.
pub(crate) fn named(kind: &Kind, members: Option<&Members>) -> BTreeSet<[u8; 16]> {
    let Some(members) = members else { return BTreeSet::new() };
    let mut named: Vec<RecordId> = members.read("links").unwrap_or_default();
    if *kind == Kind::Request {
        named.extend(
            ["contact", "duplicate_of"]
                .iter()
                .filter_map(|name| members.read::<RecordId>(name)),
        );
    }
    named.into_iter().map(|id| id.0.into_bytes()).collect()
}

pub(crate) fn add(connection: &Connection, named: &BTreeSet<[u8; 16]>, position: i64) -> Result<(), Error> {
    for target in named {
        connection
            .prepare_cached("INSERT INTO record_link (target, position) VALUES (?1, ?2)")?
            .execute((target.as_slice(), position))?;
    }
    Ok(())
}

pub(crate) fn remove(connection: &Connection, named: &BTreeSet<[u8; 16]>, position: i64) -> Result<(), Error> {
    for target in named {
        connection
            .prepare_cached("DELETE FROM record_link WHERE target = ?1 AND position = ?2")?
            .execute((target.as_slice(), position))?;
    }
    Ok(())
}

impl Reading<'_> {
    /// The live records that name this one, the newest first, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub fn naming(&self, id: RecordId, limit: u32) -> Result<Vec<RecordId>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.id FROM record_link l CROSS JOIN record r ON r.position = l.position
             WHERE l.target = ?1 ORDER BY l.position DESC LIMIT ?2",
        )?;
        row::all(&mut statement, (id.0.as_bytes(), limit), |row| row::record_id(row, 0))
    }
}
