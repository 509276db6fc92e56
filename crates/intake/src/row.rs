//! One row of the log becomes one note, or a reason why it does not.

use crate::{Found, NoteDraft, Notice, Row, Why, cells::Cells, columns::Columns, grid::GridRow, labels::Labels};
use domain::{
    calendar::{LocalTime, local_to_offset},
    kinds::Note,
};
use std::collections::HashMap;

/// Reads row after row; remembers how often each text came.
pub(crate) struct Rows<'a> {
    columns: &'a Columns,
    labels: &'a Labels<'a>,
    seen: HashMap<String, u32>,
    pub(crate) notices: Vec<Notice>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(columns: &'a Columns, labels: &'a Labels<'a>, notices: Vec<Notice>) -> Self {
        Self {
            columns,
            labels,
            seen: HashMap::new(),
            notices,
        }
    }

    pub(crate) fn row(&mut self, row: &GridRow) -> Row {
        match self.draft(row) {
            Ok(draft) => Row::Note(Box::new(draft)),
            Err(why) => Row::Skipped { row: row.number, why },
        }
    }

    fn draft(&mut self, row: &GridRow) -> Result<NoteDraft, Why> {
        let cells = Cells {
            columns: self.columns,
            labels: self.labels,
            row,
        };
        cells.check_shape()?;
        let local = cells.local_time()?;
        let (occurred_at, twice) = match local_to_offset(local) {
            LocalTime::One(at) => (at, false),
            LocalTime::Twice { earlier, .. } => (earlier, true),
            LocalTime::Never => {
                return Err(Why::NeverLocal {
                    found: Found::new(&local.format("%Y-%m-%dT%H:%M").to_string()),
                });
            }
        };
        let district = cells.district()?;
        let note = Note {
            occurred_at,
            ..cells.note(local.date())?
        };
        if let Some(fault) = note.check().into_iter().next() {
            return Err(Why::Refused { field: fault.field });
        }
        let key_text = cells.key_text(local, &note);
        let nth = self.seen.entry(key_text.clone()).or_default();
        *nth += 1;
        if twice {
            self.notices.push(Notice::TimeTwice {
                row: row.number,
                taken: occurred_at.to_rfc3339(),
            });
        }
        Ok(NoteDraft {
            row: row.number,
            district,
            note,
            key_text,
            nth: *nth,
        })
    }
}
