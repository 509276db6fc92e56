//! The clear part of a record: JSON text, byte for byte as received.

use crate::{Kind, Members};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest body of an ordinary record, in bytes: 256 KiB.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// The longest body of a month or publication, in bytes: 4 MiB.
pub const MAX_CLOSED_BODY_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting of objects and arrays, the outermost object counted.
pub const MAX_DEPTH: usize = 64;

/// JSON text of an object. Printing it for a log says its length only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(String);

impl Body {
    /// Takes the text as it is; [`Body::check`] says whether its form is allowed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Writes members in their sorted order.
    pub fn from_members(members: &Members) -> Self {
        Self(members.to_json())
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The JSON text, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The members with their raw values.
    ///
    /// # Errors
    /// When the text is not one object without doubled members.
    pub fn members(&self) -> Result<Members, serde_json::Error> {
        Members::parse(&self.0)
    }

    /// Checks form and never meaning (`contract.md`, Wire types): one object, no doubled member at any depth, no NUL,
    /// no lone surrogate, at most [`MAX_DEPTH`] deep, not longer than its kind allows.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self, kind: &Kind) -> Result<(), FormError> {
        let limit = if kind.is_closed_figures() {
            MAX_CLOSED_BODY_BYTES
        } else {
            MAX_BODY_BYTES
        };
        if self.0.len() > limit {
            return Err(FormError::TooLarge { limit });
        }
        crate::form::check_object(&self.0)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.0.len())
    }
}

/// The opaque ciphertext of a confidential record, base64url without padding.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// Takes base64url text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The base64url text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is base64url without padding.
    pub fn is_well_formed(&self) -> bool {
        use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
        BASE64_URL_SAFE_NO_PAD.decode(&self.0).is_ok()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// Why a body's form is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Longer than its kind allows.
    #[error("longer than {limit} bytes")]
    TooLarge {
        /// The kind's limit in bytes.
        limit: usize,
    },
    /// Not the JSON text of an object.
    #[error("not a JSON object")]
    NotAnObject,
    /// A member is named twice.
    #[error("a member is named twice")]
    Doubled,
    /// A string holds U+0000 or half of a surrogate pair.
    #[error("a string holds NUL or a lone surrogate")]
    Text,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
}
