//! Whether something still names an attachment: looked at when a record, a draft or what is set aside changes.

use crate::{Error, Writing, row};
use domain::{At, BlobHash, RecordId};
use std::{cell::Cell, collections::BTreeSet};

/// So long, in milliseconds, the ciphertext stays of what an edit took away: whoever takes that back finds it again.
const SECOND_THOUGHT: i64 = 24 * 60 * 60 * 1_000;

/// What is to be looked at when the transaction ends.
#[derive(Default)]
pub(crate) struct Look {
    records: BTreeSet<RecordId>,
    drafts: bool,
    gone: Cell<bool>,
}

impl Look {
    pub(crate) fn at_record(&mut self, id: RecordId) {
        self.records.insert(id);
    }

    pub(crate) fn at_drafts(&mut self) {
        self.drafts = true;
    }

    /// Whether ciphertext is to leave the folder.
    pub(crate) fn found_gone(&self) -> bool {
        self.gone.get()
    }
}

impl Writing<'_> {
    /// Looks at what this transaction touched.
    ///
    /// What was forgotten, and what a record without a body named, goes at once; what an edit took away, with the rounds.
    pub(crate) fn look_at_attachments(&self, forgot: bool) -> Result<(), Error> {
        for id in &self.look.records {
            let has_body = self.adopt(*id)?;
            for hash in self.hashes("SELECT hash FROM attachment WHERE record = ?1", id.0.as_bytes())? {
                self.look_at(&hash, Some(*id), forgot || !has_body)?;
            }
        }
        if self.look.drafts {
            // What was only just taken in, and its editor has not kept yet, is no draft that was forgotten.
            for named in [true, false] {
                for hash in self.hashes(
                    "SELECT hash FROM attachment WHERE record IS NULL AND named = ?1",
                    &named,
                )? {
                    self.look_at(&hash, None, forgot && named)?;
                }
            }
        }
        Ok(())
    }

    /// Attachments that a draft brought belong to the record that was saved from it. Says whether that has a body.
    fn adopt(&self, id: RecordId) -> Result<bool, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT envelope, body IS NOT NULL FROM record WHERE id = ?1")?;
        let found = row::one(&mut statement, [id.0.as_bytes()], |row| {
            Ok((row::envelope(row, 0)?, row.get::<_, bool>(1)?))
        })?;
        let Some((envelope, has_body)) = found else {
            return Ok(false);
        };
        for blob in &envelope.blobs {
            self.connection
                .prepare_cached("UPDATE attachment SET record = ?2 WHERE hash = ?1 AND record IS NULL")?
                .execute((blob.as_str(), id.0.as_bytes()))?;
        }
        Ok(has_body)
    }

    fn look_at(&self, hash: &str, record: Option<RecordId>, at_once: bool) -> Result<(), Error> {
        if self.is_named(hash, record)? {
            // Named again by whoever took a removal back: the city may have let it go meanwhile.
            self.connection
                .prepare_cached(
                    "UPDATE attachment SET to_send = CASE WHEN named THEN to_send ELSE held END, named = 1, unnamed_at = NULL
                     WHERE hash = ?1",
                )?
                .execute([hash])?;
            return Ok(());
        }
        if at_once {
            return self.let_attachment_go(hash);
        }
        self.connection
            .prepare_cached("UPDATE attachment SET named = 0 WHERE hash = ?1")?
            .execute([hash])?;
        Ok(())
    }

    fn is_named(&self, hash: &str, record: Option<RecordId>) -> Result<bool, Error> {
        let id = record.map(|id| id.0.into_bytes());
        Ok(self
            .connection
            .prepare_cached(include_str!("../sql/attachment_named.sql"))?
            .query_row((id, hash), |row| row.get(0))?)
    }

    fn let_attachment_go(&self, hash: &str) -> Result<(), Error> {
        for sql in [
            "INSERT OR IGNORE INTO attachment_gone (hash) VALUES (?1)",
            "DELETE FROM attachment WHERE hash = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([hash])?;
        }
        self.look.gone.set(true);
        Ok(())
    }

    /// What nothing has named for a day goes; what nothing names now begins to count.
    ///
    /// # Errors
    /// What the database says.
    pub fn expire_attachments(&mut self, now: At) -> Result<(), Error> {
        let last = now.millis() - SECOND_THOUGHT;
        let expired = self.hashes(
            "SELECT hash FROM attachment WHERE named = 0 AND unnamed_at <= ?1",
            &last,
        )?;
        for hash in &expired {
            self.let_attachment_go(hash)?;
        }
        if !expired.is_empty() {
            self.forgot();
        }
        self.connection
            .prepare_cached("UPDATE attachment SET unnamed_at = ?1 WHERE named = 0 AND unnamed_at IS NULL")?
            .execute([now.millis()])?;
        Ok(())
    }

    /// Tells those who look on that something about this record changed.
    pub(super) fn touch_record(&mut self, id: RecordId) -> Result<(), Error> {
        if let Some(stored) = self.record(id)? {
            self.touch(&stored.record.envelope.kind, id);
        }
        Ok(())
    }

    fn hashes<P: rusqlite::ToSql + ?Sized>(&self, sql: &str, parameter: &P) -> Result<Vec<String>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        row::all(&mut statement, [parameter], |row| Ok(row.get(0)?))
    }

    /// Somebody wanted to see it, and it is not here.
    pub(super) fn ask_for(&mut self, record: RecordId, blob: &BlobHash, now: At) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (hash, record, held, to_send, asked_at) VALUES (?1, ?2, 0, 0, ?3)
                 ON CONFLICT (hash) DO UPDATE SET held = 0, asked_at = excluded.asked_at",
            )?
            .execute((blob.as_str(), record.0.as_bytes(), now.millis()))?;
        self.look_at_record(record);
        Ok(())
    }

    /// Its first bytes are here.
    pub(super) fn note_begun(&mut self, record: RecordId, blob: &BlobHash) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO attachment (hash, record, held, to_send) VALUES (?1, ?2, 0, 0)")?
            .execute((blob.as_str(), record.0.as_bytes()))?;
        Ok(())
    }

    /// All of it lies in the folder.
    pub(super) fn note_arrived(&mut self, record: RecordId, blob: &BlobHash, total: u64) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (hash, record, held, to_send, total) VALUES (?1, ?2, 1, 0, ?3)
                 ON CONFLICT (hash) DO UPDATE SET held = 1, total = excluded.total, asked_at = NULL, absent_at = NULL",
            )?
            .execute((blob.as_str(), record.0.as_bytes(), row::signed(total)))?;
        // The record may have gone while it was under way: then it goes too.
        self.look_at_record(record);
        self.touch_record(record)
    }
}
