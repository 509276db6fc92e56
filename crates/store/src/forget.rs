//! Records that go: forgotten, or out of scope.

use crate::{Confirmed, Draft, Error, Stamp, Stored, Writing};
use domain::{At, Record, RecordId, State};

impl Writing<'_> {
    /// Forgets a record: no trace of its words stays in the file. With the city's tombstone it stays known as erased,
    /// so that nothing brings it back.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget(&mut self, id: RecordId, tombstone: Option<&Confirmed>) -> Result<(), Error> {
        let before = self.record(id)?;
        let is_erased = tombstone.is_none_or(|tombstone| tombstone.record.envelope.state == State::Erased);
        if let (Some(mine), Some(tombstone)) = (&before, tombstone)
            && is_erased
            && (mine.pending || !self.typed_drafts(mine)?.is_empty())
        {
            self.tell("erased", id, &mine.record.envelope.kind, tombstone.changed_at)?;
        }
        self.drop_all(id)?;
        self.connection
            .prepare_cached("DELETE FROM untransferable WHERE id = ?1")?
            .execute([id.0.as_bytes()])?;
        self.look_at_record(id);
        if let Some(tombstone) = tombstone {
            let bare = Record {
                envelope: tombstone.record.envelope.clone(),
                body: None,
                sealed: None,
            };
            self.put_row(&bare, tombstone.changed_at, tombstone.changed_by)?;
        }
        self.forgot();
        Ok(())
    }

    /// The city answered an edit of this record with its having been erased: the record goes, and the person is told.
    ///
    /// # Errors
    /// What the database says.
    pub fn gone(&mut self, id: RecordId, at: At) -> Result<(), Error> {
        match self.record(id)? {
            // The city's tombstone was here before this answer, and stays.
            Some(mine) if mine.record.envelope.state == State::Erased => return Ok(()),
            Some(mine) => self.tell("erased", id, &mine.record.envelope.kind, at)?,
            None => {}
        }
        self.forget(id, None)
    }

    /// The record left the person's scope. Without a local edit it goes, and what was being typed on it is set aside at
    /// `at`; with one it stays until the city has answered.
    ///
    /// # Errors
    /// What the database says.
    pub fn leave(&mut self, id: RecordId, at: At) -> Result<(), Error> {
        if !self.is_pending(id)? {
            self.let_go(id, "left_scope", at)?;
            self.forgot();
        }
        Ok(())
    }

    /// Takes a record away that this device may no longer hold; what was being typed on it goes to "Nicht übertragbar".
    pub(crate) fn let_go(&mut self, id: RecordId, code: &str, aside_at: At) -> Result<(), Error> {
        // Of a record that is not here nothing goes: a draft that names it stays in its editor.
        let Some(mine) = self.record(id)? else {
            return Ok(());
        };
        let drafts = self.typed_drafts(&mine)?;
        if !drafts.is_empty() {
            let by = self.identity()?.map_or(mine.changed_by, |identity| identity.person);
            for draft in drafts {
                let stamp = Stamp {
                    mutation_id: self.change_id(
                        "draft",
                        &[
                            id.0.as_bytes(),
                            draft.key.as_bytes(),
                            draft.body.as_str().as_bytes(),
                            &draft.at.millis().to_be_bytes(),
                        ],
                    )?,
                    by,
                    at: draft.at,
                };
                let typed = Record {
                    envelope: mine.record.envelope.clone(),
                    body: Some(draft.body),
                    sealed: None,
                };
                self.put_aside(&typed, stamp, code, aside_at)?;
            }
        }
        self.drop_all(id)
    }

    /// The drafts on this record that say something else than the record does.
    fn typed_drafts(&self, mine: &Stored) -> Result<Vec<Draft>, Error> {
        let mut drafts = self.drafts_of(mine.record.envelope.id)?;
        drafts.retain(|draft| mine.record.body.as_ref() != Some(&draft.body));
        Ok(drafts)
    }

    /// Moves what a person typed and was typing to "Nicht übertragbar" and lets the record go.
    pub(crate) fn set_aside(&mut self, id: RecordId, stamp: Stamp, code: &str, aside_at: At) -> Result<(), Error> {
        let Some(mine) = self.record(id)? else {
            return Err(Error::NoRecord(id));
        };
        self.put_aside(&mine.record, stamp, code, aside_at)?;
        self.let_go(id, code, aside_at)
    }

    /// Takes a record out of every table but "Nicht übertragbar".
    pub(crate) fn drop_all(&mut self, id: RecordId) -> Result<(), Error> {
        self.drop_in_flight(id)?;
        self.drop_outbox(id)?;
        self.drop_base(id)?;
        self.look_at_drafts();
        self.connection
            .prepare_cached("DELETE FROM draft WHERE record = ?1")?
            .execute([id.0.as_bytes()])?;
        self.drop_row(id)
    }
}
