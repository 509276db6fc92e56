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
    for kind in Kind::KNOWN {
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

/// A body of each kind with every member it cannot do without.
fn least(kind: &Kind) -> &'static str {
    match kind {
        Kind::Note => r#"{"occurred_at":"2026-10-05T09:15:00+02:00"}"#,
        Kind::Activity => r#"{"kind":"rundgang","starts_at":"2026-10-05T09:15:00+02:00"}"#,
        Kind::Contact => r#"{"name":"Stadtteilzentrum","standing":"professional","type":"organisation"}"#,
        Kind::Request => r#"{"received_on":"2026-10-05","status":"recorded"}"#,
        Kind::Referral => {
            r#"{"recipient":{"code":"verkehrsplanung","kind":"field"},"status":"sent","text":"Die Bank"}"#
        }
        Kind::Board => r#"{"name":"Runder Tisch"}"#,
        Kind::Meeting => r#"{"starts_at":"2026-10-05T09:15:00+02:00","status":"planned"}"#,
        Kind::Task => r#"{"status":"open","what":"Die Bank"}"#,
        Kind::Month => {
            r#"{"cut":"ortsteil","month":"2026-10","signed_at":"2026-11-02T08:00:00.000Z","signed_by":"00000000-0000-0000-0000-000000000002"}"#
        }
        Kind::Publication => {
            r#"{"kind":"month","released_at":"2026-11-02T08:00:00.000Z","released_by":"00000000-0000-0000-0000-000000000002","title":"Oktober"}"#
        }
        Kind::Grant => {
            r#"{"circle":"00000000-0000-0000-0000-000000000001","granted_by":"00000000-0000-0000-0000-000000000002","person":"00000000-0000-0000-0000-000000000003","wrapped_key":"AAAA"}"#
        }
        Kind::District => r#"{"name":"Rieth","type":"ortsteil"}"#,
        Kind::Code => r#"{"code":"armut","label":{"de":"Armut"},"list":"topic"}"#,
        Kind::Template => r#"{"name":"Einladung","purpose":"meeting.invitation","text":"Guten Tag"}"#,
        Kind::Rule => r#"{"action":"erase","after_months":36,"class":"note"}"#,
        Kind::Person => r#"{"name":"Ada","organisation":"00000000-0000-0000-0000-000000000001"}"#,
        Kind::Device => r#"{"code":"K7","organisation":"00000000-0000-0000-0000-000000000001"}"#,
        _ => r#"{"name":"Plattform e. V.","regime":"dsgvo"}"#,
    }
}

#[test]
fn every_kind_reads_and_writes_its_least_body_and_carries_what_is_new() {
    for kind in Kind::KNOWN {
        let text = least(kind);
        assert_eq!(check(kind, &Body::new(text.into())), Ok(vec![]), "{kind}");
        let newer = format!(
            r#"{},"zz_new":{{"deep":1.00}}}}"#,
            text.trim_end_matches('}').to_owned() + &"}".repeat(text.len() - text.trim_end_matches('}').len() - 1)
        );
        let written =
            for_kind!(kind, K => K::read(&Body::new(newer.clone())).map(|read| read.to_body()), unreachable!());
        assert_eq!(written.map(Body::into_string), Ok(newer), "{kind}");
    }
}

#[test]
fn the_least_body_is_the_least() {
    for kind in Kind::KNOWN {
        let members = Body::new(least(kind).into()).members().unwrap();
        let schema = schema(kind).to_value();
        let required: Vec<&str> = schema["required"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|name| name.as_str())
            .collect();
        for name in &required {
            let mut without = members.clone();
            without
                .remove(name)
                .unwrap_or_else(|| panic!("{kind}: {name} is required and stands in the least body"));
            assert!(
                matches!(check(kind, &Body::from_members(&without)), Err(ReadError::Missing { field }) if field == *name)
            );
        }
        assert_eq!(
            members.len(),
            required.len(),
            "{kind}: the least body holds nothing else"
        );
    }
}

#[test]
fn a_request_is_closed_only_with_its_feedback() {
    let mut request = Request {
        status: RequestStatus::Done,
        ..Request::default()
    };
    request.received_on = "2026-10-01".parse().unwrap();
    request.closed_on = Some("2026-10-09".parse().unwrap());
    assert_eq!(request.check()[0].fault, Wrong::Needs { field: "feedback" });
    assert!(!request.is_closed());
    request.feedback = Some(Feedback {
        kind: FeedbackKind::NotWanted,
        ..Feedback::default()
    });
    assert!(request.check().is_empty() && request.is_closed());
    assert_eq!(
        request.was_told(),
        None,
        "whoever did not want to be told is not in the Rückmelde-Quote"
    );
    request.feedback = Some(Feedback {
        kind: FeedbackKind::NotPossible,
        ..Feedback::default()
    });
    assert_eq!(request.check()[0].field, "feedback/reason");
}

#[test]
fn a_residents_card_needs_a_consent_that_holds() {
    let mut card = Contact {
        name: "Ada".into(),
        standing: Standing::Resident,
        ..Contact::default()
    };
    assert_eq!(card.check()[0].field, "consents");
    card.consents.push(Consent {
        purpose: "Rückmeldung".into(),
        ..Consent::default()
    });
    assert_eq!(card.check(), []);
    card.consents[0].withdrawn_on = Some("2026-10-01".parse().unwrap());
    assert_eq!(card.check()[0].field, "consents");
}

#[test]
fn a_publication_holds_rounded_figures_only() {
    let cell = |count| Cell {
        table: "topics".into(),
        count,
        ..Cell::default()
    };
    let publication = |count| Publication {
        title: "Oktober".into(),
        cells: vec![cell(count)],
        ..Publication::default()
    };
    assert_eq!(publication(15).check(), []);
    assert_eq!(publication(7).check()[0].field, "cells/0/count");
}

#[test]
fn a_unit_of_several_fields_holds_single_values_and_takes_no_other_fields_name() {
    for kind in Kind::KNOWN {
        let rules = fields::rules(kind);
        for rule in rules.iter().filter(|rule| rule.unit != rule.name) {
            let namesake = rules.iter().find(|other| other.name == rule.unit);
            assert!(
                namesake.is_none_or(|other| other.unit == rule.unit),
                "{kind}: {} is another field",
                rule.unit
            );
            let one_value = matches!(rule.rule, fields::Rule::Scalar | fields::Rule::State);
            assert!(one_value, "{kind}: {} merges as one value with others", rule.name);
        }
    }
}
