//! What stands on which local days, without reading a single record.

use crate::{Error, Reading, list::Query, place, row};
use chrono::NaiveDate;
use domain::{DistrictId, Kind, State};
use rusqlite::{Connection, types::Value};

/// So many records of a list stand on this local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: NaiveDate,
    /// How many.
    pub count: u32,
}

/// One more live record stands at this position.
pub(crate) fn add(connection: &Connection, kind: &str, position: i64) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO record_day (kind, day, count) VALUES (?1, ?2, 1)
             ON CONFLICT (kind, day) DO UPDATE SET count = count + 1",
        )?
        .execute((kind, place::day_number(position)))?;
    Ok(())
}

/// The live record at this position stands there no longer.
pub(crate) fn remove(connection: &Connection, kind: &str, position: i64) -> Result<(), Error> {
    let day = place::day_number(position);
    let was_last = connection
        .prepare_cached("DELETE FROM record_day WHERE kind = ?1 AND day = ?2 AND count = 1")?
        .execute((kind, day))?;
    if was_last == 0 {
        connection
            .prepare_cached("UPDATE record_day SET count = count - 1 WHERE kind = ?1 AND day = ?2")?
            .execute((kind, day))?;
    }
    Ok(())
}

impl Reading<'_> {
    /// On which local days live records of a kind stand, and how many, the newest first. Those without a date stand on
    /// the first day there is, and only where no day is asked for.
    ///
    /// # Errors
    /// What the database says.
    pub fn days(&self, kind: &Kind, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Vec<DayCount>, Error> {
        let number = |day| place::day_number(place::first_of(day));
        let dated = if to.is_some() { number(NaiveDate::MIN) } else { 0 };
        let first = from.map_or(dated, number);
        let end = to.and_then(|to| to.succ_opt()).map_or(i64::MAX, number);
        let mut statement = self.connection.prepare_cached(
            "SELECT day, count FROM record_day WHERE kind = ?1 AND day >= ?2 AND day < ?3 ORDER BY day DESC",
        )?;
        row::all(&mut statement, (kind.as_str(), first, end), |row| {
            Ok(DayCount {
                day: place::day_of_number(row.get(0)?),
                count: row.get(1)?,
            })
        })
    }

    /// How many live records of a kind stand on these local days.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, kind: &Kind, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<u64, Error> {
        let days = self.days(kind, from, to)?;
        Ok(days.iter().map(|day| u64::from(day.count)).sum())
    }

    /// The local days of the first and of the last live record of a kind, none after `until`.
    ///
    /// # Errors
    /// What the database says.
    pub fn first_and_last_day(&self, kind: &Kind, until: NaiveDate) -> Result<Option<(NaiveDate, NaiveDate)>, Error> {
        let end = |order: &str| -> Result<Option<i64>, Error> {
            let mut query = Query::of(kind, State::Live);
            query.between(Some(NaiveDate::MIN), Some(until));
            let sql = query.sql("r.position", "", order, Some(Value::from(1)));
            let mut statement = self.connection.prepare_cached(&sql)?;
            row::one(&mut statement, query.params().as_slice(), |row| Ok(row.get(0)?))
        };
        let (first, last) = (end("ASC")?, end("DESC")?);
        Ok(first
            .zip(last)
            .map(|(first, last)| (place::day_of(first), place::day_of(last))))
    }

    /// Whether a live record of a kind stands in a district.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_anything_in(&self, kind: &Kind, district: DistrictId) -> Result<bool, Error> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM record_district WHERE kind = ?1 AND district = ?2)")?
            .query_row((kind.as_str(), district.0.as_bytes()), |row| row.get(0))?)
    }
}
