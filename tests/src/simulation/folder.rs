//! Files as a disk holds them: copies stand for what is there after a kill, and for backups.

use super::chance::Chance;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A notebook's file, and the log in which a write is before it is in the file.
const DATABASE: &str = "quartierbuch.db";
const LOG: &str = "quartierbuch.db-wal";

/// A folder in memory where the machine has one, because nobody waits for a disk whose loss is played by hand.
///
/// # Errors
/// When there is no room for temporary files.
pub fn scratch() -> io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let named = |builder: &mut tempfile::Builder<'_, '_>| builder.prefix("quartierbuch-sim-").tempdir_in(memory);
    match named(&mut tempfile::Builder::new()) {
        Ok(dir) => Ok(dir),
        Err(_) => tempfile::tempdir(),
    }
}

/// Copies a folder's files as they are this instant, without what only a running program's memory means (`-shm`).
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_file()
            && path
                .extension()
                .is_none_or(|end| !end.to_string_lossy().ends_with("db-shm"))
        {
            fs::copy(&path, to.join(path.file_name().expect("a file has a name")))?;
        }
    }
    Ok(())
}

/// What a disk may hold after a power cut between two states of a folder, `before` and `after`: everything that was there
/// before, and of what was written since to the write-ahead log any part, in any order of sectors. `None` where the log
/// did not grow.
///
/// # Errors
/// When a file cannot be read or written.
pub fn torn(before: &Path, after: &Path, to: &Path, chance: &mut Chance) -> io::Result<Option<()>> {
    const SECTOR: usize = 512;
    let log = |folder: &Path| fs::read(folder.join(LOG)).unwrap_or_default();
    let (kept, grown) = (log(before), log(after));
    let database = |folder: &Path| fs::read(folder.join(DATABASE));
    if grown.len() <= kept.len() || !grown.starts_with(&kept) || database(before)? != database(after)? {
        return Ok(None);
    }
    copy(before, to)?;
    let mut torn = grown[..kept.len() + 1 + chance.below(grown.len() - kept.len())].to_vec();
    for sector in torn[kept.len()..].chunks_mut(SECTOR) {
        if chance.one_in(4) {
            // Its place in the file was made, and it was never written.
            sector.fill(0);
        }
    }
    fs::write(to.join(LOG), torn)?;
    Ok(Some(()))
}

/// Folders of one thing over its lives: each crash and each restore begins the next.
#[derive(Debug)]
pub struct Lives {
    root: PathBuf,
    life: u32,
}

impl Lives {
    /// The first life lies in `root/0`.
    pub fn new(root: PathBuf) -> Self {
        Self { root, life: 0 }
    }

    /// Where the present one lies.
    pub fn here(&self) -> PathBuf {
        self.root.join(self.life.to_string())
    }

    /// The next life begins with a copy of these files.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn begin(&mut self, from: &Path) -> io::Result<PathBuf> {
        self.life += 1;
        copy(from, &self.here())?;
        Ok(self.here())
    }

    /// A place beside them for a backup of this name.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}
