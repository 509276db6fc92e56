//! The folder of ciphertexts. Names are hashes of ciphertext, which tell nothing.

use crate::{Error, key_file, store::make_folder};
use domain::BlobHash;
use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The ciphertexts of one notebook.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn of(notebook: &Path) -> Self {
        Self(notebook.join("attachments"))
    }

    fn whole(&self, hash: &BlobHash) -> PathBuf {
        self.0.join(hash.as_str())
    }

    /// What has arrived so far of one that is on its way.
    pub(super) fn part(&self, hash: &BlobHash) -> PathBuf {
        self.0.join(format!("{}.part", hash.as_str()))
    }

    /// Writes it: whole or not at all, and on the disk when this returns.
    pub(super) fn put(&self, hash: &BlobHash, sealed: &[u8]) -> Result<(), Error> {
        self.make()?;
        let new = self.0.join(format!("{}.new", hash.as_str()));
        let mut file = key_file::create(&new)?;
        file.write_all(sealed)?;
        file.sync_all()?;
        self.name(&new, hash)
    }

    pub(super) fn make(&self) -> Result<(), Error> {
        if self.0.is_dir() {
            return Ok(());
        }
        make_folder(&self.0)?;
        key_file::sync_folder(&self.0)
    }

    /// What lies at `from` is whole and on the disk: it gets its name.
    pub(super) fn name(&self, from: &Path, hash: &BlobHash) -> Result<(), Error> {
        let whole = self.whole(hash);
        fs::rename(from, &whole)?;
        key_file::sync_folder(&whole)
    }

    /// The whole ciphertext; `None` where it is not here.
    pub(super) fn read(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>, Error> {
        found(fs::read(self.whole(hash)))
    }

    pub(super) fn length(&self, hash: &BlobHash) -> Result<Option<u64>, Error> {
        Ok(found(fs::metadata(self.whole(hash)))?.map(|facts| facts.len()))
    }

    /// At most `most` bytes from a place on; `None` where it is not here.
    pub(super) fn piece(&self, hash: &BlobHash, from: u64, most: usize) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut file) = found(File::open(self.whole(hash)))? else {
            return Ok(None);
        };
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(most as u64).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Takes it away with whatever has arrived of it.
    pub(crate) fn remove(&self, hash: &str) -> Result<(), Error> {
        for name in [hash.to_owned(), format!("{hash}.part"), format!("{hash}.new")] {
            found(fs::remove_file(self.0.join(name)))?;
        }
        Ok(())
    }
}

fn found<T>(answer: io::Result<T>) -> Result<Option<T>, Error> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
