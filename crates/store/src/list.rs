//! Lists: newest first, page by page, never sorted.

use crate::{
    Error, Key, Reading, Stored, place, row,
    told::{Places, Told},
};
use chrono::NaiveDate;
use domain::{DistrictId, Envelope, Kind, PersonId, State};
use rusqlite::{ToSql, types::Value};
use std::collections::BTreeSet;

/// Which records a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only this kind.
    pub kind: Kind,
    /// Only those that stand in this district.
    pub district: Option<DistrictId>,
    /// Only those with this topic, by its code.
    pub topic: Option<String>,
    /// From this local day on.
    pub from: Option<NaiveDate>,
    /// Up to and with this local day.
    pub to: Option<NaiveDate>,
    /// Live, unless the trash is asked for.
    pub state: State,
    /// Only those whose body has this status.
    pub status: Option<String>,
    /// Only those that this person made.
    pub owner: Option<PersonId>,
    /// Only notes whose follow-up is not done yet.
    pub is_open: bool,
}

impl Filter {
    /// All live records of a kind.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            district: None,
            topic: None,
            from: None,
            to: None,
            state: State::Live,
            status: None,
            owner: None,
            is_open: false,
        }
    }

    /// Whether it asks for live records of some days and for nothing else.
    pub(crate) fn asks_days_only(&self) -> bool {
        let of_days = Self {
            from: self.from,
            to: self.to,
            ..Self::of(self.kind.clone())
        };
        *self == of_days
    }
}

/// A piece of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where the piece before ended; `None` for the first.
    pub after: Option<Key>,
    /// At most so many.
    pub limit: usize,
}

impl Page {
    /// The newest so many.
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit }
    }
}

impl Reading<'_> {
    /// A page of a list, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn list(&self, filter: &Filter, page: Page) -> Result<Vec<Stored>, Error> {
        let mut query = Query::filtered(filter);
        if let Some(Key(after)) = page.after {
            query.and("@position < ?", Value::from(after));
        }
        let limit = Value::from(i64::try_from(page.limit).unwrap_or(i64::MAX));
        let sql = query.sql(row::STORED_COLUMNS, row::STORED_JOINS, "DESC", Some(limit));
        let mut statement = self.connection.prepare_cached(&sql)?;
        row::all(&mut statement, query.params().as_slice(), row::stored)
    }

    /// Live records with a field that stands in two versions, of every kind, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn in_two_versions(&self, limit: usize) -> Result<Vec<Stored>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM record r {} WHERE r.variants > 0 AND r.state = 'live' ORDER BY r.position DESC LIMIT ?1",
            row::STORED_COLUMNS,
            row::STORED_JOINS
        ))?;
        row::all(&mut statement, [limit], row::stored)
    }

    /// Records of every kind that lie in the trash, the last ones put there first.
    ///
    /// # Errors
    /// What the database says.
    pub fn trash(&self, limit: usize) -> Result<Vec<Stored>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {} FROM record r {} WHERE r.state = 'trashed' ORDER BY r.changed_at DESC, r.position DESC LIMIT ?1",
            row::STORED_COLUMNS,
            row::STORED_JOINS
        ))?;
        row::all(&mut statement, [limit], row::stored)
    }

    /// Streams the live records of these local days and districts, oldest first; no district means all. For reports:
    /// nothing is kept in memory, and of an envelope only the districts are read.
    ///
    /// # Errors
    /// What the database or `f` says.
    pub fn each(
        &self,
        kind: &Kind,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        districts: &BTreeSet<DistrictId>,
        mut f: impl FnMut(&Told<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut query = Query::of(kind, State::Live);
        query.between(from, to);
        let sql = query.sql("r.id, r.envelope, r.body, r.changed_at", "", "ASC", None);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(query.params().as_slice())?;
        let mut known = Places::default();
        while let Some(row) = rows.next()? {
            let Ok(body) = row.get_ref(2)?.as_str() else { continue };
            let stands_in = known.of(row.get_ref(1)?)?;
            if districts.is_empty() || !stands_in.is_disjoint(districts) {
                f(&Told {
                    id: row::record_id(row, 0)?,
                    districts: stands_in,
                    changed_at: row::at(row, 3)?,
                    body,
                })?;
            }
        }
        Ok(())
    }

    /// Streams every envelope, with whether an edit waits on it; for rights that changed.
    ///
    /// # Errors
    /// What the database or `f` says.
    pub fn envelopes(&self, mut f: impl FnMut(&Envelope, bool) -> Result<(), Error>) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/envelopes.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            f(&row::record(row)?.envelope, row.get(3)?)?;
        }
        Ok(())
    }
}

/// A statement that is put together from what was asked for; values are bound, never written into it.
pub(crate) struct Query {
    kind: Value,
    tables: Vec<String>,
    conditions: Vec<String>,
    values: Vec<Value>,
    lead: &'static str,
    /// The index of the records that is walked, where the database might think of another.
    index: &'static str,
    /// Something is asked that only the record itself says.
    asks_record: bool,
}

