//! Writing records: the row, its places in the feed, the digests of its slices.

use super::{
    columns::{Id, Millis, place},
    records,
};
use crate::{
    Error,
    ledger::{Key, Put, Sum, digest, keys_of_record},
};
use domain::{Body, Kind, Placement, Sealed, State};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

const ADD: &str = include_str!("add_record.sql");
const CHANGE: &str = include_str!("change_record.sql");
const STAY: &str = "UPDATE placement SET seq = ?3 WHERE k = ?1 AND seq = ?2 AND n = ?4";
const LEAVE: &str = "UPDATE placement SET seq = ?3, left_class = ?5 WHERE k = ?1 AND seq = ?2 AND n = ?4";
const ENTER: &str = "INSERT INTO placement (k, seq, n, since) VALUES (?1, ?2, ?3, ?2)";

/// Writes a batch.
pub(super) fn all(db: &Connection, puts: &[Put]) -> Result<(), Error> {
    let mut batch = Batch {
        db,
        keys: HashMap::new(),
        classes: HashMap::new(),
        sums: HashMap::new(),
    };
    for put in puts {
        batch.one(put)?;
    }
    batch.settle()
}

/// What a batch has learned and what it still has to add up.
struct Batch<'c> {
    db: &'c Connection,
    keys: HashMap<Key, i64>,
    /// By kind and the placement's JSON.
    classes: HashMap<(Kind, String), i64>,
    sums: HashMap<i64, Pending>,
}

/// What a class holds after the batch.
struct Pending {
    sum: Sum,
    count: u64,
    seq: u64,
}

impl Batch<'_> {
    fn one(&mut self, put: &Put) -> Result<(), Error> {
        let envelope = &put.head.envelope;
        let json = envelope.to_json();
        let (body, sealed) = (put.head.body.as_ref(), put.head.sealed.as_ref());
        let line = envelope
            .state
            .has_body()
            .then(|| digest::line_of(envelope, &json, body, sealed));
        let now = envelope.placement();
        let class = self.class(&envelope.kind, &now)?;
        let trashed_at = match (envelope.state, &put.before) {
            (State::Trashed, Some(before)) if before.trashed_at.is_some() => before.trashed_at,
            (State::Trashed, _) => Some(put.head.changed_at),
            _ => None,
        };
        let values = params![
            Id(envelope.id.0),
            place(put.seq),
            class,
            line,
            Millis(put.head.changed_at),
            Id(put.head.changed_by.0),
            trashed_at.map(Millis),
            json,
            body.map(Body::as_str),
            sealed.map(Sealed::as_str)
        ];
        let keys_now = keys_of_record(&envelope.kind, &now);
        match &put.before {
            None => {
                let n = self.db.prepare_cached(ADD)?.insert(values)?;
                for key in &keys_now {
                    self.enter(key, put.seq, n)?;
                }
            }
            Some(before) => {
                self.db.prepare_cached(CHANGE)?.execute(values)?;
                let was = before.envelope.placement();
                let class_was = self.class(&before.envelope.kind, &was)?;
                self.move_keys(
                    &keys_of_record(&before.envelope.kind, &was),
                    &keys_now,
                    before.seq,
                    put,
                    class_was,
                )?;
                self.add_up(class_was, before.line, None, put.seq)?;
            }
        }
        self.add_up(class, None, line, put.seq)
    }

    fn move_keys(&mut self, was: &[Key], now: &[Key], from: u64, put: &Put, class_was: i64) -> Result<(), Error> {
        let n = put.before.as_ref().map_or(0, |before| before.n);
        for key in was {
            let k = self.key(key)?;
            if now.contains(key) {
                self.db
                    .prepare_cached(STAY)?
                    .execute(params![k, place(from), place(put.seq), n])?;
            } else {
                self.db
                    .prepare_cached(LEAVE)?
                    .execute(params![k, place(from), place(put.seq), n, class_was])?;
            }
        }
        for key in now.iter().filter(|key| !was.contains(key)) {
            self.enter(key, put.seq, n)?;
        }
        Ok(())
    }

    fn enter(&mut self, key: &Key, seq: u64, n: i64) -> Result<(), Error> {
        let k = self.key(key)?;
        self.db.prepare_cached(ENTER)?.execute(params![k, place(seq), n])?;
        Ok(())
    }

    fn key(&mut self, key: &Key) -> Result<i64, Error> {
        if let Some(k) = self.keys.get(key) {
            return Ok(*k);
        }
        let name = key.to_string();
        let mut find = self.db.prepare_cached("SELECT k FROM scope_key WHERE name = ?1")?;
        let k = match find.query_row([&name], |row| row.get(0)).optional()? {
            Some(k) => k,
            None => self
                .db
                .prepare_cached("INSERT INTO scope_key (name) VALUES (?1)")?
                .insert([&name])?,
        };
        self.keys.insert(key.clone(), k);
        Ok(k)
    }

    fn class(&mut self, kind: &Kind, placement: &Placement) -> Result<i64, Error> {
        let text = serde_json::to_string(placement).expect("a placement holds only ids and sets");
        let known = (kind.clone(), text);
        if let Some(c) = self.classes.get(&known) {
            return Ok(*c);
        }
        let c = records::class_of(self.db, kind, placement)?;
        self.classes.insert(known, c);
        Ok(c)
    }

    fn add_up(&mut self, c: i64, less: Option<[u8; 32]>, more: Option<[u8; 32]>, seq: u64) -> Result<(), Error> {
        if !self.sums.contains_key(&c) {
            let class = records::class(self.db, c)?;
            self.sums.insert(
                c,
                Pending {
                    sum: class.sum,
                    count: class.count,
                    seq: class.seq,
                },
            );
        }
        let pending = self.sums.get_mut(&c).expect("was put there a line above");
        if let Some(line) = less {
            pending.sum = pending.sum.minus(&line);
            pending.count = pending.count.saturating_sub(1);
        }
        if let Some(line) = more {
            pending.sum = pending.sum.plus(&line);
            pending.count += 1;
        }
        pending.seq = pending.seq.max(seq);
        Ok(())
    }

    fn settle(self) -> Result<(), Error> {
        for (c, pending) in self.sums {
            records::settle_class(self.db, c, pending.sum, pending.count, pending.seq)?;
        }
        Ok(())
    }
}
