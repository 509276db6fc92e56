//! XLSX: the same rows, the same notes.

#![allow(clippy::unwrap_used, reason = "a broken fixture should stop the test")]

mod world;

use intake::Error;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use world::{HEADER, SAMPLE, drafts, keys, read, row};

/// How a workbook holds dates, times and numbers.
#[derive(Clone, Copy)]
enum Values {
    /// As spreadsheets do.
    Real,
    /// As text, as exports of other programs do.
    Text,
}

fn workbook(values: Values) -> Vec<u8> {
    let mut book = Workbook::new();
    // A first sheet that is no log must not hide the one that is.
    book.add_worksheet()
        .set_name("Deckblatt")
        .unwrap()
        .write_string(0, 0, "Gesprächslog")
        .unwrap();
    let sheet = book.add_worksheet().set_name("Oktober").unwrap();
    let (day, clock) = (
        Format::new().set_num_format("dd.mm.yyyy"),
        Format::new().set_num_format("hh:mm"),
    );
    let mut log = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(SAMPLE.trim_start_matches('\u{feff}').as_bytes());
    for (at, record) in log.records().enumerate() {
        let at = u32::try_from(at).unwrap();
        for (column, cell) in record.unwrap().iter().enumerate() {
            let (column, title) = (u16::try_from(column).unwrap(), HEADER.split(';').nth(column).unwrap());
            let date = || chrono::NaiveDate::parse_from_str(cell, "%d.%m.%Y").ok();
            match (values, title) {
                (Values::Real, "Datum" | "Wiedervorlage") if date().is_some() => {
                    let date = ExcelDateTime::parse_from_str(&date().unwrap().to_string()).unwrap();
                    sheet.write_datetime_with_format(at, column, &date, &day).unwrap();
                }
                (Values::Real, "Uhrzeit") if at > 0 => {
                    let time = ExcelDateTime::parse_from_str(cell).unwrap();
                    sheet.write_datetime_with_format(at, column, &time, &clock).unwrap();
                }
                (Values::Real, "Dauer (Min.)" | "Personen") if at > 0 => {
                    sheet.write_number(at, column, cell.parse::<f64>().unwrap()).unwrap();
                }
                _ => {
                    sheet.write_string(at, column, cell).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_of_the_same_rows_gives_the_same_keys() {
    let plain = keys(&read(SAMPLE));
    assert_eq!(plain.len(), 240);
    assert_eq!(
        keys(&read(workbook(Values::Real))),
        plain,
        "real dates, times and numbers"
    );
    assert_eq!(keys(&read(workbook(Values::Text))), plain, "everything as text");
}

#[test]
fn a_workbook_says_the_row_that_excel_shows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, cells) in [
        (2, HEADER.split(';').map(str::to_owned).collect()),
        (5, row().cells().to_vec()),
    ] {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(at, u16::try_from(column).unwrap(), cell).unwrap();
        }
    }
    // A cell far outside costs nothing.
    sheet.write_string(5, 16_383, "weit weg").unwrap();
    let sheet = read(book.save_to_buffer().unwrap());
    assert_eq!(drafts(&sheet)[0].row, 6);
    assert_eq!(sheet.rows.len(), 3, "the two empty rows between are reported");
}

#[test]
fn a_row_beyond_the_limit_is_refused_before_it_takes_memory() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(1_048_575, 0, "unten").unwrap();
    let error = intake::read(&book.save_to_buffer().unwrap(), &world::catalogue()).unwrap_err();
    assert!(matches!(error, Error::TooManyRows { .. }), "{error}");
}

#[test]
fn what_only_pretends_to_be_a_workbook_is_an_error() {
    for broken in [
        &b"PK\x03\x04"[..],
        b"PK\x03\x04 and then nonsense",
        &workbook(Values::Text)[..500],
    ] {
        let error = intake::read(broken, &world::catalogue()).unwrap_err();
        assert_eq!(error.code(), "unreadable");
    }
}
