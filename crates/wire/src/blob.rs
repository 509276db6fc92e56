//! Attachments on their way: ciphertext, a piece at a time.

use domain::{BlobHash, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One attachment: the record whose envelope names it, and the hash of its ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobPlace {
    /// The record.
    pub record: RecordId,
    /// SHA-256 of the ciphertext.
    pub hash: BlobHash,
}

/// How much of an attachment the city holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlobHeld {
    /// So many bytes from the first one on; the next piece begins here.
    pub held: u64,
    /// How long the whole is, once a first piece said so.
    pub total: Option<u64>,
}

impl BlobHeld {
    /// Whether all of it is there, and its hash was checked.
    pub fn is_complete(self) -> bool {
        self.total == Some(self.held)
    }
}

/// A run of bytes of an attachment.
#[derive(Clone, PartialEq, Eq)]
pub struct BlobPiece {
    /// The first byte's place in the whole, from 0.
    pub from: u64,
    /// The length of the whole, 1 to [`crate::MAX_BLOB_BYTES`].
    pub total: u64,
    /// At least one byte, at most [`crate::MAX_BLOB_PIECE`].
    pub bytes: Vec<u8>,
}

impl BlobPiece {
    /// The place after its last byte.
    pub fn end(&self) -> u64 {
        self.from.saturating_add(self.bytes.len() as u64)
    }

    /// Whether it holds something and lies within its whole.
    pub fn is_well_formed(&self) -> bool {
        !self.bytes.is_empty() && self.end() <= self.total
    }
}

/// Says which bytes, never what they are.
impl fmt::Debug for BlobPiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobPiece({}..{} of {})", self.from, self.end(), self.total)
    }
}
