//! Enrolment, and who one is.

use domain::{At, DeviceId, DistrictId, OrganisationId, PersonId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

pub use domain::Role;

/// A life of the city's database, new after each restore.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Epoch(pub String);

/// A device's secret: 32 random bytes as base64url. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Token(pub String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The organisation's key for derived and imported ids: 32 bytes as base64url. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct IdKey(pub String);

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdKey")
    }
}

/// `POST /v1/enrol`
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// The invitation's code: 60 bits in Crockford's base 32.
    pub code: String,
    /// Made by the device.
    pub device_id: DeviceId,
    /// Made by the device.
    pub token: Token,
    /// What its owner calls the device; at most 80 characters.
    pub device_name: String,
    /// The program's version.
    pub app_version: String,
}

impl fmt::Debug for EnrolRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolRequest({})", self.device_id)
    }
}

/// What a device is told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EnrolAnswer {
    /// Who works with this device.
    pub person: PersonId,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// The city's name.
    pub city: String,
    /// The life of the city's database.
    pub epoch: Epoch,
    /// The device's part of numbers for people, for example `K7`.
    pub device_code: String,
    /// The organisation's key for derived ids.
    pub id_key: IdKey,
}

/// `GET /v1/me`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    /// Who calls.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// Their districts.
    pub districts: BTreeSet<DistrictId>,
    /// A planner's Fachplanung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The calling device.
    pub device_id: DeviceId,
    /// Its code.
    pub device_code: String,
    /// The life of the city's database.
    pub epoch: Epoch,
    /// Whether the device may go on.
    pub state: DeviceState,
    /// The time by the city's clock; none where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<At>,
    /// When the database came back from a backup, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restores: Vec<Restore>,
}

/// The city's database came back from a backup, and began a new life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Restore {
    /// The life that began.
    pub epoch: Epoch,
    /// The newest change that the backup held. A state that was confirmed later is not among the ancestors of what the city
    /// has now, however high its version is.
    pub kept_until: At,
}

impl Me {
    /// Through when the city kept what it confirmed in this life; none where it was never restored since, or does not say.
    pub fn kept_since(&self, known: &Epoch) -> Option<At> {
        let begun = self.restores.iter().position(|restore| restore.epoch == *known);
        let since = &self.restores[begun.map_or(0, |at| at + 1)..];
        since.iter().map(|restore| restore.kept_until).min()
    }
}

/// Whether a device may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeviceState {
    /// In use.
    Active,
    /// Push only, then wipe.
    Leaving,
}
