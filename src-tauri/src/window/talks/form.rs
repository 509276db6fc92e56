//! A conversation as the form shows it, and the record it becomes: only the members that somebody changed.

use super::shapes::{TalkForm, TalkGroup, TalkService};
use crate::{
    desk::{self, Error},
    window::files,
};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use domain::{
    Body, Fault, Record, Wrong,
    calendar::{LocalTime, local_to_offset, with_offset},
    kinds::{FollowUp, Group, Note, Service},
};

/// What the form shows of a record. A body that this version cannot read shows nothing.
pub(super) fn form_of(record: &Record) -> TalkForm {
    let note = record.body.as_ref().and_then(|body| Note::read(body).ok());
    let districts = record.envelope.districts.iter().map(ToString::to_string).collect();
    let Some(note) = note else {
        return TalkForm {
            districts,
            ..TalkForm::default()
        };
    };
    let when = note.occurred_at.format("%Y-%m-%dT%H:%M").to_string();
    TalkForm {
        districts,
        when,
        text: note.text.unwrap_or_default(),
        original_words: note.original_words.unwrap_or_default(),
        resources: note.resources.unwrap_or_default(),
        topics: note.topics,
        duration_minutes: note.duration_minutes,
        contact_mode: note.contact_mode,
        contact_order: note.contact_order,
        place_kind: note.place_kind,
        place: note.place.unwrap_or_default(),
        people: note.people.iter().map(group_shown).collect(),
        language: note.language,
        interpreter: note.interpreter,
        participation: note.participation,
        services: note.services.iter().map(service_shown).collect(),
        follow_up_on: note.follow_up.as_ref().map(|follow_up| follow_up.on.to_string()),
        follow_up_who: note
            .follow_up
            .as_ref()
            .and_then(|follow_up| follow_up.who.clone())
            .unwrap_or_default(),
        follow_up_done_on: note
            .follow_up
            .and_then(|follow_up| follow_up.done_on)
            .map(|day| day.to_string()),
        links: note.links.iter().map(ToString::to_string).collect(),
        files: files::shown(&note.attachments),
        typed: None,
    }
}

fn group_shown(group: &Group) -> TalkGroup {
    TalkGroup {
        age_band: group.age_band.clone(),
        gender: group.gender.clone(),
        count: group.count,
    }
}

fn service_shown(service: &Service) -> TalkService {
    TalkService {
        service: service.service.clone(),
        to: service.to.clone().unwrap_or_default(),
    }
}

/// The body of a note that says nothing yet.
pub(super) fn empty_body() -> Body {
    let note = Note {
        occurred_at: with_offset(Utc::now().trunc_subsecs(0).into()),
        ..Note::default()
    };
    note.to_body()
}

/// The record with what the form says, and what the form cannot say yet: then it is a draft only.
pub(super) fn typed(base: &Record, form: &TalkForm) -> Result<(Record, Vec<Fault>), Error> {
    let shown = form_of(base);
    let body = base.body.as_ref().ok_or(Error::Unreadable)?;
    let before = Note::read(body).map_err(|_| Error::Unreadable)?;
    let mut note = before.clone();
    let mut faults = Vec::new();
    words(&mut note, &shown, form);
    place_and_people(&mut note, &shown, form);
    follow_up(&mut note, &shown, form, &mut faults);
    if form.when != shown.when || form.typed.is_some() {
        match wall(&form.when).filter(|_| form.typed.is_none()) {
            Some(at) => note.occurred_at = at,
            None => faults.push(fault("occurred_at", Wrong::Malformed)),
        }
    }
    if note.topics.is_empty() && (before.topics != note.topics || shown.topics.is_empty() && base.envelope.version == 0)
    {
        faults.push(fault("topics", Wrong::Empty));
    }
    if form.files != shown.files {
        note.attachments = files::onto(&before.attachments, &form.files);
    }
    if form.links != shown.links {
        note.links = form.links.iter().filter_map(|id| id.parse().ok()).collect();
    }
    let mut record = Record {
        body: Some(desk::over(body, &before.to_body(), &note.to_body())?),
        ..base.clone()
    };
    if form.districts != shown.districts {
        record.envelope.districts = form.districts.iter().filter_map(|id| id.parse().ok()).collect();
    }
    if record.envelope.districts.is_empty() && !record.envelope.whole_organisation {
        faults.push(fault("districts", Wrong::Empty));
    }
    Ok((record, faults))
}

