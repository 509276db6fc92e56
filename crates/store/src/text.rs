//! The words of a record as the index holds them, and the tokens made of them.

use domain::fold::fold;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{collections::BTreeSet, fmt};

/// Stands before each word of a text, so that a search knows where words begin.
pub(crate) const BEGIN: char = '<';

/// Members that hold codes, ids, dates or numbers of other tables: nobody looks for `w` or `14-17`.
const NO_WORDS: &[&str] = &[
    "age_band",
    "category",
    "contact_mode",
    "contact_order",
    "district",
    "districts",
    "gender",
    "kind",
    "links",
    "list",
    "meeting",
    "board",
    "occurred_at",
    "outline",
    "parent",
    "place_kind",
    "position",
    "public_key",
    "readers",
    "request",
    "service",
    "state",
    "status",
    "target_groups",
    "topics",
    "type",
    "way",
];

/// The words of a body, folded, each behind [`BEGIN`], in their order: `<der<spielplatz<`.
pub(crate) fn words(body: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(json) = body {
        let mut reader = serde_json::Deserializer::from_str(json);
        // A body of a form that nobody can read has no words; it rests and travels all the same.
        let _ = Texts(&mut out).deserialize(&mut reader);
    }
    if !out.is_empty() {
        out.push(BEGIN);
    }
    out
}

/// The tokens of these words, apart by blanks: whole words and their parts of three letters.
pub(crate) fn tokens(words: &str, kind: &str) -> String {
    let mut distinct: Vec<&str> = words.split(BEGIN).filter(|word| !word.is_empty()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut out = String::with_capacity(words.len() * 5);
    out.push('^');
    out.push_str(kind);
    for word in distinct {
        out.push_str(" =");
        out.push_str(word);
        let mut before = (None, Some(BEGIN));
        for c in word.chars() {
            if let (Some(first), Some(second)) = before {
                out.extend([' ', first, second, c]);
            }
            before = (before.1, Some(c));
        }
    }
    out
}

/// What has to leave the index and what has to join it, when `before` becomes `after`.
pub(crate) fn difference(before: &str, after: &str) -> (String, String) {
    let set = |tokens| -> BTreeSet<&str> { str::split_ascii_whitespace(tokens).collect() };
    let (before, after) = (set(before), set(after));
    let join = |tokens: Vec<&str>| tokens.join(" ");
    (
        join(before.difference(&after).copied().collect()),
        join(after.difference(&before).copied().collect()),
    )
}

fn push_words(out: &mut String, text: &str) {
    for word in fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        out.push(BEGIN);
        out.push_str(word);
    }
}

/// Collects the words of every string, at every depth, without building the values.
struct Texts<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Texts<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        push_words(self.0, text);
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Texts(self.0))?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if NO_WORDS.contains(&name.as_str()) {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Texts(self.0))?;
            }
        }
        Ok(())
    }
}
