//! The schema's history: append-only files, run in order, each in its own transaction with its number.

use crate::{DatabaseKey, Error, key_file::sync_folder};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Never edited once released; the next one is added below.
const MIGRATIONS: &[&str] = &[include_str!("../../../migrations/device/0001_notebook.sql")];

/// The newest schema this program knows.
pub(crate) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).expect("a handful")
}

/// Brings the database to the newest schema. A filled one is copied first, and the copy goes when all went well.
pub(crate) fn migrate(connection: &mut Connection, path: &Path, key: &DatabaseKey) -> Result<(), Error> {
    let found = version(connection)?;
    if found > known() {
        return Err(Error::Newer { found, known: known() });
    }
    if found == known() {
        return Ok(());
    }
    if found > 0 {
        copy(connection, &copy_path(path, found), key)?;
    }
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number <= found {
            continue;
        }
        // Another process may have got here first: look again under the lock.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? < number {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
        transaction.commit()?;
    }
    drop_copies(path)
}

fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn copy_path(path: &Path, schema: i64) -> PathBuf {
    path.with_extension(format!("db.before-{}", schema + 1))
}

/// A copy under the same key, whole or not there.
fn copy(connection: &Connection, to: &Path, key: &DatabaseKey) -> Result<(), Error> {
    let unfinished = to.with_extension("unfinished");
    remove(&unfinished)?;
    let sql = Zeroizing::new(format!("ATTACH DATABASE ?1 AS copy KEY {}", key.pragma().as_str()));
    connection.execute(&sql, [unfinished.to_string_lossy()])?;
    let copied = connection
        .query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))
        .and_then(|()| connection.execute_batch("PRAGMA copy.wal_checkpoint(TRUNCATE)"));
    connection.execute_batch("DETACH DATABASE copy")?;
    copied?;
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, to)?;
    sync_folder(to)
}

/// Removes copies made before a migration: it went well, or something in them must be forgotten.
pub(crate) fn drop_copies(path: &Path) -> Result<(), Error> {
    (0..known()).try_for_each(|schema| remove(&copy_path(path, schema)))
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
