//! Where the city's database lies.

use std::{
    fmt,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The URL of a PostgreSQL database, as libpq writes it. It may hold a password, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Zeroizing<String>);

impl DatabaseUrl {
    /// Takes a URL; whether it is one is seen when the ledger is opened.
    pub fn new(url: impl Into<String>) -> Self {
        Self(Zeroizing::new(url.into()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl")
    }
}

/// Where the ledger, its key and its forget log lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerOptions {
    /// The folder of the SQLite ledger.
    pub data_dir: PathBuf,
    /// A PostgreSQL database instead; key file and database file mean nothing then.
    pub database_url: Option<DatabaseUrl>,
    /// The file with the ledger's key; `city.key` in the data folder where absent.
    pub key_file: Option<PathBuf>,
    /// The log of what was forgotten, to be kept outside of every backup; `forget.log` in the data folder where absent.
    pub forget_log: Option<PathBuf>,
}

impl LedgerOptions {
    /// A SQLite ledger in this folder, key and forget log at their default places.
    pub fn folder(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            ..Self::default()
        }
    }

    /// Where the ledger lies, in words of a message.
    pub(crate) fn place(&self) -> String {
        match &self.database_url {
            Some(_) => "PostgreSQL".to_owned(),
            None => self.data_dir.display().to_string(),
        }
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("city.db")
    }

    /// The file with the key.
    pub fn key(&self) -> PathBuf {
        self.or_default(self.key_file.as_deref(), "city.key")
    }

    /// The forget log.
    pub fn forget(&self) -> PathBuf {
        self.or_default(self.forget_log.as_deref(), "forget.log")
    }

    fn or_default(&self, given: Option<&Path>, name: &str) -> PathBuf {
        given.map_or_else(|| self.data_dir.join(name), Path::to_owned)
    }
}
