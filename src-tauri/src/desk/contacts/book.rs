//! Every card of the address book. It has thousands at most: each is looked at.

use domain::{Kind, RecordId, kinds::Contact};
use store::{Filter, Page, Reading};

/// More than one page of the store is never held at once.
const PAGE: usize = 1_000;

/// Shows every live card that this version understands.
pub(super) fn each(reading: &Reading<'_>, mut look: impl FnMut(RecordId, Contact)) -> Result<(), store::Error> {
    let filter = Filter::of(Kind::Contact);
    let mut after = None;
    loop {
        let stored = reading.list(&filter, Page { after, limit: PAGE })?;
        let Some(last) = stored.last() else { return Ok(()) };
        after = Some(last.key);
        for record in stored.into_iter().map(|stored| stored.record) {
            if let Some(contact) = record.body.as_ref().and_then(|body| Contact::read(body).ok()) {
                look(record.envelope.id, contact);
            }
        }
    }
}
