//! The notebook: its one door for writes, its snapshots for reads.

use crate::{
    Changes, DatabaseKey, Error, KeyCost, Passphrase, Reading, Unlock, Writing,
    attached::Folder,
    begun,
    beside::Waits,
    connect::{Purpose, connect},
    key_file, migrate, rest, row,
    vocabulary::Known,
    writing::After,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// So many idle connections are kept for readers; more are opened as needed and closed again.
const IDLE_READERS: usize = 3;

/// An open notebook. Clones share it; another process may hold the same file open and write to it.
#[derive(Clone)]
pub struct Store(Arc<Open>);

struct Open {
    dir: PathBuf,
    folder: Folder,
    key: DatabaseKey,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
    waits: Waits,
}

/// The connection that writes, and what it knows of the vocabulary.
struct Writer {
    connection: Connection,
    known: Known,
}

pub(crate) fn database_path(dir: &Path) -> PathBuf {
    dir.join("quartierbuch.db")
}

impl Store {
    /// Whether this folder holds a notebook; one that was only begun is none yet.
    pub fn exists(dir: &Path) -> bool {
        database_path(dir).exists() && !Self::has_begun(dir)
    }

    /// Makes a notebook with a new random key, wrapped by the passphrase.
    ///
    /// # Errors
    /// [`Error::Exists`] if there is one; [`Error::ReadOnly`] or [`Error::DiskFull`] if there cannot be one.
    pub fn create(dir: &Path, passphrase: &Passphrase, cost: KeyCost) -> Result<Self, Error> {
        if Self::exists(dir) {
            return Err(Error::Exists);
        }
        make_folder(dir)?;
        set_aside(&key_file::path(dir))?;
        let key = DatabaseKey::random()?;
        key_file::write(&key_file::path(dir), &key, passphrase, cost)?;
        // For its owner alone; SQLite gives the files beside it the same rights.
        key_file::create(&database_path(dir))?;
        Self::connected(dir, key, true)
    }

    /// Opens the notebook, bringing an older schema to the newest.
    ///
    /// # Errors
    /// One case each for: not created, missing key file, wrong passphrase or key, held by another process, written
    /// by a newer version, damaged, disk full, read-only.
    pub fn open(dir: &Path, unlock: &Unlock) -> Result<Self, Error> {
        if !Self::exists(dir) {
            return Err(Error::NotCreated);
        }
        begun::forget(dir);
        match unlock {
            Unlock::Passphrase(passphrase) => {
                Self::connected(dir, key_file::read(&key_file::path(dir), passphrase)?, false)
            }
            Unlock::Key(key) => Self::connected(dir, key.clone(), false).map_err(|error| match error {
                // A whole file under another key looks like noise from its first page on.
                Error::Damaged(source) if source.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                    if looks_whole(dir) {
                        Error::WrongKey
                    } else {
                        Error::Damaged(source)
                    }
                }
                other => other,
            }),
        }
    }

    pub(crate) fn connected(dir: &Path, key: DatabaseKey, create: bool) -> Result<Self, Error> {
        let path = database_path(dir);
        let mut connection = connect(&path, &key, Purpose::Write, create)?;
        migrate::migrate(&mut connection, &path, &key)?;
        if create {
            key_file::sync_folder(&path)?;
        }
        let store = Self(Arc::new(Open {
            dir: dir.to_owned(),
            folder: Folder::of(dir),
            key,
            writer: Mutex::new(Writer {
                connection,
                known: Known::default(),
            }),
            readers: Mutex::default(),
            waits: Waits::default(),
        }));
        // What was to leave when the program was cut off.
        store.clear_folder(&lock(&store.0.writer).connection)?;
        Ok(store)
    }

    /// The folder the notebook lies in.
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// The database's key, for the system's keychain.
    pub fn database_key(&self) -> DatabaseKey {
        self.0.key.clone()
    }

    /// Says whether this passphrase opens the notebook in a folder, without opening it.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`] where it does not; missing or damaged key file.
    pub fn check_passphrase(dir: &Path, passphrase: &Passphrase) -> Result<(), Error> {
        key_file::read(&key_file::path(dir), passphrase).map(drop)
    }

    /// Wraps the database's key anew; the old passphrase no longer opens the notebook.
    ///
    /// # Errors
    /// When the key file cannot be written; the old one then stands.
    pub fn change_passphrase(&self, new: &Passphrase, cost: KeyCost) -> Result<(), Error> {
        key_file::write(&key_file::path(&self.0.dir), &self.0.key, new, cost)
    }

    /// The one door for writes: everything `f` does becomes visible at once and durable, or nothing of it.
    ///
    /// # Errors
    /// What `f` returns, or what the database says.
    pub fn write<T>(&self, f: impl FnOnce(&mut Writing<'_>) -> Result<T, Error>) -> Result<(T, Changes), Error> {
        self.write_noting(Some(&self.0.waits), f)
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.0.folder
    }

    pub(crate) fn waits(&self) -> &Waits {
        &self.0.waits
    }

    pub(crate) fn write_noting<T>(
        &self,
        waits: Option<&Waits>,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, Error>,
    ) -> Result<(T, Changes), Error> {
        let asked = Instant::now();
        let mut writer = lock(&self.0.writer);
        let Writer { connection, known } = &mut *writer;
        if waits.is_none() {
            rest::before_page(connection)?;
        }
        let written = written(connection, known, |writing| {
            if let Some(waits) = waits {
                waits.note(asked.elapsed());
            }
            f(writing)
        });
        if written.is_err() {
            known.clear();
        }
        let (answer, changes, after) = written?;
        if after.gone {
            self.clear_folder(connection)?;
        }
        if after.forgot {
            self.forget_traces(connection)?;
        }
        rest::bound(connection, &changes)?;
        Ok((answer, changes))
    }

    /// A snapshot: `f` sees one state, whatever is written meanwhile.
    ///
    /// # Errors
    /// What `f` returns, or what the database says.
    pub fn read<T>(&self, f: impl FnOnce(&Reading<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let idle = lock(&self.0.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&database_path(&self.0.dir), &self.0.key, Purpose::Read, false)?,
        };
        let answer = {
            let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Deferred)?;
            f(&Reading::new(&transaction))
        };
        let mut readers = lock(&self.0.readers);
        if readers.len() < IDLE_READERS {
            readers.push(connection);
        }
        answer
    }

    /// Changes whenever another process, or this one through another [`Store`], has written.
    ///
    /// # Errors
    /// What the database says.
    pub fn data_version(&self) -> Result<i64, Error> {
        Ok(lock(&self.0.writer)
            .connection
            .query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Work for idle moments, which a save does not wait for: merges the index and writes the WAL back.
    ///
    /// # Errors
    /// What the database says.
    pub fn rest(&self) -> Result<(), Error> {
        // One step at a time, so that a save comes between.
        while rest::merge_step(&lock(&self.0.writer).connection)? {}
        rest::checkpoint(&lock(&self.0.writer).connection)
    }

    /// Takes the ciphertext out of the folder that the database no longer knows.
    fn clear_folder(&self, connection: &Connection) -> Result<(), Error> {
        let mut statement = connection.prepare_cached("SELECT hash FROM attachment_gone")?;
        for hash in row::all(&mut statement, [], |row| Ok(row.get::<_, String>(0)?))? {
            self.0.folder.remove(&hash)?;
            connection
                .prepare_cached("DELETE FROM attachment_gone WHERE hash = ?1")?
                .execute([hash])?;
        }
        Ok(())
    }

    /// After a forgetting: no old page in the WAL, no copy made before a migration.
    fn forget_traces(&self, connection: &Connection) -> Result<(), Error> {
        migrate::drop_copies(&database_path(&self.0.dir))?;
        rest::checkpoint(connection)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.0.dir.display())
    }
}

fn written<T>(
    connection: &Connection,
    known: &mut Known,
    f: impl FnOnce(&mut Writing<'_>) -> Result<T, Error>,
) -> Result<(T, Changes, After), Error> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    known.refresh(&transaction)?;
    let mut writing = Writing::new(&transaction);
    let answer = f(&mut writing)?;
    let (changes, after) = writing.finish(known)?;
    transaction.commit()?;
    Ok((answer, changes, after))
}

/// A panic inside `f` has already undone its transaction, so the connection is as good as before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the folder of a notebook, for its owner alone.
pub(crate) fn make_folder(dir: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(dir)?)
}

