//! Rows as they really stand in logs: what is taken, what is skipped, and why.

mod world;

use intake::{Notice, Row, Why};
use world::{code, log, outcome, read, row};

#[test]
fn a_time_that_came_twice_is_the_earlier_one_and_is_reported() {
    let sheet = read(log(&[row().with("Datum", "25.10.2026").with("Uhrzeit", "02:30")]));
    let earlier = "2026-10-25T02:30:00+02:00".to_owned();
    assert_eq!(world::drafts(&sheet)[0].note.occurred_at.to_rfc3339(), earlier);
    assert_eq!(sheet.notices, [Notice::TimeTwice { row: 2, taken: earlier }]);
}

#[test]
fn a_time_that_never_was_is_skipped() {
    let why = outcome(row().with("Datum", "29.03.2026").with("Uhrzeit", "02:30")).unwrap_err();
    let json = serde_json::to_value(&why).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"code": "never_local", "found": "2026-03-29T02:30"})
    );
}

#[test]
fn every_broken_cell_has_its_reason() {
    for (title, value, expected) in [
        ("Datum", "", "missing"),
        ("Datum", "31.02.2026", "broken_date"),
        ("Datum", "demnächst", "broken_date"),
        ("Datum", "05.10.0026", "broken_date"),
        ("Datum", "10/05/2026", "broken_date"),
        ("Datum", "05.10.2026 irgendwann", "broken_date"),
        ("Uhrzeit", "", "missing"),
        ("Uhrzeit", "25:00", "broken_time"),
        ("Uhrzeit", "mittags", "broken_time"),
        ("Stadtteil", "", "missing"),
        ("Stadtteil", "Atlantis", "unknown_district"),
        ("Stadtteil", "=cmd|' /C calc'!A0", "unknown_district"),
        ("Thema", "", "missing"),
        ("Thema", ", ;", "missing"),
        ("Thema", "Weltfrieden", "unknown_topic"),
        ("Thema", "Einsamkeit, Weltfrieden", "unknown_topic"),
        ("Thema", "Einsamkeiten", "unknown_topic"),
        ("Kontaktart", "Brieftaube", "unknown_entry"),
        ("Erst", "vielleicht", "unknown_entry"),
        ("Altersgruppe", "alt", "unknown_entry"),
        ("Leistung", "Zauberei", "unknown_entry"),
        ("Leistung", "Beratung und mehr", "unknown_entry"),
        ("Personen", "viele", "bad_number"),
        ("Personen", "-1", "bad_number"),
        ("Personen", "0", "bad_number"),
        ("Personen", "1,5", "bad_number"),
        ("Personen", "99999999999999999999", "bad_number"),
        ("Personen", "", "missing"),
        ("Dauer", "lang", "bad_number"),
        ("Dauer", "2000", "bad_number"),
        ("Wiedervorlage", "bald", "broken_date"),
        ("Notiz", &"x".repeat(40_000), "too_long"),
        ("Ort", &"x".repeat(500), "refused"),
    ] {
        let why = outcome(row().with(title, value)).expect_err(title);
        assert_eq!(code(&why), expected, "{title} = {value:.40}");
    }
}

#[test]
fn a_reason_names_the_piece_and_not_the_row() {
    let why = outcome(row().with("Thema", "Einsamkeit, Weltfrieden, Mobilität")).unwrap_err();
    assert_eq!(serde_json::to_value(&why).unwrap()["found"], "Weltfrieden");
    let printed = format!(
        "{:?}",
        outcome(row().with("Stadtteil", "Frau Muster, Rieth 4")).unwrap_err()
    );
    assert!(
        !printed.contains("Muster"),
        "a log file must not repeat a cell: {printed}"
    );
}

