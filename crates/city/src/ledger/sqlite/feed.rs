//! The feed: several keys' streams as one, in the order of seq.

use super::columns::{count, place};
use crate::{
    Error,
    ledger::{Key, Standing, Step, Trace, keys_of_record},
};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::VecDeque;

const NEXT: &str = include_str!("next_steps.sql");
const LEFT: &str = include_str!("left.sql");
const HERE: &str = include_str!("here.sql");

/// Merges the keys' streams. Each is read in small pieces, so that the cost follows what is taken.
pub(super) fn steps(db: &Connection, keys: &[Key], after: u64, through: u64, limit: usize) -> Result<Vec<Step>, Error> {
    let mut streams = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let mut find = db.prepare_cached("SELECT k FROM scope_key WHERE name = ?1")?;
        if let Some(k) = find.query_row([key.to_string()], |row| row.get(0)).optional()? {
            streams.push(Stream {
                k,
                at,
                ahead: VecDeque::new(),
                after,
                done: false,
            });
        }
    }
    let piece = (limit / streams.len().max(1)).clamp(16, 1_024);
    let mut merged: Vec<Step> = Vec::new();
    loop {
        for stream in &mut streams {
            stream.fill(db, through, piece)?;
        }
        let next = streams
            .iter_mut()
            .filter(|s| !s.ahead.is_empty())
            .min_by_key(|s| s.ahead[0].seq);
        let Some(stream) = next else { break };
        // One change may stand under several keys; its steps are never torn apart by the end of a page.
        if merged.len() >= limit && merged.last().is_some_and(|last| last.seq != stream.ahead[0].seq) {
            break;
        }
        merged.extend(stream.ahead.pop_front());
    }
    Ok(merged)
}

struct Stream {
    k: i64,
    at: usize,
    ahead: VecDeque<Step>,
    after: u64,
    done: bool,
}

impl Stream {
    fn fill(&mut self, db: &Connection, through: u64, piece: usize) -> Result<(), Error> {
        if self.done || !self.ahead.is_empty() {
            return Ok(());
        }
        let mut find = db.prepare_cached(NEXT)?;
        let limit = i64::try_from(piece).unwrap_or(i64::MAX);
        let mut rows = find.query(params![self.k, place(self.after), place(through), limit])?;
        while let Some(row) = rows.next()? {
            self.ahead.push_back(Step {
                seq: count(row.get(0)?),
                n: row.get(1)?,
                since: count(row.get(2)?),
                left: row.get(3)?,
                key: self.at,
            });
        }
        self.done = self.ahead.len() < piece;
        if let Some(last) = self.ahead.back() {
            self.after = last.seq;
        }
        Ok(())
    }
}

/// The keys under which a record stands or stood.
pub(super) fn traces(db: &Connection, standing: &Standing) -> Result<Vec<Trace>, Error> {
    let mut traces = Vec::new();
    let mut here = db.prepare_cached(HERE)?;
    for key in keys_of_record(&standing.envelope.kind, &standing.envelope.placement()) {
        let since = here.query_row(params![key.to_string(), place(standing.seq), standing.n], |row| {
            row.get(0)
        });
        if let Some(since) = since.optional()? {
            traces.push(Trace {
                key,
                since: count(since),
                left: None,
            });
        }
    }
    let mut find = db.prepare_cached(LEFT)?;
    let mut rows = find.query([standing.n])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let key = Key::parse(&name).ok_or(Error::Row("scope_key.name"))?;
        traces.push(Trace {
            key,
            since: count(row.get(2)?),
            left: Some((count(row.get(1)?), row.get(3)?)),
        });
    }
    Ok(traces)
}