fn fault(field: &str, fault: Wrong) -> Fault {
    let field = field.to_owned();
    Fault { field, fault }
}

/// A line or a text without the spaces around it; nothing where it is blank.
fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn words(note: &mut Note, shown: &TalkForm, form: &TalkForm) {
    if form.text != shown.text {
        note.text = said(&form.text);
    }
    if form.original_words != shown.original_words {
        note.original_words = said(&form.original_words);
    }
    if form.resources != shown.resources {
        note.resources = said(&form.resources);
    }
    note.topics.clone_from(&form.topics);
    note.duration_minutes = form.duration_minutes;
    note.language.clone_from(&form.language);
    note.interpreter = form.interpreter;
    note.participation = form.participation;
}

fn place_and_people(note: &mut Note, shown: &TalkForm, form: &TalkForm) {
    note.contact_mode.clone_from(&form.contact_mode);
    note.contact_order.clone_from(&form.contact_order);
    note.place_kind.clone_from(&form.place_kind);
    if form.place != shown.place {
        note.place = said(&form.place);
    }
    if form.people != shown.people {
        let known = std::mem::take(&mut note.people);
        let group = |typed: &TalkGroup| Group {
            age_band: typed.age_band.clone(),
            gender: typed.gender.clone(),
            count: typed.count,
            // What a newer version knows about a cell stays with the cell.
            ..known
                .iter()
                .find(|group| group.age_band == typed.age_band && group.gender == typed.gender)
                .cloned()
                .unwrap_or_default()
        };
        note.people = form.people.iter().filter(|typed| typed.count > 0).map(group).collect();
    }
    if form.services != shown.services {
        let known = std::mem::take(&mut note.services);
        let service = |typed: &TalkService| Service {
            service: typed.service.clone(),
            to: said(&typed.to),
            ..known
                .iter()
                .find(|service| service.service == typed.service)
                .cloned()
                .unwrap_or_default()
        };
        note.services = form.services.iter().map(service).collect();
    }
}

fn follow_up(note: &mut Note, shown: &TalkForm, form: &TalkForm, faults: &mut Vec<Fault>) {
    let of = |form: &TalkForm| {
        (
            form.follow_up_on.clone(),
            form.follow_up_who.clone(),
            form.follow_up_done_on.clone(),
        )
    };
    if of(form) == of(shown) {
        return;
    }
    let day = |text: &Option<String>| text.as_ref().map(|text| text.parse::<NaiveDate>());
    match day(&form.follow_up_on) {
        None => {
            if said(&form.follow_up_who).is_some() {
                faults.push(fault("follow_up", Wrong::Empty));
            }
            note.follow_up = None;
        }
        Some(Err(_)) => faults.push(fault("follow_up", Wrong::Malformed)),
        Some(Ok(on)) => {
            note.follow_up = Some(FollowUp {
                on,
                who: said(&form.follow_up_who),
                done_on: day(&form.follow_up_done_on).and_then(Result::ok),
                ..note.follow_up.take().unwrap_or_default()
            });
        }
    }
}

/// The clock on the wall, in the city's time zone. The doubled hour in October is the earlier one.
fn wall(clock: &str) -> Option<DateTime<FixedOffset>> {
    let parsed = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(clock, format).ok())?;
    match local_to_offset(parsed) {
        LocalTime::One(at) | LocalTime::Twice { earlier: at, .. } => Some(at),
        LocalTime::Never => None,
    }
}
