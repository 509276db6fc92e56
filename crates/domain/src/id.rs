//! Identifiers as types of their own, so that a person is never passed where a district is meant.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A record of any kind. UUIDv7 when written by hand, UUIDv8 when derived or imported.
    RecordId,
    /// A person who works with the notebook; the id of their `person` record.
    PersonId,
    /// An organisation (Träger); the id of its `organisation` record.
    OrganisationId,
    /// A district (Stadtteil, Planungsraum or Gebiet); the id of its `district` record.
    DistrictId,
    /// A device; the id of its `device` record.
    DeviceId,
    /// One change of one record, the same each time the change is repeated.
    MutationId,
    /// A part of a record that is merged for itself: an agenda item, a step of a request.
    PartId,
}

macro_rules! is_a_record {
    ($($name:ident),+) => {$(
        impl From<$name> for RecordId {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }
        impl From<RecordId> for $name {
            fn from(id: RecordId) -> Self {
                Self(id.0)
            }
        }
    )+};
}

is_a_record!(PersonId, OrganisationId, DistrictId, DeviceId);
