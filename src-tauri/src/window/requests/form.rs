//! What a person fills in of a request.

use super::{shapes::Linked, today};
use crate::{
    desk::{self, Notebook},
    window::{
        files::{self, FileForm},
        forms::{self, Form},
        linked,
        shapes::{Cause, Trouble},
    },
};
use chrono::Datelike;
use domain::{Body, Kind, Record, RecordId, calendar, kinds};
use serde::{Deserialize, Serialize};
use specta::Type;
use store::{Filter, Page};

/// A request as somebody types it; what is blank is not said. No Debug: it holds what was confided.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct RequestForm {
    /// What is asked for.
    pub(in crate::window) description: String,
    /// Where.
    pub(in crate::window) place: String,
    /// Its district.
    pub(in crate::window) district: String,
    /// `request_category`, by code.
    pub(in crate::window) category: String,
    /// The day it came.
    pub(in crate::window) received_on: String,
    /// `request_way`, by code.
    pub(in crate::window) received_way: String,
    /// `field`, by code.
    pub(in crate::window) field: String,
    /// Until when an answer is due.
    pub(in crate::window) due_on: String,
    /// The card of who wants to be told.
    pub(in crate::window) contact: String,
    /// Records it belongs with.
    pub(in crate::window) links: Vec<String>,
    /// Photos and files.
    #[serde(default)]
    pub(in crate::window) files: Vec<FileForm>,
}

impl Form for RequestForm {
    const KIND: Kind = Kind::Request;

    fn of(record: &Record) -> Option<Self> {
        let request = kinds::Request::read(record.body.as_ref()?).ok()?;
        let said = |text: Option<String>| text.unwrap_or_default();
        let id = |id: Option<RecordId>| id.map(|id| id.to_string()).unwrap_or_default();
        Some(Self {
            description: said(request.description),
            place: said(request.place),
            district: forms::district(record),
            category: said(request.category),
            received_on: request.received_on.to_string(),
            received_way: said(request.received_way),
            field: said(request.field),
            due_on: request.due_on.map(|day| day.to_string()).unwrap_or_default(),
            contact: id(request.contact),
            links: request.links.iter().map(ToString::to_string).collect(),
            files: files::shown(&request.photos),
        })
    }

    fn onto(&self, base: &Record) -> Result<Record, Trouble> {
        let mut record = base.clone();
        let before = match &base.body {
            Some(body) => kinds::Request::read(body).map_err(|_| Trouble::of(Cause::Newer))?,
            None => kinds::Request::default(),
        };
        if !self.district.is_empty() {
            forms::place(&mut record, &forms::district(base), &self.district)?;
        }
        Trouble::missing(&[
            ("description", self.description.trim().is_empty()),
            ("district", record.envelope.districts.is_empty()),
            ("received_on", self.received_on.trim().is_empty()),
        ])?;
        let mut after = before.clone();
        after.description = forms::text(before.description.as_ref(), &self.description);
        after.place = forms::text(before.place.as_ref(), &self.place);
        after.category = forms::text(before.category.as_ref(), &self.category);
        after.received_on = forms::day("received_on", &self.received_on)?.ok_or(Trouble::wrong("received_on"))?;
        after.received_way = forms::text(before.received_way.as_ref(), &self.received_way);
        after.field = forms::text(before.field.as_ref(), &self.field);
        after.due_on = forms::day("due_on", &self.due_on)?;
        after.contact = forms::id("contact", &self.contact)?;
        let links: Result<Vec<RecordId>, _> = self.links.iter().map(|id| id.parse()).collect();
        after.links = links.map_err(|_| Trouble::malformed("links"))?;
        if self.files != files::shown(&before.photos) {
            after.photos = files::onto(&before.photos, &self.files);
        }
        record.body = Some(match &base.body {
            Some(body) => desk::over(body, &before.to_body(), &after.to_body())?,
            None => after.to_body(),
        });
        Ok(record)
    }

    /// It gets its number for people: year, device, counter.
    fn begin(notebook: &Notebook, record: &mut Record) -> Result<(), Trouble> {
        let Some(body) = &record.body else { return Ok(()) };
        let mut request = kinds::Request::read(body).map_err(|_| Trouble::of(Cause::Newer))?;
        if request.number.is_some() {
            return Ok(());
        }
        let faults = request.check();
        if !faults.is_empty() {
            // Nothing is numbered that is not saved.
            return Err(desk::Error::Invalid(faults).into());
        }
        let series = format!(
            "{:02}-{}",
            today().year().rem_euclid(100),
            notebook.identity()?.device_code
        );
        let counter = counter(notebook, &series)?;
        request.number = Some(format!("{series}-{counter:03}"));
        record.body = Some(Body::from_members(&request.to_members()));
        Ok(())
    }
}

/// The next counter of a series: never one that was given before, nor one that stands on a request here.
fn counter(notebook: &Notebook, series: &str) -> Result<u64, Trouble> {
    let begins = format!("{series}-");
    let mut highest = 0;
    let mut after = None;
    loop {
        let filter = Filter::of(Kind::Request);
        let page = Page { after, limit: 1_000 };
        let found = notebook
            .store()
            .read(|reading| reading.list(&filter, page))
            .map_err(super::trouble)?;
        let numbers = found.iter().filter_map(|stored| super::understood(stored)?.number);
        let counters = numbers.filter_map(|number| number.strip_prefix(&begins)?.parse::<u64>().ok());
        highest = counters.fold(highest, u64::max);
        match found.last() {
            Some(last) if found.len() == 1_000 => after = Some(last.key),
            _ => break,
        }
    }
    let (taken, _) = notebook
        .store()
        .write(|writing| writing.take_number(series, highest + 1))
        .map_err(super::trouble)?;
    Ok(taken)
}

/// What a request belongs with, by name.
pub(super) fn linked(notebook: &Notebook, form: &RequestForm) -> Result<Vec<Linked>, Trouble> {
    let ids: Vec<RecordId> = form.links.iter().filter_map(|id| id.parse().ok()).collect();
    notebook
        .store()
        .read(|reading| linked::named(reading, &ids))
        .map_err(super::trouble)
}

/// A new request; one that comes from a conversation takes over where and when that was.
pub(super) fn blank(notebook: &Notebook, from: Option<RecordId>) -> Result<RequestForm, Trouble> {
    let mut form = RequestForm {
        received_on: today().to_string(),
        received_way: "gespraech".to_owned(),
        ..RequestForm::default()
    };
    let own = notebook.identity()?.districts.clone();
    if let (Some(only), 1) = (own.first(), own.len()) {
        form.district = only.to_string();
    }
    let Some(from) = from else { return Ok(form) };
    let stored = notebook.record(from)?;
    form.links = vec![from.to_string()];
    form.district = forms::district(&stored.record);
    if let Some(note) = stored
        .record
        .body
        .as_ref()
        .and_then(|body| kinds::Note::read(body).ok())
    {
        form.received_on = calendar::day_of(&note.occurred_at).to_string();
        form.place = note.place.unwrap_or_default();
        let person = note.links.iter().find(|id| is_contact(notebook, **id));
        form.contact = person.map(ToString::to_string).unwrap_or_default();
    }
    Ok(form)
}

fn is_contact(notebook: &Notebook, id: RecordId) -> bool {
    notebook
        .record(id)
        .is_ok_and(|stored| stored.record.envelope.kind == Kind::Contact)
}
