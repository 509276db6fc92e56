//! The address book as the window shows it.

use crate::window::{requests::shapes::Linked, shapes::Mark};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which cards a list shall show.
#[derive(Clone, Debug, Deserialize, Type)]
pub(in crate::window) struct ContactsWish {
    /// Only `person` or `organisation`.
    pub(in crate::window) contact_type: Option<String>,
    /// Only `professional` or `resident`.
    pub(in crate::window) standing: Option<String>,
    /// Only those of this district.
    pub(in crate::window) district: Option<String>,
    /// Only those that hold all these words.
    pub(in crate::window) query: String,
    /// At most so many.
    pub(in crate::window) limit: u32,
}

/// A card as the list shows it.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ContactRow {
    /// Its id.
    pub(in crate::window) id: String,
    /// `person` or `organisation`.
    pub(in crate::window) contact_type: String,
    /// `professional` or `resident`.
    pub(in crate::window) standing: String,
    /// Name.
    pub(in crate::window) name: String,
    /// What they do there.
    pub(in crate::window) function: Option<String>,
    /// Where they work.
    pub(in crate::window) organisation: Option<String>,
    /// The first phone number, else the first e-mail address.
    pub(in crate::window) reached_by: Option<String>,
    /// Its districts.
    pub(in crate::window) districts: Vec<String>,
    /// A resident's card whose consent was taken back or never given.
    pub(in crate::window) lacks_consent: bool,
    /// What is special about it.
    pub(in crate::window) mark: Option<Mark>,
}

/// Some cards, and how many there are.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ContactsPage {
    /// The rows, by name.
    pub(in crate::window) rows: Vec<ContactRow>,
    /// How many there are of what was asked for.
    pub(in crate::window) total: u32,
    /// There is any card at all.
    pub(in crate::window) any: bool,
}

/// A card to read.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct Contact {
    /// What the list shows.
    pub(in crate::window) row: ContactRow,
    /// Phone numbers.
    pub(in crate::window) phones: Vec<String>,
    /// E-mail addresses.
    pub(in crate::window) emails: Vec<String>,
    /// Postal address.
    pub(in crate::window) address: Option<Address>,
    /// `contact_mode`, by code.
    pub(in crate::window) preferred_way: Option<String>,
    /// `language`, by code.
    pub(in crate::window) languages: Vec<String>,
    /// Distribution lists, by name.
    pub(in crate::window) distribution_lists: Vec<String>,
    /// Boards they belong to.
    pub(in crate::window) boards: Vec<Linked>,
    /// What they agreed to, and what they took back.
    pub(in crate::window) consents: Vec<Consent>,
    /// Where the card comes from.
    pub(in crate::window) source: Option<String>,
    /// Day of the last contact.
    pub(in crate::window) last_contact_on: Option<String>,
    /// Conversations and requests that name them.
    pub(in crate::window) links: Vec<Linked>,
    /// For everybody of the organisation, whatever their district.
    pub(in crate::window) whole_organisation: bool,
    /// It lies in the trash.
    pub(in crate::window) trashed: Option<crate::window::trash::InTrash>,
    /// The person may change it.
    pub(in crate::window) may_change: bool,
    /// When it was last changed, in UTC.
    pub(in crate::window) changed_at: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
pub(in crate::window) struct Address {
    /// Street.
    pub(in crate::window) street: Option<String>,
    /// House number.
    pub(in crate::window) number: Option<String>,
    /// Postcode.
    pub(in crate::window) postcode: Option<String>,
    /// Town.
    pub(in crate::window) city: Option<String>,
    /// c/o, floor, back house.
    pub(in crate::window) addition: Option<String>,
}

/// A consent.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub(in crate::window) struct Consent {
    /// Its id.
    pub(in crate::window) id: String,
    /// To what.
    pub(in crate::window) purpose: String,
    /// The day it was given.
    pub(in crate::window) given_on: String,
    /// `written` or `spoken`.
    pub(in crate::window) form: String,
    /// Version of the text that was read or read out.
    pub(in crate::window) text_version: Option<String>,
    /// `language`, by code.
    pub(in crate::window) language: Option<String>,
    /// The day it was taken back.
    pub(in crate::window) withdrawn_on: Option<String>,
}

/// A card as somebody types it; what is blank is not said. No Debug: it holds what was confided.
#[derive(Clone, Default, Serialize, Deserialize, Type)]
pub(in crate::window) struct ContactForm {
    /// `person` or `organisation`.
    pub(in crate::window) contact_type: String,
    /// `professional` or `resident`.
    pub(in crate::window) standing: String,
    /// Name.
    pub(in crate::window) name: String,
    /// What they do there.
    pub(in crate::window) function: String,
    /// Where they work.
    pub(in crate::window) organisation: String,
    /// Phone numbers.
    pub(in crate::window) phones: Vec<String>,
    /// E-mail addresses.
    pub(in crate::window) emails: Vec<String>,
    /// Street.
    pub(in crate::window) street: String,
    /// House number.
    pub(in crate::window) house_number: String,
    /// Postcode.
    pub(in crate::window) postcode: String,
    /// Town.
    pub(in crate::window) city: String,
    /// c/o, floor, back house.
    pub(in crate::window) addition: String,
    /// `contact_mode`, by code.
    pub(in crate::window) preferred_way: String,
    /// `language`, by code.
    pub(in crate::window) languages: Vec<String>,
    /// Distribution lists, by name.
    pub(in crate::window) distribution_lists: Vec<String>,
    /// Where the card comes from.
    pub(in crate::window) source: String,
    /// Day of the last contact.
    pub(in crate::window) last_contact_on: String,
    /// Its district.
    pub(in crate::window) district: String,
    /// For everybody of the organisation, whatever their district.
    pub(in crate::window) whole_organisation: bool,
    /// What they agreed to; a new one has no id yet.
    pub(in crate::window) consents: Vec<Consent>,
}

/// A card that is opened for editing.
#[derive(Clone, Serialize, Type)]
pub(in crate::window) struct ContactEdit {
    /// Its fields.
    pub(in crate::window) form: ContactForm,
    /// Somebody began typing and did not finish.
    pub(in crate::window) typed: bool,
}
