//! Where the city's database lies.

use std::path::{Path, PathBuf};

/// Where the ledger, its key and its forget log lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerOptions {
    /// The folder of the SQLite ledger.
    pub data_dir: PathBuf,
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
            key_file: None,
            forget_log: None,
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
