//! What sync needs beside records: writing without standing in the way, and a few figures.

use crate::{Changes, Error, Reading, Store, Writing, row};
use domain::{At, Kind, RecordId};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use uuid::Uuid;

/// The longest that a save had to wait for the door; 0 where nobody saved.
#[derive(Default)]
pub(crate) struct Waits(AtomicU64);

impl Waits {
    pub(crate) fn note(&self, waited: Duration) {
        let nanos = u64::try_from(waited.as_nanos()).unwrap_or(u64::MAX);
        self.0.fetch_max(nanos.max(1), Ordering::Relaxed);
    }

    fn take(&self) -> Option<Duration> {
        let nanos = self.0.swap(0, Ordering::Relaxed);
        (nanos > 0).then(|| Duration::from_nanos(nanos))
    }
}

impl Store {
    /// Writes as [`Store::write`] does, for work in the background: that it waits is nobody's loss and is not counted.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_beside<T>(&self, f: impl FnOnce(&mut Writing<'_>) -> Result<T, Error>) -> Result<(T, Changes), Error> {
        self.write_noting(None, f)
    }

    /// The longest that a save in this process had to wait for its turn since this was last asked; `None` if nobody
    /// saved.
    pub fn take_longest_wait(&self) -> Option<Duration> {
        self.waits().take()
    }
}

impl Reading<'_> {
    /// How many records wait for transfer, refused ones included, and since when the oldest does: the part of
    /// [`Reading::status`] whose cost follows what waits and not what there is.
    ///
    /// # Errors
    /// What the database says.
    pub fn waiting_count(&self) -> Result<(u64, Option<At>), Error> {
        let mut statement = self.connection.prepare_cached(include_str!("sql/waiting_count.sql"))?;
        let found = row::one(&mut statement, [], |row| {
            let oldest = row.get::<_, Option<i64>>(1)?.and_then(At::from_millis);
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), oldest))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// What the city was last told of this device; sync's own words.
    ///
    /// # Errors
    /// What the database says.
    pub fn reported(&self) -> Result<Option<String>, Error> {
        self.fact("reported")
    }
}

impl Writing<'_> {
    /// Remembers what the city was last told of this device.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_reported(&mut self, report: &str) -> Result<(), Error> {
        self.set_fact("reported", report)
    }

    /// The city sent something that this version cannot read or keep: the person is told, and the rest goes on.
    ///
    /// # Errors
    /// What the database says.
    pub fn tell_unreadable(&mut self, id: Option<RecordId>, at: At) -> Result<(), Error> {
        let kind = Kind::Other("unknown".to_owned());
        self.tell("unreadable", id.unwrap_or(RecordId(Uuid::nil())), &kind, at)
    }
}
