//! The month's tables.

use crate::{
    Cell, Heading, Line, Month, Table,
    axis::{Axis, Place},
    tally::{Requests, Size, Sum},
    text,
    words::Word,
};

impl Month {
    /// Every table of figures, in the order of the report. A table's ids are stable; its words are the report's language.
    pub fn figures(&self) -> Vec<Table> {
        vec![
            self.overview(),
            self.sums(
                "contact_order",
                text::ORDER,
                text::ORDER,
                "contact_order",
                &self.talks.order,
                text::NOT_STATED,
            ),
            self.people(),
            self.sums(
                "contact_mode",
                text::MODE,
                text::MODE,
                "contact_mode",
                &self.talks.mode,
                text::NOT_STATED,
            ),
            self.sums(
                "place_kind",
                text::PLACE_KIND,
                text::PLACE_KIND,
                "place_kind",
                &self.talks.place,
                text::OTHER_PLACE,
            ),
            self.by_district(),
            self.topics_by_district(),
            self.topics_by_age(),
            self.services(),
            self.sent_to(),
            self.activity_hours(),
            self.requests_by_category(),
            self.basis(),
            self.legend(),
        ]
    }

    pub(crate) fn say(&self, words: text::Words) -> &'static str {
        self.language().pick(words)
    }

    pub(crate) fn heading(&self, id: &str, words: text::Words) -> Heading {
        Heading::new(id, self.say(words))
    }

    pub(crate) fn table(
        &self,
        id: &'static str,
        title: text::Words,
        rows_are: text::Words,
        columns: Vec<Heading>,
        rows: Vec<Line>,
    ) -> Table {
        Table {
            id,
            title: self.say(title).to_owned(),
            columns,
            rows_are: self.say(rows_are).to_owned(),
            rows,
        }
    }

    fn overview(&self) -> Table {
        let order = |code: &str| {
            self.words
                .seen(code)
                .map_or(0, |word| self.talks.order.of(Some(word)).talks)
        };
        let (first, repeat) = (order("first"), order("repeat"));
        let Requests {
            new,
            open,
            closed,
            told,
            wanted,
            untold,
        } = self.requests;
        let value = |id: &str| match id {
            "conversations" => Cell::Count(self.talks.all.talks),
            "first" => Cell::Count(first),
            "repeat" => Cell::Count(repeat),
            "order_unknown" => Cell::Count(self.talks.all.talks - first - repeat),
            "single" => Cell::Count(self.talks.size.of(Size::Single)),
            "group" => Cell::Count(self.talks.size.of(Size::Group)),
            "size_unknown" => Cell::Count(self.talks.size.of(Size::Unknown)),
            "people" => Cell::Count(self.talks.all.people),
            "hours" => Cell::Hours {
                minutes: self.talks.all.minutes,
            },
            "timed" => Cell::Count(self.talks.timed),
            "activities" => Cell::Count(self.activities.all.talks),
            "activity_hours" => Cell::Hours {
                minutes: self.activities.all.minutes,
            },
            "requests_new" => Cell::Count(new),
            "requests_open" => Cell::Count(open),
            "requests_closed" => Cell::Count(closed),
            "requests_untold" => Cell::Count(untold),
            "feedback_quota" => Cell::Share {
                of: told,
                whole: wanted,
            },
            _ => Cell::Count(self.unreadable),
        };
        let figures = text::FIGURES.iter().chain([&text::UNREADABLE]);
        let rows = figures
            .map(|(id, words)| Line {
                head: self.heading(id, *words),
                cells: vec![value(id)],
            })
            .collect();
        self.table(
            "overview",
            text::OVERVIEW,
            text::FIGURE,
            vec![self.heading("value", text::VALUE)],
            rows,
        )
    }

    pub(crate) fn sum_columns(&self) -> Vec<Heading> {
        vec![
            self.heading("conversations", text::TALKS),
            self.heading("people", text::PEOPLE),
            self.heading("hours", text::HOURS),
        ]
    }

    pub(crate) fn total(&self, cells: Vec<Cell<'static>>) -> Line {
        Line {
            head: self.heading("total", text::TOTAL),
            cells,
        }
    }

    /// Conversations, people and hours by a code list; every conversation stands in exactly one row.
    fn sums(
        &self,
        id: &'static str,
        title: text::Words,
        rows_are: text::Words,
        list: &str,
        sums: &crate::tally::Sums<Option<Word>>,
        unknown: text::Words,
    ) -> Table {
        let axis = Axis::of_list(self, list, sums.keys(), unknown);
        let mut rows: Vec<Line> =
            axis.lines(|place| sum_cells(place.word().map(|word| sums.of(word)).unwrap_or_default()));
        rows.push(self.total(sum_cells(self.talks.all)));
        self.table(id, title, rows_are, self.sum_columns(), rows)
    }

    fn people(&self) -> Table {
        let people = &self.talks.people;
        let bands = Axis::of_list(self, "age_band", people.keys().map(|(band, _)| band), text::NOT_STATED);
        let genders = Axis::of_list(
            self,
            "gender",
            people.keys().map(|(_, gender)| gender),
            text::NOT_STATED,
        );
        let count = |band: &Place, gender: &Place| match (band.word(), gender.word()) {
            (Some(band), Some(gender)) => people.of((band, gender)),
            _ => 0,
        };
        let mut rows = bands.lines(|band| {
            let cells: Vec<u64> = genders.places.iter().map(|gender| count(band, gender)).collect();
            counts_with_sum(&cells)
        });
        let sums: Vec<u64> = genders
            .places
            .iter()
            .map(|gender| bands.places.iter().map(|band| count(band, gender)).sum())
            .collect();
        rows.push(self.total(counts_with_sum(&sums)));
        let columns = genders.headings().chain([self.heading("total", text::TOTAL)]).collect();
        self.table("age_gender", text::AGE_BY_GENDER, text::AGE_BAND, columns, rows)
    }

    fn services(&self) -> Table {
        let axis = Axis::of_list(self, "service", self.talks.service.keys(), text::NOT_STATED);
        let rows = axis.lines(|place| vec![Cell::Count(place.word().map_or(0, |word| self.talks.service.of(word)))]);
        self.table(
            "service",
            text::SERVICES,
            text::SERVICE,
            vec![self.heading("conversations", text::TALKS)],
            rows,
        )
    }

    fn sent_to(&self) -> Table {
        let sent = &self.talks.sent_to;
        let mut targets: Vec<&str> = sent.keys().map(|(_, to)| self.words.text(to)).collect();
        targets.sort_unstable();
        targets.dedup();
        let services = Axis::of_used(self, "service", sent.keys().map(|(service, _)| Some(service)));
        let rows = targets
            .into_iter()
            .map(|target| {
                let count = |service: &Place| match (service.word().flatten(), self.words.seen(target)) {
                    (Some(service), Some(target)) => sent.of((service, target)),
                    _ => 0,
                };
                let cells: Vec<u64> = services.places.iter().map(count).collect();
                Line {
                    head: Heading::new(target, target),
                    cells: counts_with_sum(&cells),
                }
            })
            .collect();
        let columns = services
            .headings()
            .chain([self.heading("total", text::TOTAL)])
            .collect();
        self.table("sent_to", text::SENT_TO, text::TARGET, columns, rows)
    }

    fn legend(&self) -> Table {
        let line = |(id, head, sentence): &(&str, text::Words, text::Words)| Line {
            head: self.heading(id, *head),
            cells: vec![Cell::text(self.say(*sentence))],
        };
        let rows = text::LEGENDS.iter().map(line).collect();
        self.table(
            "legend",
            text::LEGEND,
            text::FIGURE,
            vec![self.heading("text", text::LEGEND)],
            rows,
        )
    }
}

pub(crate) fn sum_cells(sum: Sum) -> Vec<Cell<'static>> {
    vec![
        Cell::Count(sum.talks),
        Cell::Count(sum.people),
        Cell::Hours { minutes: sum.minutes },
    ]
}

pub(crate) fn counts_with_sum(counts: &[u64]) -> Vec<Cell<'static>> {
    counts
        .iter()
        .copied()
        .chain([counts.iter().sum()])
        .map(Cell::Count)
        .collect()
}
