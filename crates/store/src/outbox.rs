//! Edits on their way to the city.

use crate::{Confirmed, Error, Reading, Stamp, Writing, row};
use domain::{At, MutationId, Record, RecordId};

/// A record with an edit that the city has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What the city last confirmed; `None` for a record it never saw.
    pub base: Option<Confirmed>,
    /// The record as it is on this device.
    pub mine: Record,
    /// The last change of it.
    pub stamp: Stamp,
    /// The last change that a person made of it: its own, unless a merge has given the edit a new id since.
    pub typed_id: MutationId,
    /// A frozen copy was sent and its outcome is not known.
    pub in_flight: bool,
    /// Why the city refused the change, if it did.
    pub refused: Option<String>,
}

/// The frozen change that is sent, word for word the same each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// The change's id.
    pub mutation_id: MutationId,
    /// The version it was made on; 0 for a creation.
    pub base_version: u64,
    /// The record as it was frozen.
    pub record: Record,
}

/// A change that waits in the outbox.
struct Waiting {
    id: RecordId,
    stamp: Stamp,
    waiting_at: At,
}

impl Reading<'_> {
    /// The edit of this record that waits or is in flight; `None` if all of it is confirmed.
    ///
    /// # Errors
    /// What the database says.
    pub fn pending(&self, id: RecordId) -> Result<Option<Pending>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/pending.sql"))?;
        let found = row::one(&mut statement, [id.0.as_bytes()], |row| {
            Ok((row::record(row)?, row::stamp(row, 3)?, row.get(6)?, row.get(7)?))
        })?;
        let Some((mine, stamp, in_flight, refused)) = found else {
            return Ok(None);
        };
        Ok(Some(Pending {
            base: self.base(id)?,
            mine,
            stamp,
            typed_id: self.typed_id(id)?.unwrap_or(stamp.mutation_id),
            in_flight,
            refused,
        }))
    }

    /// Which records have an edit that waits or is in flight.
    ///
    /// # Errors
    /// What the database says.
    pub fn pending_ids(&self) -> Result<Vec<RecordId>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM in_flight UNION SELECT id FROM outbox")?;
        row::all(&mut statement, [], |row| row::record_id(row, 0))
    }

    /// The changes whose outcome is not known, in the order sent.
    ///
    /// # Errors
    /// What the database says.
    pub fn in_flight(&self) -> Result<Vec<InFlight>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope, body, sealed, mutation_id, base_version FROM in_flight ORDER BY place")?;
        row::all(&mut statement, [], |row| {
            Ok(InFlight {
                record: row::record(row)?,
                mutation_id: row::mutation_id(row, 3)?,
                base_version: row.get::<_, i64>(4)?.unsigned_abs(),
            })
        })
    }

    /// The change in which what waits of this record was typed.
    pub(crate) fn typed_id(&self, id: RecordId) -> Result<Option<MutationId>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/typed_id.sql"))?;
        row::one(&mut statement, [id.0.as_bytes()], |row| row::mutation_id(row, 0))
    }

    /// The version that the city last confirmed; 0 for a record it never saw.
    fn base_version(&self, id: RecordId) -> Result<u64, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT version FROM base WHERE id = ?1")?;
        let version = row::one(&mut statement, [id.0.as_bytes()], |row| Ok(row.get::<_, i64>(0)?))?;
        Ok(version.map_or(0, i64::unsigned_abs))
    }

    pub(crate) fn base(&self, id: RecordId) -> Result<Option<Confirmed>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope, body, sealed, changed_at, changed_by FROM base WHERE id = ?1")?;
        row::one(&mut statement, [id.0.as_bytes()], row::confirmed)
    }
}

