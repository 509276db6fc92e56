//! One transaction, and its places in the feed.

use super::{
    columns::{Given, count, get, place},
    link::wait,
};
use crate::{Error, ledger::Ring};
use deadpool_postgres::Object;
use std::cell::Cell;
use tokio_postgres::{Row, error::SqlState};

/// The places of one transaction are a block of so many.
pub(super) const BLOCK: u64 = 1 << 20;
/// Draws the transaction's number. It is given after the snapshot was taken, so it is above all that the snapshot shows.
const DRAW: &str = include_str!("draw.sql");
const HORIZON: &str = include_str!("horizon.sql");
const KEPT: &str = "SELECT coalesce(max(seq), 0) FROM stride";
const TELL: &str = include_str!("tell.sql");
/// Longer news than PostgreSQL carries are told as "anything".
const MOST_TOLD: usize = 7_900;

/// A connection inside a transaction.
pub(super) struct Session<'c> {
    db: &'c Object,
    writes: bool,
    /// What [`crate::ledger::Reading::seq`] answers, once it was asked.
    seq: Cell<Option<u64>>,
    /// Somebody else was there first; the work is to be done again.
    overtaken: Cell<bool>,
}

impl<'c> Session<'c> {
    pub(super) fn new(db: &'c Object, writes: bool) -> Self {
        Self {
            db,
            writes,
            seq: Cell::new(None),
            overtaken: Cell::new(false),
        }
    }

    /// Whether somebody else was there first.
    pub(super) fn overtaken(&self) -> bool {
        self.overtaken.get()
    }

    /// Notes an error of the database.
    pub(super) fn failed(&self, error: tokio_postgres::Error) -> Error {
        if is_overtaken(&error) {
            self.overtaken.set(true);
        }
        error.into()
    }

    /// All rows that a statement answers.
    pub(super) fn rows(&self, sql: &str, given: &[Given<'_>]) -> Result<Vec<Row>, Error> {
        wait(async {
            let statement = self.db.prepare_cached(sql).await?;
            self.db.query(&statement, given).await
        })
        .map_err(|error| self.failed(error))
    }

    /// The first row that a statement answers.
    pub(super) fn row(&self, sql: &str, given: &[Given<'_>]) -> Result<Option<Row>, Error> {
        Ok(self.rows(sql, given)?.into_iter().next())
    }

    /// Runs a statement; answers how many rows it touched.
    pub(super) fn run(&self, sql: &str, given: &[Given<'_>]) -> Result<u64, Error> {
        wait(async {
            let statement = self.db.prepare_cached(sql).await?;
            self.db.execute(&statement, given).await
        })
        .map_err(|error| self.failed(error))
    }

    pub(super) fn db(&self) -> &Object {
        self.db
    }

    /// The place through which the feed is whole, or after which this transaction's own records stand.
    pub(super) fn seq(&self) -> Result<u64, Error> {
        if let Some(seq) = self.seq.get() {
            return Ok(seq);
        }
        let row = self.row(if self.writes { DRAW } else { HORIZON }, &[])?;
        let number = count(&row.ok_or(Error::Row("fact.xid_base"))?, 0)?;
        let seq = match self.writes {
            true => number * BLOCK,
            false => (number * BLOCK).saturating_sub(1),
        };
        self.seq.set(Some(seq));
        Ok(seq)
    }

    /// Whether this place is one of the transaction's own.
    pub(super) fn owns(&self, seq: u64) -> bool {
        self.seq.get().is_some_and(|own| own / BLOCK == seq / BLOCK)
    }

    pub(super) fn kept(&self) -> Result<u64, Error> {
        self.row(KEPT, &[])?.map_or(Ok(0), |row| count(&row, 0))
    }

    pub(super) fn tell(&self, ring: &Ring) -> Result<(), Error> {
        let news = match ring {
            Ring::Nobody => return Ok(()),
            Ring::All => String::new(),
            Ring::Keys(keys) => keys.iter().map(|key| format!("\n{key}")).collect(),
        };
        let news = if news.len() > MOST_TOLD { "" } else { &news };
        self.run(TELL, &[&place(self.seq.get().unwrap_or(0)), &news]).map(drop)
    }

    /// Lets the places of a restored database go on above all that it holds.
    pub(super) fn resettle(&self) -> Result<(), Error> {
        let above = self.kept()? / BLOCK + 1;
        self.run(include_str!("resettle.sql"), &[&place(above)])?;
        self.seq.set(None);
        let home = super::schema::home(self.db)?;
        self.set_fact("home", &home)
    }

    pub(super) fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let row = self.row("SELECT value FROM fact WHERE name = $1", &[&name])?;
        row.map(|row| get(&row, 0)).transpose()
    }

    pub(super) fn set_fact(&self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO fact VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2";
        self.run(sql, &[&name, &value]).map(drop)
    }

    pub(super) fn set_seq(&self, seq: u64) -> Result<(), Error> {
        if !self.owns(seq) {
            return Err(Error::TooMuch {
                field: "records in one transaction",
                limit: BLOCK - 1,
            });
        }
        self.run("INSERT INTO stride VALUES ($1)", &[&place(seq)])?;
        self.seq.set(Some(seq));
        Ok(())
    }
}

/// Two wrote the same row, or made it.
fn is_overtaken(error: &tokio_postgres::Error) -> bool {
    [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::UNIQUE_VIOLATION,
    ]
    .iter()
    .any(|state| error.code() == Some(state))
}
