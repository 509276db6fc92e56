//! Records as rows.

use super::columns::{Id, Millis, at, count, json, place};
use crate::{
    Error,
    ledger::{Barred, Brought, Class, Standing, Sum},
};
use domain::{At, Body, Kind, OrganisationId, PersonId, RecordId, Sealed};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::{BTreeSet, HashMap};
use wire::Head;

const STANDING: &str = "SELECT n, seq, line, trashed_at, envelope FROM record WHERE id = ?1";
const HEAD: &str = "SELECT envelope, body, sealed, changed_at, changed_by FROM record WHERE n = ?1";
const EACH: &str = include_str!("each.sql");
const OF_KIND: &str = include_str!("of_kind.sql");
const CLASS: &str = "SELECT kind, placement, count, sum, seq FROM class WHERE c = ?1";
const CLASSES: &str = "SELECT kind, placement, count, sum, seq FROM class WHERE organisation IS ?1";
const TRASHED: &str = "SELECT id FROM record WHERE trashed_at < ?1 ORDER BY trashed_at LIMIT ?2";

pub(super) fn standings(db: &Connection, ids: &[RecordId]) -> Result<HashMap<RecordId, Standing>, Error> {
    let mut find = db.prepare_cached(STANDING)?;
    let mut found = HashMap::with_capacity(ids.len());
    for id in ids {
        let row = find.query_row([Id(id.0)], |row| Ok(standing(row))).optional()?;
        if let Some(standing) = row {
            found.insert(*id, standing?);
        }
    }
    Ok(found)
}

/// The first five columns of a row.
fn standing(row: &Row<'_>) -> Result<Standing, Error> {
    Ok(Standing {
        n: row.get(0)?,
        seq: count(row.get(1)?),
        line: row.get(2)?,
        trashed_at: at(row.get(3)?),
        envelope: json(
            row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?,
            "record.envelope",
        )?,
    })
}

pub(super) fn heads(db: &Connection, ns: &[i64]) -> Result<HashMap<i64, Head>, Error> {
    let mut find = db.prepare_cached(HEAD)?;
    let mut found = HashMap::with_capacity(ns.len());
    for n in ns {
        found.insert(*n, find.query_row([n], |row| Ok(read_head(row, 0)))??);
    }
    Ok(found)
}

/// Five columns of a row from `first` on.
fn read_head(row: &Row<'_>, first: usize) -> Result<Head, Error> {
    let Millis(changed_at) = row.get(first + 3)?;
    let Id(changed_by) = row.get(first + 4)?;
    Ok(Head {
        envelope: json(
            row.get_ref(first)?.as_str().map_err(rusqlite::Error::from)?,
            "record.envelope",
        )?,
        body: row.get::<_, Option<String>>(first + 1)?.map(Body::new),
        sealed: row.get::<_, Option<String>>(first + 2)?.map(Sealed::new),
        changed_at,
        changed_by: PersonId(changed_by),
    })
}

pub(super) fn of_kind(db: &Connection, kind: &Kind) -> Result<Vec<Head>, Error> {
    let mut find = db.prepare_cached(OF_KIND)?;
    let rows = find.query_map([kind.as_str()], |row| Ok(read_head(row, 0)))?;
    rows.map(|row| row?).collect()
}

pub(super) fn each(db: &Connection, see: &mut dyn FnMut(&Standing, &Head) -> Result<(), Error>) -> Result<(), Error> {
    let mut find = db.prepare_cached(EACH)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        see(&standing(row)?, &read_head(row, 4)?)?;
    }
    Ok(())
}

