//! Records as rows.

use super::{
    columns::{Given, at, count, get, hash, instant, json, maybe_hash, place},
    link::wait,
    session::Session,
    sums::sum_of,
};
use crate::{
    Error,
    ledger::{Barred, Brought, Class, Standing},
};
use domain::{At, Body, Kind, OrganisationId, PersonId, RecordId, Sealed};
use futures::TryStreamExt;
use std::{
    collections::{BTreeSet, HashMap},
    pin::pin,
};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::Head;

const STANDINGS: &str = "SELECT n, seq, line, trashed_at, envelope FROM record WHERE id = ANY($1)";
const HEADS: &str = "SELECT n, envelope, body, sealed, changed_at, changed_by FROM record WHERE n = ANY($1)";
const EACH: &str = include_str!("each.sql");
const OF_KIND: &str = include_str!("of_kind.sql");
const CLASS: &str = concat!(include_str!("classes.sql"), " WHERE class.c = $1 GROUP BY class.c");
const CLASSES: &str = concat!(
    include_str!("classes.sql"),
    " WHERE class.organisation IS NOT DISTINCT FROM $1 GROUP BY class.c ORDER BY class.c"
);
const TRASHED: &str = "SELECT id FROM record WHERE trashed_at < $1 ORDER BY trashed_at LIMIT $2";

pub(super) fn standings(session: &Session<'_>, ids: &[RecordId]) -> Result<HashMap<RecordId, Standing>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = session.rows(STANDINGS, &[&ids])?;
    rows.iter()
        .map(|row| standing(row).map(|standing| (standing.envelope.id, standing)))
        .collect()
}

/// The first five columns of a row.
fn standing(row: &Row) -> Result<Standing, Error> {
    Ok(Standing {
        n: get(row, 0)?,
        seq: count(row, 1)?,
        line: maybe_hash(row, 2)?,
        trashed_at: at(row, 3)?,
        envelope: json(get(row, 4)?, "record.envelope")?,
    })
}

pub(super) fn heads(session: &Session<'_>, ns: &[i64]) -> Result<HashMap<i64, Head>, Error> {
    if ns.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = session.rows(HEADS, &[&ns])?;
    rows.iter().map(|row| Ok((get(row, 0)?, read_head(row, 1)?))).collect()
}

/// Five columns of a row from `first` on.
fn read_head(row: &Row, first: usize) -> Result<Head, Error> {
    Ok(Head {
        envelope: json(get(row, first)?, "record.envelope")?,
        body: get::<Option<String>>(row, first + 1)?.map(Body::new),
        sealed: get::<Option<String>>(row, first + 2)?.map(Sealed::new),
        changed_at: instant(row, first + 3)?,
        changed_by: PersonId(get(row, first + 4)?),
    })
}

pub(super) fn of_kind(session: &Session<'_>, kind: &Kind) -> Result<Vec<Head>, Error> {
    let rows = session.rows(OF_KIND, &[&kind.as_str()])?;
    rows.iter().map(|row| read_head(row, 0)).collect()
}

pub(super) fn each(
    session: &Session<'_>,
    see: &mut dyn FnMut(&Standing, &Head) -> Result<(), Error>,
) -> Result<(), Error> {
    wait(async {
        // Row by row: a whole city does not fit into memory.
        let rows = session
            .db()
            .query_raw(EACH, Vec::<Given<'_>>::new())
            .await
            .map_err(|error| session.failed(error))?;
        let mut rows = pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(|error| session.failed(error))? {
            see(&standing(&row)?, &read_head(&row, 4)?)?;
        }
        Ok(())
    })
}

pub(super) fn trashed_before(session: &Session<'_>, at: At, limit: usize) -> Result<Vec<RecordId>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = session.rows(TRASHED, &[&at.millis(), &limit])?;
    rows.iter().map(|row| get(row, 0).map(RecordId)).collect()
}

pub(super) fn barred(session: &Session<'_>, ids: &[RecordId]) -> Result<HashMap<RecordId, Barred>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let sql = "SELECT id, NULL AS field FROM barred WHERE id = ANY($1) \
               UNION ALL SELECT id, field FROM barred_field WHERE id = ANY($1)";
    let mut found: HashMap<RecordId, Barred> = HashMap::new();
    for row in session.rows(sql, &[&ids])? {
        let id = get(&row, 0).map(RecordId)?;
        let known = found.remove(&id).unwrap_or_default();
        found.insert(id, known.add(get(&row, 1)?));
    }
    Ok(found)
}

pub(super) fn bar(session: &Session<'_>, ids: &[RecordId], fields: Option<&BTreeSet<String>>) -> Result<(), Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    match fields {
        None => {
            let sql = "INSERT INTO barred SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING";
            session.run(sql, &[&ids]).map(drop)
        }
        Some(fields) => {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let sql = "INSERT INTO barred_field SELECT id, field FROM unnest($1::uuid[]) AS id, unnest($2::text[]) AS field \
                       ON CONFLICT DO NOTHING";
            session.run(sql, &[&ids, &fields]).map(drop)
        }
    }
}

