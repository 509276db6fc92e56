//! The tables' version, and whether the database is still where it was.

use super::link::wait;
use crate::Error;
use deadpool_postgres::Object;

/// The versions of the schema, oldest first. Append only.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../../../migrations/city/postgres/0001_ledger.sql"),
    include_str!("../../../../../migrations/city/postgres/0002_barred.sql"),
    include_str!("../../../../../migrations/city/postgres/0003_blobs.sql"),
    include_str!("../../../../../migrations/city/postgres/0004_forgotten.sql"),
];
/// Which server, which of its lives, which database: no copy, restore or promoted standby has all three.
const HOME: &str = include_str!("home.sql");

/// Brings the schema to today's version. Of several who start at once, one does it and the others wait.
pub(super) fn migrate(db: &Object) -> Result<(), Error> {
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    wait(async {
        // Once read without a lock: every start but the first finds nothing to do and waits for nobody.
        if version(db).await? == i64::from(known) {
            return Ok(());
        }
        db.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
        let done = steps(db, known).await;
        db.batch_execute(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })
            .await?;
        done
    })
}

async fn steps(db: &Object, known: u32) -> Result<(), Error> {
    // A number of our own; the lock ends with the transaction.
    db.batch_execute(
        "SELECT pg_advisory_xact_lock(7105102); CREATE TABLE IF NOT EXISTS version (step bigint PRIMARY KEY)",
    )
    .await?;
    let found = version(db).await?;
    if found > i64::from(known) {
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        return Err(Error::Newer { found, known });
    }
    for (step, sql) in (1i64..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        db.batch_execute(sql).await?;
        db.execute("INSERT INTO version VALUES ($1)", &[&step]).await?;
    }
    Ok(())
}

async fn version(db: &Object) -> Result<i64, Error> {
    let table = db.query_one("SELECT to_regclass('version') IS NOT NULL", &[]).await?;
    if !table.get::<_, bool>(0) {
        return Ok(0);
    }
    let row = db.query_one("SELECT coalesce(max(step), 0) FROM version", &[]).await?;
    Ok(row.get(0))
}

/// Where the database is.
pub(super) fn home(db: &Object) -> Result<String, Error> {
    Ok(wait(db.query_one(HOME, &[]))?.get(0))
}
