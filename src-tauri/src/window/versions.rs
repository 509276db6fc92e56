//! Records in two versions: what stands beside what, field by field, and settling it.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    linked::{linked, named, person_called},
    requests::shapes::Linked,
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use crate::desk::{self, Choice};
use domain::{Action, MutationId, RecordId, State};
use serde::{Deserialize, Serialize};
use specta::Type;
use store::{Identity, Reading, Stored};
use tauri::State as Held;

/// More than anybody settles in one sitting.
const MOST: usize = 1_000;

/// What of a record stands in two versions. No Debug: it holds what was confided.
#[derive(Clone, Serialize, Type)]
pub(super) struct TwoVersions {
    /// The record.
    pub(super) id: String,
    /// Its kind.
    pub(super) kind: String,
    /// This person may settle it.
    pub(super) may_change: bool,
    /// What stands was last changed then, in UTC.
    pub(super) changed_at: String,
    /// This person did.
    pub(super) changed_own: bool,
    /// Who did, where the notebook knows the name.
    pub(super) changed_by: Option<String>,
    /// The fields.
    pub(super) fields: Vec<FieldInTwo>,
    /// What the values lead to.
    pub(super) linked: Vec<Linked>,
}

/// A field that stands in two versions.
#[derive(Clone, Serialize, Type)]
pub(super) struct FieldInTwo {
    /// The field or unit, as the body names it; inside a part `steps/ID/text`.
    pub(super) field: String,
    /// A text: both can be brought together by hand.
    pub(super) text: bool,
    /// What stands, as JSON; of a unit of several fields an object of them.
    pub(super) standing: String,
    /// The versions beside it.
    pub(super) versions: Vec<Version>,
}

/// One of them.
#[derive(Clone, Serialize, Type)]
pub(super) struct Version {
    /// Its id.
    pub(super) id: String,
    /// What it says, as JSON.
    pub(super) value: String,
    /// Who typed it, where the notebook knows the name.
    pub(super) by: Option<String>,
    /// It was this person.
    pub(super) own: bool,
    /// When, in UTC.
    pub(super) at: String,
}

/// How a field in two versions is settled.
#[derive(Clone, Deserialize, Type)]
pub(super) struct Settling {
    /// The record.
    pub(super) id: String,
    /// The field.
    pub(super) field: String,
    /// The version that stands from now on; nothing keeps the one that stands.
    pub(super) version: Option<String>,
    /// A text made of both, where it is one.
    pub(super) text: Option<String>,
    /// The versions the person has seen; one that arrived since stays open.
    pub(super) seen: Vec<String>,
}

/// What of a record stands in two versions; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn versions(session: Held<'_, Session>, id: String) -> Result<Option<TwoVersions>, Trouble> {
    let id = record_id(&id)?;
    let notebook = session.notebook()?;
    let identity = notebook.identity()?;
    Ok(notebook.store().read(|reading| {
        let found = reading.record(id)?;
        let live = found.filter(|stored| stored.record.envelope.state == State::Live);
        live.map(|stored| two(reading, &identity, &stored)).transpose()
    })?)
}

/// Settles a field that stands in two versions.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn settle(session: Held<'_, Session>, settling: Settling) -> Result<Written, Trouble> {
    let version = |id: &str| id.parse::<MutationId>().map_err(|_| Trouble::of(Cause::Invalid));
    let choice = match (settling.text, settling.version) {
        (Some(text), _) => Choice::Text(text),
        (None, Some(id)) => Choice::Version(version(&id)?),
        (None, None) => Choice::Standing,
    };
    let seen: Vec<MutationId> = settling.seen.iter().map(|id| version(id)).collect::<Result<_, _>>()?;
    let id = record_id(&settling.id)?;
    let written = session.notebook()?.settle(id, &settling.field, &choice, &seen)?;
    session.written(written)
}

/// Records with something in two versions, the newest first.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn all_in_two(session: Held<'_, Session>) -> Result<Vec<Linked>, Trouble> {
    let found = session
        .notebook()?
        .store()
        .read(|reading| reading.in_two_versions(MOST))?;
    Ok(found.iter().map(linked).collect())
}

fn record_id(id: &str) -> Result<RecordId, Trouble> {
    id.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

fn two(reading: &Reading<'_>, identity: &Identity, stored: &Stored) -> Result<TwoVersions, store::Error> {
    let record = &stored.record;
    let mut fields = Vec::new();
    for (field, open) in desk::open_versions(record).unwrap_or_default() {
        let mut versions = Vec::new();
        for version in open {
            versions.push(Version {
                id: version.id.to_string(),
                value: version.value.get().to_owned(),
                by: person_called(reading, version.by)?,
                own: version.by == identity.person,
                at: version.at.to_string(),
            });
        }
        fields.push(FieldInTwo {
            text: desk::is_text(&record.envelope.kind, &field),
            standing: desk::standing(record, &field).unwrap_or_else(|_| "null".to_owned()),
            field,
            versions,
        });
    }
    let values = fields
        .iter()
        .flat_map(|field| std::iter::once(&field.standing).chain(field.versions.iter().map(|version| &version.value)));
    let ids: Vec<RecordId> = values.flat_map(|value| ids_in(value)).collect();
    Ok(TwoVersions {
        id: record.envelope.id.to_string(),
        kind: record.envelope.kind.to_string(),
        may_change: domain::may(&identity.person(), Action::Change, &record.envelope),
        changed_at: stored.changed_at.to_string(),
        changed_own: stored.changed_by == identity.person,
        changed_by: person_called(reading, stored.changed_by)?,
        linked: named(reading, &ids)?,
        fields,
    })
}

/// Ids of records that a value names.
fn ids_in(json: &str) -> Vec<RecordId> {
    fn collect(value: &serde_json::Value, found: &mut Vec<RecordId>) {
        match value {
            serde_json::Value::String(text) => found.extend(text.parse::<RecordId>()),
            serde_json::Value::Array(inside) => inside.iter().for_each(|each| collect(each, found)),
            serde_json::Value::Object(inside) => inside.values().for_each(|each| collect(each, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str(json) {
        collect(&value, &mut found);
    }
    found
}
