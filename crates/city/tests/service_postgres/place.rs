//! Where a test's city lies: a database in a cluster of the tests' own, and a folder for the forget log.

use crate::cluster::Lease;
use city::{DatabaseUrl, LedgerOptions};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) struct Place {
    folder: TempDir,
    url: String,
    pub(crate) cluster: Lease,
}

/// A dump of the database.
pub(crate) struct Backup(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        let cluster = Lease::take();
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            url: cluster.database(),
            cluster,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn options(&self) -> LedgerOptions {
        LedgerOptions {
            database_url: Some(DatabaseUrl::new(&self.url)),
            ..LedgerOptions::folder(self.folder())
        }
    }

    /// The database's name.
    pub(crate) fn name(&self) -> &str {
        let end = self.url.trim_start_matches("postgresql:///");
        end.split('?').next().expect("a name")
    }

    /// So many pieces of attachments lie in the ledger.
    pub(crate) fn pieces(&self) -> i64 {
        let counted = self.cluster.ask(self.name(), "SELECT count(*) FROM blob_piece");
        counted.parse().expect("a number")
    }

    /// Does to the database what a failing disk might.
    pub(crate) fn damage(&self, sql: &str) {
        self.cluster.ask(self.name(), sql);
    }

    /// Dumps the database as an operator does.
    pub(crate) fn backup(&self) -> Backup {
        let file = self.folder().join("backup.dump");
        let path = file.to_str().expect("UTF-8");
        self.cluster.run("pg_dump", &["-Fc", "-f", path, self.name()]);
        Backup(file)
    }

    /// Brings a dump back in place of the database.
    pub(crate) fn restore(&self, backup: &Backup) {
        let name = self.name();
        self.cluster
            .ask("postgres", &format!("DROP DATABASE {name} WITH (FORCE)"));
        self.cluster.make(name);
        self.load(backup);
    }

    /// Brings a dump to a server of its own, as after the loss of the old one.
    pub(crate) fn restore_elsewhere(&mut self, backup: &Backup) {
        self.cluster = Lease::fresh();
        self.url = self.cluster.database();
        self.load(backup);
    }

    fn load(&self, Backup(file): &Backup) {
        let file = file.to_str().expect("UTF-8");
        self.cluster.run("pg_restore", &["-d", self.name(), file]);
    }
}
