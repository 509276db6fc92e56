//! Forgetting records and fields.

use domain::{At, RecordId, Redaction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// One order to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ErasureId(pub Uuid);

/// `POST /v1/erasures`: erase the records, or only the named fields of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureRequest {
    /// The records.
    pub ids: Vec<RecordId>,
    /// Top-level members of the body, or `sealed`; the whole record where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
    /// Code of the legal ground, for example `art17_1b`. No words.
    pub ground: String,
    /// The case's number in the organisation's own files. No words.
    pub case_no: String,
}

/// The order was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErasureTaken {
    /// To ask how far it is.
    pub id: ErasureId,
}

/// How far a forgetting is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErasureStatus {
    /// Devices that confirmed.
    pub confirmed: u32,
    /// Devices that may still hold it.
    pub pending: u32,
    /// Until when backups may hold it; null where the city keeps none.
    pub backups_until: Option<At>,
}

/// `POST /v1/forgotten`: records of which a device holds words although the feed tells it nothing of them any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgottenQuery {
    /// At most [`crate::MAX_PUSH_CHANGES`].
    pub ids: Vec<RecordId>,
}

/// What was forgotten of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ForgottenAnswer {
    /// Of the others nothing was forgotten, or the caller never knew of them.
    pub forgotten: Vec<Forgotten>,
}

/// What was forgotten of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Forgotten {
    /// The record.
    pub id: RecordId,
    /// All of it.
    #[serde(default)]
    pub erased: bool,
    /// Else these fields, at these versions.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub redacted: BTreeSet<Redaction>,
}