#[test]
fn dates_and_times_are_read_as_people_write_them() {
    for (date, time) in [
        ("05.10.2026", "09:15"),
        ("5.10.26", "9:15"),
        ("2026-10-05", "09:15:00"),
        ("Mo, 05.10.2026", "9.15 Uhr"),
        ("Montag 05.10.2026", "09.15"),
        ("05.10.2026 09:15", ""),
        ("2026-10-05T09:15:00", ""),
    ] {
        let draft = outcome(row().with("Datum", date).with("Uhrzeit", time)).expect(date);
        assert_eq!(
            draft.note.occurred_at.to_rfc3339(),
            "2026-10-05T09:15:00+02:00",
            "{date} {time}"
        );
        assert_eq!(
            draft.key_text,
            outcome(row()).unwrap().key_text,
            "another way to write it is no other row"
        );
    }
    let midnight = outcome(row().with("Datum", "01.11.2026").with("Uhrzeit", "00:00")).unwrap();
    assert_eq!(midnight.note.occurred_at.to_rfc3339(), "2026-11-01T00:00:00+01:00");
}

#[test]
fn numbers_may_carry_their_unit() {
    for written in ["20", "20 Min.", "20 min", "0:20", "20'"] {
        assert_eq!(
            outcome(row().with("Dauer", written)).unwrap().note.duration_minutes,
            Some(20),
            "{written}"
        );
    }
    // 8.2 times 60 is a hair below 492 for a processor.
    for (hours, minutes) in [("0,5", 30), ("2,05", 123), ("8,2", 492)] {
        let log = world::log(&[row().with("Dauer", hours)]).replace("Dauer (Min.)", "Dauer (Std.)");
        assert_eq!(
            world::drafts(&read(log))[0].note.duration_minutes,
            Some(minutes),
            "{hours}"
        );
    }
    assert_eq!(
        outcome(row().with("Personen", "2 Personen"))
            .unwrap()
            .note
            .people_count(),
        2
    );
}

#[test]
fn topics_are_found_by_their_longest_names() {
    for (cell, topics) in [
        ("Bildung, Familie und Jugend", vec!["bildung"]),
        (
            "Einsamkeit, Bildung, Familie und Jugend, Mobilität",
            vec!["einsamkeit", "bildung", "mobilitaet"],
        ),
        ("Kultur, Sport, Begegnung", vec!["kultur"]),
        ("Sport", vec!["sport"]),
        (
            "Einsamkeit; Gesundheit/Sicherheit\nMobilität",
            vec!["einsamkeit", "gesundheit", "sicherheit", "mobilitaet"],
        ),
        ("öffentlicher  raum,EINSAMKEIT,", vec!["raum", "einsamkeit"]),
        ("Oeffentlicher Raum", vec!["raum"]),
        ("Einsamkeit, Einsamkeit", vec!["einsamkeit"]),
        ("wohnen", vec!["wohnen"]),
    ] {
        assert_eq!(
            outcome(row().with("Thema", cell)).expect(cell).note.topics,
            topics,
            "{cell}"
        );
    }
}

#[test]
fn services_say_where_somebody_was_sent() {
    for (cell, services) in [
        ("nur Gespräch", vec![("gespraech", None)]),
        (
            "Vermittlung an Schuldnerberatung",
            vec![("vermittlung", Some("Schuldnerberatung"))],
        ),
        (
            "Vermittlung an Kita, Hort; Beratung",
            vec![("vermittlung", Some("Kita, Hort")), ("beratung", None)],
        ),
        (
            "Beratung, Weiterleitung an Fachamt",
            vec![("beratung", None), ("weiterleitung", Some("Fachamt"))],
        ),
        ("Vermittlung: Tafel", vec![("vermittlung", Some("Tafel"))]),
        ("Beratung, Beratung", vec![("beratung", None)]),
    ] {
        let note = outcome(row().with("Leistung", cell)).expect(cell).note;
        let given: Vec<_> = note
            .services
            .iter()
            .map(|s| (s.service.as_str(), s.to.as_deref()))
            .collect();
        assert_eq!(given, services, "{cell}");
    }
}

#[test]
fn districts_are_known_by_name_number_and_abbreviation() {
    for name in [
        "Wiesenhügel",
        "wiesenhügel",
        "Wiesenhuegel",
        "WIESENHÜGEL",
        " Wiesenhügel ",
        "14",
        "Wiesenh.",
    ] {
        let draft = outcome(row().with("Stadtteil", name)).expect(name);
        assert_eq!(draft.district, world::district_id("Wiesenhügel"), "{name}");
    }
    let why = outcome(row().with("Stadtteil", "Johannes.")).unwrap_err();
    assert!(
        matches!(why, Why::AmbiguousDistrict { .. }),
        "Johannesplatz or Johannesvorstadt: {why:?}"
    );
}

