//! What is wrong with a field, as a type; sentences are the window's.

use std::ops::RangeInclusive;

/// One thing that is wrong with a body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The field, inside parts as `agenda/2/title` with the part's place in its list.
    pub field: String,
    /// What is wrong with it.
    pub fault: Wrong,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "wrong", rename_all = "snake_case")]
pub enum Wrong {
    /// Nothing is filled in where something must be.
    Empty,
    /// More characters or entries than the field takes.
    TooLong {
        /// So many it takes.
        limit: usize,
    },
    /// A number outside its range.
    OutOfRange {
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// Not written in the field's form.
    Malformed,
    /// The same entry stands there twice.
    Doubled,
    /// The end lies before the start.
    EndsBeforeStart,
    /// Names itself.
    Itself,
    /// Needs another field to be filled in as well.
    Needs {
        /// The other field.
        field: &'static str,
    },
}

/// The longest single line, in characters.
pub const MAX_LINE: usize = 400;
/// The longest free text, in characters.
pub const MAX_TEXT: usize = 50_000;
/// The most entries of a list.
pub const MAX_ENTRIES: usize = 2_000;
/// The most people counted in one cell.
pub const MAX_COUNT: i64 = 100_000;

/// Collects what is wrong with a body, field by field.
#[derive(Default)]
pub(crate) struct Faults {
    prefix: String,
    found: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, field: &str, fault: Wrong) {
        self.found.push(Fault {
            field: format!("{}{field}", self.prefix).trim_end_matches('/').to_owned(),
            fault,
        });
    }

    /// A line that must be filled in.
    pub(crate) fn line(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(field, Wrong::Empty);
        }
        self.length(field, text, MAX_LINE);
    }

    /// A line that may be absent, but is not blank where it stands.
    pub(crate) fn optional_line(&mut self, field: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.line(field, text);
        }
    }

    /// A free text that may be absent.
    pub(crate) fn text(&mut self, field: &str, text: Option<&String>) {
        self.length(field, text.map_or("", String::as_str), MAX_TEXT);
    }

    fn length(&mut self, field: &str, text: &str, limit: usize) {
        if text.chars().nth(limit).is_some() {
            self.add(field, Wrong::TooLong { limit });
        }
    }

    /// A code of a list: letters, digits, `-`, `_`, `.` and `+`, and never empty.
    pub(crate) fn code(&mut self, field: &str, code: &str) {
        let allowed = |c: char| c.is_alphanumeric() || "-_.+".contains(c);
        if code.is_empty() {
            self.add(field, Wrong::Empty);
        } else if code.chars().nth(80).is_some() || !code.chars().all(allowed) {
            self.add(field, Wrong::Malformed);
        }
    }

    /// A code that may be absent.
    pub(crate) fn optional_code(&mut self, field: &str, code: Option<&String>) {
        if let Some(code) = code {
            self.code(field, code);
        }
    }

    /// Several codes, none twice.
    pub(crate) fn codes(&mut self, field: &str, codes: &[String]) {
        self.once(field, codes);
        for (place, code) in codes.iter().enumerate() {
            self.code(&format!("{field}/{place}"), code);
        }
    }

    /// A list without an entry that stands twice, and not endless.
    pub(crate) fn once<T: PartialEq>(&mut self, field: &str, entries: &[T]) {
        self.entries(field, entries);
        if entries.len() <= MAX_ENTRIES
            && entries
                .iter()
                .enumerate()
                .any(|(place, entry)| entries[..place].contains(entry))
        {
            self.add(field, Wrong::Doubled);
        }
    }

    /// A list that is not endless.
    pub(crate) fn entries<T>(&mut self, field: &str, entries: &[T]) {
        if entries.len() > MAX_ENTRIES {
            self.add(field, Wrong::TooLong { limit: MAX_ENTRIES });
        }
    }

    /// A number for people: year, device code, counter, as in `26-K7-042`.
    pub(crate) fn people_number(&mut self, field: &str, number: Option<&String>) {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if let Some(number) = number {
            let parts: Vec<&str> = number.split('-').collect();
            let well = matches!(parts[..], [year, device, counter] if digits(year) && year.len() == 2
                && !device.is_empty() && device.bytes().all(|b| b.is_ascii_alphanumeric()) && digits(counter));
            if !well || number.len() > 40 {
                self.add(field, Wrong::Malformed);
            }
        }
    }

    /// A number within its range.
    pub(crate) fn number(&mut self, field: &str, number: impl Into<i64>, range: RangeInclusive<i64>) {
        if !range.contains(&number.into()) {
            self.add(
                field,
                Wrong::OutOfRange {
                    least: *range.start(),
                    most: *range.end(),
                },
            );
        }
    }

    /// An end that does not lie before its start.
    pub(crate) fn span<T: PartialOrd>(&mut self, field: &str, start: Option<T>, end: Option<T>) {
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            self.add(field, Wrong::EndsBeforeStart);
        }
    }

    /// Looks at each entry of a list, naming its faults `field/place/...`.
    pub(crate) fn each<'a, T>(&mut self, field: &str, entries: &'a [T], mut look: impl FnMut(&mut Self, &'a T)) {
        self.entries(field, entries);
        let outer = self.prefix.clone();
        for (place, entry) in entries.iter().enumerate().take(MAX_ENTRIES) {
            self.prefix = format!("{outer}{field}/{place}/");
            look(self, entry);
        }
        self.prefix = outer;
    }

    /// Looks at one nested object, naming its faults `field/...`.
    pub(crate) fn inside<T>(&mut self, field: &str, part: Option<&T>, look: impl FnOnce(&mut Self, &T)) {
        if let Some(part) = part {
            let outer = self.prefix.clone();
            self.prefix = format!("{outer}{field}/");
            look(self, part);
            self.prefix = outer;
        }
    }

    pub(crate) fn found(self) -> Vec<Fault> {
        self.found
    }
}