pub(super) fn brought(session: &Session<'_>, person: PersonId, record: RecordId) -> Result<Option<Brought>, Error> {
    let sql = "SELECT taken FROM brought WHERE record = $1 AND person = $2";
    let row = session.row(sql, &[&record.0, &person.0])?;
    row.map(|row| get(&row, 0).map(Brought::of)).transpose()
}

pub(super) fn bring(
    session: &Session<'_>,
    person: PersonId,
    records: &HashMap<RecordId, Brought>,
) -> Result<(), Error> {
    let ids: Vec<Uuid> = records.keys().map(|id| id.0).collect();
    let taken: Vec<bool> = records.values().map(|brought| *brought == Brought::Taken).collect();
    let sql = "INSERT INTO brought AS b SELECT record, $2, taken FROM unnest($1::uuid[], $3::bool[]) AS new (record, taken) \
               ON CONFLICT (record, person) DO UPDATE SET taken = b.taken OR excluded.taken";
    session.run(sql, &[&ids, &person.0, &taken]).map(drop)
}

pub(super) fn class(session: &Session<'_>, c: i64) -> Result<Class, Error> {
    let row = session.row(CLASS, &[&c])?;
    read_class(&row.ok_or(Error::Row("class.c"))?)
}

pub(super) fn classes(session: &Session<'_>, organisation: Option<OrganisationId>) -> Result<Vec<Class>, Error> {
    let rows = session.rows(CLASSES, &[&organisation.map(|o| o.0)])?;
    rows.iter().map(read_class).collect()
}

fn read_class(row: &Row) -> Result<Class, Error> {
    let digits: Vec<i64> = (4..12).map(|column| get(row, column)).collect::<Result<_, _>>()?;
    Ok(Class {
        kind: get::<&str>(row, 0)?.parse().map_err(|_| Error::Row("class.kind"))?,
        placement: json(get(row, 1)?, "class.placement")?,
        count: count(row, 2)?,
        seq: count(row, 3)?,
        sum: sum_of(&digits),
    })
}

/// The number of each class of these marks, made where there is none.
pub(super) fn numbers(
    session: &Session<'_>,
    marks: &[&[u8]],
    make: impl FnOnce(&HashMap<[u8; 32], i64>) -> Result<Vec<Row>, Error>,
) -> Result<HashMap<[u8; 32], i64>, Error> {
    let rows = session.rows("SELECT mark, c FROM class WHERE mark = ANY($1)", &[&marks])?;
    let read = |row: &Row| Ok::<_, Error>((hash(row, 0)?, get(row, 1)?));
    let mut known: HashMap<[u8; 32], i64> = rows.iter().map(read).collect::<Result<_, _>>()?;
    if known.len() < marks.len() {
        let made = make(&known)?;
        for row in &made {
            let (mark, c) = read(row)?;
            known.insert(mark, c);
        }
    }
    Ok(known)
}

/// Writes what a batch added to classes.
pub(super) fn add_up(session: &Session<'_>, seq: u64, added: &[(i64, i64, [i64; 8])]) -> Result<(), Error> {
    let classes: Vec<i64> = added.iter().map(|(c, _, _)| *c).collect();
    let counts: Vec<i64> = added.iter().map(|(_, count, _)| *count).collect();
    let digits: Vec<Vec<i64>> = (0..8)
        .map(|place| added.iter().map(|(_, _, digits)| digits[place]).collect())
        .collect();
    let seq = place(seq);
    let mut given: Vec<Given<'_>> = vec![&seq, &classes, &counts];
    given.extend(digits.iter().map(|digits| -> Given<'_> { digits }));
    session.run(include_str!("add_tally.sql"), &given).map(drop)
}
