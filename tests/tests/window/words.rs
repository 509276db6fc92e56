//! The window's own words: what a message says in a language, and which words a language has at all.

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A language of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    German,
    English,
}

impl Language {
    /// As the document says it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// The words of calendar and keyboard.
    fn calendar(self) -> &'static str {
        match self {
            Self::German => {
                "Januar Februar März April Mai Juni Juli August September Oktober November Dezember \
                 Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Uhr Strg Alt Entf N \
                 Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez"
            }
            Self::English => {
                "January February March April May June July August September October November December \
                 Monday Tuesday Wednesday Thursday Friday Saturday Sunday Ctrl Alt Del N \
                 Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
            }
        }
    }

    /// The words of a month's tables, which stand beside each other in both languages: `("Übersicht", "Overview")`.
    fn titles(self) -> BTreeSet<String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/reports/src/text.rs");
        let text = fs::read_to_string(file).expect("the reports lie in the clone");
        let mut all = BTreeSet::new();
        // What is said may hold brackets of its own.
        let pairs = text.match_indices('(').map(|(at, _)| &text[at + 1..]);
        for pair in pairs.filter(|pair| pair.trim_start().starts_with('"')) {
            let said: Vec<&str> = pair.split('"').skip(1).step_by(2).take(2).collect();
            let at = usize::from(self == Self::English);
            all.extend(said.get(at).into_iter().flat_map(|said| words(said)));
        }
        all
    }

    fn messages(self) -> BTreeMap<String, Value> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../ui/messages")
            .join(self.tag());
        let files = fs::read_dir(&folder).expect("the window's messages lie beside its sources");
        let mut messages = BTreeMap::new();
        for file in files {
            let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
            let area: BTreeMap<String, Value> = serde_json::from_str(&text).expect("a file of messages");
            messages.extend(area);
        }
        messages
    }

    /// What the window says for a message; anything else is what a record says, the same in every language.
    pub(crate) fn said(self, key: &str) -> String {
        match self.messages().remove(key) {
            Some(Value::String(said)) => said,
            Some(other) => panic!("{key} has several forms: {other}"),
            None => key.to_owned(),
        }
    }

    /// Every word that the window has in this language: its messages, the titles of a month's tables, the calendar, keys.
    pub(crate) fn vocabulary(self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = words(self.calendar()).collect();
        all.extend(self.titles());
        for message in self.messages().values() {
            texts(message, &mut |text| all.extend(words(text)));
        }
        all
    }
}

/// What a message says in each of its forms.
fn texts(message: &Value, found: &mut impl FnMut(&str)) {
    match message {
        Value::String(text) => found(text),
        Value::Array(forms) => forms.iter().for_each(|form| texts(&form["match"], found)),
        Value::Object(forms) => forms.values().for_each(|text| texts(text, found)),
        _ => {}
    }
}

/// The words of a text, without numbers, signs, and the hyphens that only show where a word may break.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let plain = text.replace('\u{ad}', "").to_lowercase();
    let all: Vec<String> = plain
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    all.into_iter()
}
