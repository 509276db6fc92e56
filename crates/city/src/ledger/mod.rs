//! The seam behind which the database stands: what the service asks of a ledger, in rows and never in SQL.
//!
//! Both traits are plain and blocking: a call runs on a thread of its own, so that no transaction spans an `.await`.
//! What a push needs is asked in batches ([`Reading::standings`], [`Reading::logged`]) and written in one
//! ([`Writing::put`], [`Writing::log`]), so that a database across a socket answers it in a round trip each.

mod blob;
mod digest;
mod forget;
mod postgres;
mod ring;
mod rows;
mod scope;
mod sqlite;

pub use blob::BlobRow;
pub(crate) use blob::{hash_of, named};
pub use digest::{Line, Sum, line};
pub(crate) use forget::{ForgetLog, Forgotten, Told};
pub use ring::{Hear, Ring};
pub use rows::{
    Barred, Brought, Class, DeviceRow, ErasureRow, InvitationRow, Logged, OrganisationRow, Past, PersonRow, Put,
    Sighting, Standing, Step, Trace,
};
pub use scope::{Key, keys_of_person, keys_of_record};

use crate::{Error, LedgerOptions, World, admin::AuditEntry};
use domain::{At, BlobHash, DeviceId, Kind, MutationId, OrganisationId, PersonId, RecordId};
use postgres::PostgresLedger;
use sqlite::SqliteLedger;
use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};
use wire::{ErasureId, Head};

/// Opens the ledger that the options name.
pub(crate) fn open(options: &LedgerOptions) -> Result<Box<dyn Ledger>, Error> {
    Ok(match &options.database_url {
        Some(url) => Box::new(PostgresLedger::open(url, options)?),
        None => Box::new(SqliteLedger::open(options)?),
    })
}

/// Makes an empty ledger.
pub(crate) fn create(options: &LedgerOptions, world: &dyn World) -> Result<Box<dyn Ledger>, Error> {
    Ok(match &options.database_url {
        Some(url) => Box::new(PostgresLedger::create(url, options)?),
        None => Box::new(SqliteLedger::create(options, &mut |bytes| world.fill(bytes))?),
    })
}

/// Removes what [`create`] made and nobody filled.
pub(crate) fn discard(options: &LedgerOptions) {
    if options.database_url.is_none() {
        // The key may serve the next try.
        let _ = std::fs::remove_file(options.database());
    }
}

/// Whether a transaction bears others beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Alone: nobody writes meanwhile, so the work may rest on whatever it reads, and it runs once.
    Alone,
    /// Beside others of its sort. The work rests on rights and on the rows that it writes itself, and on nothing that
    /// others of its sort write; it runs again from the beginning if somebody was there before it.
    Beside,
}

/// What is done inside of a transaction; it is kept if the work answers `true`.
pub type Work<'w> = &'w mut dyn FnMut(&mut dyn Writing) -> Result<bool, Error>;

