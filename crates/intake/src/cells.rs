//! The cells of one row, each read as what its column holds.

use crate::{
    Column, Found, Why,
    columns::Columns,
    grid::{Cell, GridRow},
    key,
    labels::{Labels, Match},
    limits, values,
};
use chrono::{NaiveDate, NaiveDateTime};
use domain::{
    DistrictId, Members,
    kinds::{FollowUp, Group, Note, Service},
};

/// The tally of a log knows no gender; the record says so instead of leaving it open.
const NO_GENDER: &str = "none";

static EMPTY: Cell = Cell::Empty;

/// The cells of one row, by their columns.
pub(crate) struct Cells<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) labels: &'a Labels<'a>,
    pub(crate) row: &'a GridRow,
}

impl Cells<'_> {
    fn cell(&self, column: Column) -> &Cell {
        self.columns
            .place(column)
            .and_then(|place| self.row.cells.get(place))
            .unwrap_or(&EMPTY)
    }

    /// The cell's text; nothing where it is empty.
    fn text(&self, column: Column) -> Option<String> {
        let text = self.cell(column).shown();
        (!text.is_empty()).then_some(text)
    }

    fn found(&self, column: Column) -> Found {
        Found::new(&self.cell(column).shown())
    }

    pub(crate) fn check_shape(&self) -> Result<(), Why> {
        if self.row.is_empty() {
            return Err(Why::EmptyRow);
        }
        if self.row.width() > self.columns.width {
            return Err(Why::TooManyCells);
        }
        let too_long =
            |cell: &Cell| matches!(cell, Cell::Text(text) if text.chars().nth(limits::MAX_CELL_CHARS).is_some());
        match Column::ALL.into_iter().find(|column| too_long(self.cell(*column))) {
            Some(column) => Err(Why::TooLong { column }),
            None => Ok(()),
        }
    }

    pub(crate) fn local_time(&self) -> Result<NaiveDateTime, Why> {
        let (date, time) = (self.cell(Column::Date), self.cell(Column::Time));
        if date.is_empty() {
            return Err(Why::Missing { column: Column::Date });
        }
        let broken = || Why::BrokenDate {
            column: Column::Date,
            found: self.found(Column::Date),
        };
        let (day, beside) = values::day(date).ok_or_else(broken)?;
        if time.is_empty() {
            return beside
                .map(|time| day.and_time(time))
                .ok_or(Why::Missing { column: Column::Time });
        }
        let time = values::time(time).ok_or_else(|| Why::BrokenTime {
            found: self.found(Column::Time),
        })?;
        Ok(day.and_time(time))
    }

    pub(crate) fn district(&self) -> Result<DistrictId, Why> {
        let name = self.text(Column::District).ok_or(Why::Missing {
            column: Column::District,
        })?;
        match self.labels.district(&name) {
            Match::One(district) => Ok(district.id),
            Match::None => Err(Why::UnknownDistrict {
                found: Found::new(&name),
            }),
            Match::Several => Err(Why::AmbiguousDistrict {
                found: Found::new(&name),
            }),
        }
    }

    /// Everything but the time.
    pub(crate) fn note(&self, on: NaiveDate) -> Result<Note, Why> {
        let topics = self
            .text(Column::Topics)
            .ok_or(Why::Missing { column: Column::Topics })?;
        let unknown = |piece: String| Why::UnknownTopic {
            found: Found::new(&piece),
        };
        let topics = self.labels.topics(&topics, on).map_err(unknown)?;
        if topics.is_empty() {
            return Err(Why::Missing { column: Column::Topics });
        }
        let (place_kind, place) = self.place(on);
        Ok(Note {
            duration_minutes: self.minutes()?,
            contact_mode: self.entry(Column::ContactMode, |text| self.labels.contact_modes.code(text, on))?,
            place_kind,
            place,
            contact_order: self.entry(Column::ContactOrder, |text| self.contact_order(text, on))?,
            people: self.people(on)?.into_iter().collect(),
            topics,
            text: self.text(Column::Text),
            services: self.services(on)?,
            follow_up: self.follow_up()?,
            recorded_by: self.text(Column::RecordedBy),
            ..Note::default()
        })
    }

    /// A cell that must name an entry of its list, if it holds anything.
    fn entry(&self, column: Column, code: impl Fn(&str) -> Option<String>) -> Result<Option<String>, Why> {
        let Some(text) = self.text(column) else { return Ok(None) };
        code(&text).map(Some).ok_or_else(|| Why::UnknownEntry {
            column,
            found: Found::new(&text),
        })
    }

    /// A place is a kind of place where a label fits, and free words where none does.
    fn place(&self, on: NaiveDate) -> (Option<String>, Option<String>) {
        let Some(text) = self.text(Column::Place) else {
            return (None, None);
        };
        match self.labels.place_kinds.code(&text, on) {
            Some(code) => (Some(code), None),
            None => (None, Some(text)),
        }
    }

    /// Logs abbreviate these two words more than labels do.
    fn contact_order(&self, text: &str, on: NaiveDate) -> Option<String> {
        self.labels.contact_orders.code(text, on).or_else(|| {
            let word = domain::fold::fold(text);
            let code = match word.trim_end_matches('.') {
                "erst" | "e" | "erstkontakt" | "neu" => "first",
                "folge" | "f" | "folgekontakt" | "wiederholt" => "repeat",
                _ => return None,
            };
            self.labels.contact_orders.code(code, on)
        })
    }

    /// All people of a row are in its one age band.
    fn people(&self, on: NaiveDate) -> Result<Option<Group>, Why> {
        let age_band = self.entry(Column::AgeBand, |text| self.age_band(text, on))?;
        let cell = self.cell(Column::People);
        if cell.is_empty() {
            return match (age_band, self.columns.place(Column::People)) {
                (Some(_), Some(_)) => Err(Why::Missing { column: Column::People }),
                _ => Ok(None),
            };
        }
        let bad = || Why::BadNumber {
            column: Column::People,
            found: self.found(Column::People),
        };
        let count = values::count(cell).ok_or_else(bad)?;
        Ok(Some(Group {
            age_band,
            gender: Some(NO_GENDER.to_owned()),
            count,
            unknown: Members::default(),
        }))
    }

    fn age_band(&self, text: &str, on: NaiveDate) -> Option<String> {
        let bare: String = domain::fold::fold(text)
            .replace("jahre", "")
            .split_whitespace()
            .collect();
        let beginning = ["ab", "uber", "ueber"].iter().find_map(|word| bare.strip_prefix(word));
        let years = beginning.or_else(|| bare.strip_suffix("undalter"));
        let open_end = years.map(|years| format!("{years}+"));
        let bands = &self.labels.age_bands;
        bands
            .code(text, on)
            .or_else(|| bands.code(&bare, on))
            .or_else(|| bands.code(&open_end?, on))
    }

    fn services(&self, on: NaiveDate) -> Result<Vec<Service>, Why> {
        let Some(text) = self.text(Column::Services) else {
            return Ok(Vec::new());
        };
        let unknown = |piece: String| Why::UnknownEntry {
            column: Column::Services,
            found: Found::new(&piece),
        };
        let given = self.labels.services(&text, on).map_err(unknown)?;
        let services = given.into_iter().map(|(service, to)| Service {
            service,
            to,
            unknown: Members::default(),
        });
        let mut once: Vec<Service> = Vec::new();
        for service in services {
            if !once.contains(&service) {
                once.push(service);
            }
        }
        Ok(once)
    }

    fn follow_up(&self) -> Result<Option<FollowUp>, Why> {
        let cell = self.cell(Column::FollowUp);
        if cell.is_empty() {
            return Ok(None);
        }
        let broken = || Why::BrokenDate {
            column: Column::FollowUp,
            found: self.found(Column::FollowUp),
        };
        let (on, _) = values::day(cell).ok_or_else(broken)?;
        Ok(Some(FollowUp {
            on,
            ..FollowUp::default()
        }))
    }

    fn minutes(&self) -> Result<Option<u32>, Why> {
        let read = |column, unit| {
            let cell = self.cell(column);
            if cell.is_empty() {
                return Ok(None);
            }
            values::minutes(cell, unit).map(Some).ok_or_else(|| Why::BadNumber {
                column,
                found: self.found(column),
            })
        };
        Ok(read(Column::Minutes, 1.0)?.or(read(Column::Hours, 60.0)?))
    }

    /// See [`key`]: what stands in the row, in one form, under frozen tags.
    pub(crate) fn key_text(&self, local: NaiveDateTime, note: &Note) -> String {
        let text = |column| self.text(column).unwrap_or_default();
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let people = (!note.people.is_empty()).then(|| note.people_count());
        key::text(&[
            ("datum", local.format("%Y-%m-%d").to_string()),
            ("uhrzeit", local.format("%H:%M:%S").to_string()),
            ("dauer", number(note.duration_minutes.map(u64::from))),
            ("stadtteil", text(Column::District)),
            ("ort", text(Column::Place)),
            ("kontaktart", text(Column::ContactMode)),
            ("folge", text(Column::ContactOrder)),
            ("personen", number(people)),
            ("alter", text(Column::AgeBand)),
            ("thema", text(Column::Topics)),
            ("notiz", text(Column::Text)),
            ("leistung", text(Column::Services)),
            (
                "wiedervorlage",
                note.follow_up.as_ref().map(|f| f.on.to_string()).unwrap_or_default(),
            ),
            ("erfasst", text(Column::RecordedBy)),
        ])
    }
}
