//! Orders to forget, and the audit log.

use super::columns::{Id, Millis, count, json, place};
use crate::{Error, admin::AuditEntry, ledger::ErasureRow};
use domain::{At, OrganisationId, PersonId, RecordId};
use rusqlite::{Connection, OptionalExtension, params};
use wire::ErasureId;

const AUDIT_SINCE: &str = include_str!("audit_since.sql");

pub(super) fn erasure(db: &Connection, id: ErasureId) -> Result<Option<ErasureRow>, Error> {
    let sql = "SELECT at, organisation, seq, ground, case_no, fields FROM erasure WHERE id = ?1";
    let mut find = db.prepare_cached(sql)?;
    let row = find.query_row([Id(id.0)], |row| {
        let (Millis(at), organisation) = (row.get(0)?, row.get::<_, Option<Id>>(1)?);
        let fields: Option<String> = row.get(5)?;
        Ok((
            ErasureRow {
                id,
                at,
                organisation: organisation.map(|Id(id)| OrganisationId(id)),
                seq: count(row.get(2)?),
                ground: row.get(3)?,
                case_no: row.get(4)?,
                fields: None,
                records: Vec::new(),
            },
            fields,
        ))
    });
    let Some((mut erasure, fields)) = row.optional()? else {
        return Ok(None);
    };
    erasure.fields = fields.map(|fields| json(&fields, "erasure.fields")).transpose()?;
    let mut find = db.prepare_cached("SELECT record, version FROM erasure_record WHERE erasure = ?1")?;
    let records = find.query_map([Id(id.0)], |row| {
        let Id(record) = row.get(0)?;
        Ok((RecordId(record), count(row.get(1)?)))
    })?;
    erasure.records = records.collect::<Result<_, _>>()?;
    Ok(Some(erasure))
}

pub(super) fn add_erasure(db: &Connection, row: &ErasureRow) -> Result<(), Error> {
    let fields = row
        .fields
        .as_ref()
        .map(|fields| serde_json::to_string(fields).expect("names are strings"));
    let organisation = row.organisation.map(|o| Id(o.0));
    db.prepare_cached("INSERT INTO erasure VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![
            Id(row.id.0),
            Millis(row.at),
            organisation,
            place(row.seq),
            row.ground,
            row.case_no,
            fields
        ])?;
    let mut add = db.prepare_cached("INSERT INTO erasure_record VALUES (?1, ?2, ?3)")?;
    for (record, version) in &row.records {
        add.execute(params![Id(row.id.0), Id(record.0), place(*version)])?;
    }
    Ok(())
}

pub(super) fn audit(db: &Connection, entry: &AuditEntry) -> Result<(), Error> {
    let sql = "INSERT INTO audit (at, person, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
    let by = entry.by.map(|person| Id(person.0));
    db.prepare_cached(sql)?
        .execute(params![Millis(entry.at), by, entry.action, entry.subject, entry.detail])?;
    Ok(())
}

pub(super) fn audit_since(db: &Connection, since: Option<At>) -> Result<Vec<AuditEntry>, Error> {
    let mut find = db.prepare_cached(AUDIT_SINCE)?;
    let rows = find.query_map([since.map(Millis)], |row| {
        let (Millis(at), by) = (row.get(0)?, row.get::<_, Option<Id>>(1)?);
        let by = by.map(|Id(id)| PersonId(id));
        Ok(AuditEntry {
            at,
            by,
            action: row.get(2)?,
            subject: row.get(3)?,
            detail: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
