//! Writing records: the rows, their places in the feed, the digests of their slices. A batch takes a handful of
//! statements, however many records it holds.

use super::{
    columns::{Given, get, place},
    records,
    session::Session,
    sums::{Digits, add},
};
use crate::{
    Error,
    ledger::{Key, Line, Put, digest, keys_of_record},
};
use domain::{Body, Kind, Placement, RecordId, Sealed, State};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

const ADD: &str = include_str!("add_records.sql");
const CHANGE: &str = include_str!("change_records.sql");
const LOCK: &str = "SELECT FROM record WHERE id = ANY($1) ORDER BY id FOR UPDATE";
const MAKE_CLASSES: &str = include_str!("make_classes.sql");
const KEYS: &str = "SELECT name, k FROM scope_key WHERE name = ANY($1)";
const MAKE_KEYS: &str = include_str!("make_keys.sql");
const ENTER: &str = include_str!("enter.sql");
const MOVE: &str = include_str!("move.sql");

/// Writes a batch.
pub(super) fn all(session: &Session<'_>, puts: &[Put]) -> Result<(), Error> {
    let batch: Vec<Ready<'_>> = puts.iter().map(Ready::of).collect();
    if batch.iter().any(|ready| !session.owns(ready.put.seq)) {
        return Err(Error::Row("a place of another transaction"));
    }
    let classes = classes(session, &batch)?;
    let keys = keys(session, &batch)?;
    let (new, old): (Vec<&Ready<'_>>, Vec<&Ready<'_>>) = batch.iter().partition(|ready| ready.put.before.is_none());
    let mut numbers = write(session, ADD, &new, &classes)?;
    if old.len() > 1 {
        // In one order, so that two batches that meet do not wait for each other.
        let ids: Vec<Uuid> = old.iter().map(|ready| ready.put.head.envelope.id.0).collect();
        session.rows(LOCK, &[&ids])?;
    }
    numbers.extend(write(session, CHANGE, &old, &classes)?);
    let mut steps = Steps::default();
    for ready in &batch {
        let n = numbers.get(&ready.put.head.envelope.id).copied();
        steps.take(ready, n.ok_or(Error::Row("record.id"))?, &classes, &keys);
    }
    steps.write(session)?;
    tally(session, &batch, &classes)
}

/// A record to be written, with what follows from it.
struct Ready<'p> {
    put: &'p Put,
    json: String,
    line: Option<Line>,
    now: Slice,
    was: Option<Slice>,
}

/// Where a record stands.
struct Slice {
    mark: [u8; 32],
    kind: Kind,
    placement: Placement,
    text: String,
    keys: Vec<Key>,
}

impl Slice {
    fn of(kind: &Kind, placement: Placement) -> Self {
        let text = serde_json::to_string(&placement).expect("a placement holds only ids and sets");
        Self {
            mark: Sha256::digest(format!("{} {text}", kind.as_str())).into(),
            keys: keys_of_record(kind, &placement),
            kind: kind.clone(),
            placement,
            text,
        }
    }
}

impl<'p> Ready<'p> {
    fn of(put: &'p Put) -> Self {
        let envelope = &put.head.envelope;
        let json = envelope.to_json();
        let (body, sealed) = (put.head.body.as_ref(), put.head.sealed.as_ref());
        let line = envelope
            .state
            .has_body()
            .then(|| digest::line_of(envelope, &json, body, sealed));
        let was = put.before.as_ref().map(|before| &before.envelope);
        Self {
            put,
            json,
            line,
            now: Slice::of(&envelope.kind, envelope.placement()),
            was: was.map(|was| Slice::of(&was.kind, was.placement())),
        }
    }

    fn trashed_at(&self) -> Option<i64> {
        let before = self.put.before.as_ref().and_then(|before| before.trashed_at);
        match self.put.head.envelope.state {
            State::Trashed => Some(before.unwrap_or(self.put.head.changed_at).millis()),
            _ => None,
        }
    }

    fn slices(&self) -> impl Iterator<Item = &Slice> {
        [&self.now].into_iter().chain(&self.was)
    }
}

type Classes = HashMap<[u8; 32], i64>;

/// The number of every class that the batch touches.
fn classes(session: &Session<'_>, batch: &[Ready<'_>]) -> Result<Classes, Error> {
    let slices: BTreeMap<[u8; 32], &Slice> = batch
        .iter()
        .flat_map(Ready::slices)
        .map(|slice| (slice.mark, slice))
        .collect();
    let marks: Vec<&[u8]> = slices.keys().map(<[u8; 32]>::as_slice).collect();
    records::numbers(session, &marks, |known| {
        let new: Vec<&Slice> = slices
            .values()
            .copied()
            .filter(|slice| !known.contains_key(&slice.mark))
            .collect();
        let marks: Vec<&[u8]> = new.iter().map(|slice| slice.mark.as_slice()).collect();
        let kinds: Vec<&str> = new.iter().map(|slice| slice.kind.as_str()).collect();
        let texts: Vec<&str> = new.iter().map(|slice| slice.text.as_str()).collect();
        let organisations: Vec<Option<Uuid>> = new
            .iter()
            .map(|slice| slice.placement.organisation.map(|o| o.0))
            .collect();
        session.rows(MAKE_CLASSES, &[&marks, &kinds, &texts, &organisations])
    })
}

type Keys = HashMap<String, i64>;