#[test]
fn age_bands_and_orders_have_their_everyday_words() {
    let band = |text| {
        outcome(row().with("Altersgruppe", text)).expect(text).note.people[0]
            .age_band
            .clone()
    };
    for text in ["65+", "ab 65", "über 65", "65 und älter", "65 Jahre und älter"] {
        assert_eq!(band(text).as_deref(), Some("65+"), "{text}");
    }
    for text in ["27-64", "27–64", "27 - 64", "27-64 Jahre"] {
        assert_eq!(band(text).as_deref(), Some("27-64"), "{text}");
    }
    assert_eq!(band(""), None, "people whose age nobody noted are still counted");
    let order = |text| outcome(row().with("Erst", text)).expect(text).note.contact_order;
    for text in ["Erst", "E", "erst", "Erstkontakt", "first"] {
        assert_eq!(order(text).as_deref(), Some("first"), "{text}");
    }
    assert_eq!(order("Folge").as_deref(), Some("repeat"));
    assert_eq!(order(""), None);
}

#[test]
fn what_looks_like_a_formula_is_text() {
    let formula = "=cmd|' /C calc'!A0";
    assert_eq!(
        outcome(row().with("Notiz", formula)).unwrap().note.text.as_deref(),
        Some(formula)
    );
}

#[test]
fn a_row_that_an_unquoted_semicolon_shifted_is_not_guessed_at() {
    let log = format!(
        "{}05.10.2026;09:15;20;Rieth;Hof;aufsuchend;Erst;2;27-64;Einsamkeit;Da; und dort.;Beratung;;Team 1;\r\n",
        log(&[])
    );
    assert!(matches!(
        read(log).rows[0],
        Row::Skipped {
            row: 2,
            why: Why::TooManyCells
        }
    ));
}

#[test]
fn rows_are_numbered_as_excel_shows_them() {
    let one_row =
        "05.10.2026;09:15;20;Rieth;Hof;aufsuchend;Erst;2;27-64;Einsamkeit;\"Zwei\r\nZeilen\";Beratung;;Team 1";
    let log = format!(
        "{}\r\n{one_row}\r\n\r\n\r\n{one_row}\r\n;;;\r\n{one_row}\r\n\r\n\r\n",
        world::HEADER
    );
    let rows: Vec<(u32, bool)> = read(&log)
        .rows
        .iter()
        .map(|row| match row {
            Row::Note(draft) => (draft.row, true),
            Row::Skipped { row, why } => {
                assert_eq!(*why, Why::EmptyRow);
                (*row, false)
            }
        })
        .collect();
    assert_eq!(
        rows,
        [(2, true), (3, false), (4, false), (5, true), (6, false), (7, true)]
    );
    let unix = log.replace("\r\n", "\n");
    assert_eq!(read(unix).rows.len(), rows.len(), "the same with bare line ends");
    let told = format!("sep=;\r\n{log}");
    assert_eq!(
        world::drafts(&read(told))[0].row,
        2,
        "Excel does not show the line that tells the delimiter"
    );
}

#[test]
fn a_nul_inside_a_cell_spoils_no_import() {
    let note = outcome(row().with("Notiz", "vor\0nach")).expect("a note").note;
    assert_eq!(
        note.text.as_deref(),
        Some("vornach"),
        "no notebook takes a text with NUL in it"
    );
    assert_eq!(note.to_body().check(&domain::Kind::Note), Ok(()));
}

#[test]
fn endless_blank_lines_are_too_many_rows() {
    let log = format!("{}{}x", log(&[row()]), "\n".repeat(intake::limits::MAX_ROWS + 10));
    let error = intake::read(log.as_bytes(), &world::catalogue()).expect_err("too many");
    assert_eq!(error.code(), "too_many_rows");
}
