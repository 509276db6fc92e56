//! People, devices, invitations and what is noted about them.

use super::{
    columns::{Given, at, count, get, hash, instant, json, maybe_hash, place},
    session::Session,
};
use crate::{
    Error,
    ledger::{DeviceRow, InvitationRow, Logged, OrganisationRow, Past, PersonRow, Sighting},
};
use domain::{At, DeviceId, MutationId, OrganisationId, Person, PersonId, RecordId};
use std::collections::HashMap;
use tokio_postgres::Row;
use uuid::Uuid;

const PERSON: &str = include_str!("person.sql");
const PEOPLE: &str = include_str!("people.sql");
const HISTORY: &str = include_str!("history.sql");
const END_RIGHTS: &str = "UPDATE scope SET to_at = $2, to_seq = $3 WHERE person = $1 AND to_at IS NULL";
const BEGIN_RIGHTS: &str = include_str!("begin_rights.sql");
const LOGGED: &str = "SELECT id, hash, record, version, changed_at FROM mutation WHERE person = $1 AND id = ANY($2)";
const LOG: &str = include_str!("log.sql");
const PUT_PERSON: &str = include_str!("put_person.sql");
const DEVICE_BY_TOKEN: &str = concat!(include_str!("devices.sql"), " WHERE token_hash = $1");
const DEVICES: &str = concat!(include_str!("devices.sql"), " ORDER BY enrolled_at, id");
const PUT_DEVICE: &str = include_str!("put_device.sql");
const SIGHT: &str = include_str!("sight.sql");
const INVITATION: &str = "SELECT person, valid_until, device, token_hash FROM invitation WHERE code_hash = $1";
const PUT_INVITATION: &str = include_str!("put_invitation.sql");

pub(super) fn logged(
    session: &Session<'_>,
    person: PersonId,
    ids: &[MutationId],
) -> Result<HashMap<MutationId, Logged>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = session.rows(LOGGED, &[&person.0, &ids])?;
    let logged = |row: &Row| {
        Ok((
            MutationId(get(row, 0)?),
            Logged {
                hash: hash(row, 1)?,
                record: RecordId(get(row, 2)?),
                version: count(row, 3)?,
                changed_at: instant(row, 4)?,
            },
        ))
    };
    rows.iter().map(logged).collect()
}

