use super::*;
use crate::{Body, Kind, ReadError, Wrong, fields, schema};

const FROM_A_NEWER_VERSION: &str = r#"{"occurred_at":"2026-10-05T09:15:00+02:00","text":"Die Bank","weight":1.00,
"people":[{"age_band":"65+","gender":"w","count":2,"mood":{"deep":[9007199254740993.10]}}],
"follow_up":{"on":"2026-10-12","urgency":1e2},"variants":{"place":[{"id":"00000000-0000-0000-0000-000000000001",
"value":1.0,"by":"00000000-0000-0000-0000-000000000002","at":"2026-10-05T07:14:03.120Z","seen":0.10}]}}"#;

#[test]
fn members_of_a_newer_version_survive_an_edit_at_every_depth() {
    let mut note = Note::read(&Body::new(FROM_A_NEWER_VERSION.into())).unwrap();
    note.text = Some("Die Bank ist heil".into());
    note.people[0].count = 3;
    let written = note.to_body();
    for slice in [
        r#""weight":1.00"#,
        r#""mood":{"deep":[9007199254740993.10]}"#,
        r#""urgency":1e2"#,
        r#""value":1.0}"#,
        r#""seen":0.10"#,
    ] {
        assert_eq!(written.as_str().matches(slice).count(), 1, "{slice} stays as it was");
    }
    assert_eq!(Note::read(&written).unwrap(), note);
}

#[test]
fn absent_members_are_left_out_and_null_reads_as_absent() {
    let body = Body::new(r#"{"occurred_at":"2026-10-05T09:15:00+02:00","place":null}"#.into());
    let note = Note::read(&body).unwrap();
    assert_eq!(note.place, None);
    assert_eq!(
        note.to_body().as_str(),
        r#"{"occurred_at":"2026-10-05T09:15:00+02:00"}"#
    );
}

#[test]
fn a_body_of_another_shape_names_the_field() {
    let read = |text: &str| Note::read(&Body::new(text.into())).unwrap_err();
    assert_eq!(read("{}"), ReadError::Missing { field: "occurred_at" });
    assert_eq!(
        read(r#"{"occurred_at":"2026-10-05T09:15:00+02:00","text":3}"#),
        ReadError::Shape { field: "text" }
    );
    assert_eq!(read("[]"), ReadError::NotAnObject);
}

#[test]
fn a_word_of_a_newer_version_is_carried() {
    let district = District::read(&Body::new(r#"{"name":"Rieth","type":"kiez"}"#.into())).unwrap();
    assert_eq!(district.district_type, DistrictType::Other("kiez".into()));
    assert_eq!(district.to_body().as_str(), r#"{"name":"Rieth","type":"kiez"}"#);
}

#[test]
fn an_impossible_note_names_its_faults() {
    let cell = Group {
        age_band: Some("65+".into()),
        count: 1,
        ..Group::default()
    };
    let note = Note {
        participation: Some(6),
        people: vec![cell.clone(), cell],
        topics: vec!["armut".into(), "armut".into()],
        place: Some("  ".into()),
        ..Note::default()
    };
    let faults: Vec<(String, Wrong)> = note
        .check()
        .into_iter()
        .map(|fault| (fault.field, fault.fault))
        .collect();
    assert_eq!(
        faults,
        [
            ("place".into(), Wrong::Empty),
            ("people".into(), Wrong::Doubled),
            ("topics".into(), Wrong::Doubled),
            ("participation".into(), Wrong::OutOfRange { least: 1, most: 5 }),
        ]
    );
    assert_eq!(Note::default().check(), [], "a note needs nothing but its time");
}

#[test]
fn debug_says_nothing_of_what_a_body_holds() {
    let note = Note {
        text: Some("geheim".into()),
        ..Note::default()
    };
    assert_eq!(format!("{note:?}"), "Note");
}

#[test]
fn every_field_of_every_kind_has_a_rule_and_stands_in_the_schema() {
    for kind in Kind::KNOWN.iter().filter(|kind| !fields::rules(kind).is_empty()) {
        let schema = schema(kind).to_value();
        let properties = schema["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("{kind} has properties"));
        let mut described: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut ruled: Vec<&str> = fields::rules(kind).iter().map(|rule| rule.name).collect();
        described.sort_unstable();
        ruled.sort_unstable();
        assert_eq!(described, ruled, "{kind}");
        assert!(
            schema.get("additionalProperties").is_none(),
            "{kind} is open to newer members"
        );
    }
}
