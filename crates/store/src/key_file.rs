//! The small file beside the database: its key, wrapped by a key from the passphrase.

use crate::{DatabaseKey, Error, KeyCost, Passphrase, key::random};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The largest memory a key file may ask for (4 GiB): a forged one must not eat the machine.
const MAX_MEMORY_KIB: u32 = 4 * 1024 * 1024;

/// Salt, cost and nonce are no secrets; the wrapped key is one and authenticates them all.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    version: u32,
    stretch: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    seal: String,
    nonce: String,
    key: String,
}

pub(crate) fn path(dir: &Path) -> PathBuf {
    dir.join("quartierbuch.key")
}

/// Wraps the key and writes the file: whole or not at all, readable by its owner only, on the disk when this returns.
pub(crate) fn write(path: &Path, key: &DatabaseKey, passphrase: &Passphrase, cost: KeyCost) -> Result<(), Error> {
    let (salt, nonce) = (random::<16>()?, random::<24>()?);
    let mut file = KeyFile {
        version: 1,
        stretch: "argon2id".to_owned(),
        memory_kib: cost.memory_kib,
        passes: cost.passes,
        salt: BASE64.encode(salt),
        seal: "xchacha20poly1305".to_owned(),
        nonce: BASE64.encode(nonce),
        key: String::new(),
    };
    let cipher = file.cipher(passphrase)?;
    let facts = file.facts();
    let payload = Payload {
        msg: key.as_bytes(),
        aad: facts.as_bytes(),
    };
    let wrapped = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .expect("32 bytes are far below the cipher's limit");
    file.key = BASE64.encode(wrapped);
    let text = serde_json::to_string_pretty(&file).expect("strings and numbers write as JSON");
    replace(path, text.as_bytes())
}

/// Unwraps the database's key.
pub(crate) fn read(path: &Path, passphrase: &Passphrase) -> Result<DatabaseKey, Error> {
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::MissingKeyFile,
        io::ErrorKind::InvalidData => Error::DamagedKeyFile,
        _ => error.into(),
    })?;
    let file: KeyFile = serde_json::from_str(&text).map_err(|_| Error::DamagedKeyFile)?;
    file.unwrap(passphrase)
}

impl KeyFile {
    fn unwrap(&self, passphrase: &Passphrase) -> Result<DatabaseKey, Error> {
        let known = (self.version, self.stretch.as_str(), self.seal.as_str());
        if known != (1, "argon2id", "xchacha20poly1305") || self.memory_kib > MAX_MEMORY_KIB {
            return Err(Error::DamagedKeyFile);
        }
        let nonce: [u8; 24] = bytes(&self.nonce)?;
        let wrapped = BASE64.decode(&self.key).map_err(|_| Error::DamagedKeyFile)?;
        if wrapped.len() != 48 {
            return Err(Error::DamagedKeyFile);
        }
        let facts = self.facts();
        let payload = Payload {
            msg: &wrapped,
            aad: facts.as_bytes(),
        };
        let key = self
            .cipher(passphrase)?
            .decrypt(&XNonce::from(nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| Error::WrongPassphrase)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| Error::DamagedKeyFile)?;
        Ok(DatabaseKey::from_bytes(key))
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, Error> {
        let salt: [u8; 16] = bytes(&self.salt)?;
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(Error::Stretch)?;
        let mut wrapping = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), &salt, wrapping.as_mut_slice())
            .map_err(Error::Stretch)?;
        Ok(XChaCha20Poly1305::new_from_slice(wrapping.as_slice()).expect("a key of 32 bytes"))
    }

    /// What the wrapped key answers for besides itself, so that nobody weakens the cost unseen.
    fn facts(&self) -> String {
        format!(
            "quartierbuch {} {} {} {}",
            self.version, self.memory_kib, self.passes, self.salt
        )
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Error> {
    let bytes = BASE64.decode(text).map_err(|_| Error::DamagedKeyFile)?;
    bytes.try_into().map_err(|_| Error::DamagedKeyFile)
}

fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    let new = path.with_extension("key.new");
    let mut file = create(&new)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    sync_folder(path)
}

/// An empty file that its owner alone may read.
pub(crate) fn create(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

/// A renamed file is only there for good once its folder is on the disk.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Error> {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
