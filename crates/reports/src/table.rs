//! The table model: one content, three writers.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::borrow::Cow;

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Stable name for programs.
    pub id: &'static str,
    /// Title in the report's language.
    pub title: String,
    /// Columns from left to right.
    pub columns: Vec<Heading>,
    /// What the rows are: heads the column of their titles.
    pub rows_are: String,
    /// Rows from top to bottom.
    pub rows: Vec<Line>,
}

/// The head of a row or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Stable: a code, an id, or a name of ours.
    pub id: String,
    /// Title in the report's language.
    pub title: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its head.
    pub head: Heading,
    /// One cell for each column.
    pub cells: Vec<Cell<'static>>,
}

/// One value, with what it is, so that a writer can say so to a spreadsheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing to say.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// How many.
    Count(u64),
    /// Minutes, shown as hours with two places.
    Hours {
        /// The exact figure.
        minutes: u64,
    },
    /// A part of a whole; nothing where the whole is empty.
    Share {
        /// The part.
        of: u64,
        /// The whole.
        whole: u64,
    },
    /// A local day.
    Day(NaiveDate),
    /// A local time of day.
    Time(NaiveTime),
    /// A local moment, to the minute.
    Moment(NaiveDateTime),
}

impl Heading {
    pub(crate) fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
        }
    }
}

impl<'a> Cell<'a> {
    /// Text, or nothing where it is empty.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The figure as a decimal number with a point, exact to the places a report shows.
    pub(crate) fn decimal(&self) -> Option<String> {
        match *self {
            Self::Count(count) => Some(count.to_string()),
            Self::Hours { minutes } => Some(places(minutes * 100, 60, 2)),
            Self::Share { of, whole } if whole > 0 => Some(places(of * 10_000, whole, 4)),
            _ => None,
        }
    }
}

/// `numerator / denominator`, rounded half up and written with `digits` places: no binary fraction is involved, so
/// that the same figures have the same bytes everywhere.
fn places(numerator: u64, denominator: u64, digits: usize) -> String {
    let scaled = (2 * numerator + denominator) / (2 * denominator);
    let text = format!("{scaled:0width$}", width = digits + 1);
    let (whole, part) = text.split_at(text.len() - digits);
    format!("{whole}.{part}")
}

impl Table {
    /// A cell by the ids of its row and column.
    pub fn cell(&self, row: &str, column: &str) -> Option<&Cell<'static>> {
        let at = self.columns.iter().position(|heading| heading.id == column)?;
        self.rows.iter().find(|line| line.head.id == row)?.cells.get(at)
    }

    /// A count by the ids of its row and column.
    pub fn count(&self, row: &str, column: &str) -> Option<u64> {
        match self.cell(row, column)? {
            Cell::Count(count) => Some(*count),
            Cell::Hours { minutes } => Some(*minutes),
            _ => None,
        }
    }
}
