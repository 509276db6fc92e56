//! Words of a log looked up among the labels of a list.

use crate::{Catalogue, Code, DistrictName};
use chrono::NaiveDate;
use domain::fold::{fold, spellings};
use std::collections::{BTreeMap, BTreeSet};

/// What stands between several entries of one cell. A label may hold one of them itself ("Bildung, Familie und Jugend").
const SEPARATORS: [char; 5] = [',', ';', '/', '|', '\n'];
/// Words between a service and where somebody was sent.
const TOWARDS: [&str; 8] = ["an ", "zu ", "zum ", "zur ", "ans ", "nach ", ": ", "-> "];

/// Spaces and the kind of dash do not make another word.
fn spaced(text: &str) -> String {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.replace(['–', '—', '‑'], "-")
}

/// Neither do case and accents.
fn plain(text: &str) -> String {
    fold(&spaced(text))
}

/// Names of things, each name perhaps of several.
pub(crate) struct Names<T> {
    by_name: BTreeMap<String, BTreeSet<T>>,
}

/// What a word stands for.
pub(crate) enum Match<T> {
    One(T),
    None,
    Several,
}

impl<T: Copy + Ord> Names<T> {
    fn new(names: impl Iterator<Item = (T, String)>) -> Self {
        let mut by_name: BTreeMap<String, BTreeSet<T>> = BTreeMap::new();
        for (of, name) in names {
            // An old log may write Wiesenhuegel.
            for spelling in spellings(&spaced(&name)) {
                by_name.entry(spelling).or_default().insert(of);
            }
        }
        by_name.remove("");
        Self { by_name }
    }

    /// The whole text, or an abbreviation ending in a point that only one thing fits. Of several, `prefer` may know one.
    pub(crate) fn find(&self, text: &str, prefer: impl Fn(T) -> bool) -> Match<T> {
        let word = plain(text);
        if let Some(found) = self.by_name.get(&word) {
            return one(found, prefer);
        }
        let Some(beginning) = word.strip_suffix('.').filter(|b| b.chars().count() > 1) else {
            return Match::None;
        };
        let longer = self
            .by_name
            .range(beginning.to_owned()..)
            .take_while(|(name, _)| name.starts_with(beginning));
        one(&longer.flat_map(|(_, found)| found.iter().copied()).collect(), prefer)
    }

    /// The longest name that `text` begins with, ending where a word ends; how many bytes of `text` it took.
    fn longest(&self, text: &str, prefer: impl Fn(T) -> bool + Copy) -> Option<(T, usize)> {
        let ends = text
            .char_indices()
            .filter(|(_, c)| c.is_whitespace() || SEPARATORS.contains(c) || *c == ':');
        let mut ends: Vec<usize> = ends.map(|(at, _)| at).chain([text.len()]).collect();
        ends.reverse();
        ends.into_iter().filter(|end| *end > 0).find_map(|end| {
            match one(self.by_name.get(&plain(&text[..end]))?, prefer) {
                Match::One(found) => Some((found, end)),
                Match::None | Match::Several => None,
            }
        })
    }
}

fn one<T: Copy + Ord>(found: &BTreeSet<T>, prefer: impl Fn(T) -> bool) -> Match<T> {
    let mut preferred = found.iter().copied().filter(|of| prefer(*of));
    match (found.len(), preferred.next(), preferred.next()) {
        (0, ..) => Match::None,
        (1, ..) => Match::One(*found.first().expect("one is there")),
        (_, Some(only), None) => Match::One(only),
        _ => Match::Several,
    }
}

/// A service and whom somebody was sent to.
pub(crate) type Given = (String, Option<String>);

/// The lists of a catalogue, ready for looking up.
pub(crate) struct Labels<'a> {
    districts: Names<usize>,
    of: &'a Catalogue,
    topics: CodeNames<'a>,
    pub(crate) contact_modes: CodeNames<'a>,
    pub(crate) place_kinds: CodeNames<'a>,
    pub(crate) contact_orders: CodeNames<'a>,
    pub(crate) age_bands: CodeNames<'a>,
    services: CodeNames<'a>,
}

/// One code list by its codes and labels.
pub(crate) struct CodeNames<'a> {
    names: Names<usize>,
    codes: &'a [Code],
}

