//! A snapshot of the notebook.

use crate::{Error, Identity, Stored, row};
use domain::{At, RecordId};
use rusqlite::{Connection, OptionalExtension};

/// One state of the notebook; everything read through it belongs together.
pub struct Reading<'c> {
    pub(crate) connection: &'c Connection,
}

impl<'c> Reading<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// A record as this device has it; `None` where there is none. An erased one is there, without its body.
    ///
    /// # Errors
    /// What the database says.
    pub fn record(&self, id: RecordId) -> Result<Option<Stored>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(concat!(include_str!("sql/stored.sql"), " WHERE r.id = ?1"))?;
        row::one(&mut statement, [id.0.as_bytes()], row::stored)
    }

    /// Where the next pull goes on.
    ///
    /// # Errors
    /// What the database says.
    pub fn cursor(&self) -> Result<Option<String>, Error> {
        self.fact("cursor")
    }

    /// Who this device is; `None` before it was enrolled.
    ///
    /// # Errors
    /// What the database says.
    pub fn identity(&self) -> Result<Option<Identity>, Error> {
        self.identity_in("identity")
    }

    /// When everything was last exchanged with the city.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_sync_at(&self) -> Result<Option<At>, Error> {
        let millis = self.fact("last_sync_at")?;
        Ok(millis.and_then(|text| text.parse().ok()).and_then(At::from_millis))
    }

    pub(crate) fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Whether an edit of this record waits or is in flight.
    pub(crate) fn is_pending(&self, id: RecordId) -> Result<bool, Error> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM outbox WHERE id = ?1) OR EXISTS (SELECT 1 FROM in_flight WHERE id = ?1)",
            )?
            .query_row([id.0.as_bytes()], |row| row.get(0))?)
    }
}
