//! What a ledger's rows hold.

use super::{Key, Line};
use domain::{At, DeviceId, Envelope, Kind, OrganisationId, Person, PersonId, Placement, RecordId};
use std::{collections::BTreeSet, fmt};
use wire::{ErasureId, Head};

/// How a record stands, without its content.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The row's number.
    pub n: i64,
    /// Its envelope.
    pub envelope: Envelope,
    /// Its place in the feed.
    pub seq: u64,
    /// Its line in the digest; none without a body.
    pub line: Option<Line>,
    /// Since when it lies in the trash.
    pub trashed_at: Option<At>,
}

/// A record to be written.
#[derive(Clone, Debug)]
pub struct Put {
    /// How it stood before; none for a new one.
    pub before: Option<Standing>,
    /// The record.
    pub head: Head,
    /// Its new place in the feed.
    pub seq: u64,
}

/// One step of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The place.
    pub seq: u64,
    /// The record's row.
    pub n: i64,
    /// The place at which the record came under the key.
    pub since: u64,
    /// The class it had when it left the key; none while it is under it.
    pub left: Option<i64>,
    /// The key's place among those asked for.
    pub key: usize,
}

/// A key under which a record stands or stood.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The key.
    pub key: Key,
    /// The place at which the record came under it.
    pub since: u64,
    /// The place at which it left, and the class it had; none while it is under it.
    pub left: Option<(u64, i64)>,
}

/// A kind and placement that occurs, with the digest of its records.
#[derive(Clone, Debug)]
pub struct Class {
    /// What its records are.
    pub kind: Kind,
    /// Where they stand.
    pub placement: Placement,
    /// How many are live or trashed.
    pub count: u64,
    /// The sum of their lines.
    pub sum: super::Sum,
    /// The newest change that touched it.
    pub seq: u64,
}

/// What is barred of a record that the ledger does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// All of it: it was erased.
    Whole,
    /// These fields: they were redacted.
    Fields(BTreeSet<String>),
}

impl Barred {
    /// A row more: a field, or all of the record.
    pub(super) fn add(self, field: Option<String>) -> Self {
        match (self, field) {
            (Self::Fields(mut fields), Some(field)) => {
                fields.insert(field);
                Self::Fields(fields)
            }
            _ => Self::Whole,
        }
    }
}

impl Default for Barred {
    fn default() -> Self {
        Self::Fields(BTreeSet::new())
    }
}

/// What became of a change of a record that its person does not see. They hold words of the record either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It was refused.
    Refused,
    /// It was taken under rights that had ended, and the record is there by it.
    Taken,
}

impl Brought {
    pub(super) fn of(taken: bool) -> Self {
        if taken { Self::Taken } else { Self::Refused }
    }
}

/// An accepted change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Hash of the change's content.
    pub hash: [u8; 32],
    /// The record.
    pub record: RecordId,
    /// The version it became.
    pub version: u64,
    /// When.
    pub changed_at: At,
}

/// A person with today's rights.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The name.
    pub name: String,
    /// Since when they are leaving.
    pub leaving_since: Option<At>,
    /// Counts the changes of their rights.
    pub scope_version: u64,
    /// Today's rights.
    pub rights: Person,
}

/// Rights that a person has or had.
#[derive(Clone, Debug)]
pub struct Past {
    /// Counts the changes of their rights.
    pub version: u64,
    /// When they ended; none for today's.
    pub to_at: Option<At>,
    /// At which place of the feed they began.
    pub from_seq: u64,
    /// At which place of the feed they ended.
    pub to_seq: Option<u64>,
    /// The rights.
    pub rights: Person,
}

impl Past {
    /// Whether the person had this key at any place from `since` up to but not at `until`.
    pub fn saw(&self, key: &Key, since: u64, until: u64) -> bool {
        let overlaps = self.from_seq < until && self.to_seq.is_none_or(|to| to >= since);
        overlaps && super::keys_of_person(&self.rights).contains(key)
    }
}

/// An organisation.
#[derive(Clone)]
pub struct OrganisationRow {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The key of its derived ids.
    pub id_key: [u8; 32],
}

impl fmt::Debug for OrganisationRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrganisationRow({})", self.id)
    }
}

/// A device.
#[derive(Clone)]
#[allow(missing_docs, reason = "the columns of the table device, explained there")]
pub struct DeviceRow {
    pub id: DeviceId,
    pub person: PersonId,
    pub token_hash: [u8; 32],
    pub code: String,
    pub name: String,
    pub app_version: String,
    pub enrolled_at: At,
    pub enrolled_seq: u64,
    pub revoked_at: Option<At>,
    pub wiped_at: Option<At>,
    pub seen: Sighting,
}

impl fmt::Debug for DeviceRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceRow({})", self.id)
    }
}

/// How far a device is, as it last said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns of the table device, explained there")]
pub struct Sighting {
    pub at: Option<At>,
    pub seq: u64,
    pub forgotten_seq: u64,
    pub waiting: u64,
    pub oldest_waiting_at: Option<At>,
    pub app_version: String,
    pub wiped_at: Option<At>,
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Whom it makes known.
    pub person: PersonId,
    /// Until when.
    pub valid_until: At,
    /// The device that used it.
    pub device: Option<DeviceId>,
    /// The hash of that device's token.
    pub token_hash: Option<[u8; 32]>,
}

/// An order to forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// Its id.
    pub id: ErasureId,
    /// When it was given.
    pub at: At,
    /// The organisation whose records it names.
    pub organisation: Option<OrganisationId>,
    /// The place in the feed past which a device has forgotten them.
    pub seq: u64,
    /// Code of the legal ground.
    pub ground: String,
    /// The organisation's own number of the case.
    pub case_no: String,
    /// The fields; none for whole records.
    pub fields: Option<BTreeSet<String>>,
    /// The records and the versions that forgot.
    pub records: Vec<(RecordId, u64)>,
}
