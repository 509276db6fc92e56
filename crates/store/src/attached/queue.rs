//! What is to be carried between this device and the city, and what a person sees of it.

use crate::{Error, Reading, Writing, place, row};
use chrono::NaiveDate;
use domain::{At, BlobHash, RecordId, kinds};
use rusqlite::OptionalExtension;

/// An attachment that the city may lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The record that names it, as the city knows it.
    pub record: RecordId,
    /// The hash of the ciphertext.
    pub blob: BlobHash,
}

/// An attachment that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The record that names it.
    pub record: RecordId,
    /// The hash of the ciphertext.
    pub blob: BlobHash,
    /// Somebody wants to see it now.
    pub asked: bool,
}

/// What is fetched before anybody asks.
#[derive(Clone, Copy, Debug)]
pub struct Background {
    /// Of records from this local day on.
    pub since: NaiveDate,
    /// At most so many bytes each.
    pub most_bytes: u64,
    /// What the city lacked is asked for again only if it said so before this.
    pub absent_before: At,
}

/// How an attachment stands on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    /// All of it is here.
    pub held: bool,
    /// The city lacks it, as far as is known here.
    pub to_send: bool,
    /// Somebody wanted to see it, and it is on its way.
    pub asked: bool,
    /// The city said that it does not have it yet: it waits on a colleague's device.
    pub absent: bool,
    /// Bytes of the ciphertext, once known.
    pub total: Option<u64>,
}

