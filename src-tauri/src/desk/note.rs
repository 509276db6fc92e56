//! Logging a conversation.

use super::{Error, Notebook, new_id};
use chrono::{DateTime, FixedOffset, SubsecRound, Utc};
use domain::{Body, DistrictId, Envelope, Kind, Record, RecordId, State, calendar, kinds};
use std::collections::BTreeSet;
use store::Identity;

/// A note as somebody typed it.
#[derive(Clone, Default)]
pub struct NewNote {
    /// Where it was.
    pub districts: BTreeSet<DistrictId>,
    /// What it was about, by code.
    pub topics: BTreeSet<String>,
    /// When it was; now where absent.
    pub at: Option<DateTime<FixedOffset>>,
    /// What was said.
    pub text: Option<String>,
}

impl Notebook {
    /// Logs a conversation. When this returns, the note survives a power cut.
    ///
    /// # Errors
    /// [`Error::Forbidden`] outside one's own districts, [`Error::Invalid`] with the fields that are not right.
    pub fn add_note(&self, new: &NewNote) -> Result<RecordId, Error> {
        Ok(self.create(&self.note(new)?, None)?.id)
    }

    /// A new record as its editor opens it: of one's own organisation, and placed nowhere yet.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn blank(&self, kind: Kind, body: Body) -> Result<Record, Error> {
        Ok(Record {
            envelope: envelope(&self.identity()?, new_id(), kind, BTreeSet::new()),
            body: Some(body),
            sealed: None,
        })
    }

    /// The record of a new note.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields that are not right.
    pub fn note(&self, new: &NewNote) -> Result<Record, Error> {
        let identity = self.identity()?;
        let at = new
            .at
            .unwrap_or_else(|| calendar::with_offset(Utc::now().trunc_subsecs(0).into()));
        let note = kinds::Note {
            occurred_at: at,
            topics: new.topics.iter().cloned().collect(),
            text: new.text.clone(),
            ..kinds::Note::default()
        };
        note_record(&identity, new_id(), new.districts.clone(), &note)
    }
}

/// The record of a new note of one's own organisation.
pub(super) fn note_record(
    identity: &Identity,
    id: RecordId,
    districts: BTreeSet<DistrictId>,
    note: &kinds::Note,
) -> Result<Record, Error> {
    let faults = note.check();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    Ok(Record {
        envelope: envelope(identity, id, Kind::Note, districts),
        body: Some(note.to_body()),
        sealed: None,
    })
}

/// The envelope of a new record of one's own organisation.
pub(super) fn envelope(identity: &Identity, id: RecordId, kind: Kind, districts: BTreeSet<DistrictId>) -> Envelope {
    Envelope {
        id,
        kind,
        organisation: Some(identity.organisation),
        districts,
        whole_organisation: false,
        owner: identity.person,
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 0,
        floor_version: 0,
        redacted: BTreeSet::new(),
    }
}
