//! What follows from a record, worked out from the record alone.
//!
//! Most of the time that a pulled record costs goes into reading its body and folding its words. None of it needs the
//! file, so a page can be worked out while the page before it is written.

use crate::{Confirmed, Error, Reading, Store, index::Sides, place, row, text, vocabulary::Tokens};
use domain::{Record, State};
use std::sync::Arc;

/// All that a record's row and index entries are made of.
pub(crate) struct Follows {
    /// The first place of its second.
    pub(crate) first: i64,
    /// The envelope in its fixed order of members.
    pub(crate) envelope: String,
    /// How many fields stand in two versions.
    pub(crate) variants: i64,
    pub(crate) sides: Sides,
    pub(crate) tokens: Arc<Tokens>,
}

impl Follows {
    pub(crate) fn of(record: &Record) -> Self {
        let envelope = &record.envelope;
        let members = record.body.as_ref().and_then(|body| body.members().ok());
        Self {
            first: place::of(&envelope.kind, envelope.id, members.as_ref()),
            envelope: envelope.to_json(),
            variants: members.as_ref().map_or(0, row::variants),
            sides: Sides::of(record, members.as_ref()),
            tokens: Arc::new(Tokens::of(tokens(record))),
        }
    }
}

/// The tokens of a record in the index; none unless it is live. Public for the bench's bare insert.
pub fn tokens(record: &Record) -> String {
    if record.envelope.state != State::Live {
        return String::new();
    }
    text::tokens(&text::words(row::body(record)), record.envelope.kind.as_str())
}

pub(crate) fn sides(record: &Record) -> Sides {
    let members = record.body.as_ref().and_then(|body| body.members().ok());
    Sides::of(record, members.as_ref())
}

/// The city's word on a record on its way into the notebook.
pub struct Arrived {
    /// The city's word.
    pub confirmed: Confirmed,
    /// What follows from it, where that was worked out beforehand.
    pub(crate) follows: Option<Follows>,
}

impl From<Confirmed> for Arrived {
    fn from(confirmed: Confirmed) -> Self {
        Self {
            confirmed,
            follows: None,
        }
    }
}

impl Store {
    /// Works out what follows from those records that are new here. Nobody who writes waits for it.
    ///
    /// # Errors
    /// What the database says.
    pub fn prepare<'a>(&self, arrived: impl Iterator<Item = &'a mut Arrived>) -> Result<(), Error> {
        self.read(|reading| {
            for one in arrived {
                if !reading.is_here(&one.confirmed.record)? {
                    one.follows = Some(Follows::of(&one.confirmed.record));
                }
            }
            Ok(())
        })
    }
}

impl Reading<'_> {
    fn is_here(&self, record: &Record) -> Result<bool, Error> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM record WHERE id = ?1)")?
            .query_row([record.envelope.id.0.as_bytes()], |row| row.get(0))?)
    }
}
