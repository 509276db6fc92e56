//! The cells of a list's row.

use crate::{
    Cell, Lists, Month,
    rows::{ActivityRow, RequestRow, TalkRow},
    text,
    words::Word,
};
use domain::DistrictId;
use std::borrow::Cow;

impl Month {
    pub(crate) fn talk_cells<'a>(&'a self, row: &'a TalkRow) -> Vec<Cell<'a>> {
        let with = |sent: &(Word, Option<Word>)| sent.1.map(|to| self.words.text(to));
        let mut cells = vec![
            Cell::Day(row.at.date()),
            Cell::Time(row.at.time()),
            row.minutes.map_or(Cell::Empty, |minutes| Cell::Count(minutes.into())),
            self.districts_cell(&row.districts),
            self.code_cell("contact_mode", row.mode),
            self.code_cell("place_kind", row.place_kind),
            Cell::text(row.place.map_or("", |place| self.words.text(place))),
            self.code_cell("contact_order", row.order),
            row.people.map_or(Cell::Empty, Cell::Count),
            self.bands_cell(&row.bands),
            joined(row.topics.iter().map(|topic| self.code("topic", *topic))),
            joined(row.services.iter().map(|(service, _)| self.code("service", *service))),
            joined(row.services.iter().filter_map(with)),
            row.follow_up.map_or(Cell::Empty, Cell::Day),
        ];
        cells.extend(texts(row.texts.as_deref()));
        cells.push(Cell::Text(row.id.to_string().into()));
        cells
    }

    pub(crate) fn request_cells<'a>(&'a self, row: &'a RequestRow) -> Vec<Cell<'a>> {
        let (feedback, told_on) = row
            .feedback
            .as_ref()
            .map_or((None, None), |(kind, on)| (Some(kind.as_str()), *on));
        let day = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, Cell::Day);
        let mut cells = vec![
            Cell::text(row.number.as_deref().unwrap_or("")),
            Cell::Day(row.received_on),
            self.code_cell("request_way", row.way),
            self.districts_cell(&row.districts),
            self.code_cell("request_category", row.category),
            self.code_cell("field", row.field),
            self.word_cell(row.status.as_str()),
            day(row.due_on),
            day(row.closed_on),
            feedback.map_or(Cell::Empty, |kind| self.word_cell(kind)),
            day(told_on),
        ];
        cells.extend(texts(row.texts.as_deref()));
        cells.push(Cell::Text(row.id.to_string().into()));
        cells
    }

    pub(crate) fn activity_cells<'a>(&'a self, row: &'a ActivityRow) -> Vec<Cell<'a>> {
        let mut cells = vec![
            Cell::Day(row.at.date()),
            Cell::Time(row.at.time()),
            row.minutes.map_or(Cell::Empty, |minutes| Cell::Hours { minutes }),
            self.code_cell("activity_kind", row.kind),
            self.districts_cell(&row.districts),
            self.code_cell("place_kind", row.place_kind),
            Cell::text(row.place.map_or("", |place| self.words.text(place))),
            Cell::Count(row.people),
            Cell::Count(row.tallied),
            joined(row.target_groups.iter().map(|group| self.code("target_group", *group))),
        ];
        if self.scope.lists == Lists::WithTexts {
            cells.push(Cell::text(row.result.as_deref().unwrap_or("")));
        }
        cells.push(Cell::Text(row.id.to_string().into()));
        cells
    }

    /// A code's label.
    fn code(&self, list: &str, word: Word) -> &str {
        self.labels.label(list, self.words.text(word))
    }

    fn code_cell(&self, list: &str, word: Option<Word>) -> Cell<'_> {
        word.map_or(Cell::Empty, |word| Cell::text(self.code(list, word)))
    }

    fn word_cell<'a>(&self, code: &'a str) -> Cell<'a> {
        Cell::text(text::word(code).map_or(code, |words| self.language().pick(words)))
    }

    fn districts_cell(&self, districts: &[DistrictId]) -> Cell<'_> {
        match districts {
            [only] => Cell::Text(self.labels.district(*only)),
            several => {
                let mut several = several.to_vec();
                several.sort_by_key(|id| self.labels.district_place(*id));
                joined(several.into_iter().map(|id| self.labels.district(id)))
            }
        }
    }

    /// `27-64: 3; 65+: 1`, each band once.
    fn bands_cell(&self, bands: &[(Option<Word>, u64)]) -> Cell<'_> {
        let label = |band: Option<Word>| match band {
            Some(band) => self.code("age_band", band),
            None => self.language().pick(text::NOT_STATED),
        };
        let mut sums: Vec<(&str, u64)> = Vec::new();
        for (band, count) in bands {
            let label = label(*band);
            match sums.iter_mut().find(|(known, _)| *known == label) {
                Some((_, sum)) => *sum += count,
                None => sums.push((label, *count)),
            }
        }
        joined(sums.into_iter().map(|(label, count)| format!("{label}: {count}")))
    }
}

/// Several entries of a cell: labels hold commas themselves.
fn joined<'a>(entries: impl Iterator<Item = impl Into<Cow<'a, str>>>) -> Cell<'a> {
    let mut text: Cow<'a, str> = Cow::Borrowed("");
    for entry in entries {
        let entry = entry.into();
        if text.is_empty() {
            text = entry;
        } else {
            let text = text.to_mut();
            text.push_str("; ");
            text.push_str(&entry);
        }
    }
    Cell::text(text)
}

fn texts(texts: Option<&[Option<String>; 3]>) -> impl Iterator<Item = Cell<'_>> {
    texts
        .into_iter()
        .flatten()
        .map(|text| Cell::text(text.as_deref().unwrap_or("")))
}
