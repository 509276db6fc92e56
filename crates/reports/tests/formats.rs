//! CSV, JSON and XLSX of one month: the same content, each as its readers want it.

mod world;

use calamine::{Data, Reader, Xlsx};
use reports::{ListKind, Lists, Live, Month, Scope, Transfer, csv, json, xlsx};
use std::io::Cursor;
use world::{english, october, request, talk};

const RISKY: [&str; 7] = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tTab",
    "\rReturn",
    "=1+1",
];

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("a report is UTF-8")
}

fn workbook(month: &Month) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx::write(month).expect("it can be written"))).expect("it can be read")
}

#[test]
fn csv_is_what_german_excel_opens() {
    let csv = text(csv::write(&october(&[talk("a").record()]), None).unwrap());
    assert!(csv.starts_with("\u{feff}table;table_label;row;row_label;column;column_label;value\r\n"));
    assert!(csv.contains("overview;Übersicht;conversations;Gespräche;value;Wert;1\r\n"));
    assert!(
        csv.contains("overview;Übersicht;hours;Stunden in Gesprächen;value;Wert;0,33\r\n"),
        "{csv}"
    );
    assert!(
        !csv.replace("\r\n", "").contains('\n'),
        "every line ends as Windows does"
    );
}

#[test]
fn the_same_state_gives_the_same_bytes_in_whatever_order_it_came() {
    let mut records = vec![
        talk("a")
            .about(&["bildung"])
            .given("vermittlung", Some("Tafel"))
            .record(),
        talk("b")
            .about(&["neu-1", "neu-2"])
            .given("vermittlung", Some("Amt"))
            .record(),
        talk("c").in_districts(&["Altstadt", "Rieth"]).record(),
        request("d", |_| {}),
    ];
    let all = |month: &Month| {
        let lists = [
            None,
            Some(ListKind::Conversations),
            Some(ListKind::Requests),
            Some(ListKind::Activities),
        ];
        let documents = lists
            .iter()
            .flat_map(|list| [csv::write(month, *list), json::write(month, *list)]);
        documents
            .chain([xlsx::write(month)])
            .map(|bytes| bytes.expect("it can be written"))
            .collect::<Vec<_>>()
    };
    let first = all(&october(&records));
    records.reverse();
    let second = all(&october(&records));
    assert!(first == second, "order, hash seeds and clocks play no part");
}

fn at(text: &str) -> domain::At {
    let moment = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
    moment.to_utc().into()
}

#[test]
fn a_file_says_whose_it_is_how_new_and_that_something_may_be_missing() {
    let mut month = october(&[talk("a").record()]);
    let (envelope, body) = talk("b").record();
    let changed_at = at("2026-11-02T23:30:00Z");
    month.add_live(&Live {
        id: envelope.id,
        kind: &envelope.kind,
        districts: &envelope.districts,
        changed_at: Some(changed_at),
        body: body.as_str(),
    });
    let before = csv::write(&month, None).unwrap();
    month.stands(Transfer {
        at: Some(at("2026-11-23T11:42:00Z")),
        waiting: 3,
    });
    assert!(
        before == csv::write(&month, None).unwrap(),
        "a transfer is none of the data"
    );
    let csv = text(before);
    for line in [
        "basis;Worauf die Zahlen beruhen;organisation;Träger;value;Wert;Quartiersmanagement Nord",
        "basis;Worauf die Zahlen beruhen;records;Gelesene Einträge;value;Wert;2",
        "basis;Worauf die Zahlen beruhen;newest_change;Neueste Änderung;value;Wert;2026-11-03T00:30",
        "auf anderen Geräten kann noch etwas fehlen",
    ] {
        assert!(csv.contains(line), "{line}: {csv}");
    }
    let mut book = workbook(&month);
    let sheet = book.worksheet_range("Übersicht").unwrap();
    let said = sheet.get_value((1, 0)).expect("a line under the title").to_string();
    assert_eq!(
        said,
        "Quartiersmanagement Nord · Neueste Änderung 03.11.2026, 00:30 · \
         Zuletzt übertragen 23.11.2026, 12:42, wartende Einträge: 3"
    );
}

