//! One notebook: the opened store in its folder, and who works with it.

use super::{Error, Keychain, Options, passphrase_from, wipe};
use chrono::Utc;
use domain::{Action, At, Envelope, MutationId, Record, RecordId};
use std::path::{Path, PathBuf};
use store::{Identity, KeyCost, Passphrase, Stamp, Store, Unlock};
use uuid::Uuid;

/// An open notebook. Cheap to clone; every clone is the same notebook.
#[derive(Clone)]
pub struct Notebook {
    store: Store,
    folder: PathBuf,
}

impl Notebook {
    /// Opens the notebook the options name, with the passphrase file, else with the keychain's key.
    ///
    /// # Errors
    /// [`Error::NoNotebook`] where there is none yet, [`Error::Locked`] where nothing opens it.
    pub fn open(options: &Options) -> Result<Self, Error> {
        let folder = options.folder().ok_or(Error::NoFolder)?;
        wipe::report_wiped(&folder);
        if Store::has_begun(&folder) {
            return Err(Error::NotEnrolled);
        }
        if !Store::exists(&folder) {
            return Err(Error::NoNotebook);
        }
        if let Some(file) = &options.passphrase_file {
            return Self::unlock(&folder, &Unlock::Passphrase(passphrase_from(file)?));
        }
        let key = Keychain::of(&folder).key().ok_or(Error::Locked)?;
        Self::unlock(&folder, &Unlock::Key(key))
    }

    /// Opens the notebook in a folder.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], or the store's own reason.
    pub fn unlock(folder: &Path, unlock: &Unlock) -> Result<Self, Error> {
        Ok(Self::over(Store::open(folder, unlock)?, folder))
    }

    /// The notebook of a store that is open already.
    pub(super) fn over(store: Store, folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { store, folder }
    }

    /// Begins a notebook in a folder, or takes up the one that was begun with the same code.
    pub(super) fn begin(folder: &Path, code: &str) -> Result<Self, Error> {
        let code = Passphrase::new(sync::meant_code(code));
        Ok(Self::over(Store::begin(folder, &code, KeyCost::default())?, folder))
    }

    /// The store below.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Who works with it.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`] before a city knows the device.
    pub fn identity(&self) -> Result<Identity, Error> {
        self.store.read(|reading| reading.identity())?.ok_or(Error::NotEnrolled)
    }

    /// Saves a record that a person made or changed, if they may.
    ///
    /// # Errors
    /// [`Error::Forbidden`], or the store's own reason.
    pub fn save(&self, identity: &Identity, action: Action, record: &Record) -> Result<(), Error> {
        allowed(identity, action, &record.envelope)?;
        self.store.write(|writing| writing.save(record, stamp(identity)))?;
        Ok(())
    }
}

/// Refuses what the table of rights does not allow.
pub(super) fn allowed(identity: &Identity, action: Action, envelope: &Envelope) -> Result<(), Error> {
    if domain::may(&identity.person(), action, envelope) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// A new change by this person, now.
pub fn stamp(identity: &Identity) -> Stamp {
    Stamp {
        mutation_id: MutationId(Uuid::now_v7()),
        by: identity.person,
        at: At::from(Utc::now()),
    }
}

/// An id for a new record.
pub fn new_id() -> RecordId {
    RecordId(Uuid::now_v7())
}