impl<'a> CodeNames<'a> {
    fn new(codes: &'a [Code]) -> Self {
        let names = codes.iter().enumerate().flat_map(|(index, code)| {
            code.labels
                .iter()
                .chain([&code.code])
                .map(move |name| (index, name.clone()))
        });
        Self {
            names: Names::new(names),
            codes,
        }
    }

    /// The code of a word on a day: of two with one label, the one that was in use then.
    pub(crate) fn code(&self, text: &str, on: NaiveDate) -> Option<String> {
        match self.names.find(text, |index| self.codes[index].was_valid(on)) {
            Match::One(index) => Some(self.codes[index].code.clone()),
            Match::None | Match::Several => None,
        }
    }

    fn longest(&self, text: &str, on: NaiveDate) -> Option<(String, usize)> {
        let (index, end) = self.names.longest(text, |index| self.codes[index].was_valid(on))?;
        Some((self.codes[index].code.clone(), end))
    }
}

impl<'a> Labels<'a> {
    pub(crate) fn new(of: &'a Catalogue) -> Self {
        let districts = of.districts.iter().enumerate().flat_map(|(index, district)| {
            [Some(district.name.clone()), district.number.clone()]
                .into_iter()
                .flatten()
                .map(move |name| (index, name))
        });
        Self {
            districts: Names::new(districts),
            of,
            topics: CodeNames::new(&of.topics),
            contact_modes: CodeNames::new(&of.contact_modes),
            place_kinds: CodeNames::new(&of.place_kinds),
            contact_orders: CodeNames::new(&of.contact_orders),
            age_bands: CodeNames::new(&of.age_bands),
            services: CodeNames::new(&of.services),
        }
    }

    pub(crate) fn district(&self, text: &str) -> Match<&'a DistrictName> {
        match self.districts.find(text, |_| false) {
            Match::One(index) => Match::One(&self.of.districts[index]),
            Match::None => Match::None,
            Match::Several => Match::Several,
        }
    }

    /// All topics of a cell, each once, in the order they stand in; `Err` is the first piece that names none.
    pub(crate) fn topics(&self, text: &str, on: NaiveDate) -> Result<Vec<String>, String> {
        let mut topics: Vec<String> = Vec::new();
        let mut rest = next(text);
        while !rest.is_empty() {
            let (code, end) = self.topics.longest(rest, on).ok_or_else(|| piece(rest))?;
            let after = rest[end..].trim_start_matches(' ');
            if !after.is_empty() && !after.starts_with(SEPARATORS) {
                return Err(piece(rest));
            }
            if !topics.contains(&code) {
                topics.push(code);
            }
            rest = next(after);
        }
        Ok(topics)
    }

    /// All services of a cell with where somebody was sent ("Vermittlung an Schuldnerberatung").
    pub(crate) fn services(&self, text: &str, on: NaiveDate) -> Result<Vec<Given>, String> {
        let mut given = Vec::new();
        let mut rest = next(text);
        while !rest.is_empty() {
            let (code, end) = self.services.longest(rest, on).ok_or_else(|| piece(rest))?;
            let after = rest[end..].trim_start_matches(' ');
            if let Some(target) = TOWARDS.iter().find_map(|word| after.strip_prefix(word)) {
                let end = self.target_end(target, on);
                let to = target[..end].trim();
                given.push((code, (!to.is_empty()).then(|| to.to_owned())));
                rest = next(&target[end..]);
            } else if after.is_empty() || after.starts_with(SEPARATORS) {
                given.push((code, None));
                rest = next(after);
            } else {
                return Err(piece(rest));
            }
        }
        Ok(given)
    }

    /// A separator ends the target only if a service stands behind it: "Vermittlung an Kita, Hort; Beratung".
    fn target_end(&self, target: &str, on: NaiveDate) -> usize {
        let ends = target
            .char_indices()
            .filter(|(_, c)| SEPARATORS.contains(c))
            .map(|(at, _)| at);
        ends.into_iter()
            .find(|at| self.services.longest(next(&target[*at..]), on).is_some())
            .unwrap_or(target.len())
    }
}

fn next(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
        .trim_end()
}

fn piece(text: &str) -> String {
    text.split(SEPARATORS).next().unwrap_or(text).trim().to_owned()
}
