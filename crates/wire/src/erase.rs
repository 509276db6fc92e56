//! Forgetting records and fields.

use domain::{At, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
