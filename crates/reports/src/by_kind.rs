//! Tables of activities and requests.

use crate::{
    Cell, Month, Table,
    axis::{Axis, Place},
    tally::{Requests, Sum},
    text,
};

impl Month {
    pub(crate) fn activity_hours(&self) -> Table {
        let counted = &self.activities;
        let cells = |sum: Sum, tallied: u64| {
            vec![
                Cell::Count(sum.talks),
                Cell::Hours { minutes: sum.minutes },
                Cell::Count(sum.people),
                Cell::Count(tallied),
            ]
        };
        let axis = Axis::of_list(self, "activity_kind", counted.kind.keys(), text::NOT_STATED);
        let mut rows = axis.lines(|place| match place.word() {
            Some(word) => cells(counted.kind.of(word), counted.tallied.of(word)),
            None => cells(Sum::default(), 0),
        });
        let tallied = counted.tallied.keys().map(|kind| counted.tallied.of(kind)).sum();
        rows.push(self.total(cells(counted.all, tallied)));
        let columns = vec![
            self.heading("activities", text::ACTIVITIES),
            self.heading("hours", text::HOURS),
            self.heading("people", text::PEOPLE),
            self.heading("tallied", text::TALLIED),
        ];
        self.table("activity_kind", text::ACTIVITIES, text::ACTIVITY_KIND, columns, rows)
    }

    pub(crate) fn requests_by_category(&self) -> Table {
        let cells = |counted: Requests| [counted.new, counted.open, counted.closed].map(Cell::Count).to_vec();
        let used = self.request_categories.keys().copied();
        let axis = Axis::of_list(self, "request_category", used, text::NOT_STATED);
        let of = |place: &Place| {
            place
                .word()
                .and_then(|word| self.request_categories.get(&word))
                .copied()
        };
        let mut rows = axis.lines(|place| cells(of(place).unwrap_or_default()));
        rows.push(self.total(cells(self.requests)));
        let columns = vec![
            self.heading("new", text::NEW),
            self.heading("open", text::OPEN),
            self.heading("closed", text::CLOSED),
        ];
        self.table(
            "request_category",
            text::REQUESTS_BY_CATEGORY,
            text::CATEGORY,
            columns,
            rows,
        )
    }
}
