//! The city's word: pages of a pull, and what comes of a merge.

use crate::{Arrived, Confirmed, Error, Stamp, Stored, Writing, follows::Follows, pass::PassKind, redact, row};
use domain::{Record, State};

/// What a pulled record did here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is new here.
    Inserted,
    /// It replaced an older version.
    Replaced,
    /// This device has it already.
    Same,
    /// This device has a newer version; nothing was written.
    Older,
    /// It was erased here too, with everything that was typed on it.
    Erased,
    /// A local edit waits on it: merge `pending` with it and `settle`. Nothing but forgettings was written.
    Pending,
    /// In a new life of the city's database: what this device has is newer and was turned into a change on top of it.
    Offered,
}

impl Writing<'_> {
    /// A record of a pulled page. Older versions are ignored, erasures and redactions done, local edits left to merge.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_arrived(&mut self, arrived: &Arrived) -> Result<Applied, Error> {
        self.take(&arrived.confirmed, arrived.follows.as_ref())
    }

    /// [`Writing::put_arrived`] for a record of which nothing was worked out beforehand.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_confirmed(&mut self, confirmed: &Confirmed) -> Result<Applied, Error> {
        self.take(confirmed, None)
    }

    fn take(&mut self, confirmed: &Confirmed, follows: Option<&Follows>) -> Result<Applied, Error> {
        let (theirs, envelope) = (&confirmed.record, &confirmed.record.envelope);
        let id = envelope.id;
        self.show(id, envelope.version)?;
        if envelope.state == State::Erased {
            self.forget(id, Some(confirmed))?;
            return Ok(Applied::Erased);
        }
        let pass = self.pass_now()?;
        let (at, by) = (confirmed.changed_at, confirmed.changed_by);
        if let Some(follows) = follows
            && pass.is_none()
            && self.insert_new(theirs, follows, at, by)?
        {
            // Most of a first sync: nothing had to be looked up.
            return Ok(Applied::Inserted);
        }
        let held = match follows {
            Some(follows) => self.holds(theirs, &follows.envelope)?,
            None => self.holds(theirs, &envelope.to_json())?,
        };
        if held == Some(true) && pass != Some(PassKind::NewEpoch) {
            // After each push the feed brings back what this device sent: byte for byte, nothing to take apart.
            return Ok(Applied::Same);
        }
        let mine = if held.is_some() { self.record(id)? } else { None };
        let Some(mine) = mine else {
            match follows {
                Some(follows) => self.insert_row(theirs, follows, at, by)?,
                None => self.insert_row(theirs, &Follows::of(theirs), at, by)?,
            }
            return Ok(Applied::Inserted);
        };
        if mine.record.envelope.state == State::Erased {
            return Ok(Applied::Older);
        }
        let special = match pass {
            Some(PassKind::NewEpoch) => self.compare_lives(&mine, confirmed)?,
            Some(PassKind::Repair) => self.put_right(&mine, confirmed)?,
            Some(PassKind::CursorExpired) | None => None,
        };
        if let Some(applied) = special {
            return Ok(applied);
        }
        if mine.pending {
            self.cut_redacted(theirs)?;
            return Ok(Applied::Pending);
        }
        if envelope.version < mine.record.envelope.version {
            return Ok(Applied::Older);
        }
        if mine.record == *theirs {
            return Ok(Applied::Same);
        }
        if mine.record.envelope.state == State::Deleted && envelope.state.has_body() && self.is_mine(&mine)? {
            // Somebody else's edit met the deletion; who deleted it is told as well.
            self.tell("revived", id, &envelope.kind, confirmed.changed_at)?;
        }
        if redact::is_new(envelope, &mine.record.envelope) {
            self.cut_redacted(theirs)?;
        }
        self.put_row(theirs, confirmed.changed_at, confirmed.changed_by)?;
        Ok(Applied::Replaced)
    }

    /// Whether the person of this device changed it last.
    fn is_mine(&self, stored: &Stored) -> Result<bool, Error> {
        Ok(self
            .identity()?
            .is_some_and(|identity| identity.person == stored.changed_by))
    }

    /// Whether this very state is here and no edit waits on it; `None` where the record is not here at all.
    fn holds(&self, theirs: &Record, envelope: &str) -> Result<Option<bool>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/holds.sql"))?;
        row::one(
            &mut statement,
            (
                theirs.envelope.id.0.as_bytes(),
                row::signed(theirs.envelope.version),
                envelope,
                row::body(theirs),
                row::sealed(theirs),
            ),
            |row| Ok(row.get(0)?),
        )
    }

    /// Ends a meeting of a local edit with the city's state. `None`: theirs stands and nothing waits any more. `Some`:
    /// theirs is the new base and the merged record waits, under its new change. A change in flight is over either way.
    /// Fields that theirs forgot are taken out of the merged record whatever the merge made of them.
    ///
    /// # Errors
    /// What the database says.
    pub fn settle(&mut self, theirs: &Confirmed, merged: Option<(&Record, Stamp)>) -> Result<(), Error> {
        let id = theirs.record.envelope.id;
        if theirs.record.envelope.state == State::Erased {
            return self.forget(id, Some(theirs));
        }
        let forgotten = self.cut_redacted(&theirs.record)?;
        let (waiting_at, typed_id) = (self.waiting_at(id)?, self.typed_id(id)?);
        self.drop_in_flight(id)?;
        self.drop_outbox(id)?;
        self.drop_base(id)?;
        let merged = merged.and_then(|(record, stamp)| {
            let mut record = redact::as_theirs(record, &theirs.record, &forgotten);
            record.envelope.version = theirs.record.envelope.version;
            record.envelope.floor_version = theirs.record.envelope.floor_version;
            record.envelope.redacted.clone_from(&theirs.record.envelope.redacted);
            (record != theirs.record).then_some((record, stamp))
        });
        let Some((record, stamp)) = merged else {
            return self.put_row(&theirs.record, theirs.changed_at, theirs.changed_by);
        };
        self.put_row(&record, stamp.at, stamp.by)?;
        self.put_base(theirs)?;
        self.mark(id, stamp, waiting_at.unwrap_or(stamp.at))?;
        self.connection
            .prepare_cached("UPDATE outbox SET typed_id = ?2 WHERE id = ?1")?
            .execute((id.0.as_bytes(), typed_id.map(|id| id.0.into_bytes())))?;
        Ok(())
    }
}
