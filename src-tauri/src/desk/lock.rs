//! One program at a time speaks with the city for a notebook.

use super::Error;
use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

/// Held while this program syncs. The system frees it when the program ends, however it ends.
#[derive(Debug)]
pub struct SyncLock(File);

impl SyncLock {
    /// Takes the lock at once.
    ///
    /// # Errors
    /// [`Error::SyncBusy`] while another program holds it.
    pub fn try_take(folder: &Path) -> Result<Self, Error> {
        let file = Self::open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Error::SyncBusy),
            Err(TryLockError::Error(source)) => Err(Error::file(folder, source)),
        }
    }

    /// Waits until the lock is free, and takes it.
    ///
    /// # Errors
    /// When the lock file cannot be made in the folder.
    pub fn wait(folder: &Path) -> Result<Self, Error> {
        let file = Self::open(folder)?;
        file.lock().map_err(|source| Error::file(folder, source))?;
        Ok(Self(file))
    }

    fn open(folder: &Path) -> Result<File, Error> {
        let path = folder.join("sync.lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        file.map_err(|source| Error::file(&path, source))
    }
}

impl Drop for SyncLock {
    fn drop(&mut self) {
        // Closing frees it as well; a failure here changes nothing.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let held = SyncLock::try_take(folder.path()).unwrap();
        let second = SyncLock::try_take(folder.path());
        assert!(
            matches!(second, Err(Error::SyncBusy)),
            "two syncs would send the same change twice"
        );
        drop(held);
        assert!(SyncLock::try_take(folder.path()).is_ok(), "a freed lock can be taken");
    }

    #[test]
    fn waiting_ends_when_the_lock_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let held = SyncLock::try_take(folder.path()).unwrap();
        let path = folder.path().to_owned();
        let waiting = std::thread::spawn(move || SyncLock::wait(&path).is_ok());
        drop(held);
        assert!(waiting.join().unwrap(), "the waiting program goes on");
    }
}
