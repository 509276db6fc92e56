//! A record as a report counts it: most of an envelope says nothing to a count, and unpacking it costs more than counting.

use crate::Error;
use domain::{At, DistrictId, RecordId};
use rusqlite::types::ValueRef;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeSet, HashMap};

/// A live record, lent for the moment of counting it.
pub struct Told<'a> {
    /// Its id.
    pub id: RecordId,
    /// Where it stands.
    pub districts: &'a BTreeSet<DistrictId>,
    /// When it was changed last: by the city's clock, or by this device's while the change waits.
    pub changed_at: At,
    /// Its body, word for word.
    pub body: &'a str,
}

/// The sets of districts that were met, by how envelopes write them: many records stand in the same few.
#[derive(Default)]
pub(crate) struct Places(HashMap<Box<str>, BTreeSet<DistrictId>>);

/// The one member of an envelope that is looked at.
#[derive(Deserialize)]
struct Stands<'a> {
    #[serde(borrow)]
    districts: &'a RawValue,
}

impl Places {
    /// The districts of an envelope.
    pub(crate) fn of(&mut self, envelope: ValueRef<'_>) -> Result<&BTreeSet<DistrictId>, Error> {
        let unreadable = || Error::Unreadable("envelope");
        let json = envelope.as_str().map_err(|_| unreadable())?;
        let stands: Stands<'_> = serde_json::from_str(json).map_err(|_| unreadable())?;
        let written = stands.districts.get();
        if !self.0.contains_key(written) {
            let read = serde_json::from_str(written).map_err(|_| unreadable())?;
            self.0.insert(written.into(), read);
        }
        self.0.get(written).ok_or_else(unreadable)
    }
}
