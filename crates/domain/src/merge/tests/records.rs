use super::*;
use crate::kinds::{AgendaItem, Meeting, MeetingStatus};

#[test]
fn an_edit_revives_a_deleted_record_and_a_mere_deletion_does_not_hold_against_an_edit() {
    let base = note(r#"{"text":"a"}"#);
    let edited = note(r#"{"text":"b"}"#);
    let mut deleted = newer(note("{}"));
    (deleted.envelope.state, deleted.body) = (State::Deleted, None);

    let revived = merge(Some(&base), &mine(&edited), &deleted);
    assert!(revived.revived && revived.to_push);
    assert_eq!(
        (revived.record.envelope.state, body(&revived)),
        (State::Live, r#"{"text":"b"}"#)
    );

    let kept = merge(Some(&base), &mine(&deleted), &newer(edited.clone()));
    assert!(kept.revived && !kept.to_push && kept.record == newer(edited));

    let gone = merge(Some(&base), &mine(&base), &deleted);
    assert_eq!(gone.record, deleted, "nobody had edited it");
    let mut trashed = base.clone();
    trashed.envelope.state = State::Trashed;
    assert_eq!(merge(Some(&base), &mine(&trashed), &deleted).record, deleted);
}

#[test]
fn erasing_wins_over_everything_and_says_what_went() {
    let mut erased = newer(note("{}"));
    (erased.envelope.state, erased.body) = (State::Erased, None);
    let merged = merge(
        Some(&note(r#"{"place":"a","text":"a"}"#)),
        &mine(&note(r#"{"place":"a","text":"b"}"#)),
        &erased,
    );
    assert_eq!(
        (merged.record, merged.to_push, merged.forgotten),
        (erased, false, vec!["text".to_owned()])
    );
}

#[test]
fn a_redacted_field_does_not_come_back_by_an_edit_or_a_variant() {
    let base = note(r#"{"original_words":"geheim","place":"a"}"#);
    let my = note(
        r#"{"original_words":"geheim!","place":"b","variants":{"original_words":[{"id":"1","value":"geheim?"}]}}"#,
    );
    let mut their = newer(note(r#"{"place":"a"}"#));
    their.envelope.redacted.insert(Redaction {
        field: "original_words".into(),
        version: 2,
    });
    let merged = merge(Some(&base), &mine(&my), &their);
    assert_eq!(merged.forgotten, ["original_words"]);
    assert!(!body(&merged).contains("geheim"), "{}", body(&merged));
    assert_eq!(
        merged
            .record
            .body
            .as_ref()
            .unwrap()
            .members()
            .unwrap()
            .read::<String>("place"),
        Some("b".into())
    );
}

#[test]
fn redacting_cuts_variants_units_parts_and_amendments_and_no_other_slice() {
    let body = Body::new(
        r#"{"agenda":[1.00],"agreed_on":"x","keep":2.50,"variants":{"agenda/t/title":[{"id":"1","value":"geheim"}],
"status":[{"id":"1","value":{"status":"held","agreed_on":"geheim"}}],"place":[{"id":"1","value":{"place":1.0}}]},
"amendments":[{"id":"a","changes":{"agenda":"geheim","place":1.0}}]}"#
            .into(),
    );
    let cut = redact(&Kind::Meeting, &body, &["agenda", "agreed_on"]).unwrap();
    assert_eq!(
        cut.as_str(),
        r#"{"amendments":[{"changes":{"place":1.0},"id":"a"}],"keep":2.50,"variants":{"place":[{"id":"1","value":{"place":1.0}}],"status":[{"id":"1","value":{"status":"held"}}]}}"#
    );
    assert_eq!(
        redact(&Kind::Meeting, &body, &["evidence"]).unwrap(),
        body,
        "nothing to cut: not a byte changes"
    );
}

#[test]
fn an_edit_that_meets_agreed_minutes_becomes_an_amendment() {
    let meeting = |place: &str, status| {
        let agenda = vec![AgendaItem {
            title: "Bänke".into(),
            ..AgendaItem::default()
        }];
        Meeting {
            place: Some(place.into()),
            status,
            agenda,
            ..Meeting::default()
        }
        .to_body()
        .into_string()
    };
    let (base, edited) = (
        meeting("Saal", MeetingStatus::Held),
        meeting("Hof", MeetingStatus::Held),
    );
    let agreed = meeting("Saal", MeetingStatus::Agreed);

    let late = merged(&Kind::Meeting, &base, &edited, &agreed);
    assert!(late.amended && late.in_two_versions.is_empty());
    let read = Meeting::read(late.record.body.as_ref().unwrap()).unwrap();
    assert_eq!(
        (read.place.as_deref(), read.status),
        (Some("Saal"), MeetingStatus::Agreed)
    );
    assert_eq!((read.amendments.len(), read.amendments[0].by), (1, Some(ME)));
    assert_eq!(read.amendments[0].changes["place"].get(), r#""Hof""#);

    let agreeing = merged(&Kind::Meeting, &base, &agreed, &edited);
    let read = Meeting::read(agreeing.record.body.as_ref().unwrap()).unwrap();
    assert_eq!(
        (read.place.as_deref(), read.amendments[0].by),
        (Some("Saal"), None),
        "what was agreed stands"
    );

    let reopened = merged(&Kind::Meeting, &agreed, &edited, &agreed);
    assert!(
        !reopened.amended && reopened.in_two_versions.is_empty(),
        "reopening is an ordinary change"
    );
}

#[test]
fn a_closed_month_waits() {
    let merged = merged(&Kind::Month, r#"{"cut":"a"}"#, r#"{"cut":"b"}"#, r#"{"cut":"c"}"#);
    assert_eq!(
        (merged.waits.clone(), merged.to_push, body(&merged)),
        (Some(Waits::Frozen), false, r#"{"cut":"c"}"#)
    );
}

#[test]
fn the_envelope_keeps_its_own_rules() {
    let organisation = |n| Reader::Organisation(OrganisationId(Uuid::from_u128(n)));
    let district = |n| DistrictId(Uuid::from_u128(n));
    let mut base = record(Kind::Board, "{}");
    base.envelope.readers = BTreeSet::from([organisation(1), organisation(2)]);
    let (mut my, mut their) = (base.clone(), newer(base.clone()));
    my.envelope.readers = BTreeSet::from([organisation(1), organisation(3)]);
    their.envelope.readers = BTreeSet::from([organisation(2), organisation(4)]);
    (my.envelope.districts, their.envelope.districts) = (BTreeSet::from([district(5)]), BTreeSet::from([district(6)]));
    my.envelope.confidential = true;
    my.envelope.owner = ME;
    let merged = merge(Some(&base), &mine(&my), &their);
    let envelope = &merged.record.envelope;
    assert_eq!(
        envelope.readers,
        BTreeSet::from([organisation(3), organisation(4)]),
        "a removal wins"
    );
    assert_eq!(envelope.districts, BTreeSet::from([district(6)]));
    assert_eq!(merged.in_two_versions, ["envelope.districts"]);
    assert!(
        body(&merged).contains(&district(5).to_string()),
        "where mine was moved to is not lost"
    );
    assert!(envelope.confidential);
    assert_eq!(envelope.owner, base.envelope.owner, "the owner never changes");
}

#[test]
fn sealed_parts_merge_as_one_unit_and_what_they_sealed_stays_confidential() {
    let sealed = |text: &str| {
        let mut record = note("{}");
        (record.envelope.confidential, record.sealed) = (true, Some(Sealed::new(text.into())));
        record
    };
    let both = merge(Some(&sealed("AAAA")), &mine(&sealed("BBBB")), &newer(sealed("CCCC")));
    assert_eq!(both.record.sealed, Some(Sealed::new("CCCC".into())));
    assert_eq!(
        body(&both),
        format!(r#"{{"variants":{{"sealed":[{}]}}}}"#, variant(r#""BBBB""#))
    );
    let opened = merge(
        Some(&sealed("AAAA")),
        &mine(&note(r#"{"text":"clear"}"#)),
        &newer(sealed("CCCC")),
    );
    assert!(opened.record.envelope.confidential && opened.record.sealed.is_some());
}

#[test]
fn blobs_follow_the_body() {
    let hash = |digit: &str| BlobHash::parse(&digit.repeat(64)).unwrap();
    let request = |photos: &[(&str, &str)]| {
        let list: Vec<String> = photos
            .iter()
            .map(|(digit, caption)| {
                format!(
                    r#"{{"blob":"{}","caption":"{caption}","id":"{digit}"}}"#,
                    digit.repeat(64)
                )
            })
            .collect();
        let mut record = record(Kind::Request, &format!(r#"{{"photos":[{}]}}"#, list.join(",")));
        record.envelope.blobs = photos.iter().map(|(digit, _)| hash(digit)).collect();
        record
    };
    let merged = merge(
        Some(&request(&[("a", "alt"), ("b", "alt")])),
        &mine(&request(&[("c", "neu")])),
        &newer(request(&[("a", "anders"), ("b", "alt"), ("d", "neu")])),
    );
    assert_eq!(
        merged.record.envelope.blobs,
        BTreeSet::from([hash("a"), hash("c"), hash("d")]),
        "a was edited and stays"
    );
}

#[test]
fn two_devices_that_made_the_same_derived_record_lose_nothing() {
    let (a, b) = (
        note(r#"{"text":"a","topics":["x"]}"#),
        note(r#"{"text":"b","topics":["y"]}"#),
    );
    let merged = merge(None, &mine(&a), &b);
    assert_eq!(
        body(&merged),
        format!(
            r#"{{"text":"b","topics":["y","x"],"variants":{{"text":[{}]}}}}"#,
            variant(r#""a""#)
        )
    );
}

#[test]
fn what_together_is_too_large_or_unreadable_waits() {
    let text = |c: &str| format!(r#"{{"text":"{}"}}"#, c.repeat(200_000));
    assert!(matches!(
        merged(&Kind::Note, &text("a"), &text("b"), &text("c")).waits,
        Some(Waits::Form(_))
    ));
    assert_eq!(
        merged(&Kind::Note, "{}", "[]", r#"{"a":1}"#).waits,
        Some(Waits::Unreadable)
    );
}
