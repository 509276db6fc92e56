//! The passphrase from a file, and the key in the system's keychain.

use super::Error;
use std::{io::Read, path::Path};
use store::{DatabaseKey, Passphrase};
use zeroize::Zeroizing;

/// Nobody types a longer one; the bound keeps a wrong file from being read whole.
const MAX_PASSPHRASE_BYTES: u64 = 4096;

/// Reads a passphrase: the file's text up to its last line break.
///
/// # Errors
/// When the file cannot be read, is empty, too long or no text.
pub fn passphrase_from(path: &Path) -> Result<Passphrase, Error> {
    let unreadable = |source| Error::file(path, source);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut text = Zeroizing::new(String::with_capacity(256));
    file.take(MAX_PASSPHRASE_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    let passphrase = text.strip_suffix('\n').unwrap_or(&text);
    let passphrase = passphrase.strip_suffix('\r').unwrap_or(passphrase);
    if passphrase.is_empty() || text.len() as u64 > MAX_PASSPHRASE_BYTES {
        return Err(Error::NoPassphraseInFile);
    }
    Ok(Passphrase::new(passphrase.to_owned()))
}

/// The key of a notebook in the system's keychain (Secret Service, Keychain, Credential Manager).
///
/// Many machines have none, or have it locked. That is never an error: the passphrase opens the notebook as well.
pub struct Keychain(Option<keyring::Entry>);

impl Keychain {
    /// The entry of the notebook in this folder.
    pub fn of(folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self(keyring::Entry::new("quartierbuch", &folder.to_string_lossy()).ok())
    }

    /// The key, if the keychain has it and gives it.
    pub fn key(&self) -> Option<DatabaseKey> {
        let secret = Zeroizing::new(self.0.as_ref()?.get_secret().ok()?);
        <[u8; 32]>::try_from(secret.as_slice())
            .ok()
            .map(DatabaseKey::from_bytes)
    }

    /// Whether the key is kept; `None` where there is no keychain that answers.
    pub fn holds(&self) -> Option<bool> {
        match self.0.as_ref()?.get_secret() {
            Ok(secret) => {
                drop(Zeroizing::new(secret));
                Some(true)
            }
            Err(keyring::Error::NoEntry) => Some(false),
            Err(_) => None,
        }
    }

    /// Keeps the key; `false` where there is no keychain that takes it.
    pub fn keep(&self, key: &DatabaseKey) -> bool {
        self.0
            .as_ref()
            .is_some_and(|entry| entry.set_secret(key.as_bytes()).is_ok())
    }

    /// Forgets the key, if it is there.
    pub fn forget(&self) {
        if let Some(entry) = &self.0 {
            // Nothing to forget is as good as forgotten.
            let _ = entry.delete_credential();
        }
    }
}
