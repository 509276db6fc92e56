//! A notebook in one file, and back.

use super::{Error, Notebook, Options, export::write_whole, passphrase_from};
use std::{fs::File, io::BufReader, path::Path};
use store::{Passphrase, Status, Store};

impl Notebook {
    /// Writes the whole notebook to a file, as it is now; what opens it is the notebook's passphrase.
    ///
    /// # Errors
    /// When the file cannot be written; nothing half-written stays behind.
    pub fn back_up(&self, to: &Path) -> Result<(), Error> {
        let mut failed = None;
        let written = write_whole(to, |file| match self.store().back_up(file) {
            Ok(()) => Ok(()),
            Err(error) => {
                failed = Some(error);
                Err(std::io::ErrorKind::Other.into())
            }
        });
        match failed {
            Some(error) => Err(error.into()),
            None => written,
        }
    }

    /// Makes a notebook from a backup in a folder that holds none, and opens it. The city does not know it yet.
    ///
    /// # Errors
    /// As [`Options::restore`]; the folder is then as it was.
    pub fn restore(from: &Path, folder: &Path, passphrase: &Passphrase) -> Result<Self, Error> {
        let file = File::open(from).map_err(|source| Error::file(from, source))?;
        let store = Store::restore(BufReader::new(file), folder, passphrase)?;
        Ok(Self::over(store, folder))
    }
}

impl Options {
    /// Makes a notebook from a backup, in the folder of these options, and says how much it holds. It can be used when it
    /// was enrolled with a new invitation of the same person.
    ///
    /// # Errors
    /// Where there is a notebook already, for a file that is no backup, a wrong passphrase, a full disk.
    pub fn restore(&self, from: &Path) -> Result<Status, Error> {
        let folder = self.folder().ok_or(Error::NoFolder)?;
        let passphrase = passphrase_from(self.passphrase_file.as_ref().ok_or(Error::Locked)?)?;
        let restored = Notebook::restore(from, &folder, &passphrase)?;
        // No city knows this device yet, and what it holds can be counted all the same.
        Ok(restored.store().read(|reading| reading.status())?)
    }
}
