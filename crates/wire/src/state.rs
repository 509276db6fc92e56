//! How far a device is.

use crate::Cursor;
use domain::{At, DeviceId, PersonId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /v1/state`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceReport {
    /// The device's cursor, if it has one.
    pub cursor: Option<Cursor>,
    /// Entries that wait for transfer.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest_waiting_at: Option<At>,
    /// Forgettings are done up to this cursor.
    pub forgotten_through: Option<Cursor>,
    /// The device destroyed its key.
    pub wiped: bool,
    /// The program's version.
    pub app_version: String,
}

/// One device in `GET /v1/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceSeen {
    /// The device.
    pub device: DeviceId,
    /// Who works with it.
    pub person: PersonId,
    /// When the city last heard of it.
    pub seen_at: Option<At>,
    /// Entries waiting; absent for an admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<u64>,
    /// Since when the oldest waits; absent for an admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_waiting_at: Option<At>,
}
