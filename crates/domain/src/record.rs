//! A record: envelope, clear body, sealed part.

use crate::{Body, Envelope, Sealed};
use serde::{Deserialize, Serialize};

/// A record as it travels and rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What the city decides from.
    pub envelope: Envelope,
    /// The clear fields; `None` once deleted or erased.
    pub body: Option<Body>,
    /// The confided fields of a confidential record, opaque.
    pub sealed: Option<Sealed>,
}
