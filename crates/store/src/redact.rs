//! Fields that were forgotten: cut out of everything this device remembers of a record.

use crate::{Error, Writing, row};
use domain::{Body, Envelope, Members, Record, RecordId, Redaction};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Whether `theirs` forgot something that `known` had not forgotten yet.
pub(crate) fn is_new(theirs: &Envelope, known: &Envelope) -> bool {
    !theirs.redacted.is_subset(&known.redacted)
}

/// The fields that `theirs` forgot since `known`.
fn fields(theirs: &Envelope, known: &BTreeSet<Redaction>) -> BTreeSet<String> {
    theirs
        .redacted
        .difference(known)
        .map(|redaction| redaction.field.clone())
        .collect()
}

/// The record with these fields, and their variants, as they stand in `theirs`.
pub(crate) fn as_theirs(record: &Record, theirs: &Record, fields: &BTreeSet<String>) -> Record {
    let mut record = record.clone();
    if fields.is_empty() {
        return record;
    }
    if fields.contains("sealed") {
        record.sealed.clone_from(&theirs.sealed);
    }
    let members = |record: &Record| record.body.as_ref().and_then(|body| body.members().ok());
    if let Some(mut mine) = members(&record) {
        let theirs = members(theirs).unwrap_or_default();
        let (mut open, known) = (variants(&mine), variants(&theirs));
        for field in fields {
            take(&mut mine, field, theirs.get(field));
            open.remove(field);
            if let Some(known) = known.get(field) {
                open.insert(field.clone(), known.clone());
            }
        }
        set_variants(&mut mine, &open);
        record.body = Some(Body::from_members(&mine));
    }
    record
}

/// The body without these fields and their variants; `None` if none of them is there.
pub(crate) fn without(body: &Body, fields: &BTreeSet<String>) -> Option<Body> {
    let mut members = body.members().ok()?;
    let mut open = variants(&members);
    let mut cut = false;
    for field in fields {
        cut |= members.remove(field).is_some();
        cut |= open.remove(field).is_some();
    }
    set_variants(&mut members, &open);
    cut.then(|| Body::from_members(&members))
}

fn take(members: &mut Members, field: &str, value: Option<&RawValue>) {
    match value {
        Some(value) => members.set_raw(field, value.to_owned()),
        None => drop(members.remove(field)),
    }
}

fn variants(members: &Members) -> BTreeMap<String, Box<RawValue>> {
    members.read("variants").unwrap_or_default()
}

fn set_variants(members: &mut Members, open: &BTreeMap<String, Box<RawValue>>) {
    if open.is_empty() {
        members.remove("variants");
    } else {
        members
            .set("variants", open)
            .expect("raw values write as they were read");
    }
}

impl Writing<'_> {
    /// Cuts what `theirs` forgot out of base, edit, change in flight and drafts, before anything is merged. Returns the
    /// fields.
    pub(crate) fn cut_redacted(&mut self, theirs: &Record) -> Result<BTreeSet<String>, Error> {
        let id = theirs.envelope.id;
        let Some(mine) = self.record(id)? else {
            return Ok(BTreeSet::new());
        };
        let known = self.base(id)?.map_or(mine.record.envelope.redacted.clone(), |base| {
            base.record.envelope.redacted
        });
        let fields = fields(&theirs.envelope, &known);
        if fields.is_empty() {
            return Ok(fields);
        }
        self.forgot();
        let cut = |record: &Record| {
            let body = record
                .body
                .as_ref()
                .and_then(|body| without(body, &fields))
                .or_else(|| record.body.clone());
            let sealed = record.sealed.clone().filter(|_| !fields.contains("sealed"));
            Record {
                envelope: record.envelope.clone(),
                body,
                sealed,
            }
        };
        let kept = cut(&mine.record);
        if kept != mine.record {
            self.put_row(&kept, mine.changed_at, mine.changed_by)?;
            if mine.pending {
                self.tell("redacted", id, &theirs.envelope.kind, mine.changed_at)?;
            }
        }
        for table in ["base", "in_flight"] {
            let select = format!("SELECT envelope, body, sealed FROM {table} WHERE id = ?1");
            let kept = row::one(&mut self.connection.prepare(&select)?, [id.0.as_bytes()], row::record)?;
            if let Some(kept) = kept.map(|record| cut(&record)) {
                let update = format!("UPDATE {table} SET body = ?2, sealed = ?3 WHERE id = ?1");
                self.connection
                    .execute(&update, (id.0.as_bytes(), row::body(&kept), row::sealed(&kept)))?;
            }
        }
        self.cut_drafts(id, &fields)?;
        Ok(fields)
    }

    fn cut_drafts(&self, id: RecordId, fields: &BTreeSet<String>) -> Result<(), Error> {
        let drafts = self.drafts()?;
        for draft in drafts.into_iter().filter(|draft| draft.record == Some(id)) {
            if let Some(body) = without(&draft.body, fields) {
                self.connection
                    .prepare_cached("UPDATE draft SET body = ?2 WHERE key = ?1")?
                    .execute((&draft.key, body.as_str()))?;
            }
        }
        Ok(())
    }
}