impl Writing<'_> {
    /// The changes to send: first those whose outcome is not known yet, unchanged, then edits that are frozen now.
    /// A refused edit and one whose earlier change is in flight wait. At least one is returned if there is any.
    ///
    /// # Errors
    /// What the database says.
    pub fn freeze(&mut self, max_count: usize, max_bytes: usize) -> Result<Vec<InFlight>, Error> {
        let mut sent = Vec::new();
        let mut bytes = 0;
        let mut has_room = |record: &Record, count: usize| {
            bytes += size(record);
            count == 0 || (count < max_count && bytes <= max_bytes)
        };
        for change in self.in_flight()? {
            if !has_room(&change.record, sent.len()) {
                return Ok(sent);
            }
            sent.push(change);
        }
        let (count, room) = (sent.len(), max_bytes.saturating_sub(bytes));
        sent.extend(self.freeze_more(count, max_count, room)?);
        Ok(sent)
    }

    /// Freezes edits that wait, and leaves alone what is in flight already; for whoever knows that it was sent.
    ///
    /// # Errors
    /// What the database says.
    pub fn freeze_waiting(&mut self, max_count: usize, max_bytes: usize) -> Result<Vec<InFlight>, Error> {
        self.freeze_more(0, max_count, max_bytes)
    }

    /// At least one, unless there are some already.
    fn freeze_more(&mut self, already: usize, max_count: usize, room: usize) -> Result<Vec<InFlight>, Error> {
        let mut frozen = Vec::new();
        let mut bytes = 0;
        for Waiting { id, stamp, waiting_at } in self.waiting(max_count.saturating_sub(already))? {
            let Some(stored) = self.record(id)? else { continue };
            bytes += size(&stored.record);
            if already + frozen.len() > 0 && bytes > room {
                break;
            }
            let change = InFlight {
                mutation_id: stamp.mutation_id,
                base_version: self.base_version(id)?,
                record: stored.record,
            };
            self.put_in_flight(&change, stamp, waiting_at)?;
            self.drop_outbox(id)?;
            frozen.push(change);
        }
        Ok(frozen)
    }

    /// The city took a change. What was typed since stays pending, with what was sent as its base.
    ///
    /// # Errors
    /// [`Error::NotInFlight`] if no such change is in flight, or what the database says.
    pub fn accepted(&mut self, id: MutationId, version: u64, changed_at: At) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope FROM in_flight WHERE mutation_id = ?1")?;
        let sent = row::one(&mut statement, [id.0.as_bytes()], |row| row::envelope(row, 0))?;
        let mut envelope = sent.ok_or(Error::NotInFlight(id))?;
        let record = envelope.id;
        envelope.version = version;
        if !self.has_outbox(record)? {
            self.drop_in_flight(record)?;
            self.drop_base(record)?;
            return self.set_version_of(&envelope, Some(changed_at));
        }
        let (mut sent, stamp) = self.sent(id)?;
        sent.envelope = envelope;
        self.drop_in_flight(record)?;
        self.drop_base(record)?;
        let confirmed = Confirmed {
            record: sent,
            changed_at,
            changed_by: stamp.by,
        };
        self.put_base(&confirmed)?;
        self.set_version_of(&confirmed.record.envelope, None)
    }

    /// The city did not take a change. It waits visibly, until it is edited or tried again; what left the person's scope
    /// goes to "Nicht übertragbar", set aside at `at`. An edit typed since is not refused yet and will be sent.
    ///
    /// # Errors
    /// [`Error::NotInFlight`] if no such change is in flight, or what the database says.
    pub fn refused(&mut self, id: MutationId, code: &str, at: At) -> Result<(), Error> {
        let (sent, stamp) = self.sent(id)?;
        let record = sent.envelope.id;
        let is_unseen = matches!(code, "forbidden" | "not_found") && !self.may_read_base(record)?;
        if code == "left_scope" || is_unseen {
            return self.set_aside(record, stamp, code, at);
        }
        if !self.has_outbox(record)? {
            self.mark(record, stamp, stamp.at)?;
            self.connection
                .prepare_cached("UPDATE outbox SET refused = ?2 WHERE id = ?1")?
                .execute((record.0.as_bytes(), code))?;
        }
        self.drop_in_flight(record)?;
        self.touch(&sent.envelope.kind, record);
        Ok(())
    }

    /// The edit could not be brought together with the city's newer state. It waits visibly, whole and on the base it
    /// was made on, until it or the record changes. A change of it in flight is over.
    ///
    /// # Errors
    /// What the database says.
    pub fn hold(&mut self, id: RecordId, code: &str) -> Result<(), Error> {
        let Some(pending) = self.pending(id)? else {
            return Ok(());
        };
        if !self.has_outbox(id)? {
            self.mark(id, pending.stamp, pending.stamp.at)?;
        }
        self.drop_in_flight(id)?;
        self.connection
            .prepare_cached("UPDATE outbox SET refused = ?2 WHERE id = ?1")?
            .execute((id.0.as_bytes(), code))?;
        self.touch(&pending.mine.envelope.kind, id);
        Ok(())
    }

    /// Sends a refused change once more with the next push, under its own id.
    ///
    /// # Errors
    /// What the database says.
    pub fn retry(&mut self, id: RecordId) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE outbox SET refused = NULL WHERE id = ?1")?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    /// The frozen changes go back to the outbox, because they belong to an earlier life of the city's database.
    pub(crate) fn thaw(&self) -> Result<(), Error> {
        self.connection.execute_batch(include_str!("sql/thaw.sql"))?;
        Ok(())
    }

    fn waiting(&self, limit: usize) -> Result<Vec<Waiting>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/waiting.sql"))?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        row::all(&mut statement, [limit], |row| {
            Ok(Waiting {
                id: row::record_id(row, 0)?,
                stamp: row::stamp(row, 1)?,
                waiting_at: row::at(row, 4)?,
            })
        })
    }

    fn put_in_flight(&self, change: &InFlight, stamp: Stamp, waiting_at: At) -> Result<(), Error> {
        self.connection
            .prepare_cached(include_str!("sql/insert_in_flight.sql"))?
            .execute((
                change.record.envelope.id.0.as_bytes(),
                change.mutation_id.0.as_bytes(),
                row::signed(change.base_version),
                change.record.envelope.to_json(),
                row::body(&change.record),
                row::sealed(&change.record),
                stamp.by.0.as_bytes(),
                stamp.at.millis(),
                waiting_at.millis(),
            ))?;
        Ok(())
    }

    fn sent(&self, id: MutationId) -> Result<(Record, Stamp), Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT envelope, body, sealed, mutation_id, by, at FROM in_flight WHERE mutation_id = ?1",
        )?;
        row::one(&mut statement, [id.0.as_bytes()], |row| {
            Ok((row::record(row)?, row::stamp(row, 3)?))
        })?
        .ok_or(Error::NotInFlight(id))
    }
}

/// About what a change takes on the wire.
fn size(record: &Record) -> usize {
    record.envelope.to_json().len()
        + row::body(record).map_or(4, str::len)
        + row::sealed(record).map_or(4, str::len)
        + 120
}
