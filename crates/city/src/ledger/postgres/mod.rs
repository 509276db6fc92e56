//! The ledger in PostgreSQL, for several instances of the city at once.
//!
//! Who writes beside others works on a snapshot (REPEATABLE READ) and is sent back to the beginning when a row that it
//! writes was written since. What everybody writes is laid out so that nobody waits there: places in the feed come from
//! the transaction's own number, and digests are added up from rows of their own (`0001_ledger.sql`).

mod address;
mod blobs;
mod calls;
mod columns;
mod feed;
mod link;
mod orders;
mod people;
mod put;
mod records;
mod rings;
mod schema;
mod session;
mod sums;

use super::{Hear, Ledger, Reading, Turn, Writing};
use crate::{DatabaseUrl, Error, LedgerOptions};
use address::Address;
use deadpool_postgres::Object;
use link::{Link, wait};
use rings::{Horizon, Listening, follow};
use session::Session;
use std::time::Duration;

const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The lock comes before the snapshot: it is taken without one, and nothing that the work reads is older than it.
const ALONE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE turn IN SHARE ROW EXCLUSIVE MODE";
const BESIDE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE turn IN ROW EXCLUSIVE MODE";
/// Work that was overtaken so often is done alone.
const TRIES: usize = 4;
/// So many write at once in one instance.
const WRITERS: usize = 8;

/// A database behind a URL.
pub(crate) struct PostgresLedger {
    address: Address,
    link: Link,
    horizon: Horizon,
}

impl PostgresLedger {
    /// Makes the tables in an empty database.
    pub(crate) fn create(url: &DatabaseUrl, options: &LedgerOptions) -> Result<Self, Error> {
        let ledger = Self::connect(url)?;
        if ledger.is_founded()? {
            return Err(Error::CityExists(options.place()));
        }
        Ok(ledger)
    }

    /// Connects, and brings the tables to today's version.
    pub(crate) fn open(url: &DatabaseUrl, options: &LedgerOptions) -> Result<Self, Error> {
        let ledger = Self::connect(url)?;
        if !ledger.is_founded()? {
            return Err(Error::NoCity(options.place()));
        }
        Ok(ledger)
    }

    fn connect(url: &DatabaseUrl) -> Result<Self, Error> {
        let address = Address::read(url)?;
        let link = Link::new(&address)?;
        schema::migrate(&link.connection()?)?;
        Ok(Self {
            address,
            link,
            horizon: Horizon::default(),
        })
    }

    /// Runs the work once; answers whether somebody was there before it.
    fn try_once(
        &self,
        begin: &str,
        work: &mut dyn FnMut(&mut Session<'_>) -> Result<bool, Error>,
    ) -> Result<bool, Error> {
        let open = Open::begin(&self.link, begin)?;
        let mut session = Session::new(open.db(), true);
        let keep = work(&mut session);
        if session.overtaken() {
            return Ok(true);
        }
        if keep? {
            open.commit()?;
        }
        Ok(false)
    }

    /// Whether a city was founded here.
    fn is_founded(&self) -> Result<bool, Error> {
        let open = Open::begin(&self.link, READ)?;
        Ok(Session::new(open.db(), false).fact("city")?.is_some())
    }
}

/// A transaction that is rolled back when it is dropped, unless it was committed.
struct Open(Option<Object>);

impl Open {
    fn begin(link: &Link, statements: &str) -> Result<Self, Error> {
        link.begin(statements).map(|object| Self(Some(object)))
    }

    fn db(&self) -> &Object {
        self.0.as_ref().expect("it is taken only at the end")
    }

    fn commit(mut self) -> Result<(), Error> {
        let connection = self.0.take().expect("it is taken only at the end");
        let done = wait(connection.batch_execute("COMMIT"));
        if done.is_err() {
            drop(Object::take(connection));
        }
        Ok(done?)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            // A connection that fails here is not used again.
            if wait(connection.batch_execute("ROLLBACK")).is_err() {
                drop(Object::take(connection));
            }
        }
    }
}

impl Ledger for PostgresLedger {
    fn reading(&self, work: &mut dyn FnMut(&dyn Reading) -> Result<(), Error>) -> Result<(), Error> {
        let open = Open::begin(&self.link, READ)?;
        work(&Session::new(open.db(), false))
    }

    fn writing(&self, turn: Turn, work: &mut dyn FnMut(&mut dyn Writing) -> Result<bool, Error>) -> Result<(), Error> {
        if turn == Turn::Beside {
            for _ in 0..TRIES {
                if !self.try_once(BESIDE, &mut |session| work(session))? {
                    return Ok(());
                }
            }
        }
        if self.try_once(ALONE, &mut |session| work(session))? {
            // Only who does not keep to turns can have been there.
            return Err(Error::Busy);
        }
        Ok(())
    }

    fn writers(&self) -> usize {
        WRITERS
    }

    fn follow(&self, hear: Hear) -> Result<(), Error> {
        let address = self.address.clone();
        let horizon = self.horizon.clone();
        let runtime = self.link.runtime();
        let begun = runtime.spawn(async move {
            let listening = Listening::begin(&address).await?;
            tokio::spawn(follow(address, listening, horizon, hear));
            Ok::<_, tokio_postgres::Error>(())
        });
        Ok(wait(begun).map_err(|_| Error::Busy)??)
    }

    /// Always the same: what any process writes is told to [`PostgresLedger::follow`].
    fn look(&self) -> Result<i64, Error> {
        Ok(0)
    }

    fn stands(&self) -> Option<Duration> {
        self.horizon.stands()
    }

    fn is_elsewhere(&self) -> Result<bool, Error> {
        let db = self.link.connection()?;
        let here = schema::home(&db)?;
        let rows = wait(db.query("SELECT value FROM fact WHERE name = 'home'", &[]))?;
        let noted: Option<String> = rows.first().map(|row| row.try_get(0)).transpose()?;
        Ok(noted != Some(here))
    }

    /// What was forgotten leaves the tables. The files' free pages and the write-ahead log are the operator's: see
    /// `docs/operating.md`.
    fn scrub(&self) -> Result<(), Error> {
        Ok(wait(
            self.link.connection()?.batch_execute("VACUUM record, blob, blob_piece"),
        )?)
    }

    fn gather(&self) -> Result<(), Error> {
        let gathered = self.try_once(ALONE, &mut |session| {
            session.run(include_str!("gather.sql"), &[])?;
            session.run("DELETE FROM stride WHERE seq < (SELECT max(seq) FROM stride)", &[])?;
            Ok(true)
        });
        gathered.map(drop)
    }

    fn inspect(&self) -> Result<String, Error> {
        let db = self.link.connection()?;
        Ok(wait(db.query_one(include_str!("inspect.sql"), &[]))?.try_get(0)?)
    }
}
