//! The one door for writes: a transaction in which records, what follows from them, and what sync must know move together.

use crate::{
    Changes, Error, Identity, Reading,
    attached::Look,
    follows::{self, Follows},
    index::Waiting,
    pass::PassKind,
    place, row,
    vocabulary::Known,
};
use domain::{At, Kind, MutationId, PersonId, Record, RecordId, State};
use rusqlite::{Connection, Params};
use std::{cell::Cell, collections::BTreeMap, ops::Deref, sync::Arc};

/// A write in progress; it also reads, and sees what it has written (but for the index of words).
pub struct Writing<'c> {
    reading: Reading<'c>,
    index: Waiting,
    changes: Changes,
    forgot: bool,
    pub(crate) look: Look,
    taken: BTreeMap<i64, i64>,
    pass: Cell<Option<Option<PassKind>>>,
}

impl<'c> Deref for Writing<'c> {
    type Target = Reading<'c>;
    fn deref(&self) -> &Reading<'c> {
        &self.reading
    }
}

/// Which change it is, who made it and when by the device's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The change's id.
    pub mutation_id: MutationId,
    /// Who typed it.
    pub by: PersonId,
    /// When; shown to people, decides nothing.
    pub at: At,
}

/// What follows a transaction outside the database.
#[derive(Clone, Copy)]
pub(crate) struct After {
    /// Something was forgotten: no old page may stay.
    pub(crate) forgot: bool,
    /// Ciphertext is to leave the folder of attachments.
    pub(crate) gone: bool,
}