/// A database with the city's records and people.
pub trait Ledger: Send + Sync + 'static {
    /// Runs `work` on a snapshot.
    ///
    /// # Errors
    /// What the work or the database says.
    fn reading(&self, work: &mut dyn FnMut(&dyn Reading) -> Result<(), Error>) -> Result<(), Error>;

    /// Runs `work` in one transaction. It is kept if the work answers `true`.
    ///
    /// # Errors
    /// What the work or the database says; nothing is kept then.
    fn writing(&self, turn: Turn, work: &mut dyn FnMut(&mut dyn Writing) -> Result<bool, Error>) -> Result<(), Error>;

    /// Runs several works, each beside others, and says of each whether the ledger did its part. One that is not kept, or
    /// fails, takes no other with it.
    fn writing_together(&self, works: &mut [Work<'_>]) -> Vec<Result<(), Error>> {
        let alone = |work: &mut Work<'_>| self.writing(Turn::Beside, work);
        works.iter_mut().map(alone).collect()
    }

    /// So many changes are worth one transaction, where several bring them; 0 where each has one of its own.
    fn together(&self) -> usize {
        0
    }

    /// How many transactions may be open for writing at once; more wait for their turn inside the ledger.
    fn writers(&self) -> usize;

    /// Calls `hear` for what was told in every transaction that is kept ([`Writing::tell`]), as soon as its records stand
    /// in the feed. Called once, before the first transaction.
    ///
    /// # Errors
    /// What the database says.
    fn follow(&self, hear: Hear) -> Result<(), Error>;

    /// A number that changes when another process wrote of which [`Ledger::follow`] does not hear.
    ///
    /// # Errors
    /// What the database says.
    fn look(&self) -> Result<i64, Error>;

    /// How long the same open transaction, ours or another's, has held the feed back.
    fn stands(&self) -> Option<Duration> {
        None
    }

    /// Whether the database was brought here from a backup or another server, as far as it can tell by itself.
    ///
    /// # Errors
    /// What the database says.
    fn is_elsewhere(&self) -> Result<bool, Error> {
        Ok(false)
    }

    /// Gathers what writing leaves lying about.
    ///
    /// # Errors
    /// What the database says.
    fn gather(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Empties write-ahead log and free pages, so that what was forgotten is in no file.
    ///
    /// # Errors
    /// What the database says.
    fn scrub(&self) -> Result<(), Error>;

    /// The database's own check of its file, `ok` if it finds nothing.
    ///
    /// # Errors
    /// What the database says.
    fn inspect(&self) -> Result<String, Error>;
}

impl dyn Ledger {
    /// [`Ledger::reading`] with an answer.
    ///
    /// # Errors
    /// What the work or the database says.
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&dyn Reading) -> Result<T, E>) -> Result<T, E> {
        let mut answer = None;
        let mut work = Some(work);
        self.reading(&mut |reading| {
            answer = work.take().map(|work| work(reading));
            Ok(())
        })?;
        answer.expect("the work runs exactly once")
    }

    /// [`Ledger::writing`] alone, with an answer; nothing is kept of work that failed.
    ///
    /// # Errors
    /// What the work or the database says.
    pub fn write<T, E: From<Error>>(&self, work: impl FnOnce(&mut dyn Writing) -> Result<T, E>) -> Result<T, E> {
        let mut work = Some(work);
        self.turn(Turn::Alone, |writing| {
            let work = work.take().expect("alone, the work runs once");
            work(writing)
        })
    }

    /// [`Ledger::writing`] beside others, with an answer; nothing is kept of work that failed.
    ///
    /// # Errors
    /// What the work or the database says.
    pub fn write_beside<T, E: From<Error>>(&self, work: impl FnMut(&mut dyn Writing) -> Result<T, E>) -> Result<T, E> {
        self.turn(Turn::Beside, work)
    }

    fn turn<T, E: From<Error>>(
        &self,
        turn: Turn,
        mut work: impl FnMut(&mut dyn Writing) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut answer = None;
        self.writing(turn, &mut |writing| {
            let done = work(writing);
            let keep = done.is_ok();
            answer = Some(done);
            Ok(keep)
        })?;
        answer.expect("the work ran")
    }
}

/// What can be asked of a ledger.
pub trait Reading {
    /// A fact about the city: `city`, `epoch`, `founder`.
    fn fact(&self, name: &str) -> Result<Option<String>, Error>;
    /// The place through which the feed is whole: nothing will ever come at it or before it. In a transaction that writes,
    /// the place after which its own records stand.
    fn seq(&self) -> Result<u64, Error>;
    /// The newest place that is kept for good, whatever happens to the machine: what the forget log notes.
    fn kept(&self) -> Result<u64, Error>;