#[test]
fn districts_that_were_asked_for_stand_there_with_nothing_in_them() {
    let only = world::district("Altstadt");
    for scope in [
        Scope {
            named: [only].into(),
            ..Scope::default()
        },
        Scope {
            only: [only].into(),
            ..Scope::default()
        },
    ] {
        let figures = world::month(&[], scope).figures();
        let table = |id: &str| figures.iter().find(|table| table.id == id).expect("a table");
        assert_eq!(table("district").count(&only.to_string(), "conversations"), Some(0));
        assert_eq!(table("topic_district").count("total", &only.to_string()), Some(0));
    }
}

#[test]
fn lists_hold_no_text_unless_asked() {
    let records = [talk("a").saying("Frau Muster weint.").record()];
    let without = world::month(
        &records,
        Scope {
            lists: Lists::WithoutTexts,
            ..Scope::default()
        },
    );
    for bytes in [
        csv::write(&without, Some(ListKind::Conversations)),
        json::write(&without, Some(ListKind::Conversations)),
    ] {
        assert!(!text(bytes.unwrap()).contains("Muster"));
    }
    let mut book = workbook(&without);
    for (name, sheet) in book.worksheets() {
        assert!(
            !sheet.cells().any(|(_, _, cell)| cell.to_string().contains("Muster")),
            "sheet {name}"
        );
    }
    let with = october(&records);
    assert!(text(csv::write(&with, Some(ListKind::Conversations)).unwrap()).contains("Frau Muster weint."));
}

#[test]
fn risky_cells_are_text_and_numbers_stay_numbers() {
    let records: Vec<_> = RISKY
        .iter()
        .map(|risky| talk(risky).saying(risky).given("vermittlung", Some(risky)).record())
        .collect();
    let month = october(&records);
    for list in [None, Some(ListKind::Conversations)] {
        let csv = text(csv::write(&month, list).unwrap());
        let mut lines = ::csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(csv.as_bytes());
        for record in lines.records() {
            for cell in record.unwrap().iter() {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!runs, "{cell:?} would run");
            }
        }
    }
    let csv = text(csv::write(&month, Some(ListKind::Conversations)).unwrap());
    assert!(csv.contains("'=cmd|' /C calc'!A0"));
    let mut book = workbook(&month);
    let sheet = book.worksheet_range("Gespräche").unwrap();
    let texts: Vec<&Data> = sheet.rows().skip(1).map(|row| &row[14]).collect();
    for risky in RISKY {
        assert!(
            texts.contains(&&Data::String(risky.to_owned())),
            "{risky:?} stands unchanged as text: {texts:?}"
        );
    }
    assert!(
        book.worksheet_formula("Gespräche")
            .unwrap()
            .used_cells()
            .next()
            .is_none(),
        "nothing is a formula"
    );
}

#[test]
fn json_holds_what_csv_holds() {
    let month = october(&[
        talk("a").record(),
        talk("b").about(&["bildung"]).record(),
        request("c", |_| {}),
    ]);
    let document: serde_json::Value = serde_json::from_slice(&json::write(&month, None).unwrap()).unwrap();
    assert_eq!(document["month"], "2026-10");
    let cells = document["cells"].as_array().unwrap();
    let csv = text(csv::write(&month, None).unwrap());
    let mut lines = ::csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let lines: Vec<_> = lines.records().map(Result::unwrap).collect();
    assert_eq!(cells.len(), lines.len());
    for (cell, line) in cells.iter().zip(&lines) {
        assert_eq!(
            [&cell["table"], &cell["row"], &cell["column"]],
            [&line[0], &line[2], &line[4]]
        );
        let same = match &cell["value"] {
            serde_json::Value::Null => line[6].is_empty(),
            serde_json::Value::String(text) => *text == line[6],
            number => line[6].replace(',', ".").parse::<f64>().ok() == number.as_f64(),
        };
        assert!(same, "{cell} is {} in CSV", &line[6]);
    }
    let list: serde_json::Value =
        serde_json::from_slice(&json::write(&month, Some(ListKind::Conversations)).unwrap()).unwrap();
    assert_eq!(list["rows"][0]["date"], "2026-10-05");
    assert_eq!(list["rows"][0]["minutes"], 20);
}

