//! One conversation to read.

use super::{
    form::form_of,
    list::row,
    shapes::{Talk, TalkLink},
};
use crate::{
    desk::{self, Notebook},
    window::{linked::person_called, shapes::Trouble},
};
use domain::{Action, Body, Kind, Record, RecordId, State, kinds};
use store::Reading;

pub(super) fn one(notebook: &Notebook, id: RecordId) -> Result<Option<Talk>, Trouble> {
    let identity = notebook.identity()?;
    let read = notebook.store().read(|reading| {
        let Some(stored) = reading.record(id)? else {
            return Ok(None);
        };
        if !matches!(stored.record.envelope.state, State::Live | State::Trashed) {
            return Ok(None);
        }
        let record = &stored.record;
        let form = form_of(record);
        let note = record.body.as_ref().and_then(|body| kinds::Note::read(body).ok());
        let may = |action| domain::may(&identity.person(), action, &record.envelope);
        Ok(Some(Talk {
            row: row(&stored),
            links: links(reading, &form.links)?,
            trashed: record.envelope.state == State::Trashed,
            own: record.envelope.owner == identity.person,
            owner: person_called(reading, record.envelope.owner)?,
            recorded_by: note.and_then(|note| note.recorded_by),
            recorded_at: made_at(record.envelope.id),
            changed_at: stored.changed_at.to_string(),
            changed_own: stored.changed_by == identity.person,
            changed_by: person_called(reading, stored.changed_by)?,
            may_change: may(Action::Change),
            may_trash: may(Action::Trash),
            form,
        }))
    });
    Ok(read.map_err(desk::Error::from)?)
}

/// The moment that the id tells, in UTC.
fn made_at(id: RecordId) -> Option<String> {
    let time = id.0.get_timestamp().filter(|_| id.0.get_version_num() == 7)?;
    let (seconds, nanos) = time.to_unix();
    let at = i64::try_from(seconds).ok()?.checked_mul(1_000)? + i64::from(nanos / 1_000_000);
    domain::At::from_millis(at).map(|at| at.to_string())
}

/// What a link leads to; what is not on this device, or in the trash, is left out.
pub(super) fn links(reading: &Reading<'_>, ids: &[String]) -> Result<Vec<TalkLink>, store::Error> {
    let mut links = Vec::new();
    for id in ids.iter().filter_map(|id| id.parse::<RecordId>().ok()) {
        let stored = reading
            .record(id)?
            .filter(|stored| stored.record.envelope.state == State::Live);
        links.extend(stored.and_then(|stored| link(&stored.record)));
    }
    Ok(links)
}

/// A contact or a request by what people call it.
pub(super) fn link(record: &Record) -> Option<TalkLink> {
    let body: &Body = record.body.as_ref()?;
    let title = match record.envelope.kind {
        Kind::Contact => {
            let contact = kinds::Contact::read(body).ok()?;
            let more = [contact.function, contact.organisation].into_iter().flatten();
            std::iter::once(contact.name).chain(more).collect::<Vec<_>>().join(", ")
        }
        Kind::Request => {
            let request = kinds::Request::read(body).ok()?;
            let line = request.description.or(request.place).unwrap_or_default();
            let line: String = line.lines().next().unwrap_or_default().chars().take(80).collect();
            [request.number.unwrap_or_default(), line]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        }
        _ => return None,
    };
    Some(TalkLink {
        id: record.envelope.id.to_string(),
        kind: record.envelope.kind.to_string(),
        title,
    })
}
