//! Taking an attachment in, and opening it.

use super::{Contents, seal};
use crate::{Error, Store};
use domain::{At, BlobHash, RecordId};

/// A ciphertext that lies on this device: what a record needs to name it.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// The hash of the ciphertext.
    pub blob: BlobHash,
    /// The key that opens it, base64url.
    pub key: String,
}

/// Its key does not print.
impl std::fmt::Debug for Enclosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enclosed({})", self.blob.as_str())
    }
}

impl Store {
    /// Keeps bytes as an attachment, encrypted. When this returns they are on the disk; they travel once a record that
    /// names them has, and go a day after a round finds that neither a record nor a draft does.
    ///
    /// # Errors
    /// A full disk, no randomness, or what the database says.
    pub fn enclose(&self, plain: &[u8]) -> Result<Enclosed, Error> {
        let (sealed, key) = seal::seal(plain)?;
        let blob = seal::hash(&sealed);
        self.folder().put(&blob, &sealed)?;
        self.write(|writing| {
            writing
                .connection
                .prepare_cached("INSERT INTO attachment (hash, held, to_send, total, named) VALUES (?1, 1, 1, ?2, 0)")?
                .execute((blob.as_str(), sealed.len() as i64))?;
            Ok(())
        })?;
        Ok(Enclosed { blob, key })
    }

    /// At most `most` bytes of a ciphertext from a place on, and how long the whole is; `None` where it is not here.
    ///
    /// # Errors
    /// What the disk says.
    pub fn sealed_piece(&self, blob: &BlobHash, from: u64, most: usize) -> Result<Option<(u64, Vec<u8>)>, Error> {
        let Some(total) = self.folder().length(blob)? else {
            return Ok(None);
        };
        Ok(self.folder().piece(blob, from, most)?.map(|bytes| (total, bytes)))
    }

    /// Whether the ciphertext on the disk is what its name says.
    ///
    /// # Errors
    /// What the disk says.
    pub fn is_sound(&self, blob: &BlobHash) -> Result<bool, Error> {
        Ok(self
            .folder()
            .read(blob)?
            .is_some_and(|sealed| seal::hash(&sealed) == *blob))
    }

    /// What an attachment holds. Where one of a record is not here, it is remembered that somebody wanted to see it at
    /// `now`: it is fetched before others.
    ///
    /// # Errors
    /// What the disk or the database says.
    pub fn open_enclosed(
        &self,
        record: Option<RecordId>,
        blob: &BlobHash,
        key: &str,
        now: At,
    ) -> Result<Contents, Error> {
        if let Some(sealed) = self.folder().read(blob)? {
            return Ok(seal::open(&sealed, key).map_or(Contents::Unreadable, Contents::Here));
        }
        if let Some(record) = record {
            self.write(|writing| writing.ask_for(record, blob, now))?;
        }
        Ok(Contents::Away)
    }
}
