//! Between the words of the wire and those of the notebook.

use domain::RecordId;
use store::{Arrived, Confirmed, Identity, InFlight};
use wire::{Change, Changed, ChangesAnswer, Head, Me};

/// A page of the feed in the notebook's words.
pub(crate) struct Page {
    pub(crate) entries: Vec<Entry>,
    pub(crate) cursor: String,
    /// The city has more.
    pub(crate) more: bool,
    pub(crate) scope_changed: bool,
}

impl Page {
    /// The records in it.
    pub(crate) fn records(&mut self) -> impl Iterator<Item = &mut Arrived> {
        self.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Record(arrived) => Some(&mut **arrived),
            Entry::Left(_) | Entry::Unreadable(_) => None,
        })
    }
}

/// An entry of a page.
pub(crate) enum Entry {
    /// The city's newest word on a record.
    Record(Box<Arrived>),
    /// A record moved out of sight.
    Left(RecordId),
    /// Something this version cannot read.
    Unreadable(Option<RecordId>),
}

impl Entry {
    /// Which record it is about, as far as that could be read.
    pub(crate) fn id(&self) -> Option<RecordId> {
        match self {
            Self::Record(theirs) => Some(theirs.confirmed.record.envelope.id),
            Self::Left(id) => Some(*id),
            Self::Unreadable(id) => *id,
        }
    }
}

impl From<ChangesAnswer> for Page {
    fn from(answer: ChangesAnswer) -> Self {
        let entry = |changed| match changed {
            Changed::Record(head) => Entry::Record(Box::new(confirmed(*head).into())),
            Changed::Left { id, .. } => Entry::Left(id),
            Changed::Unreadable { id } => Entry::Unreadable(id),
        };
        Self {
            entries: answer.changes.into_iter().map(entry).collect(),
            cursor: answer.cursor.0,
            more: answer.more,
            scope_changed: answer.scope_changed,
        }
    }
}

/// A head as the notebook keeps it.
pub(crate) fn confirmed(head: Head) -> Confirmed {
    let (changed_at, changed_by) = (head.changed_at, head.changed_by);
    Confirmed {
        record: head.into_record(),
        changed_at,
        changed_by,
    }
}

/// A frozen change as it is sent, the same each time.
pub(crate) fn change(frozen: InFlight) -> Change {
    let record = frozen.record;
    Change {
        mutation_id: frozen.mutation_id,
        base_version: frozen.base_version,
        envelope: record.envelope.into(),
        body: record.body,
        sealed: record.sealed,
    }
}

/// The same device, with what the city says of it and its person today.
pub(crate) fn identity(known: &Identity, me: &Me) -> Identity {
    let mut identity = known.clone();
    identity.person = me.person;
    identity.organisation = me.organisation;
    identity.name.clone_from(&me.name);
    identity.role = me.role;
    identity.field.clone_from(&me.field);
    identity.districts.clone_from(&me.districts);
    identity.epoch.clone_from(&me.epoch.0);
    identity.device_code.clone_from(&me.device_code);
    identity
}
