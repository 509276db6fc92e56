//! Records that go: forgotten, out of scope, or set aside as not transferable.

use crate::{Confirmed, Draft, Error, Reading, Stamp, Stored, Writing, row};
use domain::{At, MutationId, Record, RecordId, State};

/// What a person typed on a record that left their scope: to be handed over, kept for 30 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untransferable {
    /// The record as it was typed.
    pub record: Record,
    /// The change that the city refused; of a draft, which was no change yet, an id of its own.
    pub stamp: Stamp,
    /// Why.
    pub code: String,
    /// When it was set aside; its 30 days count from then.
    pub aside_at: At,
}

impl Reading<'_> {
    /// "Nicht übertragbar", in the order typed.
    ///
    /// # Errors
    /// What the database says.
    pub fn untransferable(&self) -> Result<Vec<Untransferable>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT envelope, body, sealed, mutation_id, by, at, code, aside_at FROM untransferable ORDER BY at, mutation_id",
        )?;
        row::all(&mut statement, [], |row| {
            Ok(Untransferable {
                record: row::record(row)?,
                stamp: row::stamp(row, 3)?,
                code: row.get(6)?,
                aside_at: row::at(row, 7)?,
            })
        })
    }
}

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

    /// Drops an entry of "Nicht übertragbar": it was handed over.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_untransferable(&mut self, id: MutationId) -> Result<(), Error> {
        self.drop_aside(
            "DELETE FROM untransferable WHERE mutation_id = ?1 RETURNING id",
            id.0.as_bytes(),
        )
    }

    /// Drops the entries of "Nicht übertragbar" that were set aside at `last` or before: their time is over.
    ///
    /// # Errors
    /// What the database says.
    pub fn expire_untransferable(&mut self, last: At) -> Result<(), Error> {
        self.drop_aside(
            "DELETE FROM untransferable WHERE aside_at <= ?1 RETURNING id",
            &last.millis(),
        )
    }

    fn drop_aside<P: rusqlite::ToSql + ?Sized>(&mut self, sql: &str, which: &P) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let gone = row::all(&mut statement, [which], |row| row::record_id(row, 0))?;
        for id in gone {
            self.look_at_record(id);
            self.forgot();
        }
        Ok(())
    }

    /// Moves what a person typed and was typing to "Nicht übertragbar" and lets the record go.
    pub(crate) fn set_aside(&mut self, id: RecordId, stamp: Stamp, code: &str, aside_at: At) -> Result<(), Error> {
        let Some(mine) = self.record(id)? else {
            return Err(Error::NoRecord(id));
        };
        self.put_aside(&mine.record, stamp, code, aside_at)?;
        self.let_go(id, code, aside_at)
    }

    fn put_aside(&self, typed: &Record, stamp: Stamp, code: &str, aside_at: At) -> Result<(), Error> {
        self.connection
            .prepare_cached(include_str!("sql/set_aside.sql"))?
            .execute((
                stamp.mutation_id.0.as_bytes(),
                typed.envelope.id.0.as_bytes(),
                code,
                typed.envelope.to_json(),
                row::body(typed),
                row::sealed(typed),
                stamp.by.0.as_bytes(),
                stamp.at.millis(),
                aside_at.millis(),
            ))?;
        Ok(())
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
