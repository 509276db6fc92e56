//! Columns are found by their titles, whatever their order.

mod world;

use intake::{Catalogue, Column, Error, Notice};
use world::{drafts, keys, log, read, row};

fn with_header(header: &str, rows: &[&str]) -> String {
    [header].iter().chain(rows).map(|line| format!("{line}\r\n")).collect()
}

#[test]
fn titles_may_be_abbreviated_spaced_and_written_in_any_case() {
    let usual = keys(&read(log(&[row()])));
    let line = log(&[row()]).lines().nth(1).unwrap().to_owned();
    for header in [
        "DATUM;UHRZEIT;DAUER;STADTTEIL;ORT;KONTAKTART;ERST/FOLGE;PERSONEN;ALTERSGRUPPE;THEMA;NOTIZ;LEISTUNG;WIEDERVORLAGE;BEARBEITER",
        " Datum ;Uhrz.;Dauer (min);Stadtt.;Ort;Kontaktform;E/F;Pers.;Altersgr.;Themen;Notizen;Leistungen;WV;Bearb.",
        "Tag;Beginn;Minuten;Ortsteil;Treffpunkt;Art des Kontakts;Erst- / Folgekontakt;Anzahl;Alter;Anlass;Bemerkung;Maßnahme;Wiedervorl.;Kürzel",
    ] {
        assert_eq!(keys(&read(with_header(header, &[&line]))), usual, "{header}");
    }
}

#[test]
fn the_order_of_columns_does_not_matter_and_optional_ones_may_be_absent() {
    let sheet = read(with_header(
        "Thema,Stadtteil,Uhrzeit,Datum",
        &["\"Bildung, Familie und Jugend\",Rieth,09:15,05.10.2026"],
    ));
    let note = &drafts(&sheet)[0].note;
    assert_eq!(note.topics, ["bildung"]);
    assert!(note.people.is_empty() && note.services.is_empty() && note.text.is_none() && note.contact_mode.is_none());
}

#[test]
fn one_column_may_hold_date_and_time() {
    let sheet = read(with_header(
        "Datum/Uhrzeit;Ortsteil;Thema",
        &["31.10.2026 23:59;Rieth;Einsamkeit"],
    ));
    assert_eq!(
        drafts(&sheet)[0].note.occurred_at.to_rfc3339(),
        "2026-10-31T23:59:00+01:00"
    );
}

#[test]
fn hours_are_not_taken_for_minutes() {
    let sheet = read(with_header(
        "Datum;Zeit;Dauer (Std.);Stadtteil;Thema",
        &["05.10.2026;09:15;1,5;Rieth;Einsamkeit"],
    ));
    assert_eq!(drafts(&sheet)[0].note.duration_minutes, Some(90));
}

#[test]
fn the_header_may_stand_below_a_title() {
    let titled = format!("Gesprächslog Team Nord;;;\r\n\r\n{}", log(&[row()]));
    let sheet = read(titled);
    assert_eq!(drafts(&sheet)[0].row, 4);
}

#[test]
fn missing_columns_are_named() {
    let error = intake::read(b"Uhrzeit;Notiz\r\n09:15;Hallo\r\n", &Catalogue::default()).unwrap_err();
    assert!(
        matches!(&error, Error::MissingColumns { columns } if *columns == [Column::Date, Column::District, Column::Topics])
    );
    assert_eq!(error.to_string(), "columns are missing: Datum, Stadtteil, Thema");
    assert_eq!(error.code(), "missing_columns");
    for nothing in ["", "\u{feff}", "\r\n\r\n", "irgendein Text ohne Tabelle"] {
        let error = intake::read(nothing.as_bytes(), &Catalogue::default()).unwrap_err();
        assert_eq!(error.code(), "missing_columns", "{nothing:?}");
    }
}

#[test]
fn two_columns_of_one_meaning_are_refused() {
    let error = intake::read(b"Datum;Tag;Stadtteil;Thema\r\n", &Catalogue::default()).unwrap_err();
    assert!(matches!(error, Error::DoubledColumn { column: Column::Date }));
}

#[test]
fn a_column_that_is_left_behind_is_named() {
    let sheet = read(with_header(
        "Datum;Uhrzeit;Stadtteil;Thema;Blutgruppe",
        &["05.10.2026;09:15;Rieth;Einsamkeit;AB"],
    ));
    assert!(matches!(&sheet.notices[..], [Notice::ColumnLeftOut { title }] if title.as_str() == "Blutgruppe"));
    assert_eq!(drafts(&sheet).len(), 1);
}

#[test]
fn of_two_entries_with_one_label_the_one_in_use_that_day_is_taken() {
    let mut catalogue = world::catalogue();
    let day = |text: &str| text.parse().ok();
    let mut old = world::codes(&[("wohnen-alt", "Wohnen")]);
    old[0].valid_to = day("2025-12-31");
    let mut new = world::codes(&[("wohnen-neu", "Wohnen")]);
    new[0].valid_from = day("2026-01-01");
    catalogue.topics = [old, new].concat();
    let topic = |date: &str| {
        let sheet = intake::read(
            log(&[row().with("Datum", date).with("Thema", "Wohnen")]).as_bytes(),
            &catalogue,
        )
        .unwrap();
        drafts(&sheet)[0].note.topics.clone()
    };
    assert_eq!(topic("05.10.2025"), ["wohnen-alt"]);
    assert_eq!(topic("05.10.2026"), ["wohnen-neu"]);
}
