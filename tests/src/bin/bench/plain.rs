//! Baselines: the same rows into the same tables of the same file, with nothing of ours around the statements.

use crate::world::{Notebook, PAGE, Place};
use domain::Record;
use rusqlite::{Connection, params};
use scenes::prose::Dice;
use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

/// Everything a row of the notebook needs, made beforehand.
pub(crate) struct Row {
    position: i64,
    id: [u8; 16],
    envelope: String,
    body: String,
    district: [u8; 16],
    topics: Vec<String>,
    people: Vec<(String, String, i64)>,
    tokens: String,
}

/// `count` notes as rows.
pub(crate) fn rows(place: &Place, count: usize) -> Vec<Row> {
    let mut dice = Dice::new(7);
    (0..count).map(|n| row(n, &place.note(&mut dice, n, count))).collect()
}

fn row(n: usize, record: &Record) -> Row {
    #[derive(serde::Deserialize)]
    struct Group {
        age_band: String,
        gender: String,
        count: i64,
    }
    let body = record.body.as_ref().expect("a live note");
    let members = body.members().expect("made by this program");
    let groups: Vec<Group> = members.read("people").expect("made by this program");
    Row {
        position: (18_000 << 20) + n as i64 * 4_000,
        id: *record.envelope.id.0.as_bytes(),
        envelope: record.envelope.to_json(),
        body: body.as_str().to_owned(),
        district: *record.envelope.districts.first().expect("one district").0.as_bytes(),
        topics: members.read("topics").expect("made by this program"),
        people: groups.into_iter().map(|g| (g.age_band, g.gender, g.count)).collect(),
        tokens: store::index_tokens(record),
    }
}

/// Inserts the rows into an empty notebook's own file, `page` of them a transaction.
pub(crate) fn insert(rows: &[Row], page: usize) -> Duration {
    let notebook = Notebook::empty();
    let connection = open(&notebook);
    let start = Instant::now();
    for page in rows.chunks(page) {
        connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
        for row in page {
            insert_row(&connection, row).expect("a row is inserted");
        }
        connection.execute_batch("COMMIT").expect("a commit");
    }
    start.elapsed()
}

/// Pages of a thousand.
pub(crate) fn paged(rows: &[Row]) -> Duration {
    insert(rows, PAGE)
}

/// All in one transaction.
pub(crate) fn bulk(rows: &[Row]) -> Duration {
    insert(rows, rows.len().max(1))
}

fn insert_row(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let by: &[u8] = &row.district;
    connection
        .prepare_cached(include_str!("../../../../crates/store/src/sql/insert_record.sql"))?
        .execute(params![
            row.position,
            row.id.as_slice(),
            "note",
            "live",
            1,
            row.envelope,
            row.body,
            None::<String>,
            0,
            by,
            0
        ])?;
    connection
        .prepare_cached("INSERT INTO record_district (kind, district, position) VALUES ('note', ?1, ?2)")?
        .execute(params![by, row.position])?;
    connection
        .prepare_cached(
            "INSERT INTO record_day (kind, day, count) VALUES ('note', ?1, 1)
             ON CONFLICT (kind, day) DO UPDATE SET count = count + 1",
        )?
        .execute([row.position >> 20])?;
    for topic in &row.topics {
        connection
            .prepare_cached("INSERT INTO record_topic (kind, topic, position) VALUES ('note', ?1, ?2)")?
            .execute(params![topic, row.position])?;
    }
    for (band, gender, count) in &row.people {
        connection
            .prepare_cached("INSERT INTO record_count (position, age_band, gender, count) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![row.position, band, gender, count])?;
    }
    connection
        .prepare_cached("INSERT INTO found(rowid, tokens) VALUES (?1, ?2)")?
        .execute(params![row.position, row.tokens])?;
    Ok(())
}

/// The notebook's file, with the product's settings.
fn open(notebook: &Notebook) -> Connection {
    let connection = Connection::open(notebook.store.dir().join("quartierbuch.db")).expect("the file opens");
    let key = hex::encode(notebook.store.database_key().as_bytes());
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{key}'\";"))
        .expect("the key is taken");
    connection
        .execute_batch(
            "PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;",
        )
        .expect("the settings are taken");
    connection.set_prepared_statement_cache_capacity(96);
    connection
}

/// How long the disk takes to make one page durable, so many times.
pub(crate) fn fsyncs(folder: &Path, times: usize) -> Vec<Duration> {
    let mut file = File::create(folder.join("fsync")).expect("a file");
    (0..times)
        .map(|_| {
            let start = Instant::now();
            file.write_all(&[7; 4096])
                .and_then(|()| file.sync_data())
                .expect("the disk takes a page");
            start.elapsed()
        })
        .collect()
}
