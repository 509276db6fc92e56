//! Text that is being typed. It never leaves the device and is no edit yet.

use crate::{Error, Reading, Writing, row};
use domain::{At, Body, Kind, RecordId};

/// What an editor holds, kept across a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The editor's name for it, for example `note:new`.
    pub key: String,
    /// The record it will change; `None` for a new one.
    pub record: Option<RecordId>,
    /// What it will be.
    pub kind: Kind,
    /// What was typed so far.
    pub body: Body,
    /// When, by the device's clock.
    pub at: At,
}

impl Reading<'_> {
    /// The draft of this key.
    ///
    /// # Errors
    /// What the database says.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, record, kind, body, at FROM draft WHERE key = ?1")?;
        row::one(&mut statement, [key], draft)
    }

    /// All drafts, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn drafts(&self) -> Result<Vec<Draft>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, record, kind, body, at FROM draft ORDER BY at DESC, key")?;
        row::all(&mut statement, [], draft)
    }

    /// The drafts that will change this record.
    pub(crate) fn drafts_of(&self, id: RecordId) -> Result<Vec<Draft>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, record, kind, body, at FROM draft WHERE record = ?1 ORDER BY at, key")?;
        row::all(&mut statement, [id.0.as_bytes()], draft)
    }
}

fn draft(row: &rusqlite::Row<'_>) -> Result<Draft, Error> {
    let kind: String = row.get(2)?;
    let has_record = row.get_ref(1)? != rusqlite::types::ValueRef::Null;
    Ok(Draft {
        key: row.get(0)?,
        record: has_record.then(|| row::record_id(row, 1)).transpose()?,
        kind: kind.parse().map_err(|_| Error::Unreadable("kind"))?,
        body: Body::new(row.get(3)?),
        at: row::at(row, 4)?,
    })
}

impl Writing<'_> {
    /// Keeps a draft, replacing the one of the same key.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO draft (key, record, kind, body, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((
                &draft.key,
                draft.record.map(|id| id.0.into_bytes()),
                draft.kind.as_str(),
                draft.body.as_str(),
                draft.at.millis(),
            ))?;
        Ok(())
    }

    /// Drops the draft of this key, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_draft(&mut self, key: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM draft WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }
}
