//! Looking into the notebook.

use super::{Error, Notebook};
use chrono::NaiveDate;
use domain::{DistrictId, Kind, RecordId};
use std::collections::BTreeSet;
use store::{Filter, Page, Status, Stored};

/// Which records a list shall hold.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Their kind.
    pub kind: Kind,
    /// In one of these districts; anywhere where empty.
    pub districts: BTreeSet<DistrictId>,
    /// From this local day on.
    pub from: Option<NaiveDate>,
    /// Up to this local day, included.
    pub to: Option<NaiveDate>,
    /// At most so many.
    pub limit: usize,
}

impl Notebook {
    /// Live records, newest first.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn list(&self, wanted: &Wanted) -> Result<Vec<Stored>, Error> {
        self.identity()?;
        let filter = |district: Option<DistrictId>| Filter {
            district,
            from: wanted.from,
            to: wanted.to,
            ..Filter::of(wanted.kind.clone())
        };
        let filters: Vec<Filter> = if wanted.districts.is_empty() {
            vec![filter(None)]
        } else {
            wanted
                .districts
                .iter()
                .map(|district| filter(Some(*district)))
                .collect()
        };
        let page = Page::first(wanted.limit);
        let mut found = self.store().read(|reading| {
            let mut found = Vec::new();
            for filter in &filters {
                found.extend(reading.list(filter, page)?);
            }
            Ok(found)
        })?;
        // A record in two of the districts was found twice; newest first is the order of the keys, backwards.
        found.sort_by_key(|stored| std::cmp::Reverse(stored.key));
        found.dedup_by_key(|stored| stored.key);
        found.truncate(wanted.limit);
        Ok(found)
    }

    /// Records that hold the words, newest first. The city's catalogue is searched only where its kind is asked for: who
    /// looks for a street does not mean the code of a list.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn search(&self, query: &str, kind: Option<&Kind>, limit: usize) -> Result<Vec<Stored>, Error> {
        self.identity()?;
        let mut ask = limit;
        loop {
            let mut found = self.store().read(|reading| reading.search(query, kind, ask))?;
            let is_all = found.len() < ask;
            found.retain(|stored| kind.is_some() || !stored.record.envelope.kind.is_catalogue());
            if is_all || found.len() >= limit {
                found.truncate(limit);
                return Ok(found);
            }
            ask = ask.saturating_mul(2);
        }
    }

    /// One record.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where this device has none.
    pub fn record(&self, id: RecordId) -> Result<Stored, Error> {
        self.identity()?;
        self.store()
            .read(|reading| reading.record(id))?
            .ok_or(Error::NoRecord(id))
    }

    /// What waits for transfer.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn status(&self) -> Result<Status, Error> {
        self.identity()?;
        Ok(self.store().read(|reading| reading.status())?)
    }
}