pub(super) fn trashed_before(db: &Connection, at: At, limit: usize) -> Result<Vec<RecordId>, Error> {
    let mut find = db.prepare_cached(TRASHED)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = find.query_map([at.millis(), limit], |row| row.get(0).map(|Id(id)| RecordId(id)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn barred(db: &Connection, ids: &[RecordId]) -> Result<HashMap<RecordId, Barred>, Error> {
    let mut any = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM barred) OR EXISTS (SELECT 1 FROM barred_field)")?;
    let mut found: HashMap<RecordId, Barred> = HashMap::new();
    // Only a city that came back from a backup has any.
    if any.query_row([], |row| row.get(0))? {
        let mut find = db.prepare_cached(
            "SELECT NULL FROM barred WHERE id = ?1 UNION ALL SELECT field FROM barred_field WHERE id = ?1",
        )?;
        for id in ids {
            for field in find.query_map([Id(id.0)], |row| row.get::<_, Option<String>>(0))? {
                let known = found.remove(id).unwrap_or_default();
                found.insert(*id, known.add(field?));
            }
        }
    }
    Ok(found)
}

pub(super) fn bar(db: &Connection, ids: &[RecordId], fields: Option<&BTreeSet<String>>) -> Result<(), Error> {
    let mut whole = db.prepare_cached("INSERT OR IGNORE INTO barred VALUES (?1)")?;
    let mut part = db.prepare_cached("INSERT OR IGNORE INTO barred_field VALUES (?1, ?2)")?;
    for id in ids {
        match fields {
            None => drop(whole.execute([Id(id.0)])?),
            Some(fields) => fields
                .iter()
                .try_for_each(|field| part.execute((Id(id.0), field)).map(drop))?,
        }
    }
    Ok(())
}

pub(super) fn brought(db: &Connection, person: PersonId, record: RecordId) -> Result<Option<Brought>, Error> {
    let mut find = db.prepare_cached("SELECT taken FROM brought WHERE record = ?1 AND person = ?2")?;
    let taken = find.query_row((Id(record.0), Id(person.0)), |row| row.get(0));
    Ok(taken.optional()?.map(Brought::of))
}

pub(super) fn bring(db: &Connection, person: PersonId, records: &HashMap<RecordId, Brought>) -> Result<(), Error> {
    let mut add = db.prepare_cached(
        "INSERT INTO brought VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET taken = max(taken, excluded.taken)",
    )?;
    for (record, brought) in records {
        add.execute((Id(record.0), Id(person.0), *brought == Brought::Taken))?;
    }
    Ok(())
}

pub(super) fn class(db: &Connection, c: i64) -> Result<Class, Error> {
    let mut find = db.prepare_cached(CLASS)?;
    find.query_row([c], |row| Ok(read_class(row)))?
}

pub(super) fn classes(db: &Connection, organisation: Option<OrganisationId>) -> Result<Vec<Class>, Error> {
    let mut find = db.prepare_cached(CLASSES)?;
    let rows = find.query_map([organisation.map(|o| Id(o.0))], |row| Ok(read_class(row)))?;
    rows.map(|row| row?).collect()
}

fn read_class(row: &Row<'_>) -> Result<Class, Error> {
    let kind: String = row.get(0)?;
    let placement: String = row.get(1)?;
    Ok(Class {
        kind: kind.parse().map_err(|_| Error::Row("class.kind"))?,
        placement: json(&placement, "class.placement")?,
        count: count(row.get(2)?),
        sum: Sum(row.get(3)?),
        seq: count(row.get(4)?),
    })
}

/// The number of the class of this kind and placement, made where there is none.
pub(super) fn class_of(db: &Connection, kind: &Kind, placement: &domain::Placement) -> Result<i64, Error> {
    let text = serde_json::to_string(placement).expect("a placement holds only ids and sets");
    let mut find = db.prepare_cached("SELECT c FROM class WHERE kind = ?1 AND placement = ?2")?;
    if let Some(c) = find.query_row([kind.as_str(), &text], |row| row.get(0)).optional()? {
        return Ok(c);
    }
    let mut add =
        db.prepare_cached("INSERT INTO class (kind, placement, organisation, sum) VALUES (?1, ?2, ?3, ?4)")?;
    let organisation = placement.organisation.map(|o| Id(o.0));
    Ok(add.insert(rusqlite::params![kind.as_str(), text, organisation, Sum::default().0])?)
}

/// Adds to a class what a batch changed of it.
pub(super) fn settle_class(db: &Connection, c: i64, sum: Sum, records: u64, seq: u64) -> Result<(), Error> {
    let mut set = db.prepare_cached("UPDATE class SET count = ?2, sum = ?3, seq = max(seq, ?4) WHERE c = ?1")?;
    set.execute(rusqlite::params![c, place(records), sum.0, place(seq)])?;
    Ok(())
}
