//! Comparing what both sides hold.

use crate::Cursor;
use domain::{DistrictId, Kind, OrganisationId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `GET /v1/verify`: a slice of live and trashed records, at a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifyQuery {
    /// Only this organisation's; the caller's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Only records that stand in this district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<DistrictId>,
    /// Only this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The device's cursor; `moved_on` if the slice changed after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// How many records the slice holds, and their digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifyAnswer {
    /// Records in the slice.
    pub count: u64,
    /// The sum over the slice, 64 hex digits.
    pub digest: Digest,
}

/// A sum modulo 2^256 as 64 lower-case hex digits, most significant first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Digest(pub String);
