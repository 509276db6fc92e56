//! What a month needs of a conversation's body.
//!
//! `domain::kinds::Note` keeps every unknown member as a raw slice, which an editor needs and a count of 100,000 notes
//! does not: this reads the same members in a quarter of the time. A test holds the two together.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(crate) struct Talk<'a> {
    pub(crate) occurred_at: DateTime<FixedOffset>,
    pub(crate) duration_minutes: Option<u32>,
    pub(crate) contact_mode: Option<String>,
    pub(crate) place_kind: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) contact_order: Option<String>,
    pub(crate) people: Option<Vec<Group>>,
    pub(crate) topics: Option<Vec<String>>,
    pub(crate) services: Option<Vec<Given>>,
    pub(crate) follow_up: Option<Due>,
    /// Texts are unpacked only where somebody asked for them.
    #[serde(borrow)]
    pub(crate) text: Option<&'a RawValue>,
    pub(crate) original_words: Option<&'a RawValue>,
    pub(crate) resources: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(crate) struct Group {
    pub(crate) age_band: Option<String>,
    pub(crate) gender: Option<String>,
    pub(crate) count: u32,
}

#[derive(Deserialize)]
pub(crate) struct Given {
    pub(crate) service: String,
    pub(crate) to: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Due {
    pub(crate) on: NaiveDate,
}

/// The text of a member; nothing where it is absent or no text.
pub(crate) fn text(raw: Option<&RawValue>) -> Option<String> {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
}
