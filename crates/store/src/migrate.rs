//! The schema's history: append-only files, run in order, each in its own transaction with its number.

use crate::{
    DatabaseKey, Error,
    key_file::{self, sync_folder},
};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Never edited once released; the next one is added below.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/device/0001_notebook.sql"),
    include_str!("../../../migrations/device/0002_first_typed.sql"),
    include_str!("../../../migrations/device/0003_untransferable_by_change.sql"),
    include_str!("../../../migrations/device/0004_draft_base.sql"),
    include_str!("../../../migrations/device/0005_links.sql"),
    include_str!("../../../migrations/device/0006_note_filters.sql"),
    include_str!("../../../migrations/device/0007_days.sql"),
    include_str!("../../../migrations/device/0008_attachments.sql"),
    include_str!("../../../migrations/device/0009_aside_by_the_city.sql"),
];

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
    // A connection that may not create its database may not create an attached one either.
    key_file::create(&unfinished)?;
    let sql = Zeroizing::new(format!("ATTACH DATABASE ?1 AS copy KEY {}", key.pragma().as_str()));
    connection.execute(&sql, [unfinished.to_string_lossy()])?;
    let copied = connection
        .query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))
        .and_then(|()| connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)))
        .and_then(|schema| connection.execute_batch(&format!("PRAGMA copy.user_version = {schema}")));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        KeyCost, Passphrase, Store, Unlock,
        connect::{Purpose, connect},
        store::database_path,
    };

    #[test]
    fn what_was_set_aside_before_there_was_a_time_for_it_stays_for_the_whole_span() {
        let connection = Connection::open_in_memory().expect("a database");
        let (third, before) = MIGRATIONS[..3].split_last().expect("three");
        for sql in before {
            connection.execute_batch(sql).expect("the schema before");
        }
        connection
            .execute_batch(
                "INSERT INTO untransferable (id, mutation_id, code, envelope, body, sealed, by, at)
                 VALUES (x'01', x'02', 'left_scope', '{}', 'getippt', NULL, x'03', 4)",
            )
            .expect("an entry");
        connection.execute_batch(third).expect("the third");
        let (body, at, is_recent): (String, i64, bool) = connection
            .query_row(
                "SELECT body, at, abs(aside_at - unixepoch('subsec') * 1000) < 60000 FROM untransferable
                 WHERE mutation_id = x'02' AND id = x'01' AND code = 'left_scope' AND by = x'03'",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .expect("the entry");
        assert_eq!((body.as_str(), at, is_recent), ("getippt", 4, true));
    }

    #[test]
    fn the_days_of_what_was_there_before_they_were_kept_are_counted() {
        let connection = Connection::open_in_memory().expect("a database");
        let (seventh, before) = MIGRATIONS[..7].split_last().expect("seven");
        for sql in before {
            connection.execute_batch(sql).expect("the schema before");
        }
        let (day, other) = (20_000_i64 << 20, 20_003_i64 << 20);
        for (n, position, kind, state) in [
            (1, day + 8, "note", "live"),
            (2, day + 16, "note", "live"),
            (3, day + 24, "note", "trashed"),
            (4, other, "note", "live"),
            (5, day + 32, "request", "live"),
        ] {
            connection
                .execute(
                    "INSERT INTO record (position, id, kind, state, version, envelope, changed_at, changed_by, variants)
                     VALUES (?1, randomblob(16), ?2, ?3, ?4, '{}', 0, x'', 0)",
                    (position, kind, state, n),
                )
                .expect("a record");
        }
        connection.execute_batch(seventh).expect("the seventh");
        let counted: String = connection
            .query_row(
                "SELECT group_concat(kind || ' ' || day || ' ' || count, ', ' ORDER BY kind, day) FROM record_day",
                [],
                |row| row.get(0),
            )
            .expect("what was counted");
        assert_eq!(counted, "note 20000 2, note 20003 1, request 20000 1");
    }

    #[test]
    fn the_copy_before_a_migration_opens_under_the_same_key_and_goes_when_something_is_forgotten() {
        let dir = tempfile::tempdir().expect("a folder");
        let passphrase = Passphrase::new("Petersberg");
        let store = Store::create(dir.path(), &passphrase, KeyCost::for_tests()).expect("a notebook");
        store.write(|tx| tx.set_cursor("so far")).expect("a write");
        let (path, key) = (database_path(dir.path()), store.database_key());
        let note = r#"{"text":"Laterne"}"#;
        let record = serde_json::json!({"envelope": {"id": uuid::Uuid::nil(), "kind": "note", "organisation": null,
            "districts": [], "whole_organisation": true, "owner": uuid::Uuid::nil(), "confidential": false, "readers": [],
            "blobs": [], "retention": null, "state": "live", "version": 1}, "body": note, "sealed": null});
        let record = serde_json::from_value(record).expect("a record");
        let at = domain::At::from_millis(0).expect("a time");
        let confirmed = crate::Confirmed {
            record,
            changed_at: at,
            changed_by: domain::PersonId(uuid::Uuid::nil()),
        };
        store.write(|tx| tx.put_confirmed(&confirmed)).expect("a note");
        let connection = connect(&path, &key, Purpose::Read, false).expect("a connection");
        let to = copy_path(&path, 0);
        copy(&connection, &to, &key).expect("a copy");
        let copied = connect(&to, &key, Purpose::Read, false).expect("the copy opens under the key");
        assert_eq!(version(&copied).expect("its number"), known());
        let cursor: String = copied
            .query_row("SELECT value FROM fact WHERE name = 'cursor'", [], |row| row.get(0))
            .expect("its content");
        assert_eq!(cursor, "so far");
        let hits: i64 = copied
            .query_row(
                "SELECT count(*) FROM found WHERE found MATCH '\"=laterne\"'",
                [],
                |row| row.get(0),
            )
            .expect("its index");
        assert_eq!(hits, 1);
        drop(copied);
        assert!(
            !fs::read(&to).expect("the copy").starts_with(b"SQLite format 3"),
            "it is encrypted"
        );
        store
            .write(|tx| tx.forget(domain::RecordId(uuid::Uuid::nil()), None))
            .expect("a forgetting");
        assert!(!to.exists(), "what is forgotten does not rest in a copy");
        drop(Store::open(dir.path(), &Unlock::Passphrase(passphrase)).expect("the notebook itself stays"));
    }
}
