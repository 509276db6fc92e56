//! A connection to the encrypted file, with the settings that every connection has.

use crate::{DatabaseKey, Error};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{path::Path, sync::Once, time::Duration};
use zeroize::Zeroizing;

/// How long a call waits for another process before it says that the notebook is locked.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The WAL is written back by whoever commits once it is this many pages long (64 MB): a hard bound that `rest`, called
/// in idle moments, keeps out of the way of a save.
const WAL_PAGES: u32 = 16_384;

/// What a connection is for; only its cache differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The one that writes. Inserting 100,000 notes takes 2.4 times as long with the default cache of 2 MB.
    Write,
    /// One of those that read.
    Read,
}

/// Lets the first connection of the program be one alone. SQLite calls itself initialised before SQLCipher is: of two threads
/// that open their first connections at once, one may find no cipher there ("An error occurred with PRAGMA key").
fn ready_cipher() {
    static READY: Once = Once::new();
    // Whether this works is seen at the connection that follows.
    READY.call_once(|| drop(Connection::open_in_memory()));
}

/// Opens the file, which must exist unless `create`.
pub(crate) fn connect(path: &Path, key: &DatabaseKey, purpose: Purpose, create: bool) -> Result<Connection, Error> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    ready_cipher();
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // SQLCipher writes lines of its own to stderr when a page does not open; our error says it in the person's language.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let sql = Zeroizing::new(format!("PRAGMA key = {};", key.pragma().as_str()));
    connection.execute_batch(&sql)?;
    // The first read of a page shows whether the key fits.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let cache_kib = match purpose {
        Purpose::Write => 64 * 1024,
        Purpose::Read => 8 * 1024,
    };
    // secure_delete overwrites what is deleted; temp_store keeps sorting out of plain files.
    connection.execute_batch(&format!(
        "PRAGMA secure_delete = ON;
         PRAGMA auto_vacuum = NONE;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -{cache_kib};
         PRAGMA wal_autocheckpoint = {WAL_PAGES};
         PRAGMA journal_size_limit = 67108864;"
    ))?;
    // Nothing is gathered from which SQLite could plan by a parameter's value; without this it plans each kept statement
    // anew whenever its parameters change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(96);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyCost, Passphrase, Store, store::database_path};

    #[test]
    fn what_was_committed_is_on_the_disk_whoever_wrote_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::create(dir.path(), &Passphrase::new("x"), KeyCost::for_tests()).expect("a notebook");
        let path = database_path(dir.path());
        for purpose in [Purpose::Write, Purpose::Read] {
            let connection = connect(&path, &store.database_key(), purpose, false).expect("a connection");
            let asked = |what: &str| -> String {
                let read = |row: &rusqlite::Row<'_>| row.get_ref(0).map(|value| format!("{value:?}"));
                connection
                    .query_row(&format!("PRAGMA {what}"), [], read)
                    .expect("an answer")
            };
            assert_eq!(
                asked("synchronous"),
                "Integer(2)",
                "FULL: each commit waits for the disk"
            );
            assert!(
                asked("wal_autocheckpoint") != "Integer(0)",
                "and the log does not grow for ever"
            );
        }
    }
}
