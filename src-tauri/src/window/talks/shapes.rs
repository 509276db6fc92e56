//! Conversations as the window shows them and takes them back.

use crate::window::{files::FileForm, shapes::Mark};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which conversations the list shows. Absent asks for all.
#[derive(Clone, Debug, Default, Deserialize, Type)]
pub(in crate::window) struct TalkFilter {
    /// From this local day on: `2026-10-05`.
    pub(in crate::window) from: Option<String>,
    /// Up to and with this local day.
    pub(in crate::window) to: Option<String>,
    /// In this district.
    pub(in crate::window) district: Option<String>,
    /// With this topic, by code.
    pub(in crate::window) topic: Option<String>,
    /// Only with a follow-up that is not done yet.
    pub(in crate::window) open: bool,
    /// Only those the person recorded.
    pub(in crate::window) mine: bool,
}

/// How long a list is, where its days stand, and what of it is seen; newest first.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct TalkList {
    /// The days.
    pub(in crate::window) days: Vec<TalkDay>,
    /// The rows that were asked for.
    pub(in crate::window) rows: Vec<TalkRow>,
    /// How many conversations there are without the filter.
    pub(in crate::window) all: u32,
    /// In which months: `2026-10`.
    pub(in crate::window) months: Vec<String>,
}

/// A day of the list.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct TalkDay {
    /// `2026-10-05`
    pub(in crate::window) day: String,
    /// How many conversations.
    pub(in crate::window) count: u32,
}

/// A conversation as the list shows it.
#[derive(Clone, Default, Serialize, Type)]
pub(in crate::window) struct TalkRow {
    /// Its id.
    pub(in crate::window) id: String,
    /// The clock on the wall: `2026-10-05T09:15`.
    pub(in crate::window) when: String,
    /// The beginning of what was said.
    pub(in crate::window) text: String,
    /// Free place.
    pub(in crate::window) place: Option<String>,
    /// Its kind, by code.
    pub(in crate::window) place_kind: Option<String>,
    /// Its districts.
    pub(in crate::window) districts: Vec<String>,
    /// Its topics, by code.
    pub(in crate::window) topics: Vec<String>,
    /// What is special about it.
    pub(in crate::window) mark: Option<Mark>,
    /// Somebody comes back to it.
    pub(in crate::window) open: bool,
}

/// A conversation to read.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct Talk {
    /// What the list shows.
    pub(in crate::window) row: TalkRow,
    /// What was recorded.
    pub(in crate::window) form: TalkForm,
    /// What it belongs with, as far as it is on this device.
    pub(in crate::window) links: Vec<TalkLink>,
    /// It lies in the trash.
    pub(in crate::window) trashed: bool,
    /// This person recorded it.
    pub(in crate::window) own: bool,
    /// Who did, where the notebook knows the name.
    pub(in crate::window) owner: Option<String>,
    /// Who wrote it down, where it was imported.
    pub(in crate::window) recorded_by: Option<String>,
    /// When it was recorded, in UTC, where the id tells.
    pub(in crate::window) recorded_at: Option<String>,
    /// When it was last changed, in UTC.
    pub(in crate::window) changed_at: String,
    /// This person changed it.
    pub(in crate::window) changed_own: bool,
    /// Who did, where the notebook knows the name.
    pub(in crate::window) changed_by: Option<String>,
    /// This person may change it.
    pub(in crate::window) may_change: bool,
    /// This person may put it into the trash.
    pub(in crate::window) may_trash: bool,
}

/// Some people of one age band and gender, as counted in the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct TalkGroup {
    /// By code.
    pub(in crate::window) age_band: Option<String>,
    /// By code.
    pub(in crate::window) gender: Option<String>,
    /// How many.
    pub(in crate::window) count: u32,
}

/// A service and whereto.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct TalkService {
    /// By code.
    pub(in crate::window) service: String,
    /// Whereto; may be empty.
    pub(in crate::window) to: String,
}

/// What the form's fields hold. No Debug: it holds what was confided.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct TalkForm {
    pub(in crate::window) districts: Vec<String>,
    /// The clock on the wall: `2026-10-05T09:15`.
    pub(in crate::window) when: String,
    pub(in crate::window) text: String,
    pub(in crate::window) original_words: String,
    pub(in crate::window) resources: String,
    pub(in crate::window) topics: Vec<String>,
    pub(in crate::window) duration_minutes: Option<u32>,
    pub(in crate::window) contact_mode: Option<String>,
    pub(in crate::window) contact_order: Option<String>,
    pub(in crate::window) place_kind: Option<String>,
    pub(in crate::window) place: String,
    pub(in crate::window) people: Vec<TalkGroup>,
    pub(in crate::window) language: Option<String>,
    pub(in crate::window) interpreter: Option<bool>,
    pub(in crate::window) participation: Option<u8>,
    pub(in crate::window) services: Vec<TalkService>,
    pub(in crate::window) follow_up_on: Option<String>,
    pub(in crate::window) follow_up_who: String,
    pub(in crate::window) follow_up_done_on: Option<String>,
    pub(in crate::window) links: Vec<String>,
    /// Photos and files.
    #[serde(default)]
    pub(in crate::window) files: Vec<FileForm>,
    /// What stands in the fields for day and time where it cannot be read: then this is a draft and no change.
    pub(in crate::window) typed: Option<TalkTyped>,
}

/// Text that is no day or time yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct TalkTyped {
    pub(in crate::window) when: Option<String>,
    pub(in crate::window) follow_up: Option<String>,
}

/// A conversation that was opened to be typed in.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct TalkEditing {
    /// The draft's name.
    pub(in crate::window) key: String,
    /// The record; nothing for a new one.
    pub(in crate::window) id: Option<String>,
    /// What its fields hold.
    pub(in crate::window) form: TalkForm,
    /// It was being typed before and not finished.
    pub(in crate::window) kept: bool,
    /// The record is no longer here: what was typed can become a new conversation.
    pub(in crate::window) gone: bool,
}

/// A draft as the list shows it.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct TalkDraft {
    /// The draft's name.
    pub(in crate::window) key: String,
    /// The record it will change; nothing for a new one.
    pub(in crate::window) id: Option<String>,
    /// What it will look like in the list.
    pub(in crate::window) row: TalkRow,
}

/// A record a conversation belongs with.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct TalkLink {
    /// Its id.
    pub(in crate::window) id: String,
    /// `contact` or `request`.
    pub(in crate::window) kind: String,
    /// What it is called.
    pub(in crate::window) title: String,
}
