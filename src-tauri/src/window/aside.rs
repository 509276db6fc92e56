//! What a person is to be told: words that cannot reach the city any more, and what happened to records meanwhile.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    session::Session,
    shapes::{Cause, Trouble},
};
use domain::{Body, Kind, Members, MutationId, Record, kinds};
use serde::Serialize;
use specta::Type;
use store::{Notice, Untransferable};
use tauri::State;

/// Milliseconds that words are kept aside: 30 days.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Words that cannot reach the city any more. No Debug: it holds them.
#[derive(Clone, Serialize, Type)]
pub(super) struct Aside {
    /// To let go of it.
    pub(super) id: String,
    /// The record's kind, as the domain names it.
    pub(super) kind: String,
    /// Its districts.
    pub(super) districts: Vec<String>,
    /// Why: `left_scope`, `forbidden`, `not_shown`.
    pub(super) why: String,
    /// What was typed, as text to copy.
    pub(super) text: String,
    /// When it was typed, in UTC.
    pub(super) typed_at: String,
    /// When it goes by itself, in UTC.
    pub(super) until: Option<String>,
}

/// Something that happened to a record while somebody else worked on it.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct Told {
    /// To answer that it was read.
    pub(super) place: String,
    /// `revived`, `amended`, `erased`, `redacted` or `unreadable`.
    pub(super) what: String,
    /// The record's kind, as the domain names it.
    pub(super) kind: String,
    /// The record, which may be gone.
    pub(super) record: String,
    /// Whether it is still here.
    pub(super) here: bool,
    /// When, in UTC.
    pub(super) at: String,
}

/// What cannot reach the city any more, and what is to be told.
#[derive(Clone, Serialize, Type)]
pub(super) struct Leftover {
    /// "Nicht übertragbar", in the order typed.
    pub(super) aside: Vec<Aside>,
    /// Notices, the newest first.
    pub(super) told: Vec<Told>,
}

/// What cannot reach the city any more, and what is to be told.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn leftover(session: State<'_, Session>) -> Result<Leftover, Trouble> {
    let notebook = session.notebook()?;
    let (aside, told) = notebook.store().read(|reading| {
        let mut told = Vec::new();
        for notice in reading.notices()?.into_iter().rev() {
            let record = reading.record(notice.record)?;
            told.push(notice_of(
                &notice,
                record.is_some_and(|stored| stored.record.body.is_some()),
            ));
        }
        Ok((reading.untransferable()?, told))
    })?;
    Ok(Leftover {
        aside: aside.iter().map(aside_of).collect(),
        told,
    })
}

/// Lets go of words that were handed over.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn drop_aside(session: State<'_, Session>, id: String) -> Result<(), Trouble> {
    let id = id.parse().map(MutationId).map_err(|_| Trouble::of(Cause::Invalid))?;
    session
        .notebook()?
        .store()
        .write(|writing| writing.drop_untransferable(id))?;
    Ok(())
}

/// The notices up to this one were read.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn drop_told(session: State<'_, Session>, through: String) -> Result<(), Trouble> {
    let through = through.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    session
        .notebook()?
        .store()
        .write(|writing| writing.drop_notices(through))?;
    Ok(())
}

fn notice_of(notice: &Notice, here: bool) -> Told {
    Told {
        place: notice.place.to_string(),
        what: notice.what.clone(),
        kind: notice.kind.to_string(),
        record: notice.record.to_string(),
        here,
        at: notice.at.to_string(),
    }
}

fn aside_of(entry: &Untransferable) -> Aside {
    let until = domain::At::from_millis(entry.aside_at.millis() + KEPT);
    Aside {
        id: entry.stamp.mutation_id.0.to_string(),
        kind: entry.record.envelope.kind.to_string(),
        districts: entry
            .record
            .envelope
            .districts
            .iter()
            .map(ToString::to_string)
            .collect(),
        why: entry.code.clone(),
        text: text_of(&entry.record),
        typed_at: entry.stamp.at.to_string(),
        until: until.map(|at| at.to_string()),
    }
}

/// What a person typed in a record, as lines to copy elsewhere.
fn text_of(record: &Record) -> String {
    let Some(body) = &record.body else { return String::new() };
    let lines = known(&record.envelope.kind, body).unwrap_or_else(|| texts(body));
    lines.join("\n")
}

fn known(kind: &Kind, body: &Body) -> Option<Vec<String>> {
    let lines = match kind {
        Kind::Note => {
            let note = kinds::Note::read(body).ok()?;
            let at = Some(note.occurred_at.format("%d.%m.%Y %H:%M").to_string());
            vec![at, note.place, note.text, note.original_words, note.resources]
        }
        Kind::Request => {
            let request = kinds::Request::read(body).ok()?;
            let on = Some(request.received_on.format("%d.%m.%Y").to_string());
            vec![request.number, on, request.place, request.description, request.result]
        }
        Kind::Contact => {
            let contact = kinds::Contact::read(body).ok()?;
            let mut lines = vec![Some(contact.name), contact.function, contact.organisation];
            lines.extend(contact.phones.into_iter().chain(contact.emails).map(Some));
            lines
        }
        _ => return None,
    };
    Some(lines.into_iter().flatten().filter(|line| !line.is_empty()).collect())
}

/// The texts of a body that this window has no form for.
fn texts(body: &Body) -> Vec<String> {
    let Ok(members) = Members::parse(body.as_str()) else {
        return vec![body.as_str().to_owned()];
    };
    members
        .names()
        .filter_map(|name| members.read::<String>(name))
        .collect()
}
