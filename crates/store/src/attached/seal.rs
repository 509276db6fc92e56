//! The cipher around an attachment: a key for each, used once.

use crate::{Error, key::random};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::BlobHash;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What a ciphertext may not be taken for.
const PURPOSE: &[u8] = b"quartierbuch attachment 1";
const NONCE_BYTES: usize = 24;
/// So many bytes the ciphertext is longer than what it holds: nonce and tag.
pub const SEAL_BYTES: usize = NONCE_BYTES + 16;

/// What an attachment holds, or why it cannot be shown now.
#[derive(PartialEq, Eq)]
pub enum Contents {
    /// Its bytes.
    Here(Vec<u8>),
    /// It is not on this device yet.
    Away,
    /// The key does not open it: somebody wrote a record with another key.
    Unreadable,
}

/// Says nothing of the bytes.
impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Here(_) => "Here",
            Self::Away => "Away",
            Self::Unreadable => "Unreadable",
        })
    }
}

/// Ciphertext, and the key that opens it as a record writes it.
pub(super) fn seal(plain: &[u8]) -> Result<(Vec<u8>, String), Error> {
    let (key, nonce) = (Zeroizing::new(random::<32>()?), random::<NONCE_BYTES>()?);
    let cipher = XChaCha20Poly1305::new_from_slice(key.as_slice()).expect("a key of 32 bytes");
    let payload = Payload {
        msg: plain,
        aad: PURPOSE,
    };
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .expect("a file in memory is far below the cipher's limit");
    Ok(([&nonce[..], &sealed].concat(), BASE64.encode(key.as_slice())))
}

/// `None` where the key does not open it.
pub(super) fn open(sealed: &[u8], key: &str) -> Option<Vec<u8>> {
    let key = Zeroizing::new(BASE64.decode(key).ok()?);
    let cipher = XChaCha20Poly1305::new_from_slice(key.as_slice()).ok()?;
    let (nonce, msg) = sealed.split_at_checked(NONCE_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    cipher.decrypt(&XNonce::from(nonce), Payload { msg, aad: PURPOSE }).ok()
}

pub(super) fn hash(sealed: &[u8]) -> BlobHash {
    BlobHash::parse(&hex::encode(Sha256::digest(sealed))).expect("a digest has 64 hex digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_key_opens_it_and_only_as_it_was() {
        let (sealed, key) = seal(b"Schaukel kaputt").expect("randomness");
        assert_eq!(sealed.len(), 15 + SEAL_BYTES);
        assert_eq!(open(&sealed, &key).as_deref(), Some(&b"Schaukel kaputt"[..]));
        let (again, other) = seal(b"Schaukel kaputt").expect("randomness");
        assert_ne!(
            hash(&again),
            hash(&sealed),
            "the same photo twice tells nobody that it is the same"
        );
        assert_eq!(open(&sealed, &other), None);
        assert_eq!(open(&sealed, "zu kurz"), None);
        assert_eq!(open(&sealed[..20], &key), None);
        let mut bent = sealed;
        bent[30] ^= 1;
        assert_eq!(open(&bent, &key), None);
    }
}
