//! How long a list is and where its days stand, without reading its records: a window draws any part of it at once.

use crate::{DayCount, Error, Filter, Reading, Stored, list::Query, place, row};
use chrono::NaiveDate;
use rusqlite::types::Value;

impl Reading<'_> {
    /// The days of a list with the number of their records, the newest first. Without a filter they are kept; else each
    /// record that passes it is counted.
    ///
    /// # Errors
    /// What the database says.
    pub fn outline(&self, filter: &Filter) -> Result<Vec<DayCount>, Error> {
        if filter.asks_days_only() {
            return self.days(&filter.kind, filter.from, filter.to);
        }
        let mut query = Query::filtered(filter);
        let sql = query.sql_of_positions();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(query.params().as_slice())?;
        let mut days: Vec<DayCount> = Vec::new();
        let mut first_of_day = i64::MAX;
        while let Some(row) = rows.next()? {
            let position: i64 = row.get(0)?;
            match days.last_mut() {
                Some(last) if position >= first_of_day => last.count += 1,
                _ => {
                    first_of_day = position & !place::last_of_day(0);
                    let day = place::day_of(position);
                    days.push(DayCount { day, count: 1 });
                }
            }
        }
        Ok(days)
    }

    /// A piece of a list: from a local day on towards the older ones, without the first `skip` of them.
    ///
    /// # Errors
    /// What the database says.
    pub fn list_from(&self, filter: &Filter, day: NaiveDate, skip: usize, limit: usize) -> Result<Vec<Stored>, Error> {
        let mut query = Query::filtered(filter);
        query.up_to(Some(day));
        let number = |number: usize| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
        let sql = query.sql(row::STORED_COLUMNS, row::STORED_JOINS, "DESC", Some(number(limit)));
        let sql = query.skipping(&sql, number(skip));
        let mut statement = self.connection.prepare_cached(&sql)?;
        row::all(&mut statement, query.params().as_slice(), row::stored)
    }
}
