//! This device, and what its transfer did lately.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{session::Session, shapes::Trouble};
use domain::Role;
use serde::Serialize;
use specta::Type;
use sync::Checked;
use tauri::State;

/// What a person may want to know of this device. No Debug: it says who works here.
#[derive(Clone, Serialize, Type)]
pub(super) struct Device {
    /// Its part of numbers for people.
    pub(super) code: String,
    /// Where its city listens.
    pub(super) city_url: String,
    /// What the person does.
    pub(super) role: Work,
    /// Records it holds.
    pub(super) records: u32,
    /// Where they lie.
    pub(super) folder: String,
    /// This program's version.
    pub(super) version: String,
}

/// What a person does, as the city has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Work {
    /// In the districts.
    Worker,
    /// Leads a team.
    Lead,
    /// Plans in a field.
    Planner,
    /// Looks after the city's Quartierbuch.
    Admin,
}

impl From<Role> for Work {
    fn from(role: Role) -> Self {
        match role {
            Role::Worker => Self::Worker,
            Role::Lead => Self::Lead,
            Role::Planner => Self::Planner,
            Role::Admin => Self::Admin,
        }
    }
}

/// A round of the transfer that did something, in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Round {
    /// When it ended, in UTC.
    pub(super) at: String,
    /// Records that were new here.
    pub(super) received: u32,
    /// Changes that the city took.
    pub(super) sent: u32,
    /// Records in which an edit of this device met another's.
    pub(super) merged: u32,
    /// Changes that the city did not take.
    pub(super) refused: u32,
    /// Entries that this version cannot read yet.
    pub(super) unreadable: u32,
}

/// The last rounds since the notebook was opened, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Rounds {
    /// Those that did something.
    pub(super) rounds: Vec<Round>,
}

/// What came of comparing this device with the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "so", rename_all = "snake_case")]
pub(super) enum Comparison {
    /// Both hold the same.
    Equal {
        /// So many records.
        count: u32,
    },
    /// They differed; everything was fetched anew, and now both hold the same.
    Mended {
        /// So many records were put right or came back.
        count: u32,
    },
    /// They differ still.
    Differs {
        /// Records here.
        here: u32,
        /// Records at the city.
        there: u32,
    },
    /// Others write so much just now that it could not be compared.
    Busy,
}

impl From<&Checked> for Comparison {
    fn from(checked: &Checked) -> Self {
        let figure = |count| u32::try_from(count).unwrap_or(u32::MAX);
        match (checked.verified.counts(), checked.mended) {
            ((count, _), None) if checked.verified.equal => Self::Equal { count: figure(count) },
            (_, Some(count)) if checked.verified.equal => Self::Mended { count: figure(count) },
            ((here, Some(there)), _) => Self::Differs {
                here: figure(here),
                there: figure(there),
            },
            ((_, None), _) => Self::Busy,
        }
    }
}

/// Compares this device with the city, and fetches everything anew where they differ; what waits here stays.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn compare(session: State<'_, Session>) -> Result<Comparison, Trouble> {
    let checked = session.notebook()?.check()?;
    // Lists look again, and what waits goes on its way.
    session.wrote()?;
    Ok(Comparison::from(&checked))
}

/// What a person may want to know of this device.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn device(session: State<'_, Session>) -> Result<Device, Trouble> {
    let notebook = session.notebook()?;
    let identity = notebook.identity()?;
    let status = notebook.status()?;
    Ok(Device {
        code: identity.device_code.clone(),
        city_url: identity.city_url.clone(),
        role: identity.role.into(),
        records: u32::try_from(status.records).unwrap_or(u32::MAX),
        folder: notebook.folder().display().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// What the transfer did lately.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn rounds(session: State<'_, Session>) -> Result<Rounds, Trouble> {
    session.rounds()
}

/// Every program that others wrote and this one contains, with its licence.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn third_party() -> &'static str {
    include_str!("../../../docs/third-party.md")
}

/// The licence of this program.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn licence() -> &'static str {
    include_str!("../../../LICENSE")
}