impl Query {
    pub(crate) fn of(kind: &Kind, state: State) -> Self {
        let kind = Value::from(kind.as_str().to_owned());
        let mut query = Self {
            kind: kind.clone(),
            tables: Vec::new(),
            conditions: Vec::new(),
            values: Vec::new(),
            lead: "r",
            index: "",
            asks_record: state != State::Live,
        };
        query.and("r.kind = ?", kind);
        query.and("r.state = ?", Value::from(row::state(state).to_owned()));
        query
    }

    pub(crate) fn filtered(filter: &Filter) -> Self {
        let mut query = Self::of(&filter.kind, filter.state);
        query.between(filter.from, filter.to);
        if let Some(district) = filter.district {
            query.and_district(&[district], filter.state);
        }
        if let Some(topic) = &filter.topic {
            query.and_topic(topic, filter.state);
        }
        if let Some(status) = &filter.status {
            query.and_record("r.status = ?", Value::from(status.clone()));
        }
        if let Some(owner) = filter.owner {
            query.and_record("r.owner = ?", Value::from(owner.to_string()));
            query.index = "INDEXED BY record_by_owner";
        }
        if filter.is_open {
            query.conditions.push("r.follow_up IS NOT NULL".to_owned());
            query.asks_record = true;
            query.index = "INDEXED BY record_by_follow_up";
        }
        query
    }

    fn and_record(&mut self, condition: &str, value: Value) {
        self.and(condition, value);
        self.asks_record = true;
    }

    fn and(&mut self, condition: &str, value: Value) {
        self.values.push(value);
        self.conditions
            .push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    /// A span of days is a span of positions.
    pub(crate) fn between(&mut self, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        if from.is_some() || to.is_some() {
            let from = from.map_or(place::FIRST_DATED, place::first_of);
            self.and("@position >= ?", Value::from(from));
        }
        self.up_to(to);
    }

    /// Up to and with this local day.
    pub(crate) fn up_to(&mut self, to: Option<NaiveDate>) {
        if let Some(next) = to.and_then(|to| to.succ_opt()) {
            self.and("@position < ?", Value::from(place::first_of(next)));
        }
    }

    fn and_district(&mut self, districts: &[DistrictId], state: State) {
        for district in districts {
            let bytes = Value::from(district.0.as_bytes().to_vec());
            if state == State::Live {
                self.join("record_district", "d", "district", bytes);
            } else {
                let text = Value::from(district.to_string());
                self.and(
                    "EXISTS (SELECT 1 FROM json_each(r.envelope, '$.districts') e WHERE e.value = ?)",
                    text,
                );
            }
        }
    }

    fn and_topic(&mut self, topic: &str, state: State) {
        let text = Value::from(topic.to_owned());
        if state == State::Live {
            self.join("record_topic", "t", "topic", text);
        } else {
            self.and(
                "EXISTS (SELECT 1 FROM json_each(r.body, '$.topics') e WHERE e.value = ?)",
                text,
            );
        }
    }

    /// Side tables hold live records only, in the order of positions: the first leads, the others are looked up.
    fn join(&mut self, table: &str, name: &'static str, column: &str, value: Value) {
        self.tables.push(format!("{table} {name}"));
        self.and(&format!("{name}.{column} = ?"), value);
        self.and(&format!("{name}.kind = ?"), self.kind.clone());
        if self.lead == "r" {
            self.lead = name;
        } else {
            self.conditions
                .push(format!("{name}.position = {}.position", self.lead));
        }
    }

    /// The tables stand in the order in which they shall be walked (CROSS JOIN keeps it), so that a page is read off
    /// the end of an index, however many records there are.
    pub(crate) fn sql(&mut self, columns: &str, more: &str, order: &str, limit: Option<Value>) -> String {
        let (lead, mut tables) = (self.lead, self.tables.clone());
        if lead == "r" {
            tables.push(format!("record r {}", self.index));
        } else {
            tables.push("record r".to_owned());
            self.conditions.push(format!("r.position = {lead}.position"));
        }
        let conditions = self.conditions.join(" AND ").replace('@', &format!("{lead}."));
        let tables = tables.join(" CROSS JOIN ");
        let mut sql =
            format!("SELECT {columns} FROM {tables} {more} WHERE {conditions} ORDER BY {lead}.position {order}");
        if let Some(limit) = limit {
            self.values.push(limit);
            sql.push_str(&format!(" LIMIT ?{}", self.values.len()));
        }
        sql
    }

    /// The positions alone, newest first: read off the indexes wherever they say all that is asked.
    pub(crate) fn sql_of_positions(&mut self) -> String {
        if self.lead == "r" || self.asks_record {
            return self.sql(&format!("{}.position", self.lead), "", "DESC", None);
        }
        // Side tables hold live records only. The record's kind and state stand first, and are theirs.
        let lead = self.lead;
        let conditions = self.conditions[2..].join(" AND ").replace('@', &format!("{lead}."));
        let tables = self.tables.join(" CROSS JOIN ");
        format!("SELECT {lead}.position FROM {tables} WHERE {conditions} ORDER BY {lead}.position DESC")
    }

    /// The statement without its first rows.
    pub(crate) fn skipping(&mut self, sql: &str, skip: Value) -> String {
        self.values.push(skip);
        format!("{sql} OFFSET ?{}", self.values.len())
    }

    pub(crate) fn params(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql).collect()
    }
}
