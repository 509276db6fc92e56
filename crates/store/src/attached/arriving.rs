//! An attachment on its way from the city, piece by piece.

use super::seal;
use crate::{Changes, Error, Store};
use domain::{BlobHash, RecordId};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
};

/// What a piece did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// So many bytes are here; the next piece begins there.
    Partly(u64),
    /// All of it is here, and is what the record names.
    Whole,
    /// All of it is here and is something else: it was thrown away.
    Wrong,
    /// Another program is fetching the same.
    Elsewhere,
}

impl Store {
    /// How many bytes are here of one that is on its way, also after a restart.
    ///
    /// # Errors
    /// What the disk says.
    pub fn arrived_so_far(&self, blob: &BlobHash) -> Result<u64, Error> {
        match fs::metadata(self.folder().part(blob)) {
            Ok(facts) => Ok(facts.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the piece that begins at `from` of `total` bytes. One that does not begin where the last ended changes nothing.
    ///
    /// # Errors
    /// A full disk, or what the database says.
    pub fn take_piece(
        &self,
        record: RecordId,
        blob: &BlobHash,
        from: u64,
        total: u64,
        bytes: &[u8],
    ) -> Result<(Arrival, Changes), Error> {
        self.folder().make()?;
        let path = self.folder().part(blob);
        let mut file = part(&path)?;
        if file.try_lock().is_err() {
            return Ok((Arrival::Elsewhere, Changes::default()));
        }
        let so_far = file.metadata()?.len();
        if so_far == 0 {
            // From now on whatever forgets the record takes along what has come so far.
            self.write_beside(|writing| writing.note_begun(record, blob))?;
        }
        if so_far == from {
            file.write_all(bytes)?;
        }
        let so_far = file.metadata()?.len();
        if so_far < total {
            return Ok((Arrival::Partly(so_far), Changes::default()));
        }
        file.sync_all()?;
        // Read from the disk again: a file may be longer than what of it survived a power cut.
        if seal::hash(&fs::read(&path)?) != *blob {
            fs::remove_file(&path)?;
            return Ok((Arrival::Wrong, Changes::default()));
        }
        self.folder().name(&path, blob)?;
        let ((), changes) = self.write_beside(|writing| writing.note_arrived(record, blob, total))?;
        Ok((Arrival::Whole, changes))
    }
}

fn part(path: &std::path::Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
