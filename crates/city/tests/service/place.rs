//! Where a test's city lies: a folder with its SQLite ledger.

use city::LedgerOptions;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) struct Place(TempDir);

/// A copy of the database.
pub(crate) struct Backup(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn options(&self) -> LedgerOptions {
        LedgerOptions::folder(self.folder())
    }

    /// A connection past the city's own, with the key of its file.
    pub(crate) fn look(&self) -> rusqlite::Connection {
        let key = std::fs::read_to_string(self.options().key()).expect("a key file");
        let connection = rusqlite::Connection::open(self.options().database()).expect("opened");
        let pragma = format!("PRAGMA key = \"x'{}'\"", key.trim());
        connection.execute_batch(&pragma).expect("the key fits");
        connection
    }

    /// So many pieces of attachments lie in the ledger.
    pub(crate) fn pieces(&self) -> i64 {
        let count = self
            .look()
            .query_row("SELECT count(*) FROM blob_piece", [], |row| row.get(0));
        count.expect("counted")
    }

    /// Does to the database what a failing disk might.
    pub(crate) fn damage(&self, sql: &str) {
        self.look().execute(sql, []).expect("done");
    }

    /// Copies the database, from which somebody has just erased something: that empties the write-ahead log, so that the
    /// file alone is whole.
    pub(crate) fn backup(&self) -> Backup {
        let copy = self.folder().join("backup.db");
        std::fs::copy(self.options().database(), &copy).expect("copied");
        Backup(copy)
    }

    /// Puts a copy in the database's place. Nobody may have it open.
    pub(crate) fn restore(&self, Backup(copy): &Backup) {
        let database = self.options().database();
        for beside in ["city.db-wal", "city.db-shm"] {
            // The last one to close it may have removed them.
            let _ = std::fs::remove_file(self.folder().join(beside));
        }
        std::fs::copy(copy, database).expect("restored");
    }
}
