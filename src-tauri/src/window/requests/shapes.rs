//! Requests as the window shows them.

use crate::window::{shapes::Mark, trash::InTrash};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which requests a list shall show.
#[derive(Clone, Debug, Deserialize, Type)]
pub(in crate::window) struct RequestsWish {
    /// By where they stand.
    pub(in crate::window) show: RequestsShow,
    /// Only those of this status.
    pub(in crate::window) status: Option<String>,
    /// Only those of this district.
    pub(in crate::window) district: Option<String>,
    /// Only those that the person recorded.
    pub(in crate::window) mine: bool,
    /// Only those that hold all these words.
    pub(in crate::window) query: String,
    /// The newest first; otherwise who waits longest.
    pub(in crate::window) newest_first: bool,
    /// At most so many.
    pub(in crate::window) limit: u32,
}

/// Requests by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum RequestsShow {
    /// Somebody still waits, for a result or for hearing of it.
    Open,
    /// Their answer is late.
    Overdue,
    /// There is a result, and the resident does not know.
    Untold,
    /// Nobody waits any more.
    Closed,
    /// Every one.
    All,
}

/// A request as the list shows it.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct RequestRow {
    /// Its id.
    pub(in crate::window) id: String,
    /// Its number for people.
    pub(in crate::window) number: Option<String>,
    /// The beginning of what is asked for.
    pub(in crate::window) title: String,
    /// Where.
    pub(in crate::window) place: Option<String>,
    /// Its districts.
    pub(in crate::window) districts: Vec<String>,
    /// `request_category`, by code.
    pub(in crate::window) category: Option<String>,
    /// Where it stands.
    pub(in crate::window) status: String,
    /// The day it came.
    pub(in crate::window) received_on: String,
    /// Days since then, or until it was closed.
    pub(in crate::window) age_days: u32,
    /// Until when an answer is due.
    pub(in crate::window) due_on: Option<String>,
    /// The answer is late.
    pub(in crate::window) overdue: bool,
    /// There is a result, and the resident does not know.
    pub(in crate::window) untold: bool,
    /// Nobody waits any more.
    pub(in crate::window) closed: bool,
    /// What is special about it.
    pub(in crate::window) mark: Option<Mark>,
}

/// Some requests, and how many there are.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct RequestsPage {
    /// The rows.
    pub(in crate::window) rows: Vec<RequestRow>,
    /// How many there are of what was asked for.
    pub(in crate::window) total: u32,
    /// Somebody still waits, whatever was asked for.
    pub(in crate::window) open: u32,
    /// Answers that are late.
    pub(in crate::window) overdue: u32,
    /// Results that nobody was told.
    pub(in crate::window) untold: u32,
    /// There is any request at all.
    pub(in crate::window) any: bool,
}

/// A request to read.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct Request {
    /// What the list shows.
    pub(in crate::window) row: RequestRow,
    /// What is asked for, word for word.
    pub(in crate::window) description: Option<String>,
    /// `request_way`, by code.
    pub(in crate::window) received_way: Option<String>,
    /// `field`, by code.
    pub(in crate::window) field: Option<String>,
    /// What was done on the way, in the order of days.
    pub(in crate::window) steps: Vec<RequestStep>,
    /// What came of it.
    pub(in crate::window) result: Option<String>,
    /// What became of the feedback.
    pub(in crate::window) feedback: Option<Feedback>,
    /// Why it stands where it stands.
    pub(in crate::window) status_reason: Option<String>,
    /// The day it was closed.
    pub(in crate::window) closed_on: Option<String>,
    /// The request it doubles.
    pub(in crate::window) duplicate_of: Option<Linked>,
    /// Who wants to be told.
    pub(in crate::window) contact: Option<Waiting>,
    /// Records it belongs with.
    pub(in crate::window) links: Vec<Linked>,
    /// It lies in the trash.
    pub(in crate::window) trashed: Option<InTrash>,
    /// What somebody began to do to it and did not finish.
    pub(in crate::window) begun: Vec<super::acts::Act>,
    /// Where it may go from here.
    pub(in crate::window) next: Vec<String>,
    /// The person may change it.
    pub(in crate::window) may_change: bool,
    /// When it was last changed, in UTC.
    pub(in crate::window) changed_at: String,
}

/// A step on the way.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct RequestStep {
    /// Its id.
    pub(in crate::window) id: String,
    /// What was done: `forwarded`, `reminded`, `answered`, `told`.
    pub(in crate::window) step: String,
    /// The day.
    pub(in crate::window) on: String,
    /// To whom, or by whom.
    pub(in crate::window) whom: Option<String>,
    /// What was said.
    pub(in crate::window) text: Option<String>,
}

/// What became of the feedback.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub(in crate::window) struct Feedback {
    /// `given`, `public_notice`, `not_wanted`, `not_possible`.
    pub(in crate::window) kind: String,
    /// The day.
    pub(in crate::window) on: Option<String>,
    /// `contact_mode`, by code.
    pub(in crate::window) way: Option<String>,
    /// Why it was not possible.
    pub(in crate::window) reason: Option<String>,
}

/// The person who wants to be told.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct Waiting {
    /// Their card.
    pub(in crate::window) id: String,
    /// Their name; nothing where the card is not on this device.
    pub(in crate::window) name: Option<String>,
    /// Their phone numbers.
    pub(in crate::window) phones: Vec<String>,
    /// Their e-mail addresses.
    pub(in crate::window) emails: Vec<String>,
    /// `contact_mode`, by code.
    pub(in crate::window) preferred_way: Option<String>,
    /// They agreed to be written to or called, and have not taken it back.
    pub(in crate::window) consents: bool,
    /// A card that needs no consent.
    pub(in crate::window) professional: bool,
}

/// A record that belongs with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(in crate::window) struct Linked {
    /// Its id.
    pub(in crate::window) id: String,
    /// Its kind; nothing where it is not on this device.
    pub(in crate::window) kind: Option<String>,
    /// Its day, where it has one.
    pub(in crate::window) on: Option<String>,
    /// Its number, name or beginning.
    pub(in crate::window) title: String,
}

/// A request that is opened for editing.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct RequestEdit {
    /// Its fields.
    pub(in crate::window) form: super::form::RequestForm,
    /// What it belongs with.
    pub(in crate::window) linked: Vec<Linked>,
    /// Somebody began typing and did not finish.
    pub(in crate::window) typed: bool,
}
