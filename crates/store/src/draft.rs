//! Text that is being typed. It never leaves the device and is no edit yet.

use crate::{Error, Reading, Writing, row};
use domain::{At, Body, Kind, Record, RecordId};

/// What an editor holds, kept across a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The editor's name for it, for example `note:new`.
    pub key: String,
    /// The record it will change; `None` for a new one.
    pub record: Option<RecordId>,
    /// What it will be.
    pub kind: Kind,
    /// What was typed so far, as far as it is a body of its kind.
    pub body: Body,
    /// The record as it was opened: what was typed is an edit of this.
    pub base: Option<Record>,
    /// What the form's fields show, as its editor writes it. Dropped where a field is forgotten: then the body speaks.
    pub form: Option<String>,
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
            .prepare_cached(concat!(include_str!("sql/drafts.sql"), " WHERE key = ?1"))?;
        row::one(&mut statement, [key], draft)
    }

    /// All drafts, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn drafts(&self) -> Result<Vec<Draft>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(concat!(include_str!("sql/drafts.sql"), " ORDER BY at DESC, key"))?;
        row::all(&mut statement, [], draft)
    }

    /// The drafts that will change this record.
    pub(crate) fn drafts_of(&self, id: RecordId) -> Result<Vec<Draft>, Error> {
        let mut statement = self.connection.prepare_cached(concat!(
            include_str!("sql/drafts.sql"),
            " WHERE record = ?1 ORDER BY at, key"
        ))?;
        row::all(&mut statement, [id.0.as_bytes()], draft)
    }
}

fn draft(row: &rusqlite::Row<'_>) -> Result<Draft, Error> {
    let kind: String = row.get("kind")?;
    let is_there = |column: &str| {
        row.get_ref(column)
            .map(|value| value != rusqlite::types::ValueRef::Null)
    };
    let has_record = is_there("record")?;
    Ok(Draft {
        base: is_there("base_envelope")?.then(|| row::record(row)).transpose()?,
        record: has_record.then(|| row::record_id(row, 3)).transpose()?,
        at: row::at(row, 4)?,
        key: row.get("key")?,
        kind: kind.parse().map_err(|_| Error::Unreadable("kind"))?,
        body: Body::new(row.get("body")?),
        form: row.get("form")?,
    })
}

impl Writing<'_> {
    /// Keeps a draft, replacing the one of the same key.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), Error> {
        self.look_at_drafts();
        draft.record.into_iter().for_each(|id| self.look_at_record(id));
        self.connection
            .prepare_cached(include_str!("sql/put_draft.sql"))?
            .execute((
                &draft.key,
                draft.record.map(|id| id.0.into_bytes()),
                draft.kind.as_str(),
                draft.body.as_str(),
                draft.at.millis(),
                draft.base.as_ref().map(|base| base.envelope.to_json()),
                draft.base.as_ref().and_then(row::body),
                draft.base.as_ref().and_then(row::sealed),
                &draft.form,
            ))?;
        Ok(())
    }

    /// Drops the draft of this key, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_draft(&mut self, key: &str) -> Result<(), Error> {
        self.look_at_drafts();
        let record = self.draft(key)?.and_then(|draft| draft.record);
        record.into_iter().for_each(|id| self.look_at_record(id));
        self.connection
            .prepare_cached("DELETE FROM draft WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }
}
