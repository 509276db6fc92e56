//! The list of conversations: how long it is, any piece of it, and the search in it.

use super::{
    form::form_of,
    shapes::{TalkDay, TalkFilter, TalkForm, TalkList, TalkRow},
};
use crate::{
    desk::{self, Notebook},
    window::shapes::{Cause, Mark, Trouble},
};
use chrono::NaiveDate;
use domain::{At, Kind, State, kinds};
use store::{DayCount, Filter, Identity, Stored};

/// More than a window ever draws at once.
const MOST: u32 = 2_000;
/// What a row of the list has room for, in characters.
const BEGINNING: usize = 160;

/// How the list lies, and what of it is seen: all of one state of the notebook.
pub(super) fn list(notebook: &Notebook, wanted: &TalkFilter, first: u32, limit: u32) -> Result<TalkList, Trouble> {
    let filter = filter(&notebook.identity()?, wanted)?;
    let limit = limit.min(MOST) as usize;
    let read = notebook.store().read(|reading| {
        let days = reading.outline(&filter)?;
        let rows = match stands(&days, first) {
            Some((day, skip)) => reading.list_from(&filter, day, skip, limit)?,
            None => Vec::new(),
        };
        Ok((days, rows, reading.days(&Kind::Note, None, None)?))
    });
    let (days, rows, all) = read.map_err(desk::Error::from)?;
    let day = |day: &DayCount| TalkDay {
        day: day.day.to_string(),
        count: day.count,
    };
    let mut months: Vec<String> = all.iter().map(|each| each.day.format("%Y-%m").to_string()).collect();
    months.dedup();
    Ok(TalkList {
        days: days.iter().map(day).collect(),
        rows: rows.iter().map(row).collect(),
        all: all.iter().map(|each| each.count).sum(),
        months,
    })
}

/// On which day the conversation of this number stands, counted over all days, and how many of that day come before it.
fn stands(days: &[DayCount], number: u32) -> Option<(NaiveDate, usize)> {
    let mut before = 0;
    for each in days {
        if number - before < each.count {
            return Some((each.day, (number - before) as usize));
        }
        before += each.count;
    }
    None
}

/// A further piece of the list.
pub(super) fn piece(
    notebook: &Notebook,
    wanted: &TalkFilter,
    day: &str,
    skip: u32,
    limit: u32,
) -> Result<Vec<TalkRow>, Trouble> {
    let filter = filter(&notebook.identity()?, wanted)?;
    let day = self::day(day)?;
    let (skip, limit) = (skip as usize, limit.min(MOST) as usize);
    let found = notebook
        .store()
        .read(|reading| reading.list_from(&filter, day, skip, limit))
        .map_err(desk::Error::from)?;
    Ok(found.iter().map(row).collect())
}

/// The newest that hold every word, among those of the filter.
pub(super) fn find(notebook: &Notebook, query: &str, wanted: &TalkFilter, limit: u32) -> Result<Vec<TalkRow>, Trouble> {
    let filter = filter(&notebook.identity()?, wanted)?;
    let limit = limit.min(MOST) as usize;
    let mut asked = limit;
    loop {
        let mut found = notebook.search(query, Some(&Kind::Note), asked)?;
        let is_all = found.len() < asked;
        found.retain(|stored| fits(stored, &filter));
        if is_all || found.len() >= limit {
            found.truncate(limit);
            return Ok(found.iter().map(row).collect());
        }
        asked = asked.saturating_mul(4);
    }
}

fn filter(identity: &Identity, wanted: &TalkFilter) -> Result<Filter, Trouble> {
    let wrong = || Trouble::of(Cause::Invalid);
    let day = |text: &Option<String>| text.as_deref().map(self::day).transpose();
    Ok(Filter {
        from: day(&wanted.from)?,
        to: day(&wanted.to)?,
        district: wanted
            .district
            .as_ref()
            .map(|id| id.parse().map_err(|_| wrong()))
            .transpose()?,
        topic: wanted.topic.clone(),
        owner: wanted.mine.then_some(identity.person),
        is_open: wanted.open,
        ..Filter::of(Kind::Note)
    })
}

fn day(text: &str) -> Result<NaiveDate, Trouble> {
    text.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

/// Whether a record that the search found is what the list shows.
fn fits(stored: &Stored, filter: &Filter) -> bool {
    let envelope = &stored.record.envelope;
    let Some(note) = read(stored) else { return false };
    let day = note.occurred_at.date_naive();
    let is_open = note
        .follow_up
        .as_ref()
        .is_some_and(|follow_up| follow_up.done_on.is_none());
    filter.from.is_none_or(|from| day >= from)
        && filter.to.is_none_or(|to| day <= to)
        && filter
            .district
            .is_none_or(|district| envelope.districts.contains(&district))
        && filter.topic.as_ref().is_none_or(|topic| note.topics.contains(topic))
        && filter.owner.is_none_or(|owner| envelope.owner == owner)
        && (!filter.is_open || is_open)
        && envelope.state == State::Live
}

/// The note as this version understands it; a body of another shape shows at least where and when it stands.
fn read(stored: &Stored) -> Option<kinds::Note> {
    let body = stored.record.body.as_ref();
    body.and_then(|body| kinds::Note::read(body).ok())
}

pub(super) fn row(stored: &Stored) -> TalkRow {
    let note = read(stored);
    let form = form_of(&stored.record);
    let is_open = note
        .as_ref()
        .and_then(|note| note.follow_up.as_ref())
        .is_some_and(|follow_up| follow_up.done_on.is_none());
    TalkRow {
        id: stored.record.envelope.id.to_string(),
        mark: mark(stored, note.as_ref()),
        open: is_open,
        ..of_form(&form, stored.changed_at)
    }
}

/// A row as it will look once it is saved.
pub(super) fn of_form(form: &TalkForm, at: At) -> TalkRow {
    let said = if form.text.trim().is_empty() {
        &form.original_words
    } else {
        &form.text
    };
    TalkRow {
        id: String::new(),
        when: if form.when.is_empty() {
            at.to_string()
        } else {
            form.when.clone()
        },
        text: beginning(said),
        place: (!form.place.is_empty()).then(|| form.place.clone()),
        place_kind: form.place_kind.clone(),
        districts: form.districts.clone(),
        topics: form.topics.clone(),
        mark: None,
        open: false,
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
    let words: Vec<&str> = text.split_whitespace().take(BEGINNING).collect();
    words.join(" ").chars().take(BEGINNING).collect()
}
