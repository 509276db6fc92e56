//! What the codes and districts of records are called.

use crate::Language;
use domain::DistrictId;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// Plain lists, as the caller's store has them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Districts that records may name.
    pub districts: Vec<District>,
    /// Entries of all code lists, in any order.
    pub codes: Vec<Code>,
    /// What the organisation is called whose month it is.
    pub organisation: Option<String>,
}

/// A district and what it is called.
#[derive(Clone, Debug)]
pub struct District {
    /// Its id.
    pub id: DistrictId,
    /// Its name.
    pub name: String,
}

/// An entry of a code list.
#[derive(Clone, Debug)]
pub struct Code {
    /// Its list: `topic`, `contact_mode` ...
    pub list: String,
    /// Its stable code.
    pub code: String,
    /// German label.
    pub de: Option<String>,
    /// English label.
    pub en: Option<String>,
    /// The entry it belongs under.
    pub parent: Option<String>,
    /// Its place in the list.
    pub order: Option<i64>,
}

/// The catalogue in one language, ready for looking up.
pub(crate) struct Labels {
    lists: HashMap<String, List>,
    districts: HashMap<DistrictId, (usize, String)>,
    pub(crate) organisation: Option<String>,
}

/// One code list in its order.
#[derive(Default)]
pub(crate) struct List {
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
}

/// One entry with the label of the report's language.
pub(crate) struct Entry {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) parent: Option<String>,
}

impl Labels {
    pub(crate) fn new(catalogue: Catalogue, language: Language) -> Self {
        let mut sorted: BTreeMap<String, Vec<Code>> = BTreeMap::new();
        for code in catalogue.codes {
            sorted.entry(code.list.clone()).or_default().push(code);
        }
        let lists = sorted
            .into_iter()
            .map(|(name, codes)| (name, List::new(codes, language)))
            .collect();
        let mut districts = catalogue.districts;
        districts.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let districts = districts
            .into_iter()
            .enumerate()
            .map(|(place, d)| (d.id, (place, d.name)))
            .collect();
        Self {
            lists,
            districts,
            organisation: catalogue.organisation,
        }
    }

    /// A list; one that the city does not have is empty.
    pub(crate) fn list(&self, name: &str) -> &List {
        static NONE: std::sync::LazyLock<List> = std::sync::LazyLock::new(List::default);
        self.lists.get(name).unwrap_or(&NONE)
    }

    /// A code's label, or the code where nobody gave it one.
    pub(crate) fn label<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.list(list).label(code)
    }

    /// A district's name, or its id where it is not known here.
    pub(crate) fn district(&self, id: DistrictId) -> Cow<'_, str> {
        self.districts
            .get(&id)
            .map_or_else(|| id.to_string().into(), |(_, name)| name.as_str().into())
    }

    /// Sorts districts by name, unknown ones last.
    pub(crate) fn district_place(&self, id: DistrictId) -> (usize, DistrictId) {
        (self.districts.get(&id).map_or(usize::MAX, |(place, _)| *place), id)
    }
}

impl List {
    fn new(mut codes: Vec<Code>, language: Language) -> Self {
        codes.sort_by(|a, b| (a.order.unwrap_or(i64::MAX), &a.code).cmp(&(b.order.unwrap_or(i64::MAX), &b.code)));
        codes.dedup_by(|a, b| a.code == b.code);
        let entries: Vec<Entry> = codes
            .into_iter()
            .map(|code| {
                let (first, second) = match language {
                    Language::German => (code.de, code.en),
                    Language::English => (code.en, code.de),
                };
                let label = first.or(second).unwrap_or_else(|| code.code.clone());
                Entry {
                    code: code.code,
                    label,
                    parent: code.parent,
                }
            })
            .collect();
        let by_code = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.code.clone(), at))
            .collect();
        Self { entries, by_code }
    }

    pub(crate) fn entry(&self, code: &str) -> Option<&Entry> {
        self.by_code.get(code).map(|at| &self.entries[*at])
    }

    pub(crate) fn label<'a>(&'a self, code: &'a str) -> &'a str {
        self.entry(code).map_or(code, |entry| &entry.label)
    }

    /// The codes in their order.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.code.as_str())
    }
}