/// The number of every key under which something of the batch stands or stood.
fn keys(session: &Session<'_>, batch: &[Ready<'_>]) -> Result<Keys, Error> {
    let names: BTreeSet<String> = batch
        .iter()
        .flat_map(Ready::slices)
        .flat_map(|slice| &slice.keys)
        .map(Key::to_string)
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut known = Keys::new();
    for row in session.rows(KEYS, &[&names])? {
        known.insert(get(&row, 0)?, get(&row, 1)?);
    }
    let new: Vec<&str> = names.into_iter().filter(|name| !known.contains_key(*name)).collect();
    if !new.is_empty() {
        for row in session.rows(MAKE_KEYS, &[&new])? {
            known.insert(get(&row, 0)?, get(&row, 1)?);
        }
    }
    Ok(known)
}

/// Adds or changes rows; answers their numbers.
fn write(
    session: &Session<'_>,
    sql: &str,
    batch: &[&Ready<'_>],
    classes: &Classes,
) -> Result<HashMap<RecordId, i64>, Error> {
    if batch.is_empty() {
        return Ok(HashMap::new());
    }
    let heads = || batch.iter().map(|ready| &ready.put.head);
    let ids: Vec<Uuid> = heads().map(|head| head.envelope.id.0).collect();
    let seqs: Vec<i64> = batch.iter().map(|ready| place(ready.put.seq)).collect();
    let of: Vec<i64> = batch.iter().map(|ready| classes[&ready.now.mark]).collect();
    let lines: Vec<Option<&[u8]>> = batch
        .iter()
        .map(|ready| ready.line.as_ref().map(<[u8; 32]>::as_slice))
        .collect();
    let changed_at: Vec<i64> = heads().map(|head| head.changed_at.millis()).collect();
    let changed_by: Vec<Uuid> = heads().map(|head| head.changed_by.0).collect();
    let trashed: Vec<Option<i64>> = batch.iter().map(|ready| ready.trashed_at()).collect();
    let envelopes: Vec<&str> = batch.iter().map(|ready| ready.json.as_str()).collect();
    let bodies: Vec<Option<&str>> = heads().map(|head| head.body.as_ref().map(Body::as_str)).collect();
    let sealed: Vec<Option<&str>> = heads().map(|head| head.sealed.as_ref().map(Sealed::as_str)).collect();
    let given: [Given<'_>; 10] = [
        &ids,
        &seqs,
        &of,
        &lines,
        &changed_at,
        &changed_by,
        &trashed,
        &envelopes,
        &bodies,
        &sealed,
    ];
    let rows = session.rows(sql, &given)?;
    rows.iter()
        .map(|row| Ok((RecordId(get(row, 0)?), get(row, 1)?)))
        .collect()
}

/// The rows of the feed that a batch writes.
#[derive(Default)]
struct Steps {
    entered: Moves,
    /// Those that stay and those that leave: key, old place, new place, row, and the class that it leaves with.
    moved: Moves,
    from: Vec<i64>,
    left: Vec<Option<i64>>,
}

#[derive(Default)]
struct Moves {
    keys: Vec<i64>,
    seqs: Vec<i64>,
    rows: Vec<i64>,
}

impl Moves {
    fn push(&mut self, k: i64, seq: u64, n: i64) {
        self.keys.push(k);
        self.seqs.push(place(seq));
        self.rows.push(n);
    }
}

impl Steps {
    fn take(&mut self, ready: &Ready<'_>, n: i64, classes: &Classes, keys: &Keys) {
        let seq = ready.put.seq;
        let was = ready.was.as_ref().map_or(&[] as &[Key], |was| was.keys.as_slice());
        if let (Some(slice), Some(before)) = (&ready.was, &ready.put.before) {
            for key in was {
                self.moved.push(keys[&key.to_string()], seq, n);
                self.from.push(place(before.seq));
                self.left
                    .push((!ready.now.keys.contains(key)).then(|| classes[&slice.mark]));
            }
        }
        for key in ready.now.keys.iter().filter(|key| !was.contains(key)) {
            self.entered.push(keys[&key.to_string()], seq, n);
        }
    }

    fn write(&self, session: &Session<'_>) -> Result<(), Error> {
        let Self {
            entered,
            moved,
            from,
            left,
        } = self;
        if !moved.keys.is_empty() {
            session.run(MOVE, &[&moved.keys, from, &moved.seqs, &moved.rows, left])?;
        }
        if !entered.keys.is_empty() {
            session.run(ENTER, &[&entered.keys, &entered.seqs, &entered.rows])?;
        }
        Ok(())
    }
}

/// Adds up what the batch did to each class.
fn tally(session: &Session<'_>, batch: &[Ready<'_>], classes: &Classes) -> Result<(), Error> {
    let mut sums: BTreeMap<i64, (i64, Digits)> = BTreeMap::new();
    for ready in batch {
        let before = ready.put.before.as_ref().and_then(|before| before.line);
        if let Some(was) = &ready.was {
            let (count, digits) = sums.entry(classes[&was.mark]).or_default();
            if let Some(line) = before {
                *count -= 1;
                add(digits, &line, -1);
            }
        }
        let (count, digits) = sums.entry(classes[&ready.now.mark]).or_default();
        if let Some(line) = &ready.line {
            *count += 1;
            add(digits, line, 1);
        }
    }
    let last = batch.iter().map(|ready| ready.put.seq).max().unwrap_or_default();
    let added: Vec<(i64, i64, Digits)> = sums
        .into_iter()
        .map(|(c, (count, digits))| (c, count, digits))
        .collect();
    records::add_up(session, last, &added)
}
