//! What stands on which local days, without reading a single record.

use crate::{Error, Reading, list::Query, place, row};
use chrono::NaiveDate;
use domain::{DistrictId, Kind, State};
use rusqlite::types::Value;

impl Reading<'_> {
    /// How many live records of a kind stand on these local days.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, kind: &Kind, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<u64, Error> {
        let mut query = Query::of(kind, State::Live);
        query.between(from, to);
        let sql = query.sql("count(*)", "", "ASC", None);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row(query.params().as_slice(), |row| row.get(0))?;
        Ok(count.unsigned_abs())
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
