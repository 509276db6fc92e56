//! Conversations as the window shows them.

use super::shapes::{Cause, Choices, Code, Given, Mark, Named, People, Talk, TalkPage, TalkRow, Trouble};
use crate::desk::Notebook;
use domain::{Kind, RecordId, State, kinds};
use store::{Filter, Key, Page, Stored};

/// More than a window ever draws at once.
const MOST: u32 = 20_000;
/// What a row of the list has room for, in characters.
const BEGINNING: usize = 160;

pub(super) fn page(notebook: &Notebook, after: Option<&str>, limit: u32) -> Result<TalkPage, Trouble> {
    let after: Option<Key> = match after {
        Some(key) => Some(serde_json::from_str(key).map_err(|_| Trouble::of(Cause::Invalid))?),
        None => None,
    };
    let limit = limit.min(MOST) as usize;
    let filter = Filter::of(Kind::Note);
    let found = notebook
        .store()
        .read(|reading| reading.list(&filter, Page { after, limit }))
        .map_err(trouble)?;
    let full = found.len() == limit;
    let next = found
        .last()
        .filter(|_| full)
        .and_then(|last| serde_json::to_string(&last.key).ok());
    let rows = found.iter().map(row).collect();
    Ok(TalkPage { rows, next })
}

pub(super) fn find(notebook: &Notebook, query: &str, limit: u32) -> Result<Vec<TalkRow>, Trouble> {
    let found = notebook.search(query, Some(&Kind::Note), limit.min(MOST) as usize)?;
    Ok(found.iter().map(row).collect())
}

pub(super) fn one(notebook: &Notebook, id: RecordId) -> Result<Option<Talk>, Trouble> {
    let found = notebook.store().read(|reading| reading.record(id)).map_err(trouble)?;
    Ok(found
        .filter(|stored| stored.record.envelope.state == State::Live)
        .map(|stored| talk(&stored)))
}

fn trouble(error: store::Error) -> Trouble {
    crate::desk::Error::from(error).into()
}

/// The note as this version understands it; a body of another shape shows at least where and when it stands.
fn read(stored: &Stored) -> Option<kinds::Note> {
    stored
        .record
        .body
        .as_ref()
        .and_then(|body| kinds::Note::read(body).ok())
}

fn row(stored: &Stored) -> TalkRow {
    shown(stored, read(stored).as_ref(), beginning)
}

fn shown(stored: &Stored, note: Option<&kinds::Note>, text: impl Fn(&str) -> String) -> TalkRow {
    let envelope = &stored.record.envelope;
    let said = note.and_then(|note| note.text.as_deref().or(note.original_words.as_deref()));
    TalkRow {
        id: envelope.id.to_string(),
        occurred_at: note.map_or_else(|| stored.changed_at.to_string(), |note| note.occurred_at.to_rfc3339()),
        text: said.map(text).unwrap_or_default(),
        place: note.and_then(|note| note.place.clone()),
        districts: envelope.districts.iter().map(ToString::to_string).collect(),
        topics: note.map(|note| note.topics.clone()).unwrap_or_default(),
        mark: mark(stored, note),
    }
}

fn mark(stored: &Stored, note: Option<&kinds::Note>) -> Option<Mark> {
    if stored.refused.is_some() {
        return Some(Mark::Refused);
    }
    if note.is_some_and(|note| note.variants.values().any(|open| !open.is_empty())) {
        return Some(Mark::Two);
    }
    stored.pending.then_some(Mark::Waiting)
}

/// The first line's worth of a text, without its line breaks.
fn beginning(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(BEGINNING)
        .collect()
}

fn talk(stored: &Stored) -> Talk {
    let note = read(stored);
    let mut row = shown(stored, note.as_ref(), str::to_owned);
    let changed_at = Some(stored.changed_at.to_string());
    let Some(note) = note else {
        return Talk {
            row,
            changed_at,
            ..Talk::default()
        };
    };
    // In the reading view the own words stand on their own.
    row.text = note.text.unwrap_or_default();
    Talk {
        row,
        duration_minutes: note.duration_minutes,
        contact_mode: note.contact_mode,
        contact_order: note.contact_order,
        place_kind: note.place_kind,
        people: note.people.into_iter().map(people).collect(),
        language: note.language,
        interpreter: note.interpreter,
        original_words: note.original_words,
        resources: note.resources,
        services: note
            .services
            .into_iter()
            .map(|given| Given {
                service: given.service,
                to: given.to,
            })
            .collect(),
        follow_up_on: note.follow_up.as_ref().map(|follow_up| follow_up.on.to_string()),
        follow_up_done_on: note
            .follow_up
            .and_then(|follow_up| follow_up.done_on)
            .map(|day| day.to_string()),
        recorded_by: note.recorded_by,
        changed_at,
    }
}

fn people(group: kinds::Group) -> People {
    People {
        age_band: group.age_band,
        gender: group.gender,
        count: group.count,
    }
}

pub(super) fn choices(notebook: &Notebook) -> Result<Choices, Trouble> {
    let identity = notebook.identity()?;
    let lists = notebook.lists()?;
    let id = RecordId::from(identity.organisation);
    let organisation = notebook.store().read(|reading| reading.record(id)).map_err(trouble)?;
    let organisation = organisation.and_then(|stored| kinds::Organisation::read(stored.record.body.as_ref()?).ok());
    let mut districts: Vec<Named> = lists
        .districts
        .into_iter()
        .map(|(id, district)| Named {
            id: id.to_string(),
            name: district.name,
        })
        .collect();
    districts.sort_by_cached_key(|district| domain::fold::fold(&district.name));
    Ok(Choices {
        name: identity.name.clone(),
        organisation: organisation.map(|organisation| organisation.name),
        city: identity.city.clone(),
        own_districts: identity.districts.iter().map(ToString::to_string).collect(),
        districts,
        codes: lists.codes.into_iter().map(code).collect(),
    })
}

fn code(entry: kinds::Code) -> Code {
    let de = entry.label.de;
    Code {
        en: entry.label.en.unwrap_or_else(|| de.clone()),
        de,
        list: entry.list,
        code: entry.code,
        parent: entry.parent,
    }
}
