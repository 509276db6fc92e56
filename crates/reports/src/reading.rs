//! What a month needs of a conversation's body.
//!
//! `domain::kinds::Note` keeps every unknown member as a raw slice, which an editor needs and a count of 100,000 notes
//! does not: this reads the same members in a quarter of the time. A test holds the two together.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{borrow::Cow, ops::Deref};

#[derive(Deserialize)]
pub(crate) struct Talk<'a> {
    pub(crate) occurred_at: DateTime<FixedOffset>,
    pub(crate) duration_minutes: Option<u32>,
    #[serde(borrow)]
    pub(crate) contact_mode: Option<Text<'a>>,
    pub(crate) place_kind: Option<Text<'a>>,
    pub(crate) place: Option<Text<'a>>,
    pub(crate) contact_order: Option<Text<'a>>,
    pub(crate) people: Option<Vec<Group<'a>>>,
    pub(crate) topics: Option<Vec<Text<'a>>>,
    pub(crate) services: Option<Vec<Given<'a>>>,
    pub(crate) follow_up: Option<Due>,
    /// Texts are unpacked only where somebody asked for them.
    pub(crate) text: Option<&'a RawValue>,
    pub(crate) original_words: Option<&'a RawValue>,
    pub(crate) resources: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(crate) struct Group<'a> {
    #[serde(borrow)]
    pub(crate) age_band: Option<Text<'a>>,
    pub(crate) gender: Option<Text<'a>>,
    pub(crate) count: u32,
}

#[derive(Deserialize)]
pub(crate) struct Given<'a> {
    #[serde(borrow)]
    pub(crate) service: Text<'a>,
    pub(crate) to: Option<Text<'a>>,
}

/// A short text, borrowed from the body unless it holds an escape.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

#[derive(Deserialize)]
pub(crate) struct Due {
    pub(crate) on: NaiveDate,
}

/// The text of a member; nothing where it is absent or no text.
pub(crate) fn text(raw: Option<&RawValue>) -> Option<String> {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
}
