//! Orders to forget, and the audit log.

use super::{
    columns::{Given, count, get, instant, json, place},
    session::Session,
};
use crate::{Error, admin::AuditEntry, ledger::ErasureRow};
use domain::{At, OrganisationId, PersonId, RecordId};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::ErasureId;

const ERASURE: &str = "SELECT at, organisation, seq, ground, case_no, fields FROM erasure WHERE id = $1";
const ERASED: &str = "SELECT record, version FROM erasure_record WHERE erasure = $1";
const ADD_ERASED: &str = include_str!("add_erased.sql");
const AUDIT_SINCE: &str = include_str!("audit_since.sql");

pub(super) fn erasure(session: &Session<'_>, id: ErasureId) -> Result<Option<ErasureRow>, Error> {
    let Some(row) = session.row(ERASURE, &[&id.0])? else {
        return Ok(None);
    };
    let records = session.rows(ERASED, &[&id.0])?;
    let record = |row: &Row| Ok((RecordId(get(row, 0)?), count(row, 1)?));
    let fields: Option<&str> = get(&row, 5)?;
    Ok(Some(ErasureRow {
        id,
        at: instant(&row, 0)?,
        organisation: get::<Option<Uuid>>(&row, 1)?.map(OrganisationId),
        seq: count(&row, 2)?,
        ground: get(&row, 3)?,
        case_no: get(&row, 4)?,
        fields: fields.map(|fields| json(fields, "erasure.fields")).transpose()?,
        records: records.iter().map(record).collect::<Result<_, Error>>()?,
    }))
}

pub(super) fn add_erasure(session: &Session<'_>, row: &ErasureRow) -> Result<(), Error> {
    let fields = row
        .fields
        .as_ref()
        .map(|fields| serde_json::to_string(fields).expect("names are strings"));
    let given: [Given<'_>; 7] = [
        &row.id.0,
        &row.at.millis(),
        &row.organisation.map(|o| o.0),
        &place(row.seq),
        &row.ground,
        &row.case_no,
        &fields,
    ];
    session.run("INSERT INTO erasure VALUES ($1, $2, $3, $4, $5, $6, $7)", &given)?;
    let records: Vec<Uuid> = row.records.iter().map(|(id, _)| id.0).collect();
    let versions: Vec<i64> = row.records.iter().map(|(_, version)| place(*version)).collect();
    session.run(ADD_ERASED, &[&row.id.0, &records, &versions]).map(drop)
}

pub(super) fn audit(session: &Session<'_>, entry: &AuditEntry) -> Result<(), Error> {
    let sql = "INSERT INTO audit (at, person, action, subject, detail) VALUES ($1, $2, $3, $4, $5)";
    let by = entry.by.map(|person| person.0);
    let given: [Given<'_>; 5] = [&entry.at.millis(), &by, &entry.action, &entry.subject, &entry.detail];
    session.run(sql, &given).map(drop)
}

pub(super) fn audit_since(session: &Session<'_>, since: Option<At>) -> Result<Vec<AuditEntry>, Error> {
    let entry = |row: &Row| {
        Ok(AuditEntry {
            at: instant(row, 0)?,
            by: get::<Option<Uuid>>(row, 1)?.map(PersonId),
            action: get(row, 2)?,
            subject: get(row, 3)?,
            detail: get(row, 4)?,
        })
    };
    session
        .rows(AUDIT_SINCE, &[&since.map(At::millis)])?
        .iter()
        .map(entry)
        .collect()
}
