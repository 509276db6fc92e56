//! The sample log of a month, every row of it.

mod world;

use intake::Row;
use world::{SAMPLE, drafts, keys, read};

#[test]
fn every_row_of_the_sample_becomes_a_note() {
    let sheet = read(SAMPLE);
    let skipped: Vec<&Row> = sheet
        .rows
        .iter()
        .filter(|row| matches!(row, Row::Skipped { .. }))
        .collect();
    assert!(skipped.is_empty(), "the sample has no broken row: {skipped:?}");
    assert_eq!(sheet.rows.len(), 240);
    assert!(sheet.notices.is_empty(), "nothing in it needs a remark");
    assert_eq!(
        drafts(&sheet).first().map(|draft| draft.row),
        Some(2),
        "the header is row 1"
    );
    assert_eq!(
        drafts(&sheet).last().map(|draft| draft.row),
        Some(241),
        "a cell of two lines is still one row"
    );
}

#[test]
fn a_row_is_read_whole() {
    let sheet = read(SAMPLE);
    let draft = drafts(&sheet)[2];
    let note = &draft.note;
    assert_eq!(draft.district, world::district_id("Berliner Platz"));
    assert_eq!(note.occurred_at.to_rfc3339(), "2026-10-01T13:20:00+02:00");
    assert_eq!(note.duration_minutes, Some(10));
    assert_eq!(note.contact_mode.as_deref(), Some("hausbesuch"));
    assert_eq!(
        (note.place_kind.as_deref(), note.place.as_deref()),
        (None, Some("Wohnung"))
    );
    assert_eq!(note.contact_order.as_deref(), Some("repeat"));
    assert_eq!(note.topics, ["raum"]);
    assert_eq!(
        note.text.as_deref(),
        Some("Die Bank am Spielplatz ist seit dem Sturm kaputt, Großmütter stehen jetzt.")
    );
    assert_eq!(note.services[0].service, "vermittlung");
    assert_eq!(note.services[0].to.as_deref(), Some("Schuldnerberatung"));
    assert_eq!(
        note.follow_up.as_ref().map(|f| f.on.to_string()).as_deref(),
        Some("2026-10-06")
    );
    assert_eq!(note.recorded_by.as_deref(), Some("Team Nord 1"));
    let group = &note.people[0];
    assert_eq!(
        (group.age_band.as_deref(), group.gender.as_deref(), group.count),
        (Some("27-64"), Some("none"), 1)
    );
}

#[test]
fn the_offset_follows_the_clocks() {
    let sheet = read(SAMPLE);
    let offset = |row| {
        drafts(&sheet)
            .iter()
            .find(|d| d.row == row)
            .map(|d| d.note.occurred_at.to_rfc3339())
    };
    assert!(
        offset(2).is_some_and(|at| at.ends_with("+02:00")),
        "1 October is summer time"
    );
    assert!(
        offset(241).is_some_and(|at| at.ends_with("+01:00")),
        "30 October is not"
    );
}

#[test]
fn the_same_log_gives_the_same_keys_whatever_its_encoding_and_delimiter() {
    let plain = keys(&read(SAMPLE));
    let without_mark = SAMPLE.trim_start_matches('\u{feff}');
    assert_eq!(keys(&read(without_mark)), plain, "UTF-8 without a byte order mark");
    let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(without_mark);
    assert!(!lost, "the sample fits into Windows-1252");
    assert_eq!(keys(&read(windows)), plain, "Windows-1252");
    let utf_16: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(keys(&read(utf_16)), plain, "UTF-16, Excel's own text format");
    for delimiter in [b',', b'\t'] {
        let mut from = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(without_mark.as_bytes());
        let mut to = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        from.records()
            .for_each(|record| to.write_record(&record.unwrap()).unwrap());
        assert_eq!(
            keys(&read(to.into_inner().unwrap())),
            plain,
            "delimiter {:?}",
            char::from(delimiter)
        );
    }
}

#[test]
fn a_key_never_changes_between_versions() {
    // Were one of these texts to change, every log imported before would come in a second time.
    let sheet = read(SAMPLE);
    let readable = drafts(&sheet)[0].key_text.replace('\u{1f}', "|");
    assert_eq!(
        readable,
        "datum=2026-10-01|uhrzeit=09:15:00|dauer=20|stadtteil=Berliner Platz|ort=Telefon|kontaktart=Telefon|folge=Erst|\
         personen=1|alter=27-64|thema=Wohnen und Segregation|notiz=Schimmel im Schlafzimmer, Vermieter antwortet nicht.|\
         leistung=Beratung|wiedervorlage=2026-10-05|erfasst=Team Nord 2"
    );
}

#[test]
fn two_identical_rows_are_both_taken_and_told_apart() {
    let twin = world::row();
    let sheet = read(world::log(&[twin.clone(), world::row().with("Personen", "3"), twin]));
    let keys = keys(&sheet);
    assert_eq!(keys.len(), 3);
    assert_eq!(keys[0].0, keys[2].0);
    assert_eq!((keys[0].1, keys[1].1, keys[2].1), (1, 1, 2));
}