/// A key file without a database is left of a creation that was cut off, or of a database moved away: it is kept.
pub(crate) fn set_aside(key_file: &Path) -> Result<(), Error> {
    let aside = (1..)
        .map(|n| key_file.with_extension(format!("key.old-{n}")))
        .find(|path| !path.exists());
    match fs::rename(key_file, aside.expect("some number is free")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The length of an encrypted database is a whole number of pages.
fn looks_whole(dir: &Path) -> bool {
    fs::metadata(database_path(dir)).is_ok_and(|file| file.len() > 0 && file.len() % 4096 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_and_what_was_there_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::create(dir.path(), &Passphrase::new("x"), KeyCost::for_tests()).expect("a notebook");
        store.write(|tx| tx.set_cursor("kept")).expect("a write");
        // SQLite meets its own limit as it meets the disk's.
        let pages: i64 = lock(&store.0.writer)
            .connection
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .expect("a count");
        let limit = format!("PRAGMA max_page_count = {pages}");
        lock(&store.0.writer)
            .connection
            .query_row(&limit, [], |_| Ok(()))
            .expect("a limit");
        let full = store.write(|tx| tx.set_cursor(&"x".repeat(100_000)));
        assert!(matches!(full, Err(Error::DiskFull(_))), "{full:?}");
        assert_eq!(store.read(|r| r.cursor()).expect("a read").as_deref(), Some("kept"));
        lock(&store.0.writer)
            .connection
            .query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()))
            .expect("room again");
        store
            .write(|tx| tx.set_cursor(&"x".repeat(100_000)))
            .expect("it goes on");
    }
}
