//! Keys and passphrases. None of them prints, all of them are wiped when dropped.

use crate::Error;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a person types to open the notebook.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes what was typed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// The random key that the database is encrypted with.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// The key of these bytes, as the keychain kept them.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the keychain and nothing else.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn random() -> Result<Self, Error> {
        random().map(Self)
    }

    /// The key as SQLCipher takes a raw one: `x'..'`, so that nothing is stretched a second time.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(hex::encode(self.0));
        Zeroizing::new(format!("\"x'{}'\"", hex.as_str()))
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey")
    }
}

/// How the notebook is opened.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// By what the person types.
    Passphrase(Passphrase),
    /// By the key itself, from the system's keychain.
    Key(DatabaseKey),
}

/// What guessing a passphrase costs (Argon2id, one lane).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for KeyCost {
    /// About 0.3 s on an office laptop, with more memory than a graphics card likes to give each guess.
    fn default() -> Self {
        Self {
            memory_kib: 128 * 1024,
            passes: 3,
        }
    }
}

impl KeyCost {
    /// Cheap, for tests only: real files, no waiting.
    pub fn for_tests() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
        }
    }
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::Random)?;
    Ok(bytes)
}
