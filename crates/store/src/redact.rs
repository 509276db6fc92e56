//! Fields that were forgotten: cut out of everything this device remembers of a record.

use crate::{Error, Writing, row};
use domain::{Body, Envelope, Kind, Record, RecordId, Redaction, merge::SEALED};
use std::collections::BTreeSet;

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

/// Those of a record's forgotten fields that somebody does not know to be forgotten, or not since then.
pub(crate) fn unknown(redacted: &BTreeSet<Redaction>, known: &BTreeSet<Redaction>) -> BTreeSet<String> {
    let is_known = |redaction: &&Redaction| {
        known
            .iter()
            .any(|other| other.field == redaction.field && other.version >= redaction.version)
    };
    let unknown = redacted.iter().filter(|redaction| !is_known(redaction));
    unknown.map(|redaction| redaction.field.clone()).collect()
}

/// These fields are known to be forgotten from now on.
pub(crate) fn note(envelope: &mut Envelope, redacted: &BTreeSet<Redaction>, fields: &BTreeSet<String>) {
    envelope.redacted.retain(|redaction| !fields.contains(&redaction.field));
    let new = redacted.iter().filter(|redaction| fields.contains(&redaction.field));
    envelope.redacted.extend(new.cloned());
}

/// The record without these fields, their variants and what else remembers them.
pub(crate) fn without(record: &Record, fields: &BTreeSet<String>) -> Record {
    Record {
        envelope: record.envelope.clone(),
        body: record
            .body
            .as_ref()
            .map(|body| cut(&record.envelope.kind, body, fields)),
        sealed: record.sealed.clone().filter(|_| !fields.contains(SEALED)),
    }
}

/// A body that cannot be read is held nowhere: it was looked at when it was saved or pulled.
pub(crate) fn cut(kind: &Kind, body: &Body, fields: &BTreeSet<String>) -> Body {
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    domain::redact(kind, body, &fields).unwrap_or_else(|_| body.clone())
}

/// The merged record without what `theirs` forgot, whatever the merge made of it; what was written there anew since,
/// and stands in `theirs`, is the city's word.
pub(crate) fn as_theirs(record: &Record, theirs: &Record, fields: &BTreeSet<String>) -> Record {
    let holds_nothing = |field: &&String| without(theirs, &BTreeSet::from([(*field).clone()])) == *theirs;
    without(record, &fields.iter().filter(holds_nothing).cloned().collect())
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
        if !fields.is_empty() {
            self.cut_fields(id, &fields)?;
        }
        Ok(fields)
    }

    /// Cuts fields out of base, edit, change in flight and drafts.
    pub(crate) fn cut_fields(&mut self, id: RecordId, fields: &BTreeSet<String>) -> Result<(), Error> {
        self.forgot();
        self.look_at_record(id);
        if let Some(mine) = self.record(id)? {
            let kept = without(&mine.record, fields);
            if kept != mine.record {
                self.put_row(&kept, mine.changed_at, mine.changed_by)?;
                if mine.pending {
                    self.tell("redacted", id, &kept.envelope.kind, mine.changed_at)?;
                }
            }
        }
        for table in ["base", "in_flight"] {
            let select = format!("SELECT envelope, body, sealed FROM {table} WHERE id = ?1");
            let kept = row::one(&mut self.connection.prepare(&select)?, [id.0.as_bytes()], row::record)?;
            if let Some(kept) = kept.map(|record| without(&record, fields)) {
                let update = format!("UPDATE {table} SET body = ?2, sealed = ?3 WHERE id = ?1");
                self.connection
                    .execute(&update, (id.0.as_bytes(), row::body(&kept), row::sealed(&kept)))?;
            }
        }
        self.cut_drafts(id, fields)
    }

    /// Notes in base and edit what was forgotten, so that what is typed into these fields anew stays.
    pub(crate) fn note_redacted(
        &mut self,
        id: RecordId,
        redacted: &BTreeSet<Redaction>,
        fields: &BTreeSet<String>,
    ) -> Result<(), Error> {
        if let Some(mut base) = self.base(id)? {
            note(&mut base.record.envelope, redacted, fields);
            self.put_base(&base)?;
        }
        if let Some(mut mine) = self.record(id)? {
            note(&mut mine.record.envelope, redacted, fields);
            self.set_version_of(&mine.record.envelope, None)?;
        }
        Ok(())
    }

    pub(crate) fn cut_drafts(&mut self, id: RecordId, fields: &BTreeSet<String>) -> Result<(), Error> {
        let drafts = self.drafts()?;
        for mut draft in drafts.into_iter().filter(|draft| draft.record == Some(id)) {
            draft.body = cut(&draft.kind, &draft.body, fields);
            draft.base = draft.base.map(|base| without(&base, fields));
            // What its fields show is known to its editor only.
            draft.form = None;
            self.put_draft(&draft)?;
        }
        Ok(())
    }
}
