//! Push and pull.

use crate::Epoch;
use domain::{
    At, BlobHash, Body, DistrictId, Envelope, Kind, MutationId, OrganisationId, PersonId, Reader, Record, RecordId,
    Redaction, Retention, Sealed, State,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// `POST /v1/push`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushRequest {
    /// The life of the city's database that the bases belong to.
    pub epoch: Epoch,
    /// At most [`crate::MAX_PUSH_CHANGES`].
    pub changes: Vec<Change>,
}

/// One change of one record, made on a base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The same each time this change is repeated.
    pub mutation_id: MutationId,
    /// The version the change was made on; 0 for a creation.
    pub base_version: u64,
    /// The envelope as it shall be.
    pub envelope: Proposal,
    /// The body as it shall be; null for `deleted`.
    #[schemars(with = "Option<String>", description = "JSON text of an object, or null")]
    pub body: Option<Body>,
    /// The sealed part as it shall be.
    #[schemars(with = "Option<String>", description = "base64url without padding, or null")]
    pub sealed: Option<Sealed>,
}

/// An envelope as a device proposes it: without what only the city sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the members are those of domain::Envelope")]
pub struct Proposal {
    pub id: RecordId,
    pub kind: Kind,
    pub organisation: Option<OrganisationId>,
    pub districts: BTreeSet<DistrictId>,
    pub whole_organisation: bool,
    pub owner: PersonId,
    pub confidential: bool,
    pub readers: BTreeSet<Reader>,
    pub blobs: BTreeSet<BlobHash>,
    pub retention: Option<Retention>,
    pub state: State,
}

impl Proposal {
    /// The full envelope, with what the city sets.
    pub fn with(self, version: u64, floor_version: u64, redacted: BTreeSet<Redaction>) -> Envelope {
        Envelope {
            id: self.id,
            kind: self.kind,
            organisation: self.organisation,
            districts: self.districts,
            whole_organisation: self.whole_organisation,
            owner: self.owner,
            confidential: self.confidential,
            readers: self.readers,
            blobs: self.blobs,
            retention: self.retention,
            state: self.state,
            version,
            floor_version,
            redacted,
        }
    }
}

impl From<Envelope> for Proposal {
    fn from(e: Envelope) -> Self {
        Self {
            id: e.id,
            kind: e.kind,
            organisation: e.organisation,
            districts: e.districts,
            whole_organisation: e.whole_organisation,
            owner: e.owner,
            confidential: e.confidential,
            readers: e.readers,
            blobs: e.blobs,
            retention: e.retention,
            state: e.state,
        }
    }
}

/// The answer to a push, in the order sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PushAnswer {
    /// One result a change.
    pub results: Vec<PushResult>,
}

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PushResult {
    /// The change's id.
    pub mutation_id: MutationId,
    /// The record's id.
    pub id: RecordId,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// The four outcomes of a change; errors are for surprises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// The change is the record's newest version.
    Accepted {
        /// The record's version after the change.
        version: u64,
        /// The city's time of the change.
        changed_at: At,
        /// Today's record, where a repeat found that others have gone on since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        head: Option<Box<Head>>,
    },
    /// The record has moved on; merge with the head and push again.
    Stale {
        /// Today's record.
        head: Box<Head>,
    },
    /// The record was erased; nothing about it is taken any more.
    Gone,
    /// Not taken, for a reason that a person can be told.
    Refused {
        /// The reason.
        code: Refusal,
    },
}

/// A record as the city has it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// What the city decides from.
    pub envelope: Envelope,
    /// The clear fields.
    #[schemars(with = "Option<String>", description = "JSON text of an object, or null")]
    pub body: Option<Body>,
    /// The confided fields.
    #[schemars(with = "Option<String>", description = "base64url without padding, or null")]
    pub sealed: Option<Sealed>,
    /// The city's time of the last change.
    pub changed_at: At,
    /// Who made it.
    pub changed_by: PersonId,
}

impl Head {
    /// The record without when and by whom.
    pub fn into_record(self) -> Record {
        Record {
            envelope: self.envelope,
            body: self.body,
            sealed: self.sealed,
        }
    }
}

/// Why a change was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The form is wrong, or a known mutation id came with other content.
    Invalid,
    /// There is no such record that this person may know of.
    NotFound,
    /// The record left the person's districts.
    LeftScope,
    /// This person may not do this.
    Forbidden,
    /// Longer than its kind allows.
    TooLarge,
    /// A closed month does not change.
    Frozen,
    /// A reason of a newer city.
    #[serde(other)]
    Other,
}

/// `GET /v1/changes`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangesQuery {
    /// Where the last page ended; none at the very beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Records a page, [`crate::DEFAULT_PAGE`] where absent, at most [`crate::MAX_PAGE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A point in the feed: opaque, grants nothing, at most [`crate::MAX_CURSOR`] ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// One page of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangesAnswer {
    /// Per record only the newest visible state.
    pub changes: Vec<Changed>,
    /// Where this page ends. To be stored in the same transaction as the page.
    pub cursor: Cursor,
    /// There is more now; a page may be empty all the same.
    pub more: bool,
    /// The person's scope changed since the cursor was made: ask `/v1/me`, drop what may no longer be seen.
    #[serde(default)]
    pub scope_changed: bool,
}

/// An entry of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Changed {
    /// A record's newest state.
    Record(Box<Head>),
    /// A record that was visible to this person and is no longer.
    Left {
        /// The record's id, and nothing else of it.
        id: RecordId,
        /// Always true.
        left_scope: bool,
    },
    /// An entry that this device could not read, because a newer city wrote it. Made by a client, never sent: one bad
    /// entry must not stop the rest of its page.
    #[serde(skip)]
    Unreadable {
        /// The record's id, if that much could be read.
        id: Option<RecordId>,
    },
}

/// `GET /v1/wait`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitAnswer {
    /// There is something after the cursor.
    pub more: bool,
    /// The person's districts, role or organisation changed.
    pub scope_changed: bool,
    /// The person or device is leaving: push what waits, then wipe.
    pub leaving: bool,
}
