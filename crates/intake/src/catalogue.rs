//! The lists of the city that a log's words are looked up in.

use chrono::NaiveDate;
use domain::DistrictId;

/// Plain lists, as the caller's store has them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The districts the importing person may write in.
    pub districts: Vec<DistrictName>,
    /// Topics and sub-topics.
    pub topics: Vec<Code>,
    /// Ways a contact comes about.
    pub contact_modes: Vec<Code>,
    /// Kinds of places.
    pub place_kinds: Vec<Code>,
    /// First and repeated contact.
    pub contact_orders: Vec<Code>,
    /// Age bands.
    pub age_bands: Vec<Code>,
    /// Services.
    pub services: Vec<Code>,
}

/// A district and what it is called.
#[derive(Clone, Debug)]
pub struct DistrictName {
    /// Its id.
    pub id: DistrictId,
    /// Its name.
    pub name: String,
    /// Its number, as the city writes it.
    pub number: Option<String>,
}

/// An entry of a code list.
#[derive(Clone, Debug)]
pub struct Code {
    /// Its stable code.
    pub code: String,
    /// What it is called, in every language.
    pub labels: Vec<String>,
    /// First day it is in use.
    pub valid_from: Option<NaiveDate>,
    /// Last day it is in use.
    pub valid_to: Option<NaiveDate>,
}

impl Code {
    /// Whether the entry was in use on a day.
    pub(crate) fn was_valid(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }
}