impl<'c> Writing<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self {
            reading: Reading::new(connection),
            index: Waiting::default(),
            changes: Changes::default(),
            forgot: false,
            look: Look::default(),
            taken: BTreeMap::new(),
            pass: Cell::new(None),
        }
    }

    /// Writes what waited for the end, and tells what was touched and what is to be done outside the database.
    pub(crate) fn finish(self, known: &mut Known) -> Result<(Changes, After), Error> {
        self.look_at_attachments(self.forgot)?;
        self.index.flush(self.reading.connection, known)?;
        let after = After {
            forgot: self.forgot,
            gone: self.look.found_gone(),
        };
        Ok((self.changes, after))
    }

    /// What a person or an import wrote: a new record or an edit. The base is kept, the outbox marked, the index follows.
    /// `version`, `floor_version` and `redacted` are the store's own; what stands there is not looked at. `blobs` follow the body.
    ///
    /// # Errors
    /// [`Error::Erased`] for an erased record, [`Error::Form`] for a body nobody could take, or what the database says.
    pub fn save(&mut self, record: &Record, stamp: Stamp) -> Result<(), Error> {
        let id = record.envelope.id;
        if let Some(body) = &record.body {
            body.check(&record.envelope.kind)?;
        }
        if record.envelope.state == State::Erased {
            return Err(Error::Erased(id));
        }
        let before = self.record(id)?;
        let mut record = record.clone();
        let (version, floor_version, redacted) = match &before {
            Some(stored) if stored.record.envelope.state == State::Erased => return Err(Error::Erased(id)),
            Some(stored) => {
                let envelope = &stored.record.envelope;
                (envelope.version, envelope.floor_version, envelope.redacted.clone())
            }
            None => Default::default(),
        };
        (record.envelope.version, record.envelope.floor_version) = (version, floor_version);
        record.envelope.redacted = redacted;
        record.envelope.blobs = domain::kinds::named_blobs(&record);
        if before
            .as_ref()
            .is_some_and(|stored| !stored.pending && stored.record == record)
        {
            return Ok(());
        }
        if before.is_some_and(|stored| !stored.pending && version > 0) {
            self.keep_base(id)?;
        }
        self.put_row(&record, stamp.at, stamp.by)?;
        self.mark(id, stamp, stamp.at)
    }

    /// Puts a record into the outbox; one that waits already keeps its place and since when.
    pub(crate) fn mark(&self, id: RecordId, stamp: Stamp, waiting_at: At) -> Result<(), Error> {
        self.connection.prepare_cached(include_str!("sql/mark.sql"))?.execute((
            id.0.as_bytes(),
            stamp.mutation_id.0.as_bytes(),
            stamp.by.0.as_bytes(),
            stamp.at.millis(),
            waiting_at.millis(),
        ))?;
        Ok(())
    }

    /// Remembers who this device is.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_identity(&mut self, identity: &Identity) -> Result<(), Error> {
        let json = serde_json::to_string(identity).expect("strings and ids write as JSON");
        self.set_fact("identity", &json)
    }

    /// The next number of a series, at least this one. It is never given again, whatever becomes of what bears it.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_number(&mut self, series: &str, at_least: u64) -> Result<u64, Error> {
        let name = format!("number {series}");
        let last: Option<u64> = self.fact(&name)?.and_then(|text| text.parse().ok());
        let number = last.map_or(1, |last| last + 1).max(at_least);
        self.set_fact(&name, &number.to_string())?;
        Ok(number)
    }

    /// Remembers where the next pull goes on; in the same transaction as the page it belongs to.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_cursor(&mut self, cursor: &str) -> Result<(), Error> {
        self.set_fact("cursor", cursor)
    }

    /// Forgets the cursor: the next pull begins from the beginning.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_cursor(&mut self) -> Result<(), Error> {
        self.drop_fact("cursor")
    }

    /// Everything was exchanged with the city.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_last_sync_at(&mut self, at: At) -> Result<(), Error> {
        self.set_fact("last_sync_at", &at.millis().to_string())
    }

    /// [`Reading::pass`], asked for each record of a page and looked up once.
    pub(crate) fn pass_now(&self) -> Result<Option<PassKind>, Error> {
        if let Some(known) = self.pass.get() {
            return Ok(known);
        }
        let pass = self.pass()?;
        self.pass.set(Some(pass));
        Ok(pass)
    }

    /// A pass begins or ends.
    pub(crate) fn pass_changes(&self) {
        self.pass.set(None);
    }

    pub(crate) fn set_fact(&self, name: &str, value: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)")?
            .execute((name, value))?;
        Ok(())
    }

    pub(crate) fn drop_fact(&self, name: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM fact WHERE name = ?1")?
            .execute([name])?;
        Ok(())
    }

    pub(crate) fn touch(&mut self, kind: &Kind, id: RecordId) {
        self.changes.touch(kind, id);
    }

    pub(crate) fn forgot(&mut self) {
        self.forgot = true;
    }

    /// What names attachments may have changed with this record.
    pub(crate) fn look_at_record(&mut self, id: RecordId) {
        self.look.at_record(id);
    }

    /// The same of drafts.
    pub(crate) fn look_at_drafts(&mut self) {
        self.look.at_drafts();
    }

    /// Writes the record's row and all that follows from it.
    pub(crate) fn put_row(&mut self, record: &Record, at: At, by: PersonId) -> Result<(), Error> {
        let before = self.row(record.envelope.id)?;
        self.put_over(before, record, &Follows::of(record), at, by)
    }

    /// The same for a record that is known not to be here: most of a first sync.
    pub(crate) fn insert_row(&mut self, record: &Record, follows: &Follows, at: At, by: PersonId) -> Result<(), Error> {
        self.put_over(None, record, follows, at, by)
    }

    /// Inserts a record unless it, or another at the first place of its second, is here; then nothing is written.
    pub(crate) fn insert_new(
        &mut self,
        record: &Record,
        follows: &Follows,
        at: At,
        by: PersonId,
    ) -> Result<bool, Error> {
        let position = follows.first;
        let inserted = self
            .connection
            .prepare_cached(include_str!("sql/insert_new.sql"))?
            .execute(values(position, record, follows, at, by))?;
        if inserted == 0 {
            return Ok(false);
        }
        follows.sides.add(self.connection, position)?;
        self.index.put(position, String::new, Arc::clone(&follows.tokens));
        self.changes.touch(&record.envelope.kind, record.envelope.id);
        Ok(true)
    }

    fn put_over(
        &mut self,
        before: Option<(i64, Record)>,
        record: &Record,
        follows: &Follows,
        at: At,
        by: PersonId,
    ) -> Result<(), Error> {
        let envelope = &record.envelope;
        if before.is_some() || !envelope.blobs.is_empty() {
            self.look_at_record(envelope.id);
        }
        let first = follows.first;
        let position = match &before {
            Some((position, old)) if place::is_within_second(first, *position) || keeps_place(old, record) => *position,
            _ => self.free_position(first)?,
        };
        let values = values(position, record, follows, at, by);
        let (sides, tokens) = (&follows.sides, Arc::clone(&follows.tokens));
        match before {
            None => {
                self.connection
                    .prepare_cached(include_str!("sql/insert_record.sql"))?
                    .execute(values)?;
                sides.add(self.connection, position)?;
                self.index.put(position, String::new, tokens);
            }
            Some((old_position, old)) => {
                self.connection
                    .prepare_cached(include_str!("sql/update_record.sql"))?
                    .execute(values)?;
                let old_sides = follows::sides(&old);
                if old_position != position || old_sides != *sides {
                    old_sides.remove(self.connection, old_position)?;
                    sides.add(self.connection, position)?;
                }
                if old_position == position {
                    self.index.put(position, || follows::tokens(&old), tokens);
                } else {
                    self.index.put(old_position, || follows::tokens(&old), Arc::default());
                    self.index.put(position, String::new, tokens);
                }
            }
        }
        self.changes.touch(&envelope.kind, envelope.id);
        Ok(())
    }

    /// Takes the record's row away, and all that follows from it.
    pub(crate) fn drop_row(&mut self, id: RecordId) -> Result<(), Error> {
        self.look_at_record(id);
        if let Some((position, old)) = self.row(id)? {
            follows::sides(&old).remove(self.connection, position)?;
            self.index.put(position, || follows::tokens(&old), Arc::default());
            self.connection
                .prepare_cached("DELETE FROM record WHERE position = ?1")?
                .execute([position])?;
            self.changes.touch(&old.envelope.kind, id);
        }
        Ok(())
    }

    fn row(&self, id: RecordId) -> Result<Option<(i64, Record)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope, body, sealed, position FROM record WHERE id = ?1")?;
        row::one(&mut statement, [id.0.as_bytes()], |row| {
            Ok((row.get(3)?, row::record(row)?))
        })
    }

    /// The first free position from `first` on, on the same day as long as that day has room at all.
    fn free_position(&mut self, first: i64) -> Result<i64, Error> {
        // Who imports a thousand rows of one second does not look at the first hundreds again for each.
        let from = self.taken.get(&first).map_or(first, |last| last + 1);
        let free = match self.free_between(from, place::last_of_day(from))? {
            Some(free) => free,
            None => match self.free_between(from & !place::last_of_day(0), from)? {
                Some(free) => free,
                None => self
                    .free_between(from, i64::MAX)?
                    .expect("there are more positions than records"),
            },
        };
        self.taken.insert(first, free);
        Ok(free)
    }

    fn free_between(&self, from: i64, last: i64) -> Result<Option<i64>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT position FROM record WHERE position >= ?1 ORDER BY position")?;
        let mut rows = statement.query([from])?;
        let mut free = from;
        while let Some(row) = rows.next()?.filter(|_| free <= last) {
            if row.get::<_, i64>(0)? > free {
                break;
            }
            free += 1;
        }
        Ok((free <= last).then_some(free))
    }
}

/// What a record's row holds, in the order of its columns.
fn values<'a>(position: i64, record: &'a Record, follows: &'a Follows, at: At, by: PersonId) -> impl Params + 'a {
    let envelope = &record.envelope;
    (
        position,
        envelope.id.0.as_bytes(),
        envelope.kind.as_str(),
        row::state(envelope.state),
        row::signed(envelope.version),
        &follows.envelope,
        row::body(record),
        row::sealed(record),
        at.millis(),
        by.0.into_bytes(),
        follows.variants,
    )
}

/// A record whose body is gone has no date any more, and keeps its place.
fn keeps_place(old: &Record, new: &Record) -> bool {
    new.body.is_none() && old.envelope.kind == new.envelope.kind
}
