//! "Nicht übertragbar": what was typed and can reach the city no more, kept to be handed over.

use crate::{Error, Reading, Stamp, Writing, row};
use domain::{At, MutationId, Record};

/// What a person typed on a record that left their scope: to be handed over, kept for 30 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untransferable {
    /// The record as it was typed.
    pub record: Record,
    /// The change that the city refused; of a draft, which was no change yet, an id of its own.
    pub stamp: Stamp,
    /// Why.
    pub code: String,
    /// From when its 30 days count, by the city's clock; by the device's until the city has said what time it is.
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

    /// The city says that it is `now`. What was set aside since it was heard last begins to count its days by the city's
    /// clock, and what was set aside at `last` or before goes: its time is over.
    ///
    /// # Errors
    /// What the database says.
    pub fn count_aside(&mut self, now: At, last: At) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE untransferable SET aside_at = ?1, counted = 1 WHERE counted = 0")?
            .execute([now.millis()])?;
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

    pub(crate) fn put_aside(&self, typed: &Record, stamp: Stamp, code: &str, aside_at: At) -> Result<(), Error> {
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
}
