//! Attachments as the ledger counts them.

use domain::{BlobHash, Envelope};
use std::collections::BTreeSet;
use wire::BlobHeld;

/// An attachment of a record, as far as it is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// The row's number, never given twice.
    pub b: i64,
    /// How long the whole is.
    pub total: u64,
    /// So many bytes are here, from the first one on.
    pub held: u64,
}

impl BlobRow {
    /// Whether all of it is here.
    pub fn is_whole(self) -> bool {
        self.held == self.total
    }

    /// What the caller is told.
    pub fn told(self) -> BlobHeld {
        BlobHeld {
            held: self.held,
            total: Some(self.total),
        }
    }
}

/// The attachments that a record has: those that it names, while it has a body.
pub(crate) fn named(envelope: &Envelope) -> BTreeSet<BlobHash> {
    if envelope.state.has_body() {
        envelope.blobs.clone()
    } else {
        BTreeSet::new()
    }
}

/// A hash as its 32 bytes.
pub(super) fn bytes_of(hash: &BlobHash) -> [u8; 32] {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash.as_str(), &mut bytes).expect("a hash is 64 hex digits");
    bytes
}
