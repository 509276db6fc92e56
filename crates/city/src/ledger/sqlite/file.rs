//! The ledger's file: its key, its settings, its version.

use crate::{Error, LedgerOptions};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    sync::Once,
    time::Duration,
};
use zeroize::Zeroizing;

/// The versions of the schema, oldest first. Append only.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../../../migrations/city/sqlite/0001_ledger.sql"),
    include_str!("../../../../../migrations/city/sqlite/0002_barred.sql"),
    include_str!("../../../../../migrations/city/sqlite/0003_blobs.sql"),
    include_str!("../../../../../migrations/city/sqlite/0004_forgotten.sql"),
];

/// The ledger's key as 64 hex digits.
pub(super) struct LedgerKey(Zeroizing<String>);

impl LedgerKey {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let unusable = |source| Error::Key {
            path: path.to_owned(),
            source,
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(path).map_err(unusable)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(Error::KeyIsOpen(path.to_owned()));
            }
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(unusable)?);
        let hex = text.trim();
        if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unusable(io::Error::new(
                io::ErrorKind::InvalidData,
                "64 hex digits expected",
            )));
        }
        Ok(Self(Zeroizing::new(hex.to_owned())))
    }

    fn make(path: &Path, random: &mut dyn FnMut(&mut [u8])) -> Result<(), Error> {
        let mut key = Zeroizing::new([0; 32]);
        random(&mut *key);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let text = Zeroizing::new(format!("{}\n", hex::encode(*key)));
        let written = options
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        written.map_err(|source| Error::Key {
            path: path.to_owned(),
            source,
        })
    }
}

/// Makes folder, key and an empty database of today's version.
pub(super) fn prepare(options: &LedgerOptions, random: &mut dyn FnMut(&mut [u8])) -> Result<(), Error> {
    if options.database().exists() {
        return Err(Error::CityExists(options.place()));
    }
    fs::create_dir_all(&options.data_dir).map_err(|_| Error::ReadOnly(options.data_dir.clone()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let own = fs::Permissions::from_mode(0o700);
        fs::set_permissions(&options.data_dir, own).map_err(|_| Error::ReadOnly(options.data_dir.clone()))?;
    }
    if !options.key().exists() {
        LedgerKey::make(&options.key(), random)?;
    }
    let key = LedgerKey::read(&options.key())?;
    let path = options.database();
    own(&path).map_err(|_| Error::ReadOnly(path.clone()))?;
    ready_cipher();
    let mut connection = Connection::open(&path).map_err(|_| Error::ReadOnly(path.clone()))?;
    settle(&connection, &key, WRITER_CACHE_KIB)?;
    migrate(&mut connection)
}

/// An empty file for its owner alone; SQLite gives the files beside it the same rights.
fn own(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

/// Lets the first connection of the program be one alone. SQLite calls itself initialised before SQLCipher is: of two threads
/// that open their first connections at once, one may find no cipher there ("An error occurred with PRAGMA key").
fn ready_cipher() {
    static READY: Once = Once::new();
    // Whether this works is seen at the connection that follows.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// What the connection that writes keeps of the file in memory.
pub(super) const WRITER_CACHE_KIB: u32 = 8_000;
/// The same for each that reads: a feed goes forward and never comes back to a page.
pub(super) const READER_CACHE_KIB: u32 = 2_000;

/// Opens a connection to an existing database.
pub(super) fn connect(path: &Path, key: &LedgerKey, cache_kib: u32) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    ready_cipher();
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection, key, cache_kib)?;
    Ok(connection)
}

fn settle(connection: &Connection, key: &LedgerKey, cache_kib: u32) -> Result<(), Error> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(64);
    // Nothing is gathered from which SQLite could plan by a parameter's value; without this it plans each kept statement
    // anew whenever its parameters change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // SQLCipher writes lines of its own to stderr when a page does not open; our error says it.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let key = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *key.0));
    connection.execute_batch(&key)?;
    // FULL: what was answered as accepted survives a power cut. Secure delete: what is forgotten is overwritten.
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -{cache_kib}; PRAGMA journal_size_limit = 16777216; PRAGMA trusted_schema = OFF;"
    ))?;
    Ok(())
}

/// Brings the schema to today's version, one transaction a step.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (step, sql) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", step)?;
        transaction.commit()?;
    }
    Ok(())
}
