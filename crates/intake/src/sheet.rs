//! What comes of a file.

use crate::{
    Catalogue, Column, Error,
    columns::{self, Columns},
    labels::Labels,
    limits,
    row::Rows,
    text, workbook,
};
use domain::{DistrictId, kinds::Note};
use serde::{Serialize, Serializer};
use std::fmt;

/// Every row below the header, and what a person should know about them.
#[derive(Debug)]
pub struct Sheet {
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// Remarks; none of them kept a row out.
    pub notices: Vec<Notice>,
}

/// One row of the log.
#[derive(Debug)]
pub enum Row {
    /// It became a note.
    Note(Box<NoteDraft>),
    /// It did not.
    Skipped {
        /// Number as Excel shows it.
        row: u32,
        /// The first thing that is wrong with it.
        why: Why,
    },
}

/// A note that waits for its id and envelope.
#[derive(Debug)]
pub struct NoteDraft {
    /// Number of its row, as Excel shows it.
    pub row: u32,
    /// Where the conversation took place.
    pub district: DistrictId,
    /// Its content.
    pub note: Note,
    /// The row's canonical text: input of the keyed id.
    pub key_text: String,
    /// The how-manieth row with this text it is, from 1: input of the keyed id.
    pub nth: u32,
}

/// What stood in a cell, shortened. It is for the person who imports, so no log may print it by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Found(String);

impl Found {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.chars().take(60).collect())
    }

    /// The text, at most 60 characters of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Found({} bytes)", self.0.len())
    }
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Why a row was skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// Nothing stands in it.
    EmptyRow,
    /// A cell that must be filled is not.
    Missing {
        /// Its column.
        column: Column,
    },
    /// No date that exists.
    BrokenDate {
        /// Its column.
        column: Column,
        /// What stands there.
        found: Found,
    },
    /// No time of day.
    BrokenTime {
        /// What stands there.
        found: Found,
    },
    /// A time that the clocks jumped over.
    NeverLocal {
        /// Local date and time.
        found: Found,
    },
    /// No number that makes sense in its column.
    BadNumber {
        /// Its column.
        column: Column,
        /// What stands there.
        found: Found,
    },
    /// No district of the list.
    UnknownDistrict {
        /// What stands there.
        found: Found,
    },
    /// More than one district is called so.
    AmbiguousDistrict {
        /// What stands there.
        found: Found,
    },
    /// No topic of the list.
    UnknownTopic {
        /// The piece that names none.
        found: Found,
    },
    /// No entry of the column's list: contact mode, contact order, age band or service.
    UnknownEntry {
        /// Its column.
        column: Column,
        /// What stands there.
        found: Found,
    },
    /// More text than a cell can hold.
    TooLong {
        /// Its column.
        column: Column,
    },
    /// More cells than the header has columns: an unquoted delimiter shifted the row.
    TooManyCells,
    /// The note's own rules refuse a field.
    Refused {
        /// Member of the note's body.
        field: String,
    },
}

/// A remark about the file or a row that was taken all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Notice {
    /// The local time happened twice; the earlier one was taken.
    TimeTwice {
        /// Number as Excel shows it.
        row: u32,
        /// The time taken, with its offset.
        taken: String,
    },
    /// A column whose content was left behind, since its title means nothing to us.
    ColumnLeftOut {
        /// Its title.
        title: Found,
    },
}

/// Reads a log. What kind of file it is, its bytes say and not its name.
///
/// # Errors
/// When the file as a whole is none, is too large, or lacks a column without which no row could be taken.
pub fn read(bytes: &[u8], catalogue: &Catalogue) -> Result<Sheet, Error> {
    if bytes.len() > limits::MAX_FILE_BYTES {
        return Err(Error::TooLarge {
            limit: limits::MAX_FILE_BYTES as u64,
        });
    }
    let mut grid = if workbook::is_workbook(bytes) {
        workbook::read(bytes)?
    } else {
        text::read(bytes, &columns::known)?
    };
    // Formatted but unused rows at the end are no rows of the log.
    let filled = grid
        .rows
        .iter()
        .rposition(|row| !row.is_empty())
        .map_or(0, |last| last + 1);
    grid.rows.truncate(filled);
    let columns = Columns::find(&grid.rows)?;
    let labels = Labels::new(catalogue);
    let left_out = columns
        .unknown
        .iter()
        .map(|title| Notice::ColumnLeftOut {
            title: Found::new(title),
        })
        .collect();
    let below = columns.header + 1;
    let mut reading = Rows::new(&columns, &labels, left_out);
    let rows = grid.rows.iter().skip(below).map(|row| reading.row(row)).collect();
    Ok(Sheet {
        rows,
        notices: reading.notices,
    })
}
