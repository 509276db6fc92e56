//! Words of records that the feed tells nothing of: their person may see them no more, or a full pull did not show them.
//! Whether they are to be forgotten the city says when it is asked.

use crate::{Error, Reading, Writing, redact, row};
use domain::{At, RecordId, Redaction};
use std::collections::BTreeSet;

impl Reading<'_> {
    /// Records with words under "Nicht übertragbar", in a refused edit, or in a draft whose record is not here.
    ///
    /// # Errors
    /// What the database says.
    pub fn untold(&self) -> Result<Vec<RecordId>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/untold.sql"))?;
        row::all(&mut statement, [], |row| row::record_id(row, 0))
    }
}

impl Writing<'_> {
    /// The city was asked, and says that this record was erased: every word of it goes, and the person is told.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_untold(&mut self, id: RecordId, at: At) -> Result<(), Error> {
        let aside = self.untransferable()?;
        if let Some(entry) = aside.iter().find(|entry| entry.record.envelope.id == id) {
            self.tell("erased", id, &entry.record.envelope.kind, at)?;
        } else if let Some(mine) = self.record(id)? {
            self.tell("erased", id, &mine.record.envelope.kind, at)?;
        }
        self.forget(id, None)
    }

    /// The city was asked, and says that these fields of the record were forgotten. They go from what was typed without
    /// knowing of it, and the person is told.
    ///
    /// # Errors
    /// What the database says.
    pub fn redact_untold(&mut self, id: RecordId, redacted: &BTreeSet<Redaction>, at: At) -> Result<(), Error> {
        for entry in self.untransferable()? {
            let mut record = entry.record;
            let fields = redact::unknown(redacted, &record.envelope.redacted);
            if record.envelope.id != id || fields.is_empty() {
                continue;
            }
            redact::note(&mut record.envelope, redacted, &fields);
            let kept = redact::without(&record, &fields);
            self.connection
                .prepare_cached(
                    "UPDATE untransferable SET envelope = ?2, body = ?3, sealed = ?4 WHERE mutation_id = ?1",
                )?
                .execute((
                    entry.stamp.mutation_id.0.as_bytes(),
                    kept.envelope.to_json(),
                    row::body(&kept),
                    row::sealed(&kept),
                ))?;
            if kept != record {
                self.tell("redacted", id, &kept.envelope.kind, at)?;
            }
            self.look_at_record(id);
            self.forgot();
        }
        let known = match (self.base(id)?, self.record(id)?) {
            (Some(base), _) => base.record.envelope.redacted,
            (None, Some(mine)) => mine.record.envelope.redacted,
            (None, None) => return self.redact_drafts(id, redacted),
        };
        let fields = redact::unknown(redacted, &known);
        if fields.is_empty() {
            return Ok(());
        }
        self.cut_fields(id, &fields)?;
        self.note_redacted(id, redacted, &fields)
    }

    /// The same of drafts whose record is not here.
    fn redact_drafts(&mut self, id: RecordId, redacted: &BTreeSet<Redaction>) -> Result<(), Error> {
        for mut draft in self.drafts_of(id)? {
            let known = draft.base.as_ref().map(|base| base.envelope.redacted.clone());
            let fields = redact::unknown(redacted, &known.unwrap_or_default());
            if fields.is_empty() {
                continue;
            }
            draft.body = redact::cut(&draft.kind, &draft.body, &fields);
            draft.form = None;
            if let Some(base) = &mut draft.base {
                redact::note(&mut base.envelope, redacted, &fields);
                *base = redact::without(base, &fields);
            }
            self.put_draft(&draft)?;
            self.forgot();
        }
        Ok(())
    }
}
