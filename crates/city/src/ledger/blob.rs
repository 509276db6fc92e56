//! Attachments as the ledger counts them.

use super::Reading;
use crate::Error;
use domain::{BlobHash, Envelope};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use wire::{BlobHeld, MAX_BLOB_PIECE};

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

/// The hash of what is here of an attachment, with more bytes behind it. None where it was destroyed since.
pub(crate) fn hash_of(reading: &dyn Reading, row: BlobRow, more: &[u8]) -> Result<Option<BlobHash>, Error> {
    let mut hash = Sha256::new();
    let mut at = 0;
    while at < row.held {
        let bytes = reading.blob_bytes(row.b, at, MAX_BLOB_PIECE)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        at += bytes.len() as u64;
        hash.update(&bytes);
    }
    hash.update(more);
    Ok(BlobHash::parse(&hex::encode(hash.finalize())))
}

/// A hash of 32 bytes as it travels.
pub(super) fn travelling(bytes: [u8; 32]) -> Result<BlobHash, Error> {
    BlobHash::parse(&hex::encode(bytes)).ok_or(Error::Row("blob.hash"))
}

/// A hash as its 32 bytes.
pub(super) fn bytes_of(hash: &BlobHash) -> [u8; 32] {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash.as_str(), &mut bytes).expect("a hash is 64 hex digits");
    bytes
}
