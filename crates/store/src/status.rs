//! How things stand, in numbers a person can trust.

use crate::{Error, Reading, Writing, row};
use domain::{At, Kind, RecordId};

/// How things stand on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Records with something that the city lacks, refused ones included.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest_waiting_at: Option<At>,
    /// Records whose last change the city refused.
    pub refused: u64,
    /// Records with a field in two versions.
    pub in_two_versions: u64,
    /// Entries of "Nicht übertragbar".
    pub untransferable: u64,
    /// Attachments of records that the city may lack.
    pub attachments_waiting: u64,
    /// When everything was last exchanged.
    pub last_sync_at: Option<At>,
    /// Live records on this device.
    pub records: u64,
}

/// Something the person is to be told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, to answer that it was read.
    pub place: i64,
    /// A code: `revived`, `amended`, `erased`, `redacted`, `unreadable`.
    pub what: String,
    /// The record, which may be gone.
    pub record: RecordId,
    /// What it was.
    pub kind: Kind,
    /// When.
    pub at: At,
}

impl Reading<'_> {
    /// How things stand.
    ///
    /// # Errors
    /// What the database says.
    pub fn status(&self) -> Result<Status, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/status.sql"))?;
        let status = row::one(&mut statement, [], |row| {
            let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(Status {
                waiting: count(0)?,
                oldest_waiting_at: row.get::<_, Option<i64>>(1)?.and_then(At::from_millis),
                refused: count(2)?,
                in_two_versions: count(3)?,
                untransferable: count(4)?,
                records: count(5)?,
                attachments_waiting: 0,
                last_sync_at: None,
            })
        })?;
        Ok(Status {
            attachments_waiting: self.attachments_waiting()?,
            last_sync_at: self.last_sync_at()?,
            ..status.unwrap_or_default()
        })
    }

    /// What the person is to be told, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn notices(&self) -> Result<Vec<Notice>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT place, what, record, kind, at FROM notice ORDER BY place")?;
        row::all(&mut statement, [], |row| {
            Ok(Notice {
                place: row.get(0)?,
                what: row.get(1)?,
                record: row::record_id(row, 2)?,
                kind: row
                    .get::<_, String>(3)?
                    .parse()
                    .map_err(|_| Error::Unreadable("kind"))?,
                at: row::at(row, 4)?,
            })
        })
    }
}

/// What came of a merge that the person would not see by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// An edit met a deletion, and the record lives.
    Deletion,
    /// An edit met agreed minutes, and stands beside them as an amendment.
    AgreedMinutes,
    /// Something that was typed was forgotten meanwhile.
    Forgetting,
}

impl Writing<'_> {
    /// Notes what an edit of this record met, to be told once.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_met(&mut self, met: Met, record: RecordId, kind: &Kind, at: At) -> Result<(), Error> {
        let what = match met {
            Met::Deletion => "revived",
            Met::AgreedMinutes => "amended",
            Met::Forgetting => "redacted",
        };
        self.tell(what, record, kind, at)
    }

    /// The person has read the notices up to this one.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_notices(&mut self, through: i64) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM notice WHERE place <= ?1")?
            .execute([through])?;
        Ok(())
    }
}
