//! People, devices, invitations and what is noted about them.

use super::columns::{Id, Millis, at, count, json, place};
use crate::{
    Error,
    ledger::{DeviceRow, InvitationRow, Logged, OrganisationRow, Past, PersonRow, Sighting},
};
use domain::{At, DeviceId, MutationId, OrganisationId, Person, PersonId, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

const PERSON: &str = include_str!("person.sql");
const PEOPLE: &str = include_str!("people.sql");
const HISTORY: &str = include_str!("history.sql");
const END_RIGHTS: &str = "UPDATE scope SET to_at = ?2, to_seq = ?3 WHERE person = ?1 AND to_at IS NULL";
const BEGIN_RIGHTS: &str = include_str!("begin_rights.sql");
const LOGGED: &str = "SELECT hash, record, version, changed_at FROM mutation WHERE person = ?1 AND id = ?2";
const LOG: &str = include_str!("log.sql");
const DEVICE_BY_TOKEN: &str = concat!(include_str!("devices.sql"), " WHERE token_hash = ?1");
const DEVICES: &str = concat!(include_str!("devices.sql"), " ORDER BY enrolled_at, id");
const PUT_DEVICE: &str = include_str!("put_device.sql");
const SIGHT: &str = include_str!("sight.sql");

pub(super) fn logged(
    db: &Connection,
    person: PersonId,
    ids: &[MutationId],
) -> Result<HashMap<MutationId, Logged>, Error> {
    let mut find = db.prepare_cached(LOGGED)?;
    let mut found = HashMap::new();
    for id in ids {
        let row = find
            .query_row(params![Id(person.0), Id(id.0)], |row| {
                let (Id(record), Millis(changed_at)) = (row.get(1)?, row.get(3)?);
                let version = count(row.get(2)?);
                Ok(Logged {
                    hash: row.get(0)?,
                    record: RecordId(record),
                    version,
                    changed_at,
                })
            })
            .optional()?;
        found.extend(row.map(|logged| (*id, logged)));
    }
    Ok(found)
}

pub(super) fn log(db: &Connection, person: PersonId, logged: &[(MutationId, Logged)]) -> Result<(), Error> {
    let mut add = db.prepare_cached(LOG)?;
    for (id, row) in logged {
        let version = place(row.version);
        add.execute(params![
            Id(person.0),
            Id(id.0),
            row.hash,
            Id(row.record.0),
            version,
            Millis(row.changed_at)
        ])?;
    }
    Ok(())
}

fn read_person(row: &Row<'_>) -> Result<PersonRow, Error> {
    let rights: String = row.get(3)?;
    Ok(PersonRow {
        name: row.get(0)?,
        leaving_since: at(row.get(1)?),
        scope_version: count(row.get(2)?),
        rights: json(&rights, "scope.rights")?,
    })
}

pub(super) fn person(db: &Connection, id: PersonId) -> Result<Option<PersonRow>, Error> {
    let mut find = db.prepare_cached(PERSON)?;
    find.query_row([Id(id.0)], |row| Ok(read_person(row)))
        .optional()?
        .transpose()
}

pub(super) fn people(db: &Connection) -> Result<Vec<PersonRow>, Error> {
    let mut find = db.prepare_cached(PEOPLE)?;
    let rows = find.query_map([], |row| Ok(read_person(row)))?;
    rows.map(|row| row?).collect()
}

pub(super) fn put_person(db: &Connection, id: PersonId, name: &str, leaving: Option<At>) -> Result<(), Error> {
    let mut put = db.prepare_cached("INSERT OR REPLACE INTO person (id, name, leaving_since) VALUES (?1, ?2, ?3)")?;
    put.execute(params![Id(id.0), name, leaving.map(Millis)])?;
    Ok(())
}

pub(super) fn history(db: &Connection, id: PersonId) -> Result<Vec<Past>, Error> {
    let mut find = db.prepare_cached(HISTORY)?;
    let mut rows = find.query([Id(id.0)])?;
    let mut history = Vec::new();
    while let Some(row) = rows.next()? {
        let rights: String = row.get(4)?;
        history.push(Past {
            version: count(row.get(0)?),
            to_at: at(row.get(1)?),
            from_seq: count(row.get(2)?),
            to_seq: row.get::<_, Option<i64>>(3)?.map(count),
            rights: json(&rights, "scope.rights")?,
        });
    }
    Ok(history)
}

pub(super) fn set_rights(db: &Connection, rights: &Person, at: At, seq: u64) -> Result<(), Error> {
    let text = serde_json::to_string(rights).expect("rights hold only ids, names and sets");
    db.prepare_cached(END_RIGHTS)?
        .execute(params![Id(rights.id.0), Millis(at), place(seq)])?;
    db.prepare_cached(BEGIN_RIGHTS)?
        .execute(params![Id(rights.id.0), Millis(at), place(seq), text])?;
    Ok(())
}

pub(super) fn organisations(db: &Connection) -> Result<Vec<OrganisationRow>, Error> {
    let mut find = db.prepare_cached("SELECT id, name, id_key FROM organisation ORDER BY name, id")?;
    let rows = find.query_map([], |row| {
        let Id(id) = row.get(0)?;
        Ok(OrganisationRow {
            id: OrganisationId(id),
            name: row.get(1)?,
            id_key: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn add_organisation(db: &Connection, row: &OrganisationRow) -> Result<(), Error> {
    let mut add = db.prepare_cached("INSERT INTO organisation (id, name, id_key) VALUES (?1, ?2, ?3)")?;
    add.execute(params![Id(row.id.0), row.name, row.id_key])?;
    Ok(())
}

fn read_device(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    let (Id(id), Id(person), Millis(enrolled_at)) = (row.get(0)?, row.get(1)?, row.get(6)?);
    let app_version: String = row.get(5)?;
    let wiped_at = at(row.get(9)?);
    Ok(DeviceRow {
        id: DeviceId(id),
        person: PersonId(person),
        token_hash: row.get(2)?,
        code: row.get(3)?,
        name: row.get(4)?,
        app_version: app_version.clone(),
        enrolled_at,
        enrolled_seq: count(row.get(7)?),
        revoked_at: at(row.get(8)?),
        wiped_at,
        seen: Sighting {
            at: at(row.get(10)?),
            seq: count(row.get(11)?),
            forgotten_seq: count(row.get(12)?),
            waiting: count(row.get(13)?),
            oldest_waiting_at: at(row.get(14)?),
            app_version,
            wiped_at,
        },
    })
}

pub(super) fn device_by_token(db: &Connection, hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
    let mut find = db.prepare_cached(DEVICE_BY_TOKEN)?;
    Ok(find.query_row([hash], read_device).optional()?)
}

pub(super) fn devices(db: &Connection) -> Result<Vec<DeviceRow>, Error> {
    let mut find = db.prepare_cached(DEVICES)?;
    let rows = find.query_map([], read_device)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn put_device(db: &Connection, row: &DeviceRow) -> Result<(), Error> {
    db.prepare_cached(PUT_DEVICE)?.execute(params![
        Id(row.id.0),
        Id(row.person.0),
        row.token_hash,
        row.code,
        row.name,
        row.app_version,
        Millis(row.enrolled_at),
        place(row.enrolled_seq),
        row.revoked_at.map(Millis),
    ])?;
    Ok(())
}

pub(super) fn sight(db: &Connection, id: DeviceId, seen: &Sighting) -> Result<(), Error> {
    db.prepare_cached(SIGHT)?.execute(params![
        Id(id.0),
        seen.at.map(Millis),
        place(seen.seq),
        place(seen.forgotten_seq),
        place(seen.waiting),
        seen.oldest_waiting_at.map(Millis),
        seen.app_version,
        seen.wiped_at.map(Millis),
    ])?;
    Ok(())
}

pub(super) fn invitation(db: &Connection, hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error> {
    let sql = "SELECT person, valid_until, device, token_hash FROM invitation WHERE code_hash = ?1";
    let mut find = db.prepare_cached(sql)?;
    let row = find.query_row([hash], |row| {
        let (Id(person), Millis(valid_until)) = (row.get(0)?, row.get(1)?);
        let device = row.get::<_, Option<Id>>(2)?.map(|Id(id)| DeviceId(id));
        Ok(InvitationRow {
            person: PersonId(person),
            valid_until,
            device,
            token_hash: row.get(3)?,
        })
    });
    Ok(row.optional()?)
}

pub(super) fn put_invitation(db: &Connection, hash: &[u8; 32], row: &InvitationRow) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO invitation VALUES (?1, ?2, ?3, ?4, ?5)";
    let device = row.device.map(|device| Id(device.0));
    db.prepare_cached(sql)?.execute(params![
        hash,
        Id(row.person.0),
        Millis(row.valid_until),
        device,
        row.token_hash
    ])?;
    Ok(())
}
