//! The trash: records of every kind that can be taken back for 30 days.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    linked::{linked, person_called},
    requests::shapes::Linked,
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use domain::{Action, At, State};
use serde::Serialize;
use specta::Type;
use store::{Identity, Reading, Stored};
use tauri::State as Held;

/// More than anybody looks through.
const MOST: usize = 2_000;
/// Milliseconds that a record lies in the trash: 30 days, by the city's clock.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1_000;

/// A record in the trash.
#[derive(Clone, Debug, Serialize, Type)]
pub(super) struct Trashed {
    /// What it is called.
    pub(super) record: Linked,
    /// How it came there.
    pub(super) trash: InTrash,
}

/// How a record came into the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct InTrash {
    /// When it was put there, in UTC.
    pub(super) at: String,
    /// When it goes for good, in UTC.
    pub(super) until: Option<String>,
    /// This person put it there, or changed it last.
    pub(super) own: bool,
    /// Who did, where the notebook knows the name.
    pub(super) by: Option<String>,
    /// This person may take it back.
    pub(super) may_restore: bool,
}

/// What lies in the trash, the last ones put there first.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn trash(session: Held<'_, Session>) -> Result<Vec<Trashed>, Trouble> {
    let notebook = session.notebook()?;
    let identity = notebook.identity()?;
    Ok(notebook.store().read(|reading| {
        let mut found = Vec::new();
        for stored in reading.trash(MOST)? {
            let trash = in_trash(reading, &identity, &stored)?;
            found.extend(trash.map(|trash| Trashed {
                record: linked(&stored),
                trash,
            }));
        }
        Ok(found)
    })?)
}

/// How it came there, where it lies there.
pub(super) fn in_trash(
    reading: &Reading<'_>,
    identity: &Identity,
    stored: &Stored,
) -> Result<Option<InTrash>, store::Error> {
    if stored.record.envelope.state != State::Trashed {
        return Ok(None);
    }
    Ok(Some(InTrash {
        at: stored.changed_at.to_string(),
        until: At::from_millis(stored.changed_at.millis() + KEPT).map(|at| at.to_string()),
        own: stored.changed_by == identity.person,
        by: person_called(reading, stored.changed_by)?,
        may_restore: domain::may(&identity.person(), Action::Restore, &stored.record.envelope),
    }))
}

/// Takes a record out of the trash.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn restore(session: Held<'_, Session>, id: String) -> Result<Written, Trouble> {
    let id = id.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    session.written(session.notebook()?.put(id, State::Live)?)
}