    /// How records stand, for those that exist.
    fn standings(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Standing>, Error>;
    /// A record as it travels.
    fn head(&self, n: i64) -> Result<Head, Error> {
        self.heads(&[n])?.remove(&n).ok_or(Error::Row("record.n"))
    }
    /// Records as they travel, by their rows' numbers.
    fn heads(&self, ns: &[i64]) -> Result<HashMap<i64, Head>, Error>;
    /// The next steps of some keys' feeds after a seq and up to another, in the order of seq, at most `limit`.
    fn steps(&self, keys: &[Key], after: u64, through: u64, limit: usize) -> Result<Vec<Step>, Error>;
    /// Where a record stands and where it stood.
    fn traces(&self, standing: &Standing) -> Result<Vec<Trace>, Error>;
    /// A class by its number.
    fn class(&self, c: i64) -> Result<Class, Error>;
    /// The classes of an organisation's records.
    fn classes(&self, organisation: Option<OrganisationId>) -> Result<Vec<Class>, Error>;
    /// All records of a kind, of whatever state.
    fn of_kind(&self, kind: &Kind) -> Result<Vec<Head>, Error>;
    /// Every record, one after the other.
    fn each(&self, see: &mut dyn FnMut(&Standing, &Head) -> Result<(), Error>) -> Result<(), Error>;
    /// What was trashed before an instant, at most `limit`.
    fn trashed_before(&self, at: At, limit: usize) -> Result<Vec<RecordId>, Error>;

    /// An attachment of the record in row `n`, as far as it is here.
    fn blob(&self, n: i64, hash: &BlobHash) -> Result<Option<BlobRow>, Error>;
    /// Every attachment that is whole, with its record and its hash.
    fn whole_blobs(&self) -> Result<Vec<(RecordId, BlobHash, BlobRow)>, Error>;
    /// Bytes of an attachment from a place on, as many as are here and at most `most`.
    fn blob_bytes(&self, b: i64, from: u64, most: usize) -> Result<Vec<u8>, Error>;

    /// Which of these changes of a person were accepted.
    fn logged(&self, person: PersonId, ids: &[MutationId]) -> Result<HashMap<MutationId, Logged>, Error>;

    /// What of these records is barred: forgotten, and unknown otherwise.
    fn barred(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Barred>, Error>;
    /// How a person knows of a record which was out of their sight when they brought it ([`Writing::bring`]).
    fn brought(&self, person: PersonId, record: RecordId) -> Result<Option<Brought>, Error>;

    /// A person with today's rights.
    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, Error>;
    /// All people.
    fn people(&self) -> Result<Vec<PersonRow>, Error>;
    /// Everything a person could ever see, oldest first; the last is today's.
    fn history(&self, id: PersonId) -> Result<Vec<Past>, Error>;
    /// All organisations.
    fn organisations(&self) -> Result<Vec<OrganisationRow>, Error>;
    /// A device by its token's hash.
    fn device_by_token(&self, hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error>;
    /// All devices.
    fn devices(&self) -> Result<Vec<DeviceRow>, Error>;
    /// An invitation by its code's hash.
    fn invitation(&self, hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error>;
    /// An order to forget.
    fn erasure(&self, id: ErasureId) -> Result<Option<ErasureRow>, Error>;
    /// The audit log since an instant.
    fn audit_since(&self, at: Option<At>) -> Result<Vec<AuditEntry>, Error>;
}

/// What can be changed in a ledger, within one transaction.
pub trait Writing: Reading {
    /// Sets a fact about the city.
    fn set_fact(&mut self, name: &str, value: &str) -> Result<(), Error>;
    /// Sets the newest place in the feed: the last that this transaction gave.
    fn set_seq(&mut self, seq: u64) -> Result<(), Error>;
    /// Tells whoever follows, in this process and others, once the transaction is kept.
    fn tell(&mut self, ring: Ring) -> Result<(), Error>;

    /// Makes the place where the database lies now its own, after a restore: places go on above all that it holds.
    fn resettle(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Bars records that the ledger does not know, whole or these fields of them ([`Reading::barred`]).
    fn bar(&mut self, ids: &[RecordId], fields: Option<&BTreeSet<String>>) -> Result<(), Error>;
    /// Notes what became of records that a person brought and does not see ([`Reading::brought`]). What was taken once
    /// stays so.
    fn bring(&mut self, person: PersonId, records: &HashMap<RecordId, Brought>) -> Result<(), Error>;

    /// Writes records: their rows, placements and digests. At most one entry a record.
    fn put(&mut self, puts: &[Put]) -> Result<(), Error>;
    /// Notes accepted changes of a person.
    fn log(&mut self, person: PersonId, logged: &[(MutationId, Logged)]) -> Result<(), Error>;
    /// Begins an attachment of the record in row `n`; one that was begun before is dropped. Asks for [`Turn::Alone`]: else a
    /// push beside it could take the name away and not see the new row.
    fn begin_blob(&mut self, n: i64, hash: &BlobHash, total: u64, at: At) -> Result<BlobRow, Error>;
    /// Adds a piece to an attachment that stands as `row` says.
    fn add_to_blob(&mut self, row: BlobRow, bytes: &[u8], at: At) -> Result<(), Error>;
    /// Drops an attachment: nobody finds it any more, and [`Writing::destroy_blobs`] takes its bytes.
    fn drop_blob(&mut self, b: i64) -> Result<(), Error>;
    /// Drops every attachment of the record in row `n` but those named.
    fn keep_blobs(&mut self, n: i64, named: &BTreeSet<BlobHash>) -> Result<(), Error>;
    /// Drops attachments that are not whole and of which no piece came since an instant. Answers how many.
    fn drop_partial_blobs_before(&mut self, at: At) -> Result<usize, Error>;
    /// Destroys at most so many pieces of dropped attachments. Answers how many.
    fn destroy_blobs(&mut self, most: usize) -> Result<usize, Error>;

    /// Drops notes of changes accepted before an instant.
    fn drop_logged_before(&mut self, at: At) -> Result<usize, Error>;

    /// Adds an organisation.
    fn add_organisation(&mut self, row: &OrganisationRow) -> Result<(), Error>;
    /// Adds a person, or changes name and leaving; rights go by [`Writing::set_rights`].
    fn put_person(&mut self, id: PersonId, name: &str, leaving_since: Option<At>) -> Result<(), Error>;
    /// Ends today's rights of a person and begins others.
    fn set_rights(&mut self, rights: &domain::Person, at: At, seq: u64) -> Result<(), Error>;
    /// Adds a device, or replaces its row.
    fn put_device(&mut self, row: &DeviceRow) -> Result<(), Error>;
    /// Notes how far a device is.
    fn sight(&mut self, id: DeviceId, sighting: &Sighting) -> Result<(), Error>;
    /// Adds an invitation, or replaces it.
    fn put_invitation(&mut self, hash: &[u8; 32], row: &InvitationRow) -> Result<(), Error>;
    /// Notes an order to forget.
    fn add_erasure(&mut self, row: &ErasureRow) -> Result<(), Error>;
    /// Adds a line to the audit log.
    fn audit(&mut self, entry: &AuditEntry) -> Result<(), Error>;
}