#[test]
fn the_workbook_has_its_sheets_with_real_dates_and_numbers() {
    let month = october(&[
        talk("a")
            .saying("Aufzug defekt")
            .in_districts(&["Altstadt", "Rieth"])
            .record(),
        talk("b").about(&["bildung"]).record(),
        request("c", |_| {}),
    ]);
    let mut book = workbook(&month);
    assert_eq!(
        book.sheet_names(),
        ["Übersicht", "Gespräche", "Anliegen", "Themen x Stadtteil"]
    );
    let list = book.worksheet_range("Gespräche").unwrap();
    assert_eq!(list.get_value((0, 0)), Some(&Data::String("Datum".into())));
    let day = list
        .get_value((1, 0))
        .and_then(calamine::DataType::get_datetime)
        .expect("a real date");
    assert_eq!(day.to_ymd_hms_milli(), (2026, 10, 5, 0, 0, 0, 0));
    let time = list
        .get_value((1, 1))
        .and_then(calamine::DataType::get_datetime)
        .expect("a real time");
    assert!((time.as_f64() - 0.5).abs() < 1e-9, "noon is half a day");
    assert_eq!(list.get_value((1, 2)), Some(&Data::Float(20.0)));
    assert_eq!(
        list.rows()
            .filter(|row| row[3] == Data::String("Altstadt; Rieth".into()))
            .count(),
        1
    );
    assert_eq!(list.height(), 3);
}

#[test]
fn the_workbooks_figures_are_the_months() {
    let month = october(&[
        talk("a").about(&["armut", "bildung"]).record(),
        talk("b").in_districts(&["Altstadt"]).record(),
    ]);
    let mut book = workbook(&month);
    let sheet = book.worksheet_range("Themen x Stadtteil").unwrap();
    let tables = month.figures();
    let table = tables.iter().find(|table| table.id == "topic_district").unwrap();
    assert_eq!(
        sheet.height(),
        table.rows.len() + 2,
        "its title and its header stand above"
    );
    for (line, row) in table.rows.iter().zip(sheet.rows().skip(2)) {
        assert_eq!(row[0], Data::String(line.head.title.clone()));
        for (column, cell) in table.columns.iter().zip(&row[1..]) {
            let expected = table.count(&line.head.id, &column.id).unwrap();
            assert_eq!(
                *cell,
                Data::Float(expected as f64),
                "{} x {}",
                line.head.title,
                column.title
            );
        }
    }
    let overview = book.worksheet_range("Übersicht").unwrap();
    let all: Vec<String> = overview.cells().map(|(_, _, cell)| cell.to_string()).collect();
    assert!(all.contains(&"Monatsbericht Oktober 2026 – alle Stadtteile".to_owned()));
    assert!(
        all.iter().any(|cell| cell.contains("kann größer sein als „Gesamt“")),
        "the legend says how topics count"
    );
}

#[test]
fn a_report_may_be_english() {
    let month = world::month(&[talk("a").record()], english());
    assert_eq!(
        workbook(&month).sheet_names(),
        ["Overview", "Conversations", "Requests", "Topics x district"]
    );
    let csv = text(csv::write(&month, None).unwrap());
    assert!(
        csv.contains(
            "topic_district;Conversations by topic and district;bildung;\"Bildung, Familie und Jugend (en)\";"
        ) || csv.contains(";Bildung, Familie und Jugend (en);")
    );
    assert!(!csv.contains("Gespräche"), "no German is left in it");
}

#[test]
fn text_longer_than_a_cell_ends_in_a_mark() {
    let month = october(&[talk("a").saying(&"😀".repeat(20_000)).record()]);
    let mut book = workbook(&month);
    let list = book.worksheet_range("Gespräche").unwrap();
    let cell = list.get_value((1, 14)).unwrap().to_string();
    assert!(cell.ends_with(" […]") && cell.encode_utf16().count() <= 32_767);
}
