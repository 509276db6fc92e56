//! Which column holds what, found by the header's words.

use crate::{Error, grid::GridRow, limits};
use domain::fold::fold;
use serde::{Serialize, Serializer};
use std::sync::LazyLock;

/// What a column of a log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Day of the conversation, perhaps with its time.
    Date,
    /// Time of day.
    Time,
    /// Minutes.
    Minutes,
    /// Hours, where a log counts those.
    Hours,
    /// District, by name or number.
    District,
    /// Kind of place or a free place.
    Place,
    /// How the contact came about.
    ContactMode,
    /// First or repeated contact.
    ContactOrder,
    /// How many people.
    People,
    /// The age band all of them are in.
    AgeBand,
    /// One or more topics.
    Topics,
    /// What was said.
    Text,
    /// What was done.
    Services,
    /// The day to come back to it.
    FollowUp,
    /// Who wrote the row.
    RecordedBy,
}

/// Title as logs write it, and what else it is called; compared by letters and digits alone.
const TITLES: &[(Column, &str, &[&str])] = &[
    (
        Column::Date,
        "Datum",
        &["Tag", "am", "Datum/Uhrzeit", "Datum und Uhrzeit", "Zeitpunkt", "Date"],
    ),
    (Column::Time, "Uhrzeit", &["Zeit", "Beginn", "von", "um", "Time"]),
    (
        Column::Minutes,
        "Dauer (Min.)",
        &["Dauer", "Dauer in Minuten", "Minuten", "Min", "Duration"],
    ),
    (
        Column::Hours,
        "Dauer (Std.)",
        &["Dauer (h)", "Dauer in Stunden", "Stunden", "Std", "Hours"],
    ),
    (
        Column::District,
        "Stadtteil",
        &["Ortsteil", "Quartier", "Bezirk", "Stadtbezirk", "Gebiet", "District"],
    ),
    (
        Column::Place,
        "Ort",
        &["Ort des Kontakts", "Kontaktort", "Treffpunkt", "Place"],
    ),
    (
        Column::ContactMode,
        "Kontaktart",
        &["Kontaktform", "Art des Kontakts", "Art", "Zugang", "Mode"],
    ),
    (
        Column::ContactOrder,
        "Erst-/Folgekontakt",
        &["Erst/Folge", "E/F", "Kontaktfolge", "Erstkontakt", "First/repeat"],
    ),
    (
        Column::People,
        "Personen",
        &["Anzahl Personen", "Personenzahl", "Anzahl", "Personen gesamt", "People"],
    ),
    (
        Column::AgeBand,
        "Altersgruppe",
        &["Alter", "Altersklasse", "Age band", "Age"],
    ),
    (Column::Topics, "Thema", &["Themen", "Anlass", "Topic", "Topics"]),
    (
        Column::Text,
        "Notiz",
        &[
            "Notizen",
            "Inhalt",
            "Bemerkung",
            "Bemerkungen",
            "Text",
            "Gesprächsnotiz",
            "Note",
        ],
    ),
    (
        Column::Services,
        "Leistung",
        &["Leistungen", "Maßnahme", "Ergebnis", "Service"],
    ),
    (
        Column::FollowUp,
        "Wiedervorlage",
        &["WV", "Wiedervorlage am", "Follow-up"],
    ),
    (
        Column::RecordedBy,
        "Bearbeiter/in",
        &[
            "Bearbeiter",
            "Bearbeiterin",
            "Mitarbeiter/in",
            "Kürzel",
            "erfasst von",
            "Recorded by",
        ],
    ),
];

/// Every title by its letters.
static LETTERS: LazyLock<Vec<(Column, String)>> = LazyLock::new(|| {
    let titles = TITLES
        .iter()
        .flat_map(|(column, title, others)| others.iter().chain([title]).map(|t| (*column, letters(t))));
    titles.collect()
});

/// Without these a row has no day, no place and no subject, and is no conversation.
const REQUIRED: &[Column] = &[Column::Date, Column::District, Column::Topics];

/// Shorter beginnings than this are no abbreviation of anything.
const SHORTEST_ABBREVIATION: usize = 3;

impl Column {
    /// Every column, in a log's usual order.
    pub(crate) const ALL: [Self; 15] = [
        Self::Date,
        Self::Time,
        Self::Minutes,
        Self::Hours,
        Self::District,
        Self::Place,
        Self::ContactMode,
        Self::ContactOrder,
        Self::People,
        Self::AgeBand,
        Self::Topics,
        Self::Text,
        Self::Services,
        Self::FollowUp,
        Self::RecordedBy,
    ];

    /// The title as it stands in a log.
    pub fn title(self) -> &'static str {
        TITLES
            .iter()
            .find(|(column, ..)| *column == self)
            .map_or("", |(_, title, _)| title)
    }

    /// The column a header cell names: by a title, or by the only column of which it is the beginning.
    fn named(header: &str) -> Option<Self> {
        let header = letters(header);
        if let Some((column, _)) = LETTERS.iter().find(|(_, title)| *title == header) {
            return Some(*column);
        }
        if header.chars().count() < SHORTEST_ABBREVIATION {
            return None;
        }
        let mut found = LETTERS
            .iter()
            .filter(|(_, title)| title.starts_with(&header))
            .map(|(column, _)| *column);
        let first = found.next()?;
        found.all(|column| column == first).then_some(first)
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.title())
    }
}

/// Lower case, without accents, letters and digits only.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How many different columns a row names.
pub(crate) fn known(row: &GridRow) -> usize {
    let mut named: Vec<Column> = row
        .cells
        .iter()
        .filter_map(|cell| Column::named(&cell.shown()))
        .collect();
    named.sort_unstable();
    named.dedup();
    named.len()
}

/// Where each column stands.
pub(crate) struct Columns {
    places: Vec<(Column, usize)>,
    /// How many cells wide the header is.
    pub(crate) width: usize,
    /// Position of the header among the grid's rows.
    pub(crate) header: usize,
    /// Titles that mean nothing to us, with their content left behind.
    pub(crate) unknown: Vec<String>,
}

impl Columns {
    /// Looks for the header among the first rows: the one that names the most columns.
    pub(crate) fn find(rows: &[GridRow]) -> Result<Self, Error> {
        let top = rows.iter().take(limits::HEADER_ROWS).enumerate();
        let header = top
            .rev()
            .max_by_key(|(_, row)| known(row))
            .map_or(0, |(index, _)| index);
        let cells = rows.get(header).map_or(&[][..], |row| &row.cells);
        let mut columns = Self {
            places: Vec::new(),
            width: rows.get(header).map_or(0, GridRow::width),
            header,
            unknown: Vec::new(),
        };
        for (place, cell) in cells.iter().enumerate() {
            match Column::named(&cell.shown()) {
                Some(column) if columns.place(column).is_some() => return Err(Error::DoubledColumn { column }),
                Some(column) => columns.places.push((column, place)),
                None if cell.is_empty() => {}
                None => columns.unknown.push(cell.shown().chars().take(60).collect()),
            }
        }
        let missing: Vec<Column> = REQUIRED
            .iter()
            .copied()
            .filter(|column| columns.place(*column).is_none())
            .collect();
        if missing.is_empty() {
            Ok(columns)
        } else {
            Err(Error::MissingColumns { columns: missing })
        }
    }

    /// The place of a column, from 0.
    pub(crate) fn place(&self, column: Column) -> Option<usize> {
        self.places
            .iter()
            .find(|(known, _)| *known == column)
            .map(|(_, place)| *place)
    }
}
