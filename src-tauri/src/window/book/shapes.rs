//! An address book as the window shows it.

use crate::window::written::Written;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A file that was looked at. No Debug: it holds people who are not in the notebook.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookShown {
    /// What the file is called.
    pub(in crate::window) source: String,
    /// Who can be taken, in the file's order.
    pub(in crate::window) rows: Vec<BookRow>,
    /// Who cannot.
    pub(in crate::window) skipped: Vec<BookSkipped>,
    /// Columns that mean nothing to us, by their titles.
    pub(in crate::window) columns: Vec<String>,
}

/// Somebody who can be taken.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookRow {
    /// Its place among those that can be taken, by which it is chosen.
    pub(in crate::window) index: u32,
    /// `person` or `organisation`.
    pub(in crate::window) contact_type: String,
    /// They stand there by office; of others somebody has to say.
    pub(in crate::window) by_office: bool,
    /// Name.
    pub(in crate::window) name: String,
    /// Function, organisation, numbers, addresses and lists, as far as the file says them.
    pub(in crate::window) said: Vec<String>,
    /// Whether it was taken before.
    pub(in crate::window) known: BookKnown,
    /// Cards that are probably of the same one.
    pub(in crate::window) alike: Vec<BookAlike>,
    /// What is not taken.
    pub(in crate::window) left_out: Vec<BookLeft>,
}

/// Whether the very same card was taken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum BookKnown {
    New,
    Here,
    Erased,
}

/// A card that another is probably of.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookAlike {
    /// Whose.
    pub(in crate::window) name: String,
    /// It is one of the file, and not of the notebook.
    pub(in crate::window) in_file: bool,
    /// What both have.
    pub(in crate::window) shared: Vec<BookShared>,
}

/// What two cards share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum BookShared {
    Email,
    Phone,
    Name,
}

/// Something that stood on a card and is not taken.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookLeft {
    /// What.
    pub(in crate::window) what: BookLeftWhat,
    /// What stood there, where it is no address or number.
    pub(in crate::window) found: String,
}

/// What is not taken of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum BookLeftWhat {
    Photo,
    Birthday,
    Note,
    Address,
    Fax,
    Link,
    Email,
    Phone,
    Cut,
}

/// Somebody who cannot be taken.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookSkipped {
    /// The how-manieth card it is, or the row as Excel shows it.
    pub(in crate::window) place: u32,
    /// Why.
    pub(in crate::window) why: BookWhy,
}

/// Why somebody cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum BookWhy {
    NoName,
    Group,
    Twice,
}

/// What shall be taken of the file that was looked at. No Debug: it holds what was agreed to.
#[derive(Deserialize, Type)]
pub(in crate::window) struct BookWish {
    /// Who, and as whom.
    pub(in crate::window) chosen: Vec<BookChoice>,
    /// Their district; empty for everybody of the organisation.
    pub(in crate::window) district: String,
    /// To what the residents among them agreed.
    pub(in crate::window) purpose: String,
    /// The day they agreed.
    pub(in crate::window) given_on: String,
    /// `written` or `spoken`.
    pub(in crate::window) form: String,
}

/// One of them.
#[derive(Deserialize, Type)]
pub(in crate::window) struct BookChoice {
    /// By [`BookRow::index`].
    pub(in crate::window) index: u32,
    /// `professional` or `resident`.
    pub(in crate::window) standing: String,
}

/// What was taken.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookTaken {
    /// So many are new.
    pub(in crate::window) taken: u32,
    /// The change; nothing where there was none.
    pub(in crate::window) written: Option<Written>,
}

/// Something that residents agreed to.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct Purpose {
    /// As their consents name it.
    pub(in crate::window) name: String,
    /// Of so many it holds.
    pub(in crate::window) count: u32,
}

/// A file that was written.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct BookWritten {
    /// What it is called.
    pub(in crate::window) name: String,
    /// So many by office.
    pub(in crate::window) professionals: u32,
    /// So many residents.
    pub(in crate::window) residents: u32,
    /// So many residents stayed.
    pub(in crate::window) left: u32,
}
