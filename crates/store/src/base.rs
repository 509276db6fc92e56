//! The small steps on base, outbox and in-flight rows that the others are made of.

use crate::{Confirmed, Error, Writing, row};
use domain::{At, Envelope, Kind, RecordId, State};

impl Writing<'_> {
    /// Keeps the confirmed state of a record that is about to be edited.
    pub(crate) fn keep_base(&self, id: RecordId) -> Result<(), Error> {
        self.connection
            .prepare_cached(include_str!("sql/keep_base.sql"))?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn put_base(&self, confirmed: &Confirmed) -> Result<(), Error> {
        let record = &confirmed.record;
        self.connection
            .prepare_cached(include_str!("sql/put_base.sql"))?
            .execute((
                record.envelope.id.0.as_bytes(),
                row::signed(record.envelope.version),
                record.envelope.to_json(),
                row::body(record),
                row::sealed(record),
                confirmed.changed_at.millis(),
                confirmed.changed_by.0.as_bytes(),
            ))?;
        Ok(())
    }

    pub(crate) fn drop_base(&self, id: RecordId) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM base WHERE id = ?1")?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn drop_outbox(&self, id: RecordId) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn drop_in_flight(&self, id: RecordId) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM in_flight WHERE id = ?1")?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn has_outbox(&self, id: RecordId) -> Result<bool, Error> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE id = ?1)")?
            .query_row([id.0.as_bytes()], |row| row.get(0))?)
    }

    /// Since when this record has something that the city lacks.
    pub(crate) fn waiting_at(&self, id: RecordId) -> Result<Option<At>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/waiting_at.sql"))?;
        row::one(&mut statement, [id.0.as_bytes()], |row| row::at(row, 0))
    }

    /// Gives the record on the device the city's version, floor and redactions of `confirmed`; its content stays.
    pub(crate) fn set_version_of(&mut self, confirmed: &Envelope, changed_at: Option<At>) -> Result<(), Error> {
        let id = confirmed.id;
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope FROM record WHERE id = ?1")?;
        let found = row::one(&mut statement, [id.0.as_bytes()], |row| row::envelope(row, 0))?;
        let Some(mut envelope) = found else {
            return Err(Error::NoRecord(id));
        };
        envelope.version = confirmed.version;
        envelope.floor_version = confirmed.floor_version;
        envelope.redacted.clone_from(&confirmed.redacted);
        self.connection
            .prepare_cached(
                "UPDATE record SET envelope = ?2, version = ?3, changed_at = coalesce(?4, changed_at) WHERE id = ?1",
            )?
            .execute((
                id.0.as_bytes(),
                envelope.to_json(),
                row::signed(envelope.version),
                changed_at.map(At::millis),
            ))?;
        self.touch(&envelope.kind, id);
        self.look_at_record(id);
        Ok(())
    }

    /// Something that the person should be told once.
    pub(crate) fn tell(&self, what: &str, id: RecordId, kind: &Kind, at: At) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO notice (what, record, kind, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute((what, id.0.as_bytes(), kind.as_str(), at.millis()))?;
        Ok(())
    }

    /// Whether the person may still see what the city last confirmed of this record.
    pub(crate) fn may_read_base(&self, id: RecordId) -> Result<bool, Error> {
        let (Some(identity), Some(base)) = (self.identity()?, self.base(id)?) else {
            return Ok(true);
        };
        let envelope = &base.record.envelope;
        Ok(envelope.state == State::Erased || domain::may(&identity.person(), domain::Action::Read, envelope))
    }
}
