//! The sample log with the rows that every real log has sooner or later and the sample lacks.

use std::fmt::Write as _;

/// The sample log as it lies in `tests/data`.
pub const SAMPLE: &str = include_str!("../data/gespraeche-2026-10.csv");
/// The sample city's districts: number, name, parent.
pub const DISTRICTS: &str = include_str!("../data/erfurt-districts.csv");
/// Rows of the sample, its header not counted.
pub const SAMPLE_ROWS: usize = 240;

/// What has to come of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A note of October 2026.
    October,
    /// A note of October 2026, and a remark that its time came twice.
    OctoberTwice,
    /// A note of another month.
    OtherMonth,
    /// No note, for the reason of this code.
    Skipped(&'static str),
}

/// A row that the sample lacks.
#[derive(Clone, Copy, Debug)]
pub struct ExtraRow {
    /// What has to come of it.
    pub fate: Fate,
    cells: [&'static str; 14],
}

const HARMLESS: [&str; 14] = [
    "05.10.2026",
    "09:15",
    "20",
    "Rieth",
    "Schulhof",
    "aufsuchend",
    "Erst",
    "2",
    "27-64",
    "Einsamkeit",
    "Wünscht sich Gesellschaft.",
    "Beratung",
    "",
    "Team Nord 1",
];
const DATE: usize = 0;
const TIME: usize = 1;
const DISTRICT: usize = 3;
const MODE: usize = 5;
const PEOPLE: usize = 7;
const AGE: usize = 8;
const TOPICS: usize = 9;
const TEXT: usize = 10;

/// The harmless row with some cells changed.
fn row(fate: Fate, changed: &[(usize, &'static str)]) -> ExtraRow {
    let mut cells = HARMLESS;
    for (at, value) in changed {
        cells[*at] = value;
    }
    ExtraRow { fate, cells }
}

/// The extra rows, in the order in which they stand below the sample.
pub fn extra_rows() -> Vec<ExtraRow> {
    use Fate::{October, OctoberTwice, OtherMonth, Skipped};
    vec![
        row(OctoberTwice, &[(DATE, "25.10.2026"), (TIME, "02:30")]),
        row(October, &[(DATE, "01.10.2026"), (TIME, "00:00")]),
        row(October, &[(DATE, "31.10.2026"), (TIME, "23:59")]),
        row(OtherMonth, &[(DATE, "30.09.2026"), (TIME, "23:59")]),
        row(OtherMonth, &[(DATE, "01.11.2026"), (TIME, "00:00")]),
        row(October, &[(TEXT, "=cmd|' /C calc'!A0")]),
        row(
            October,
            &[(TOPICS, "Kultur, Sport, Begegnung, Bildung, Familie und Jugend")],
        ),
        row(October, &[(TEXT, "Zweimal dieselbe Zeile, zwei Gespräche.")]),
        row(October, &[(TEXT, "Zweimal dieselbe Zeile, zwei Gespräche.")]),
        row(Skipped("broken_date"), &[(DATE, "31.02.2026")]),
        row(Skipped("broken_date"), &[(DATE, "demnächst")]),
        row(Skipped("broken_time"), &[(TIME, "25:00")]),
        row(Skipped("never_local"), &[(DATE, "29.03.2026"), (TIME, "02:30")]),
        row(Skipped("unknown_district"), &[(DISTRICT, "Atlantis")]),
        row(Skipped("unknown_topic"), &[(TOPICS, "Einsamkeit, Weltfrieden")]),
        row(Skipped("unknown_entry"), &[(MODE, "Brieftaube")]),
        row(Skipped("unknown_entry"), &[(AGE, "im besten Alter")]),
        row(Skipped("bad_number"), &[(PEOPLE, "viele")]),
        ExtraRow {
            fate: Skipped("empty_row"),
            cells: [""; 14],
        },
        // Something has to stand below the empty row: rows at the end that were never filled are none of the log.
        row(October, &[(TEXT, "Die letzte Zeile.")]),
    ]
}

/// The sample with the extra rows below it, as the bytes of a CSV file.
pub fn sample_with_extra_rows() -> Vec<u8> {
    let mut log = SAMPLE.trim_end().to_owned();
    for row in extra_rows() {
        let cells = row.cells.map(|cell| {
            if cell.contains([';', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.to_owned()
            }
        });
        write!(log, "\r\n{}", cells.join(";")).expect("text grows in memory");
    }
    log.push_str("\r\n");
    log.into_bytes()
}

/// How many notes the sample and the extra rows make.
pub fn rows_taken() -> usize {
    SAMPLE_ROWS
        + extra_rows()
            .iter()
            .filter(|row| !matches!(row.fate, Fate::Skipped(_)))
            .count()
}

/// The numbers, as Excel shows them, of the rows that are skipped, with their reasons.
pub fn rows_skipped() -> Vec<(u32, &'static str)> {
    let first = u32::try_from(SAMPLE_ROWS).expect("a small number") + 2;
    let skipped = (first..).zip(extra_rows()).filter_map(|(number, row)| match row.fate {
        Fate::Skipped(why) => Some((number, why)),
        _ => None,
    });
    skipped.collect()
}
