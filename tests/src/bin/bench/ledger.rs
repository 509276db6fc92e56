//! The city's baseline: the same rows into the ledger's own tables, with nothing of ours around the statements.

use crate::world::{PAGE, Place};
use rusqlite::{Connection, params};
use scenes::prose::Dice;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// Inserts `count` notes into an empty ledger, a transaction a thousand, as a push brings them.
pub(crate) fn bare_insert(place: &Place, count: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let connection = Connection::open(folder.path().join("ledger.db")).expect("a file");
    let key = "07".repeat(32);
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{key}'\";"))
        .expect("the key is taken");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -8000;",
        )
        .and_then(|()| connection.execute_batch(include_str!("../../../../migrations/city/sqlite/0001_ledger.sql")))
        .and_then(|()| connection.execute("INSERT INTO class (kind, placement, sum) VALUES ('note', '{}', x'00')", []))
        .expect("the ledger's tables");
    let mut dice = Dice::new(7);
    let rows: Vec<(Vec<u8>, String, String)> = (0..count)
        .map(|n| {
            let record = place.note(&mut dice, n, count);
            let body = record.body.as_ref().expect("a live note").as_str().to_owned();
            (
                record.envelope.id.0.as_bytes().to_vec(),
                record.envelope.to_json(),
                body,
            )
        })
        .collect();
    let start = Instant::now();
    for (page, rows) in rows.chunks(PAGE).enumerate() {
        connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
        for (n, row) in rows.iter().enumerate() {
            insert(&connection, (page * PAGE + n) as i64, row).expect("a row is inserted");
        }
        connection.execute_batch("COMMIT").expect("a commit");
    }
    start.elapsed()
}

fn insert(connection: &Connection, seq: i64, (id, envelope, body): &(Vec<u8>, String, String)) -> rusqlite::Result<()> {
    // The digest is part of what the ledger keeps, whoever writes it.
    let line = Sha256::digest(body.as_bytes());
    connection
        .prepare_cached(include_str!("../../../../crates/city/src/ledger/sqlite/add_record.sql"))?
        .execute(params![
            id,
            seq,
            1,
            line.as_slice(),
            0,
            id,
            None::<i64>,
            envelope,
            body,
            None::<String>
        ])?;
    connection
        .prepare_cached("INSERT INTO placement (k, seq, n, since) VALUES (?1, ?2, ?3, ?2)")?
        .execute(params![seq % 10, seq, seq])?;
    connection
        .prepare_cached(
            "INSERT INTO mutation (person, id, hash, record, version, changed_at) VALUES (?1, ?2, ?3, ?2, 1, 0)",
        )?
        .execute(params![[1_u8; 16].as_slice(), id, line.as_slice()])?;
    Ok(())
}