pub(super) fn log(session: &Session<'_>, person: PersonId, logged: &[(MutationId, Logged)]) -> Result<(), Error> {
    if logged.is_empty() {
        return Ok(());
    }
    // One row a change: a statement cannot write the same row twice.
    let rows: HashMap<MutationId, &Logged> = logged.iter().map(|(id, row)| (*id, row)).collect();
    let ids: Vec<Uuid> = rows.keys().map(|id| id.0).collect();
    let hashes: Vec<&[u8]> = rows.values().map(|row| row.hash.as_slice()).collect();
    let records: Vec<Uuid> = rows.values().map(|row| row.record.0).collect();
    let versions: Vec<i64> = rows.values().map(|row| place(row.version)).collect();
    let changed_at: Vec<i64> = rows.values().map(|row| row.changed_at.millis()).collect();
    let given: [Given<'_>; 6] = [&person.0, &ids, &hashes, &records, &versions, &changed_at];
    session.run(LOG, &given).map(drop)
}

fn read_person(row: &Row) -> Result<PersonRow, Error> {
    Ok(PersonRow {
        name: get(row, 0)?,
        leaving_since: at(row, 1)?,
        scope_version: count(row, 2)?,
        rights: json(get(row, 3)?, "scope.rights")?,
    })
}

pub(super) fn person(session: &Session<'_>, id: PersonId) -> Result<Option<PersonRow>, Error> {
    session.row(PERSON, &[&id.0])?.map(|row| read_person(&row)).transpose()
}

pub(super) fn people(session: &Session<'_>) -> Result<Vec<PersonRow>, Error> {
    session.rows(PEOPLE, &[])?.iter().map(read_person).collect()
}

pub(super) fn put_person(
    session: &Session<'_>,
    id: PersonId,
    name: &str,
    leaving_since: Option<At>,
) -> Result<(), Error> {
    let leaving_since = leaving_since.map(At::millis);
    session.run(PUT_PERSON, &[&id.0, &name, &leaving_since]).map(drop)
}

pub(super) fn history(session: &Session<'_>, id: PersonId) -> Result<Vec<Past>, Error> {
    let past = |row: &Row| {
        let ended: Option<i64> = get(row, 3)?;
        Ok(Past {
            version: count(row, 0)?,
            to_at: at(row, 1)?,
            from_seq: count(row, 2)?,
            to_seq: ended.map(|_| count(row, 3)).transpose()?,
            rights: json(get(row, 4)?, "scope.rights")?,
        })
    };
    session.rows(HISTORY, &[&id.0])?.iter().map(past).collect()
}

pub(super) fn set_rights(session: &Session<'_>, rights: &Person, at: At, seq: u64) -> Result<(), Error> {
    let text = serde_json::to_string(rights).expect("rights hold only ids, names and sets");
    let (person, at, seq) = (rights.id.0, at.millis(), place(seq));
    session.run(END_RIGHTS, &[&person, &at, &seq])?;
    session.run(BEGIN_RIGHTS, &[&person, &at, &seq, &text]).map(drop)
}

pub(super) fn organisations(session: &Session<'_>) -> Result<Vec<OrganisationRow>, Error> {
    let rows = session.rows("SELECT id, name, id_key FROM organisation ORDER BY name, id", &[])?;
    let organisation = |row: &Row| {
        Ok(OrganisationRow {
            id: OrganisationId(get(row, 0)?),
            name: get(row, 1)?,
            id_key: hash(row, 2)?,
        })
    };
    rows.iter().map(organisation).collect()
}

pub(super) fn add_organisation(session: &Session<'_>, row: &OrganisationRow) -> Result<(), Error> {
    let sql = "INSERT INTO organisation (id, name, id_key) VALUES ($1, $2, $3)";
    session
        .run(sql, &[&row.id.0, &row.name, &row.id_key.as_slice()])
        .map(drop)
}

fn read_device(row: &Row) -> Result<DeviceRow, Error> {
    let app_version: String = get(row, 5)?;
    let wiped_at = at(row, 9)?;
    Ok(DeviceRow {
        id: DeviceId(get(row, 0)?),
        person: PersonId(get(row, 1)?),
        token_hash: hash(row, 2)?,
        code: get(row, 3)?,
        name: get(row, 4)?,
        app_version: app_version.clone(),
        enrolled_at: instant(row, 6)?,
        enrolled_seq: count(row, 7)?,
        revoked_at: at(row, 8)?,
        wiped_at,
        seen: Sighting {
            at: at(row, 10)?,
            seq: count(row, 11)?,
            forgotten_seq: count(row, 12)?,
            waiting: count(row, 13)?,
            oldest_waiting_at: at(row, 14)?,
            app_version,
            wiped_at,
        },
    })
}

pub(super) fn device_by_token(session: &Session<'_>, hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
    let row = session.row(DEVICE_BY_TOKEN, &[&hash.as_slice()])?;
    row.map(|row| read_device(&row)).transpose()
}

pub(super) fn devices(session: &Session<'_>) -> Result<Vec<DeviceRow>, Error> {
    session.rows(DEVICES, &[])?.iter().map(read_device).collect()
}

pub(super) fn put_device(session: &Session<'_>, row: &DeviceRow) -> Result<(), Error> {
    let given: [Given<'_>; 9] = [
        &row.id.0,
        &row.person.0,
        &row.token_hash.as_slice(),
        &row.code,
        &row.name,
        &row.app_version,
        &row.enrolled_at.millis(),
        &place(row.enrolled_seq),
        &row.revoked_at.map(At::millis),
    ];
    session.run(PUT_DEVICE, &given).map(drop)
}

pub(super) fn sight(session: &Session<'_>, id: DeviceId, seen: &Sighting) -> Result<(), Error> {
    let given: [Given<'_>; 8] = [
        &id.0,
        &seen.at.map(At::millis),
        &place(seen.seq),
        &place(seen.forgotten_seq),
        &place(seen.waiting),
        &seen.oldest_waiting_at.map(At::millis),
        &seen.app_version,
        &seen.wiped_at.map(At::millis),
    ];
    session.run(SIGHT, &given).map(drop)
}

pub(super) fn invitation(session: &Session<'_>, hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error> {
    let row = session.row(INVITATION, &[&hash.as_slice()])?;
    let invitation = |row: &Row| {
        Ok(InvitationRow {
            person: PersonId(get(row, 0)?),
            valid_until: instant(row, 1)?,
            device: get::<Option<Uuid>>(row, 2)?.map(DeviceId),
            token_hash: maybe_hash(row, 3)?,
        })
    };
    row.as_ref().map(invitation).transpose()
}

pub(super) fn put_invitation(session: &Session<'_>, hash: &[u8; 32], row: &InvitationRow) -> Result<(), Error> {
    let given: [Given<'_>; 5] = [
        &hash.as_slice(),
        &row.person.0,
        &row.valid_until.millis(),
        &row.device.map(|device| device.0),
        &row.token_hash.as_ref().map(<[u8; 32]>::as_slice),
    ];
    session.run(PUT_INVITATION, &given).map(drop)
}
