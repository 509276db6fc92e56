//! A full pull from the beginning: after an expired cursor, or in a new life of the city's database.

use crate::{Applied, Confirmed, Error, Reading, Stamp, Stored, Writing, row};
use domain::{Action, At, Envelope, RecordId, State};

/// Why something typed was set aside at the end of a pass.
const NOT_SHOWN: &str = "not_shown";

/// Why everything is pulled once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassKind {
    /// The cursor was too old: at the end goes what was not shown and has no local edit.
    CursorExpired,
    /// What is held as confirmed differs from the city's: its word goes over whatever is here, and at the end goes what was
    /// not shown and has no local edit.
    Repair,
    /// The city was restored from a backup: what it lacks is offered to it again, and nothing goes.
    NewEpoch,
}

impl Reading<'_> {
    /// The pass in progress, also after a restart.
    ///
    /// # Errors
    /// What the database says.
    pub fn pass(&self) -> Result<Option<PassKind>, Error> {
        Ok(match self.fact("pass")?.as_deref() {
            Some("cursor_expired") => Some(PassKind::CursorExpired),
            Some("repair") => Some(PassKind::Repair),
            Some("new_epoch") => Some(PassKind::NewEpoch),
            _ => None,
        })
    }
}

impl Writing<'_> {
    /// Begins a full pull, forgetting the cursor. In a new epoch the changes in flight go back to the outbox.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin_pass(&mut self, kind: PassKind) -> Result<(), Error> {
        // A cursor that expires in a new life of the city begins that pass once more: what the city lacks is still to be
        // offered to it, and nothing may go for not being shown. So with what is to be put right.
        let kind = match (self.pass()?, kind) {
            (Some(PassKind::NewEpoch), _) => PassKind::NewEpoch,
            (Some(PassKind::Repair), PassKind::CursorExpired) => PassKind::Repair,
            _ => kind,
        };
        self.connection.execute("DELETE FROM shown", [])?;
        self.pass_changes();
        self.drop_cursor()?;
        let name = match kind {
            PassKind::CursorExpired => "cursor_expired",
            PassKind::Repair => "repair",
            PassKind::NewEpoch => {
                self.thaw()?;
                self.offer_attachments()?;
                "new_epoch"
            }
        };
        self.set_fact("pass", name)
    }

    /// The restored city kept what it had confirmed until then, and nothing later: what is held here of a later time is
    /// no ancestor of what it has now. Of several restores the one that kept least counts.
    ///
    /// # Errors
    /// What the database says.
    pub fn kept_until(&mut self, at: At) -> Result<(), Error> {
        let least = self.city_kept_until()?.map_or(at, |before| before.min(at));
        self.set_fact("kept_until", &least.millis().to_string())
    }

    pub(crate) fn city_kept_until(&self) -> Result<Option<At>, Error> {
        let millis = self.fact("kept_until")?;
        Ok(millis.and_then(|millis| At::from_millis(millis.parse().ok()?)))
    }

    /// Ends the full pull, with the last page. What was being typed on a record that goes is set aside at `at`.
    ///
    /// # Errors
    /// What the database says.
    pub fn end_pass(&mut self, kind: PassKind, at: At) -> Result<(), Error> {
        match kind {
            PassKind::CursorExpired | PassKind::Repair => {
                for id in self.ids(include_str!("sql/not_shown.sql"))? {
                    self.let_go(id, NOT_SHOWN, at)?;
                    self.forgot();
                }
            }
            PassKind::NewEpoch => {
                self.leave_shown(at)?;
                for id in self.ids(include_str!("sql/base_not_shown.sql"))? {
                    self.drop_base(id)?;
                    self.set_version(id, 0)?;
                }
                for id in self.ids(include_str!("sql/not_shown.sql"))? {
                    let Some(mine) = self.record(id)? else { continue };
                    let envelope = &mine.record.envelope;
                    if self.offers(envelope)? {
                        self.set_version(id, 0)?;
                        self.offer(&mine)?;
                    } else {
                        // Deleted, or somebody else's to give back: the city has it no more, perhaps because it was
                        // forgotten. If it lacks it, it comes again from whoever may offer it.
                        self.let_go(id, NOT_SHOWN, at)?;
                        self.forgot();
                    }
                }
            }
        }
        self.close_pass()
    }

    pub(crate) fn close_pass(&mut self) -> Result<(), Error> {
        self.connection.execute("DELETE FROM shown", [])?;
        self.pass_changes();
        self.drop_fact("kept_until")?;
        self.drop_fact("pass")
    }

    /// What the new life of the city has, and what left the person's scope meanwhile, goes now; while the pass ran it was
    /// not known whether the city has it.
    fn leave_shown(&mut self, at: At) -> Result<(), Error> {
        let mut lost = Vec::new();
        let person = self.identity()?.map(|identity| identity.person());
        self.envelopes(|envelope, _| {
            let unseen = person
                .as_ref()
                .is_some_and(|person| !domain::may(person, Action::Read, envelope));
            if unseen {
                lost.push(envelope.id);
            }
            Ok(())
        })?;
        let not_shown = self.ids(include_str!("sql/not_shown.sql"))?;
        for id in lost.into_iter().filter(|id| !not_shown.contains(id)) {
            self.leave(id, at)?;
        }
        Ok(())
    }

    /// Whether a restored city is offered a record that it may lack: one that its person may create, or, of the own
    /// organisation, may change, although it stands in other districts than their own as well, or sees no more, so that it
    /// cannot be told from here whether the city has it.
    pub(crate) fn offers(&self, envelope: &Envelope) -> Result<bool, Error> {
        let own = self
            .identity()?
            .is_some_and(|identity| Some(identity.organisation) == envelope.organisation);
        let of_own = own && (self.may(Action::Change, envelope)? || !self.may(Action::Read, envelope)?);
        Ok(envelope.state != State::Deleted && (of_own || self.may(Action::Create, envelope)?))
    }

    /// In a pass: this record was shown.
    pub(crate) fn show(&self, id: RecordId, version: u64) -> Result<(), Error> {
        if self.pass_now()?.is_some() {
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO shown (id, version) VALUES (?1, ?2)")?
                .execute((id.0.as_bytes(), row::signed(version)))?;
        }
        Ok(())
    }

    /// In a new epoch equal numbers do not mean equal content. `None`: nothing special about this record.
    pub(crate) fn compare_lives(&mut self, mine: &Stored, theirs: &Confirmed) -> Result<Option<Applied>, Error> {
        let id = theirs.record.envelope.id;
        let (known, known_at) = match self.base(id)? {
            Some(base) => (base.record, base.changed_at),
            None if mine.pending => return Ok(None),
            None => (mine.record.clone(), mine.changed_at),
        };
        let version = theirs.record.envelope.version;
        // A city that does not say until when it kept anything is believed to have kept it.
        let kept = self.city_kept_until()?.is_none_or(|until| known_at < until);
        if known == theirs.record || (version > known.envelope.version && kept) {
            return Ok(None);
        }
        if !mine.pending && !self.may(Action::Change, &theirs.record.envelope)? {
            // Nothing was typed here, and the city would not take it from this person.
            self.put_row(&theirs.record, theirs.changed_at, theirs.changed_by)?;
            return Ok(Some(Applied::Replaced));
        }
        if version < known.envelope.version && theirs.changed_at <= known_at {
            // The city fell back behind what it had confirmed: what this device has goes on top of it.
            self.cut_redacted(&theirs.record)?;
            self.put_base(theirs)?;
            self.set_version_of(&theirs.record.envelope, None)?;
            if !mine.pending {
                self.offer(mine)?;
            }
            return Ok(Some(Applied::Offered));
        }
        // The same version in both lives with another content, a lower one that was written after the restore, or a higher
        // one that was made without what this device has: two edits without a common base.
        self.drop_base(id)?;
        if !mine.pending {
            self.offer(mine)?;
        }
        Ok(Some(Applied::Pending))
    }

    /// In a repair the city's state goes over a confirmed one that says something else under the same version. Under an
    /// edit that waits the base only begins to count as older, so that the edit meets the city's state.
    pub(crate) fn put_right(&mut self, mine: &Stored, theirs: &Confirmed) -> Result<Option<Applied>, Error> {
        let id = theirs.record.envelope.id;
        if mine.pending {
            if let Some(mut base) = self.base(id)?
                && base.record != theirs.record
            {
                let version = base.record.envelope.version;
                base.record.envelope.version = version.min(theirs.record.envelope.version.saturating_sub(1));
                self.put_base(&base)?;
            }
            return Ok(None);
        }
        if mine.record == theirs.record {
            return Ok(None);
        }
        self.cut_redacted(&theirs.record)?;
        self.put_row(&theirs.record, theirs.changed_at, theirs.changed_by)?;
        Ok(Some(Applied::Replaced))
    }

    /// Turns a confirmed record into a change of its own.
    pub(crate) fn offer(&self, mine: &Stored) -> Result<(), Error> {
        let envelope = &mine.record.envelope;
        let mutation_id = self.change_id("offer", &[envelope.id.0.as_bytes(), &envelope.version.to_be_bytes()])?;
        let stamp = Stamp {
            mutation_id,
            by: mine.changed_by,
            at: mine.changed_at,
        };
        self.mark(mine.record.envelope.id, stamp, stamp.at)
    }

    fn may(&self, action: Action, envelope: &Envelope) -> Result<bool, Error> {
        let person = self.identity()?.map(|identity| identity.person());
        Ok(person.is_none_or(|person| domain::may(&person, action, envelope)))
    }

    pub(crate) fn set_version(&mut self, id: RecordId, version: u64) -> Result<(), Error> {
        if let Some(mut stored) = self.record(id)? {
            stored.record.envelope.version = version;
            stored.record.envelope.floor_version = 0;
            stored.record.envelope.redacted.clear();
            self.set_version_of(&stored.record.envelope, None)?;
        }
        Ok(())
    }

    fn ids(&self, sql: &str) -> Result<Vec<RecordId>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        row::all(&mut statement, [], |row| row::record_id(row, 0))
    }
}
