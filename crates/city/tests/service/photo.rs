//! A photo of a note, and the devices that bring and get it.

use crate::town::{Device, Town, accepted};
use domain::{BlobHash, RecordId};
use sha2::{Digest, Sha256};
use wire::{Backend, BlobHeld, BlobPiece, BlobPlace, Failure, MAX_BLOB_PIECE};

/// Ciphertext of this length that occurs nowhere else.
pub(crate) fn ciphertext(length: usize, seed: &str) -> Vec<u8> {
    let block = |n: u32| Sha256::digest(format!("{seed} {n}"));
    (0u32..).flat_map(block).take(length).collect()
}

pub(crate) fn hash_of(bytes: &[u8]) -> BlobHash {
    BlobHash::parse(&hex::encode(Sha256::digest(bytes))).expect("64 hex digits")
}

/// A photo of a note that this device has pushed.
pub(crate) struct Photo {
    pub(crate) place: BlobPlace,
    pub(crate) bytes: Vec<u8>,
}

impl Photo {
    pub(crate) async fn on_a_note(device: &Device, length: usize) -> Self {
        let bytes = ciphertext(length, "photo");
        let hash = hash_of(&bytes);
        let body = format!(
            r#"{{"attachments":[{{"blob":"{}","id":"1"}}],"text":"Bank"}}"#,
            hash.as_str()
        );
        let note = device.note("Rieth").body(&body).with_blob(&hash);
        let record = note.id();
        accepted(&device.push_one(note.change()).await);
        let place = BlobPlace { record, hash };
        Self { place, bytes }
    }

    pub(crate) fn id(&self) -> RecordId {
        self.place.record
    }

    pub(crate) fn piece(&self, from: usize, until: usize) -> BlobPiece {
        BlobPiece {
            from: from as u64,
            total: self.bytes.len() as u64,
            bytes: self.bytes[from..until].to_vec(),
        }
    }

    pub(crate) async fn put(&self, caller: &impl Backend, from: usize, until: usize) -> Result<BlobHeld, Failure> {
        caller.put_blob(self.place.clone(), self.piece(from, until)).await
    }

    pub(crate) async fn put_all(&self, caller: &impl Backend) {
        let mut held = caller.blob_held(self.place.clone()).await.expect("known");
        while !held.is_complete() {
            let from = usize::try_from(held.held).expect("small");
            let until = self.bytes.len().min(from + MAX_BLOB_PIECE);
            held = self.put(caller, from, until).await.expect("taken");
        }
    }

    pub(crate) async fn held(&self, caller: &impl Backend) -> Result<BlobHeld, Failure> {
        caller.blob_held(self.place.clone()).await
    }

    pub(crate) async fn get_all(&self, caller: &impl Backend) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        loop {
            let piece = caller.blob(self.place.clone(), bytes.len() as u64).await?;
            assert!(piece.is_well_formed() && piece.from == bytes.len() as u64);
            bytes.extend(&piece.bytes);
            if piece.total == bytes.len() as u64 {
                return Ok(bytes);
            }
        }
    }
}

/// So much of so much is held.
pub(crate) fn at(held: u64, total: u64) -> BlobHeld {
    let total = Some(total);
    BlobHeld { held, total }
}

/// A worker and a lead who have pulled.
pub(crate) async fn anna_and_lea(town: &Town) -> (Device, Device) {
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    anna.pull().await;
    lea.pull().await;
    (anna, lea)
}