impl Reading<'_> {
    /// How an attachment stands here.
    ///
    /// # Errors
    /// What the database says.
    pub fn attached(&self, blob: &BlobHash) -> Result<Attached, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT held, to_send, asked_at IS NOT NULL, absent_at IS NOT NULL, total FROM attachment WHERE hash = ?1",
        )?;
        let found = row::one(&mut statement, [blob.as_str()], |row| {
            Ok(Attached {
                held: row.get(0)?,
                to_send: row.get(1)?,
                asked: row.get(2)?,
                absent: row.get(3)?,
                total: row.get::<_, Option<i64>>(4)?.map(i64::unsigned_abs),
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// How many attachments of records wait for transfer.
    ///
    /// # Errors
    /// What the database says.
    pub fn attachments_waiting(&self) -> Result<u64, Error> {
        let count: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM attachment WHERE to_send = 1 AND named = 1 AND record IS NOT NULL AND held = 1",
            )?
            .query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The attachments that can go up: the city knows their records already.
    ///
    /// # Errors
    /// What the database says.
    pub fn uploads(&self) -> Result<Vec<Upload>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("../sql/uploads.sql"))?;
        row::all(&mut statement, [], |row| {
            Ok(Upload {
                blob: blob(row, 0)?,
                record: row::record_id(row, 1)?,
            })
        })
    }

    /// The attachments that somebody wanted to see and that are not here, the latest wish first.
    ///
    /// # Errors
    /// What the database says.
    pub fn asked_for(&self) -> Result<Vec<Download>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT hash, record FROM attachment
             WHERE asked_at IS NOT NULL AND held = 0 AND named = 1 AND record IS NOT NULL ORDER BY asked_at DESC",
        )?;
        row::all(&mut statement, [], |row| {
            Ok(Download {
                blob: blob(row, 0)?,
                record: row::record_id(row, 1)?,
                asked: true,
            })
        })
    }

    /// Photos that are not here and that nobody asked for yet, of the newest records first.
    ///
    /// # Errors
    /// What the database says.
    pub fn background(&self, what: &Background, limit: usize) -> Result<Vec<Download>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT envelope, body, sealed FROM record INDEXED BY record_with_blobs
             WHERE instr(envelope, '\"blobs\":[]') = 0 AND position >= ?1 AND state = 'live' AND body IS NOT NULL
             ORDER BY position DESC",
        )?;
        let mut rows = statement.query([place::first_of(what.since)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let record = row::record(row)?;
            let Some(body) = &record.body else { continue };
            for attachment in kinds::attachments(&record.envelope.kind, body) {
                let is_photo = attachment.media_type.is_some_and(|media| media.starts_with("image/"));
                let Some(blob) = attachment
                    .blob
                    .filter(|blob| is_photo && record.envelope.blobs.contains(blob))
                else {
                    continue;
                };
                if self.is_wanted(&blob, what)? {
                    found.push(Download {
                        record: record.envelope.id,
                        blob,
                        asked: false,
                    });
                }
                if found.len() == limit {
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }

    fn is_wanted(&self, blob: &BlobHash, what: &Background) -> Result<bool, Error> {
        let wanted: Option<bool> = self
            .connection
            .prepare_cached(
                "SELECT held = 0 AND coalesce(total, 0) <= ?2 AND coalesce(absent_at, -1) < ?3 FROM attachment
                 WHERE hash = ?1",
            )?
            .query_row(
                (blob.as_str(), row::signed(what.most_bytes), what.absent_before.millis()),
                |row| row.get(0),
            )
            .optional()?;
        Ok(wanted.unwrap_or(true))
    }

    /// Bytes of attachments that lie here and at the city.
    ///
    /// # Errors
    /// What the database says.
    pub fn fetched_bytes(&self) -> Result<u64, Error> {
        let sum: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(sum(total), 0) FROM attachment WHERE held = 1 AND to_send = 0")?
            .query_row([], |row| row.get(0))?;
        Ok(sum.unsigned_abs())
    }
}

impl Writing<'_> {
    /// The city has all of it, or does not take it from this person.
    ///
    /// # Errors
    /// What the database says.
    pub fn attachment_sent(&mut self, upload: &Upload) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE attachment SET to_send = 0 WHERE hash = ?1")?
            .execute([upload.blob.as_str()])?;
        self.touch_record(upload.record)
    }

    /// The bytes on this device are not what the record names, so that there is nothing to send.
    ///
    /// # Errors
    /// What the database says.
    pub fn attachment_damaged(&mut self, upload: &Upload) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE attachment SET to_send = 0, held = 0 WHERE hash = ?1")?
            .execute([upload.blob.as_str()])?;
        self.touch_record(upload.record)
    }

    /// The city does not have it yet.
    ///
    /// # Errors
    /// What the database says.
    pub fn attachment_absent(&mut self, download: &Download, now: At) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (hash, record, held, to_send, absent_at) VALUES (?1, ?2, 0, 0, ?3)
                 ON CONFLICT (hash) DO UPDATE SET absent_at = excluded.absent_at",
            )?
            .execute((download.blob.as_str(), download.record.0.as_bytes(), now.millis()))?;
        self.look_at_record(download.record);
        self.touch_record(download.record)
    }

    /// It is so long: too long to be fetched before somebody asks.
    ///
    /// # Errors
    /// What the database says.
    pub fn attachment_weighed(&mut self, download: &Download, total: u64) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (hash, record, held, to_send, total) VALUES (?1, ?2, 0, 0, ?3)
                 ON CONFLICT (hash) DO UPDATE SET total = excluded.total",
            )?
            .execute((download.blob.as_str(), download.record.0.as_bytes(), row::signed(total)))?;
        self.look_at_record(download.record);
        Ok(())
    }

    /// In another life of the city's database it may lack what it had.
    pub(crate) fn offer_attachments(&self) -> Result<(), Error> {
        self.connection
            .execute("UPDATE attachment SET to_send = 1 WHERE held = 1", [])?;
        Ok(())
    }
}

fn blob(row: &rusqlite::Row<'_>, column: usize) -> Result<BlobHash, Error> {
    BlobHash::parse(row.get_ref(column)?.as_str().map_err(|_| Error::Unreadable("blob"))?)
        .ok_or(Error::Unreadable("blob"))
}
