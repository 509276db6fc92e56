//! What can go wrong at the city, one case for each thing that somebody can do about it.

use domain::RecordId;
use std::path::PathBuf;

/// A name that fits more than one thing, with what it may have meant.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// The id, which is never ambiguous.
    pub id: RecordId,
    /// The name.
    pub name: String,
}

/// Why the city could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `admin init` has not been run for this folder or database.
    #[error("there is no city in {0}")]
    NoCity(String),
    /// `admin init` was already run for this folder or database.
    #[error("there is already a city in {0}")]
    CityExists(String),
    /// The key file is missing, unreadable or not a key.
    #[error("the key file {path} cannot be used")]
    Key {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The key file may be read by others; it wants mode 0600.
    #[error("the key file {0} may be read by others")]
    KeyIsOpen(PathBuf),
    /// The key does not open this database, or the file is damaged.
    #[error("the database does not open with this key, or is damaged")]
    KeyDoesNotFit,
    /// The database was written by a newer version.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The version of the file.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The database file is damaged.
    #[error("the database is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be written.
    #[error("{0} cannot be written")]
    ReadOnly(PathBuf),
    /// Another program holds the database for too long.
    #[error("the database is held by another program")]
    Busy,
    /// A file could not be read or written.
    #[error("{path} could not be read or written")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The forget log's chain is broken: lines were lost or altered.
    #[error("the forget log is broken at line {line}")]
    ForgetLog {
        /// The first line that does not follow from the one before; 0 for the last line.
        line: usize,
    },
    /// The database is older than the forget log: it was restored, and what was forgotten since is in it again.
    #[error("the database is behind its forget log")]
    Behind,
    /// Nothing of that name or id is known.
    #[error("no {what} of that name or id")]
    Unknown {
        /// The sort of thing: `organisation`, `person`, `district`, `device`, `record`.
        what: &'static str,
        /// What was asked for.
        asked: String,
    },
    /// The name fits more than one.
    #[error("the {what} is ambiguous")]
    Ambiguous {
        /// The sort of thing.
        what: &'static str,
        /// What it may have meant.
        candidates: Vec<Candidate>,
    },
    /// An input is not well formed.
    #[error("{field}: {why}")]
    Invalid {
        /// Which input.
        field: &'static str,
        /// What is wrong with it.
        why: &'static str,
        /// In which row or feature of a file, from 1.
        row: Option<usize>,
    },
    /// An input is larger than the city takes.
    #[error("{field}: more than {limit}")]
    TooMuch {
        /// Which input.
        field: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The database is not where it was founded, or in another of its server's lives: it was restored, copied, or its
    /// standby was promoted.
    #[error("the database was restored or moved")]
    Elsewhere,
    /// The database answered with a surprise.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
    /// What was given as the database's URL is none.
    #[error("the URL of the database cannot be used: {0}")]
    DatabaseUrl(String),
    /// The database server does not answer.
    #[error("the database cannot be reached")]
    Unreachable(#[source] tokio_postgres::Error),
    /// The database server answered with a surprise. What it says in words may hold what was written, so only its code is
    /// told.
    #[error("the database failed with {code}")]
    Postgres {
        /// Five signs that PostgreSQL's manual lists.
        code: String,
        /// What it says in words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// The system gives no threads.
    #[error("no threads can be started")]
    Threads(#[source] std::io::Error),
    /// A call came to a place in the program that nobody thought of; the log says which.
    #[error("a call failed in a way nobody thought of")]
    Fell,
    /// A row of the database does not read back.
    #[error("a row of the database does not read back: {0}")]
    Row(&'static str),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::NotADatabase) => Self::KeyDoesNotFit,
            Some(Code::DatabaseCorrupt) => Self::Damaged(error),
            _ => Self::Database(error),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState as State;
        let Some(code) = error.code() else {
            return Self::Unreachable(error);
        };
        match *code {
            State::DISK_FULL => Self::DiskFull,
            State::LOCK_NOT_AVAILABLE => Self::Busy,
            State::ADMIN_SHUTDOWN
            | State::CRASH_SHUTDOWN
            | State::CANNOT_CONNECT_NOW
            | State::INVALID_AUTHORIZATION_SPECIFICATION
            | State::INVALID_PASSWORD
            | State::INVALID_CATALOG_NAME => Self::Unreachable(error),
            _ => Self::Postgres {
                code: code.code().to_owned(),
                source: error,
            },
        }
    }
}
