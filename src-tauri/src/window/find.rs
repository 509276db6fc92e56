//! One search over everything the window can open, for the palette.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    session::Session,
    shapes::{Cause, Trouble},
};
use crate::desk::Notebook;
use domain::{Kind, kinds};
use serde::Serialize;
use specta::Type;
use store::Stored;
use tauri::State;

/// More of a kind than anybody reads in a palette.
const MOST: u32 = 50;
/// What a line of the palette has room for, in characters.
const BEGINNING: usize = 120;

/// What kind of record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum FoundKind {
    /// Kontakt.
    Contact,
    /// Anliegen.
    Request,
    /// Gespräch.
    Note,
}

/// A record that holds what was asked for. No Debug: it holds words of people.
#[derive(Clone, Serialize, Type)]
pub(super) struct Found {
    /// What it is.
    pub(super) kind: FoundKind,
    /// Its id.
    pub(super) id: String,
    /// What it is called, or its beginning.
    pub(super) title: String,
    /// What tells it from others of that title.
    pub(super) line: Option<String>,
    /// The day or moment it stands at.
    pub(super) at: Option<String>,
    /// Its districts.
    pub(super) districts: Vec<String>,
}

/// Records that hold all these words: contacts, then requests, then conversations, each newest first, and of each kind
/// at most `limit`.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn find(session: State<'_, Session>, query: String, limit: u32) -> Result<Vec<Found>, Trouble> {
    everything(&session.notebook()?, &query, limit)
}

fn everything(notebook: &Notebook, query: &str, limit: u32) -> Result<Vec<Found>, Trouble> {
    let limit = limit.min(MOST) as usize;
    let of = |kind: &Kind, read: fn(&Stored) -> Option<Found>| -> Result<Vec<Found>, Trouble> {
        let found = notebook.search(query, Some(kind), limit)?;
        Ok(found.iter().filter_map(read).collect())
    };
    let mut all = of(&Kind::Contact, contact)?;
    all.extend(of(&Kind::Request, request)?);
    all.extend(of(&Kind::Note, note)?);
    Ok(all)
}

/// What a record is called where it is spoken of; empty for one without words.
pub(super) fn title_of(stored: &Stored) -> String {
    let read = match stored.record.envelope.kind {
        Kind::Contact => contact,
        Kind::Request => request,
        Kind::Note => note,
        _ => return String::new(),
    };
    read(stored).map(|found| found.title).unwrap_or_default()
}

fn contact(stored: &Stored) -> Option<Found> {
    let contact = kinds::Contact::read(stored.record.body.as_ref()?).ok()?;
    let more: Vec<String> = [contact.function, contact.organisation].into_iter().flatten().collect();
    Some(Found {
        line: (!more.is_empty()).then(|| more.join(", ")),
        at: None,
        ..found(stored, FoundKind::Contact, contact.name)
    })
}

fn request(stored: &Stored) -> Option<Found> {
    let request = kinds::Request::read(stored.record.body.as_ref()?).ok()?;
    let more: Vec<String> = [request.number, request.place].into_iter().flatten().collect();
    let title = request.description.as_deref().map(beginning).unwrap_or_default();
    Some(Found {
        line: (!more.is_empty()).then(|| more.join(" · ")),
        at: Some(request.received_on.to_string()),
        ..found(stored, FoundKind::Request, title)
    })
}

fn note(stored: &Stored) -> Option<Found> {
    let note = kinds::Note::read(stored.record.body.as_ref()?).ok()?;
    let said = note.text.as_deref().or(note.original_words.as_deref());
    Some(Found {
        line: note.place,
        at: Some(note.occurred_at.to_rfc3339()),
        ..found(stored, FoundKind::Note, said.map(beginning).unwrap_or_default())
    })
}

fn found(stored: &Stored, kind: FoundKind, title: String) -> Found {
    let envelope = &stored.record.envelope;
    Found {
        kind,
        id: envelope.id.to_string(),
        title,
        line: None,
        at: None,
        districts: envelope.districts.iter().map(ToString::to_string).collect(),
    }
}

/// The first line's worth of a text, without its line breaks.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(BEGINNING).collect()
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        crate::desk::Error::from(error).into()
    }
}

impl Trouble {
    /// The notebook is closed.
    pub(super) fn locked() -> Self {
        Self::of(Cause::Locked)
    }
}
