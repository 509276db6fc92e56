//! A whole notebook in one file, and a notebook made from it again, on a device that the city is yet to know.
//!
//! The file is a ZIP archive of what lies in the notebook's folder: the key file, which the passphrase opens, the database
//! and the attachments, all of it ciphertext.

use crate::{
    Error, Passphrase, Reading, Store, Unlock,
    connect::{Purpose, connect},
    key_file,
    store::{database_path, make_folder, set_aside},
};
use rusqlite::backup::Backup;
use std::{
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

const KEY: &str = "quartierbuch.key";
const DATABASE: &str = "quartierbuch.db";
const ATTACHMENTS: &str = "attachments";
/// How long to wait for another process before the copy is tried again.
const PAUSE: Duration = Duration::from_millis(50);

impl Store {
    /// Writes everything this notebook holds to one file, as it is at one instant; others may go on writing meanwhile.
    ///
    /// # Errors
    /// A full disk; what the database says.
    pub fn back_up(&self, to: &mut (impl Write + Seek)) -> Result<(), Error> {
        let copy = Unfinished(self.dir().join("quartierbuch.backup"));
        self.copy_to(&copy.0)?;
        let mut archive = ZipWriter::new(to);
        // Ciphertext does not get smaller.
        let plain = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(true);
        let mut put = |name: &str, from: &Path| -> Result<(), Error> {
            let mut file = File::open(from)?;
            archive.start_file(name, plain)?;
            io::copy(&mut file, &mut archive)?;
            Ok(())
        };
        put(KEY, &key_file::path(self.dir()))?;
        put(DATABASE, &copy.0)?;
        for file in files(&self.dir().join(ATTACHMENTS))? {
            if let Some(name) = file
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| is_hash(name))
            {
                match put(&format!("{ATTACHMENTS}/{name}"), &file) {
                    // Forgotten since the folder was read.
                    Err(Error::File(error)) if error.kind() == io::ErrorKind::NotFound => {}
                    other => other?,
                }
            }
        }
        archive.finish()?;
        Ok(())
    }

    fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let key = self.database_key();
        key_file::create(path)?;
        let from = connect(&database_path(self.dir()), &key, Purpose::Read, false)?;
        let mut to = connect(path, &key, Purpose::Read, false)?;
        // All pages in one step: they are of one instant.
        Backup::new(&from, &mut to)?.run_to_completion(i32::MAX, PAUSE, None)?;
        // One file, without a log beside it.
        to.pragma_update(None, "journal_mode", "DELETE")?;
        to.close().map_err(|(_, error)| error.into())
    }

    /// Makes a notebook from a backup, in a folder that holds none. The city does not know this device yet: what the
    /// backup's device was goes to [`crate::Reading::identity_before`], and a new enrolment of the same person takes it up.
    ///
    /// # Errors
    /// [`Error::Exists`] where there is a notebook; [`Error::NotABackup`] for a file that is none, or not whole;
    /// [`Error::WrongPassphrase`]; [`Error::Newer`]. The folder is then as it was, or absent where it was absent.
    pub fn restore(from: impl Read + Seek, dir: &Path, passphrase: &Passphrase) -> Result<Self, Error> {
        if Self::exists(dir) {
            return Err(Error::Exists);
        }
        let is_new = !dir.exists();
        make_folder(dir)?;
        let beside = dir.join("restoring");
        clear(&beside)?;
        make_folder(&beside)?;
        let taken = unpack(from, &beside).and_then(|()| take_over(&beside, passphrase));
        let moved = taken.and_then(|()| move_in(&beside, dir));
        let cleared = clear(&beside);
        if is_new && moved.is_err() {
            // Only an empty folder goes: what somebody else put into it meanwhile stays.
            let _ = fs::remove_dir(dir);
        }
        moved?;
        cleared?;
        Self::open(dir, &Unlock::Passphrase(passphrase.clone()))
    }
}

/// Unpacks the archive's parts under names of our own.
fn unpack(from: impl Read + Seek, to: &Path) -> Result<(), Error> {
    let mut archive = ZipArchive::new(from)?;
    make_folder(&to.join(ATTACHMENTS))?;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at)?;
        let name = part.name()?.into_owned();
        let hash = name.strip_prefix(ATTACHMENTS).and_then(|rest| rest.strip_prefix('/'));
        let to = match (name.as_str(), hash) {
            (KEY, _) => key_file::path(to),
            (DATABASE, _) => database_path(to),
            (_, Some(hash)) if is_hash(hash) => to.join(ATTACHMENTS).join(hash),
            _ => return Err(Error::NotABackup),
        };
        let mut file = key_file::create(&to)?;
        io::copy(&mut part, &mut file).map_err(|error| match error.kind() {
            // The archive's own checksum of the part.
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Error::NotABackup,
            _ => error.into(),
        })?;
        file.sync_all()?;
    }
    if database_path(to).exists() && key_file::path(to).exists() {
        Ok(())
    } else {
        Err(Error::NotABackup)
    }
}

/// Opens what was unpacked, and lets it be a device that no city knows.
fn take_over(dir: &Path, passphrase: &Passphrase) -> Result<(), Error> {
    let store = Store::open(dir, &Unlock::Passphrase(passphrase.clone()))?;
    if !store.read(|reading| reading.is_whole())? {
        return Err(Error::NotABackup);
    }
    store.write(|writing| writing.become_unknown()).map(drop)
}

impl Reading<'_> {
    /// Whether every page is as it was written.
    fn is_whole(&self) -> Result<bool, Error> {
        let mut check = self.connection.prepare("PRAGMA cipher_integrity_check")?;
        Ok(!check.exists([])?)
    }
}

/// The database goes last: until then there is no notebook in the folder.
fn move_in(from: &Path, to: &Path) -> Result<(), Error> {
    set_aside(&key_file::path(to))?;
    clear(&to.join(ATTACHMENTS))?;
    for name in [ATTACHMENTS, KEY, DATABASE] {
        fs::rename(from.join(name), to.join(name))?;
    }
    key_file::sync_folder(&database_path(to))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<_>>()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// Attachments are named by the SHA-256 of their ciphertext.
fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn clear(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A file that goes when it has served.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It is ciphertext, and the next backup writes over it.
        let _ = fs::remove_file(&self.0);
    }
}

impl From<ZipError> for Error {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
            _ => Self::NotABackup,
        }
    }
}
