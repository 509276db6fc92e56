//! A notebook whose device no city knows yet: its key is wrapped by the invitation's code, not by a passphrase.
//!
//! The id and token that the device made for itself lie in it, so that a repeat after a lost answer is the same attempt.
//! Whoever repeats it has the code, but may have mistyped the passphrase: that counts from the moment the device is enrolled.

use crate::{
    DatabaseKey, Error, KeyCost, Passphrase, Store, key_file,
    store::{database_path, make_folder, set_aside},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

fn path(dir: &Path) -> PathBuf {
    dir.join("quartierbuch.key.begun")
}

impl Store {
    /// Whether a notebook was begun in this folder and not finished.
    pub fn has_begun(dir: &Path) -> bool {
        path(dir).exists() && !key_file::path(dir).exists()
    }

    /// Makes the folder of a notebook where there is none, for its owner alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_folder(dir: &Path) -> Result<(), Error> {
        make_folder(dir)
    }

    /// Begins a notebook with a new random key, wrapped by the invitation's code; one that was begun with the same code
    /// is taken up again. One begun with another code is given up: it holds nothing but an attempt that came to nothing.
    ///
    /// # Errors
    /// [`Error::Exists`] where there is a whole one; when the folder cannot be written to.
    pub fn begin(dir: &Path, code: &Passphrase, cost: KeyCost) -> Result<Self, Error> {
        if Self::exists(dir) {
            return Err(Error::Exists);
        }
        make_folder(dir)?;
        if Self::has_begun(dir) {
            let key = key_file::read(&path(dir), code);
            let again = key.and_then(|key| match database_path(dir).exists() {
                true => Self::connected(dir, key, false),
                false => Err(Error::NotCreated),
            });
            match again {
                Err(Error::DiskFull(_) | Error::ReadOnly(_) | Error::Locked(_) | Error::Newer { .. }) | Ok(_) => {
                    return again;
                }
                Err(_) => give_up(dir)?,
            }
        }
        set_aside(&key_file::path(dir))?;
        let key = DatabaseKey::random()?;
        key_file::write(&path(dir), &key, code, cost)?;
        key_file::create(&database_path(dir))?;
        Self::connected(dir, key, true)
    }

    /// The device is enrolled: from now on this passphrase opens the notebook, and nothing else does.
    ///
    /// # Errors
    /// When the key file cannot be written; the notebook then stays begun.
    pub fn finish(&self, passphrase: &Passphrase, cost: KeyCost) -> Result<(), Error> {
        key_file::write(&key_file::path(self.dir()), &self.database_key(), passphrase, cost)?;
        forget(self.dir());
        Ok(())
    }
}

/// The code opens the notebook no longer. Tried again at every opening, should the file not go now.
pub(crate) fn forget(dir: &Path) {
    // Mostly there is none.
    let _ = fs::remove_file(path(dir));
}

/// The key goes last: as long as it is there, what is left is known for a notebook that was only begun.
fn give_up(dir: &Path) -> Result<(), Error> {
    let database = database_path(dir);
    let beside = ["-wal", "-shm", "-journal"].map(|ending| {
        let mut name = database.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    });
    for file in beside.iter().chain([&database, &path(dir)]) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
