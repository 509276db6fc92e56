//! What can go wrong with the notebook's file. Each case a person must act upon differently is a case of its own.

use domain::{MutationId, RecordId};
use rusqlite::ErrorCode;
use std::io;

/// Why the store could not do it. Nothing is ever deleted because of an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no notebook in this folder.
    #[error("there is no notebook in this folder")]
    NotCreated,
    /// There is a notebook in this folder already.
    #[error("there is a notebook in this folder already")]
    Exists,
    /// The key file beside the database is missing; the database is there.
    #[error("the key file of the notebook is missing")]
    MissingKeyFile,
    /// The key file cannot be understood.
    #[error("the key file of the notebook is damaged")]
    DamagedKeyFile,
    /// The passphrase is not the one the notebook was locked with.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The file is no backup of a notebook, or not whole.
    #[error("this file is no backup of a notebook, or not whole")]
    NotABackup,
    /// The key is not this notebook's.
    #[error("the key does not belong to this notebook")]
    WrongKey,
    /// Another process holds the database for longer than the store waits.
    #[error("another process holds the notebook")]
    Locked(#[source] rusqlite::Error),
    /// A newer version of the program wrote this database.
    #[error("the notebook was written by a newer version (schema {found}, known up to {known})")]
    Newer {
        /// The database's schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("the notebook's file is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// There is no space left.
    #[error("no space left for the notebook")]
    DiskFull(#[source] Source),
    /// The folder or the file cannot be written to.
    #[error("the notebook's folder cannot be written to")]
    ReadOnly(#[source] Source),
    /// A stored value is not what the store wrote.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(&'static str),
    /// The body is no JSON object, or breaks another rule of its form.
    #[error("the record's body is not well formed")]
    Form(#[from] domain::FormError),
    /// There is no such record.
    #[error("there is no record {0}")]
    NoRecord(RecordId),
    /// The record was erased; nothing can be written to it any more.
    #[error("the record {0} was erased")]
    Erased(RecordId),
    /// No change with this id is in flight.
    #[error("no change {0} is in flight")]
    NotInFlight(MutationId),
    /// The caller of `read` or `write` gave up for a reason of its own; a write was undone.
    #[error("given up by the caller")]
    Caller(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Random numbers are not to be had.
    #[error("the system gives no random numbers")]
    Random(#[source] getrandom::Error),
    /// The key could not be stretched with these parameters.
    #[error("the key cannot be stretched with these parameters")]
    Stretch(#[source] argon2::Error),
    /// Reading or writing a file failed otherwise.
    #[error("a file of the notebook cannot be read or written")]
    File(#[source] io::Error),
    /// SQLite failed otherwise.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

/// Who noticed it: the file system or the database.
#[derive(Debug, thiserror::Error)]
pub enum Source {
    /// The file system.
    #[error(transparent)]
    File(io::Error),
    /// The database.
    #[error(transparent)]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
                Self::Locked(error)
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            Some(ErrorCode::DiskFull) => Self::DiskFull(Source::Database(error)),
            // Who opens the database on a full disk is told this: its shared memory is a file that cannot grow.
            _ if is_without_shared_memory(&error) => Self::DiskFull(Source::Database(error)),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(Source::Database(error))
            }
            _ => Self::Database(error),
        }
    }
}

fn is_without_shared_memory(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|failure| failure.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::DiskFull(Source::File(error))
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(Source::File(error)),
            _ => Self::File(error),
        }
    }
}

impl Error {
    /// Carries an error of the caller's own through [`crate::Store::write`], which undoes everything.
    pub fn caller(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Caller(error.into())
    }
}
