//! What was done in this session and can be taken back.

use domain::{Kind, Record, RecordId, State};

/// A change of this session that can be taken back; of one record, or of several as one.
#[derive(Debug, Clone)]
pub struct Step {
    /// Never empty.
    pub(super) changes: Vec<Change>,
}

/// What it did to one record.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) before: Option<Record>,
    pub(super) after: Record,
}

impl Change {
    pub(super) fn id(&self) -> RecordId {
        self.after.envelope.id
    }
}

impl Step {
    pub(super) fn of(change: Change) -> Self {
        Self { changes: vec![change] }
    }

    pub(super) fn and(mut self, more: &Self) -> Self {
        self.changes.extend_from_slice(&more.changes);
        self
    }

    fn first(&self) -> &Change {
        self.changes.first().expect("a step has a change")
    }

    /// The record it changed; the first of several.
    pub fn id(&self) -> RecordId {
        self.first().id()
    }

    /// How many records it changed.
    pub fn records(&self) -> usize {
        self.changes.len()
    }

    /// What it did.
    pub fn deed(&self) -> Deed {
        let first = self.first();
        let Some(before) = &first.before else {
            return Deed::Created;
        };
        match (before.envelope.state, first.after.envelope.state) {
            (State::Live, State::Live) | (State::Trashed, State::Trashed) => Deed::Changed,
            (_, State::Live) => Deed::Restored,
            _ => Deed::Trashed,
        }
    }

    /// The records' kind.
    pub fn kind(&self) -> &Kind {
        &self.first().after.envelope.kind
    }
}

/// What somebody did to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is new.
    Created,
    /// Its fields changed.
    Changed,
    /// It went to the trash.
    Trashed,
    /// It came back from there.
    Restored,
}
