//! The ledger in one encrypted file: SQLite with SQLCipher.

mod blobs;
mod columns;
mod feed;
mod file;
mod orders;
mod people;
mod put;
mod records;
mod session;

use super::{Hear, Ledger, Reading, Ring, Turn, Work, Writing};
use crate::{Error, LedgerOptions};
use rusqlite::{Connection, TransactionBehavior};
use session::Session;
use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

/// One connection writes, some read.
pub(crate) struct SqliteLedger {
    path: PathBuf,
    key: file::LedgerKey,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    hear: OnceLock<Hear>,
}

/// So many changes are one transaction, where several devices bring them: for a thousand, its commit costs little beside
/// them, and nobody waits long behind it.
const TOGETHER: usize = 1_000;

/// So many idle readers are kept.
const READERS_KEPT: usize = 4;

impl SqliteLedger {
    /// Makes the database, and the key file where there is none.
    pub(crate) fn create(options: &LedgerOptions, random: &mut dyn FnMut(&mut [u8])) -> Result<Self, Error> {
        file::prepare(options, random)?;
        Self::open(options)
    }

    /// Opens the database and brings it to today's version.
    pub(crate) fn open(options: &LedgerOptions) -> Result<Self, Error> {
        let path = options.database();
        if !path.exists() {
            return Err(Error::NoCity(options.place()));
        }
        let key = file::LedgerKey::read(&options.key())?;
        let mut writer = file::connect(&path, &key, file::WRITER_CACHE_KIB)?;
        file::migrate(&mut writer)?;
        Ok(Self {
            readers: Mutex::new(Vec::new()),
            hear: OnceLock::new(),
            writer: Mutex::new(writer),
            path,
            key,
        })
    }

    /// Does several works in one transaction, each undone alone where it is not to be kept.
    fn in_one(&self, works: &mut [Work<'_>]) -> Result<(), Error> {
        let mut connection = lock(&self.writer);
        let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut told = Vec::new();
        for work in works {
            let part = transaction.savepoint()?;
            let mut session = Session::new(&part);
            if work(&mut session)? {
                told.extend(session.told());
                part.commit()?;
            }
        }
        let seq = Session::new(&transaction).seq()?;
        transaction.commit()?;
        self.tell(told, seq);
        Ok(())
    }

    fn tell(&self, told: Vec<Ring>, seq: u64) {
        if let Some(hear) = self.hear.get() {
            told.into_iter().for_each(|ring| hear(ring, seq));
        }
    }

    fn reader(&self) -> Result<Connection, Error> {
        match lock(&self.readers).pop() {
            Some(connection) => Ok(connection),
            None => file::connect(&self.path, &self.key, file::READER_CACHE_KIB),
        }
    }
}

/// A panic of another call left no half-done work behind: its transaction was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ledger for SqliteLedger {
    fn reading(&self, work: &mut dyn FnMut(&dyn Reading) -> Result<(), Error>) -> Result<(), Error> {
        let mut connection = self.reader()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        work(&Session::new(&transaction))?;
        transaction.finish()?;
        let mut idle = lock(&self.readers);
        if idle.len() < READERS_KEPT {
            idle.push(connection);
        }
        Ok(())
    }

    /// One writes at a time, whatever its turn.
    fn writing(&self, _: Turn, work: &mut dyn FnMut(&mut dyn Writing) -> Result<bool, Error>) -> Result<(), Error> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut session = Session::new(&transaction);
        if work(&mut session)? {
            let seq = session.seq()?;
            let told = session.told();
            transaction.commit()?;
            self.tell(told, seq);
        }
        Ok(())
    }

    fn writing_together(&self, works: &mut [Work<'_>]) -> Vec<Result<(), Error>> {
        if works.len() > 1 && self.in_one(works).is_ok() {
            return works.iter().map(|_| Ok(())).collect();
        }
        // A failure may have undone the whole transaction, whoever caused it: now each has its own.
        works.iter_mut().map(|work| self.writing(Turn::Beside, work)).collect()
    }

    fn together(&self) -> usize {
        TOGETHER
    }

    fn writers(&self) -> usize {
        1
    }

    fn follow(&self, hear: Hear) -> Result<(), Error> {
        // Of two who would follow, the first one hears.
        let _ = self.hear.set(hear);
        Ok(())
    }

    fn look(&self) -> Result<i64, Error> {
        // Our own writes all go by this connection, so its number moves for those of other processes only.
        Ok(lock(&self.writer).query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    fn scrub(&self) -> Result<(), Error> {
        let connection = lock(&self.writer);
        // Readers of another process may hold the log back; then the next scrub or the last close empties it.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn inspect(&self) -> Result<String, Error> {
        let connection = self.reader()?;
        Ok(connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
    }
}
