//! What the figures stand on: whose they are, how new they are, and what may still be missing.

use crate::{Cell, Heading, Line, Month, Table, text};
use chrono::NaiveDateTime;
use domain::{At, calendar};

impl Month {
    /// The same for the same records on every device: the newest change is one of the data, no clock.
    pub(crate) fn basis(&self) -> Table {
        let line = |id: &str, words, cell| Line {
            head: self.heading(id, words),
            cells: vec![cell],
        };
        let newest = self.basis.changed_at.map_or(Cell::Empty, |at| Cell::Moment(local(at)));
        let organisation = self.labels.organisation.clone().map_or(Cell::Empty, Cell::text);
        let rows = vec![
            line("organisation", text::ORGANISATION, organisation),
            line("records", text::RECORDS, Cell::Count(self.basis.records)),
            line("newest_change", text::NEWEST_CHANGE, newest),
            line(
                "other_devices",
                text::OTHER_DEVICES,
                Cell::text(self.say(text::MAY_BE_MISSING)),
            ),
        ];
        let columns = vec![Heading::new("value", self.say(text::VALUE))];
        self.table("basis", text::BASIS, text::FIGURE, columns, rows)
    }

    /// The same in a line for people, with how the device stands with its city.
    pub(crate) fn basis_line(&self) -> String {
        let said = |at: At| local(at).format(self.say(text::MOMENT)).to_string();
        let newest = self
            .basis
            .changed_at
            .map(|at| format!("{} {}", self.say(text::NEWEST_CHANGE), said(at)));
        let transfer = self.basis.transfer.map(|transfer| {
            let at = transfer.at.map_or_else(|| self.say(text::NEVER).to_owned(), said);
            let waiting = match transfer.waiting {
                0 => self.say(text::NOTHING_WAITS).to_owned(),
                some => format!("{}: {some}", self.say(text::WAITING)),
            };
            format!("{} {at}, {waiting}", self.say(text::TRANSFERRED))
        });
        let parts = [self.labels.organisation.clone(), newest, transfer];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn local(at: At) -> NaiveDateTime {
    calendar::with_offset(at).naive_local()
}
