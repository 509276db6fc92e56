//! Who may do what: one table for window, city and simulation (`contract.md`, Who may do what).

use crate::{DistrictId, OrganisationId, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What somebody works as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Works in districts.
    Worker,
    /// Leads a team; closes months, publishes, erases.
    Lead,
    /// Plans for a field; sees referrals and publications.
    Planner,
    /// Looks after people, devices and the catalogue; sees no content.
    Admin,
}

/// Somebody, as far as rights go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their role.
    pub role: Role,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// Their districts.
    pub districts: BTreeSet<DistrictId>,
    /// A planner's Fachplanung.
    pub field: Option<String>,
}

/// What somebody wants to do with a record.
///
/// A change that moves a record is two: [`Action::Change`] on the envelope it has, and [`Action::Move`] on the one it
/// shall have. A change of state is [`Action::Trash`] or [`Action::Restore`] on the envelope it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Make a record with this envelope.
    Create,
    /// See it.
    Read,
    /// Change body, sealed part or envelope.
    Change,
    /// Give an existing record of one's organisation this placement: another district of the organisation, or readers.
    Move,
    /// Put it into the trash, or delete it.
    Trash,
    /// Take it out of the trash, or revive it.
    Restore,
    /// Erase or redact it.
    Erase,
    /// A planner's change of a referral's status and answer.
    Answer,
}

impl Action {
    /// Every action, for tests that walk the whole table.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::Read,
        Self::Change,
        Self::Move,
        Self::Trash,
        Self::Restore,
        Self::Erase,
        Self::Answer,
    ];
}
