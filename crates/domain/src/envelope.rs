//! The part of a record from which the city decides, and nothing else.

use crate::{DistrictId, Kind, OrganisationId, PersonId, RecordId};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// At most so many readers stand on a record.
pub const MAX_READERS: usize = 20;
/// At most so many attachments are a record's. Two people who each add a handful without a network stay far below.
pub const MAX_BLOBS: usize = 100;

/// Who a record belongs to, where it is and what state it is in.
///
/// Members are written in exactly this order; the digest of `/v1/verify` hashes those bytes. An unknown member is
/// refused rather than dropped in silence: a new one needs a new protocol number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The record's id, the same for its whole life.
    pub id: RecordId,
    /// What the record is.
    pub kind: Kind,
    /// The owning organisation; `None` for the catalogue of the whole city.
    pub organisation: Option<OrganisationId>,
    /// Where it belongs; never empty unless `whole_organisation`.
    pub districts: BTreeSet<DistrictId>,
    /// Belongs to all districts of the organisation.
    pub whole_organisation: bool,
    /// The creating person. Never changes and grants nothing.
    pub owner: PersonId,
    /// Confided fields lie in `sealed`.
    pub confidential: bool,
    /// Who outside the organisation may read it; at most [`MAX_READERS`].
    pub readers: BTreeSet<Reader>,
    /// Attachments, by the hash of their ciphertext; at most [`MAX_BLOBS`].
    pub blobs: BTreeSet<BlobHash>,
    /// When its personal part will be forgotten; `None` where no rule applies.
    pub retention: Option<Retention>,
    /// Life, trash, or what is left after it.
    pub state: State,
    /// Counts the accepted changes, from 1; 0 before the first was accepted.
    #[serde(default)]
    pub version: u64,
    /// Changes on a base below this version may not bring back what was forgotten.
    #[serde(default)]
    pub floor_version: u64,
    /// Which fields were forgotten, and at which version.
    #[serde(default)]
    pub redacted: BTreeSet<Redaction>,
}

/// Where a record is visible: what scope is decided by and what a move changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The owning organisation; `None` for the catalogue.
    pub organisation: Option<OrganisationId>,
    /// Its districts.
    pub districts: BTreeSet<DistrictId>,
    /// All districts of the organisation.
    pub whole_organisation: bool,
    /// Readers outside the organisation.
    pub readers: BTreeSet<Reader>,
}

impl Envelope {
    /// The envelope's bytes for storage and digests: members in their fixed order, no spaces.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("an envelope holds only strings, numbers and sets")
    }

    /// The part that decides who sees the record.
    pub fn placement(&self) -> Placement {
        Placement {
            organisation: self.organisation,
            districts: self.districts.clone(),
            whole_organisation: self.whole_organisation,
            readers: self.readers.clone(),
        }
    }
}

/// Someone outside the organisation who may read a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    /// The people of another organisation.
    Organisation(OrganisationId),
    /// The planners of a Fachplanung, by its code.
    Field(String),
}

/// SHA-256 of an attachment's ciphertext, 64 lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct BlobHash(#[schemars(regex(pattern = "^[0-9a-f]{64}$"))] String);

impl BlobHash {
    /// Takes 64 lower-case hex digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (text.len() == 64 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for BlobHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("64 lower-case hex digits expected"))
    }
}

/// The retention class of a record and the day its time begins to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Class of the `rule` records.
    pub class: String,
    /// Local day from which the class's time runs.
    pub from_on: NaiveDate,
}

/// The four states of a record (`sync.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In use.
    Live,
    /// In the trash, restorable for 30 days by the city's clock.
    Trashed,
    /// Envelope kept, body gone; an edit on an older base revives it.
    Deleted,
    /// Forgotten for good; every later push is answered `gone`.
    Erased,
}

impl State {
    /// A live or trashed record still has its body.
    pub fn has_body(self) -> bool {
        matches!(self, Self::Live | Self::Trashed)
    }
}

/// One field that was forgotten, and the version that forgot it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redaction {
    /// Name of a top-level member of the body, or `sealed` for the whole sealed part.
    pub field: String,
    /// The record's version after the redaction.
    pub version: u64,
}
