//! Laws that hold for any month.

mod world;

use calamine::{Data, Reader, Xlsx};
use domain::{Body, Envelope};
use proptest::prelude::*;
use reports::{Cell, ListKind, Month, csv, xlsx};
use world::{figure, october, people, talk};

fn code(codes: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(codes))
}

prop_compose! {
    fn record()(
        name in "[a-z]{12}",
        hours in 0i64..800,
        minutes in prop::option::of(0u32..600),
        order in code(&["first", "repeat", "third"]),
        mode in code(&["aufsuchend", "telefon", "brieftaube"]),
        topics in prop::collection::btree_set(prop::sample::select(&["armut", "bildung", "sucht", "pflege", "neu"][..]), 0..4),
        groups in prop::collection::btree_map(code(&["18-26", "27-64", "65+", "99+"]), 0u32..30, 0..4),
        districts in prop::collection::btree_set(prop::sample::select(&["Rieth", "Altstadt", "Herrenberg"][..]), 0..3),
        target in prop::option::of("\\PC{1,12}"),
        words in "\\PC{0,40}",
    ) -> (Envelope, Body) {
        let from: chrono::DateTime<chrono::FixedOffset> = "2026-09-29T00:00:00+02:00".parse().expect("a time");
        let districts: Vec<&'static str> = districts.into_iter().collect();
        talk(&name)
            .about(&topics.into_iter().collect::<Vec<_>>())
            .in_districts(&districts)
            .with_people(groups.into_iter().map(|(band, count)| people(band, count)).collect())
            .given("vermittlung", target.as_deref())
            .saying(&words)
            .change(|note| {
                note.occurred_at = from + chrono::TimeDelta::hours(hours);
                note.duration_minutes = minutes;
                note.contact_order = order.map(str::to_owned);
                note.contact_mode = mode.map(str::to_owned);
            })
            .record()
    }
}

fn month() -> impl Strategy<Value = Month> {
    prop::collection::vec(record(), 0..25).prop_map(|records| october(&records))
}

/// The sum over a table's rows, its total left out.
fn sum(month: &Month, id: &str, column: &str) -> u64 {
    let tables = month.figures();
    let table = tables.iter().find(|table| table.id == id).expect("the table is there");
    let rows = table.rows.iter().filter(|line| line.head.id != "total");
    rows.map(|line| table.count(&line.head.id, column).expect("a figure"))
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn totals_equal_their_sums(month in month()) {
        let all = figure(&month, "overview", "conversations", "value");
        let overview = |row| figure(&month, "overview", row, "value");
        prop_assert_eq!(overview("first") + overview("repeat") + overview("order_unknown"), all);
        prop_assert_eq!(overview("single") + overview("group") + overview("size_unknown"), all);
        for table in ["contact_order", "contact_mode", "place_kind"] {
            prop_assert_eq!(sum(&month, table, "conversations"), all);
            prop_assert_eq!(sum(&month, table, "people"), overview("people"));
            prop_assert_eq!(sum(&month, table, "hours"), overview("hours"));
        }
        prop_assert_eq!(sum(&month, "age_gender", "total"), overview("people"));
        prop_assert_eq!(figure(&month, "topic_age", "total", "total"), overview("people"));
        prop_assert!(sum(&month, "topic_district", "total") >= all, "each conversation has a topic's row or that of none");
        prop_assert!(sum(&month, "district", "conversations") >= all);
        prop_assert_eq!(month.list(ListKind::Conversations).count as u64, all);
        prop_assert_eq!(overview("unreadable"), 0, "what domain writes, reports can read");
    }

    #[test]
    fn csv_reads_back(month in month()) {
        let bytes = csv::write(&month, Some(ListKind::Conversations)).expect("it can be written");
        let text = std::str::from_utf8(&bytes).expect("UTF-8").trim_start_matches('\u{feff}');
        let mut lines = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let read: Vec<_> = lines.records().map(|line| line.expect("a line")).collect();
        let list = month.list(ListKind::Conversations);
        prop_assert_eq!(read.len(), list.count);
        for (line, cells) in read.iter().zip(list.rows()) {
            for (text, cell) in line.iter().zip(&cells) {
                if let Cell::Text(expected) = cell {
                    let plain = text.strip_prefix('\'').filter(|_| !expected.starts_with('\'')).unwrap_or(text);
                    prop_assert_eq!(plain, expected.as_ref());
                }
            }
        }
    }

    #[test]
    fn a_workbook_reads_back(month in month()) {
        let bytes = xlsx::write(&month).expect("it can be written");
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("it can be read");
        let sheet = book.worksheet_range("Gespräche").expect("the sheet is there");
        let list = month.list(ListKind::Conversations);
        prop_assert_eq!(sheet.width(), list.columns.len() - 1, "ids are for programs, and stand last");
        prop_assert_eq!(sheet.height(), list.count + 1);
        for (row, cells) in (1u32..).zip(list.rows()) {
            let without_id = cells.iter().take(cells.len() - 1);
            for (column, cell) in (0u32..).zip(without_id) {
                if let Cell::Text(expected) = cell {
                    prop_assert_eq!(sheet.get_value((row, column)), Some(&Data::String(expected.to_string())));
                }
            }
        }
    }
}
