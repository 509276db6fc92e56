//! Where what follows from a record is kept: its words in the index, its rows in the side tables.

use crate::{
    Error, days, links, text,
    vocabulary::{self, Known, Tokens},
};
use domain::{Members, Record, State};
use rusqlite::Connection;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Changes of the index, by position, made at the end of the transaction. FTS5 writes out a segment whenever a row id
/// is smaller than the one before: in rising order a page of a thousand records is one segment, and as they come a thousand.
#[derive(Default)]
pub(crate) struct Waiting(BTreeMap<i64, Words>);

struct Words {
    before: String,
    after: Arc<Tokens>,
}

impl Waiting {
    /// The entry at this position was made of `before` and shall be made of `after`; either may be empty.
    pub(crate) fn put(&mut self, position: i64, before: impl FnOnce() -> String, after: Arc<Tokens>) {
        // Changed twice within a transaction: what the file holds is still the first one's `before`.
        self.0
            .entry(position)
            .or_insert_with(|| Words {
                before: before(),
                after: Arc::default(),
            })
            .after = after;
    }

    /// Makes the changes. What stays in an entry is not touched: the cost is that of what was typed.
    pub(crate) fn flush(self, connection: &Connection, known: &mut Known) -> Result<(), Error> {
        let mut add = connection.prepare_cached("INSERT INTO found(rowid, tokens) VALUES (?1, ?2)")?;
        let mut cut = connection.prepare_cached("INSERT INTO found(found, rowid, tokens) VALUES ('delete', ?1, ?2)")?;
        let mut left = BTreeSet::new();
        for (position, Words { before, after }) in self.0 {
            let (gone, new) = if before.is_empty() {
                (String::new(), after)
            } else {
                let (gone, new) = text::difference(&before, &after.text);
                (gone, Arc::new(Tokens::of(new)))
            };
            if !gone.is_empty() {
                cut.execute((position, &gone))?;
                left.insert(gone);
            }
            if !new.text.is_empty() {
                add.execute((position, &new.text))?;
                vocabulary::add(connection, known, &new)?;
            }
        }
        vocabulary::remove(connection, known, &left)
    }
}

/// The rows of a live record in the side tables.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Sides {
    kind: String,
    districts: Vec<[u8; 16]>,
    topics: Vec<String>,
    people: BTreeMap<(String, String), i64>,
    named: BTreeSet<[u8; 16]>,
}

#[derive(Deserialize)]
struct People {
    #[serde(default)]
    age_band: String,
    #[serde(default)]
    gender: String,
    #[serde(default)]
    count: u32,
}

impl Sides {
    pub(crate) fn of(record: &Record, members: Option<&Members>) -> Self {
        if record.envelope.state != State::Live {
            return Self::default();
        }
        let mut topics: Vec<String> = members.and_then(|members| members.read("topics")).unwrap_or_default();
        topics.sort_unstable();
        topics.dedup();
        let named = links::named(&record.envelope.kind, members);
        let mut people = BTreeMap::new();
        for cell in members
            .and_then(|members| members.read::<Vec<People>>("people"))
            .unwrap_or_default()
        {
            *people.entry((cell.age_band, cell.gender)).or_default() += i64::from(cell.count);
        }
        Self {
            kind: record.envelope.kind.as_str().to_owned(),
            districts: record
                .envelope
                .districts
                .iter()
                .map(|district| *district.0.as_bytes())
                .collect(),
            topics,
            people,
            named,
        }
    }

    /// Records that are not live have no rows, and no kind here.
    fn is_live(&self) -> bool {
        !self.kind.is_empty()
    }

    pub(crate) fn add(&self, connection: &Connection, position: i64) -> Result<(), Error> {
        for district in &self.districts {
            connection
                .prepare_cached("INSERT INTO record_district (kind, district, position) VALUES (?1, ?2, ?3)")?
                .execute((&self.kind, district.as_slice(), position))?;
        }
        for topic in &self.topics {
            connection
                .prepare_cached("INSERT INTO record_topic (kind, topic, position) VALUES (?1, ?2, ?3)")?
                .execute((&self.kind, topic, position))?;
        }
        for ((age_band, gender), count) in &self.people {
            connection
                .prepare_cached("INSERT INTO record_count (position, age_band, gender, count) VALUES (?1, ?2, ?3, ?4)")?
                .execute((position, age_band, gender, count))?;
        }
        links::add(connection, &self.named, position)?;
        if self.is_live() {
            days::add(connection, &self.kind, position)?;
        }
        Ok(())
    }

    pub(crate) fn remove(&self, connection: &Connection, position: i64) -> Result<(), Error> {
        for district in &self.districts {
            connection
                .prepare_cached("DELETE FROM record_district WHERE kind = ?1 AND district = ?2 AND position = ?3")?
                .execute((&self.kind, district.as_slice(), position))?;
        }
        for topic in &self.topics {
            connection
                .prepare_cached("DELETE FROM record_topic WHERE kind = ?1 AND topic = ?2 AND position = ?3")?
                .execute((&self.kind, topic, position))?;
        }
        links::remove(connection, &self.named, position)?;
        if self.is_live() {
            days::remove(connection, &self.kind, position)?;
        }
        if !self.people.is_empty() {
            connection
                .prepare_cached("DELETE FROM record_count WHERE position = ?1")?
                .execute([position])?;
        }
        Ok(())
    }
}
