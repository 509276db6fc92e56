//! What was begun and not finished, as lists show it, and putting a record away.

use super::{
    forms::Form,
    linked::beginning,
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use crate::desk::Notebook;
use domain::{Kind, State};
use serde::Serialize;
use specta::Type;

/// So much of a text names a draft.
const BEGINNING: usize = 120;

/// A draft as a list shows it.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct DraftRow {
    /// Where it is opened in its view: `edit-` and a record's id, a record's id alone, `new_…`, or `new-…`.
    pub(super) id: String,
    /// The beginning of what was typed.
    pub(super) title: String,
    /// When somebody last typed, in UTC.
    pub(super) at: String,
}

/// The drafts of a kind, the latest first.
pub(super) fn of<F: Form>(
    notebook: &Notebook,
    kind: &Kind,
    title: impl Fn(&F) -> String,
) -> Result<Vec<DraftRow>, Trouble> {
    let prefix = format!("{}:", kind.as_str());
    let drafts = notebook.drafts(kind)?.into_iter().filter_map(|draft| {
        let form: F = serde_json::from_str(draft.form.as_deref()?).ok()?;
        Some(DraftRow {
            id: match draft.record {
                Some(id) => format!("edit-{id}"),
                None => match draft.key.strip_prefix(&prefix).unwrap_or(&draft.key) {
                    // `new` begins another one.
                    "new" => "new_".to_owned(),
                    key => key.to_owned(),
                },
            },
            title: beginning(&title(&form), BEGINNING),
            at: draft.at.to_string(),
        })
    });
    Ok(drafts.collect())
}

/// Puts a request or a card into the trash.
pub(super) fn put_away(session: &Session, id: &str) -> Result<Written, Trouble> {
    let id = id.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    session.written(session.notebook()?.put(id, State::Trashed)?)
}
