use super::*;
use crate::kinds::Note;

#[test]
fn fields_of_both_come_together_without_a_question() {
    let merged = merged(
        &Kind::Note,
        r#"{"place":"Bank","text":"a"}"#,
        r#"{"place":"Hof","text":"a"}"#,
        r#"{"place":"Bank","text":"b"}"#,
    );
    assert_eq!(body(&merged), r#"{"place":"Hof","text":"b"}"#);
    assert!(merged.to_push && merged.in_two_versions.is_empty());
}

#[test]
fn a_scalar_changed_by_both_keeps_theirs_and_mine_as_a_variant() {
    let merged = merged(
        &Kind::Note,
        r#"{"participation":1}"#,
        r#"{"participation":2}"#,
        r#"{"participation":3}"#,
    );
    assert_eq!(
        body(&merged),
        format!(
            r#"{{"participation":3,"variants":{{"participation":[{}]}}}}"#,
            variant("2")
        )
    );
    assert_eq!(merged.in_two_versions, ["participation"]);
}

#[test]
fn a_unit_is_one_value() {
    let merged = merged(
        &Kind::Activity,
        r#"{"starts_at":"1","ends_at":"2"}"#,
        r#"{"starts_at":"1","ends_at":"4"}"#,
        r#"{"starts_at":"3","ends_at":"2"}"#,
    );
    let left = variant(r#"{"starts_at":"1","ends_at":"4"}"#);
    assert_eq!(
        body(&merged),
        format!(r#"{{"ends_at":"2","starts_at":"3","variants":{{"time":[{left}]}}}}"#)
    );
}

#[test]
fn a_paragraph_changed_by_both_leaves_the_whole_of_mine() {
    let merged = merged(
        &Kind::Note,
        r#"{"text":"a\nb"}"#,
        r#"{"text":"A\nmine"}"#,
        r#"{"text":"a\ntheirs"}"#,
    );
    assert_eq!(
        body(&merged),
        format!(
            r#"{{"text":"a\ntheirs","variants":{{"text":[{}]}}}}"#,
            variant(r#""A\nmine""#)
        )
    );
}

#[test]
fn a_field_taken_away_and_changed_is_in_two_versions_as_well() {
    let merged = merged(&Kind::Note, r#"{"language":"de"}"#, "{}", r#"{"language":"ar"}"#);
    assert_eq!(
        body(&merged),
        format!(r#"{{"language":"ar","variants":{{"language":[{}]}}}}"#, variant("null"))
    );
}

#[test]
fn equal_values_are_never_a_conflict_whatever_their_spelling() {
    let merged = merged(
        &Kind::Note,
        r#"{"follow_up":null}"#,
        r#"{"follow_up":{"on":"2026-10-05","who":"ä"}}"#,
        r#"{"follow_up": {"who":"\u00e4", "on":"2026-10-05"} }"#,
    );
    assert!(merged.in_two_versions.is_empty());
    assert_eq!(body(&merged), r#"{"follow_up": {"who":"\u00e4", "on":"2026-10-05"} }"#);
    assert!(!merged.to_push, "there is nothing new in it");
}

#[test]
fn raw_slices_of_unknown_members_survive_a_merge_at_depth() {
    let part = |title: &str, evidence: &str| {
        format!(
            r#"{{"agenda":[{{"id":"t1","title":"{title}","evidence":"{evidence}","new":{{"n":1.00, "big":9007199254740993}}}}],"fresh":[1e0, 2.50]}}"#
        )
    };
    let merged = merged(&Kind::Meeting, &part("a", "b"), &part("A", "b"), &part("a", "B"));
    assert!(
        body(&merged).contains(r#""new":{"n":1.00, "big":9007199254740993}"#),
        "{}",
        body(&merged)
    );
    assert!(body(&merged).contains(r#""fresh":[1e0, 2.50]"#));
    assert!(body(&merged).contains(r#""title":"A""#) && body(&merged).contains(r#""evidence":"B""#));
}

#[test]
fn parts_merge_one_by_one_and_stand_by_their_position() {
    let agenda = |items: &[(&str, &str, &str)]| {
        let items: Vec<String> = items
            .iter()
            .map(|(id, position, title)| format!(r#"{{"id":"{id}","position":"{position}","title":"{title}"}}"#))
            .collect();
        format!(r#"{{"agenda":[{}]}}"#, items.join(","))
    };
    let base = agenda(&[("1", "b", "eins"), ("2", "d", "zwei"), ("3", "f", "drei")]);
    let my = agenda(&[("1", "b", "EINS"), ("m", "c", "mine"), ("3", "f", "drei")]);
    let their = agenda(&[
        ("1", "b", "eins"),
        ("t", "c", "theirs"),
        ("2", "d", "zwei"),
        ("3", "f", "DREI"),
    ]);
    let merged = merged(&Kind::Meeting, &base, &my, &their);
    assert_eq!(
        body(&merged),
        agenda(&[
            ("1", "b", "EINS"),
            ("m", "c", "mine"),
            ("t", "c", "theirs"),
            ("3", "f", "DREI")
        ])
    );
}

#[test]
fn an_edited_part_outlives_its_removal_on_either_side() {
    let steps = |inner: &str| format!(r#"{{"steps":[{inner}]}}"#);
    let (old, new) = (r#"{"id":"s","text":"old"}"#, r#"{"id":"s","text":"new"}"#);
    assert_eq!(
        body(&merged(&Kind::Request, &steps(old), &steps(""), &steps(new))),
        steps(new)
    );
    assert_eq!(
        body(&merged(&Kind::Request, &steps(old), &steps(new), &steps(""))),
        steps(new)
    );
}

#[test]
fn a_part_changed_by_both_names_its_path() {
    let steps = |whom: &str| format!(r#"{{"steps":[{{"id":"s","whom":"{whom}"}}]}}"#);
    let merged = merged(&Kind::Request, &steps("a"), &steps("b"), &steps("c"));
    assert_eq!(merged.in_two_versions, ["steps/s/step"]);
    assert!(body(&merged).starts_with(&steps("c")[..steps("c").len() - 1]));
}

#[test]
fn a_value_that_somebody_left_already_is_not_left_twice() {
    let open = r#"{"at":"1970-01-01T00:00:00.000Z","by":"018f0000-0000-7000-8000-0000000000ff","id":"1","value":2}"#;
    let theirs = format!(r#"{{"participation":3,"variants":{{"participation":[{open}]}}}}"#);
    let merged = merged(&Kind::Note, r#"{"participation":1}"#, r#"{"participation":2}"#, &theirs);
    assert_eq!(body(&merged), theirs, "whoever said it first");
}

#[test]
fn a_variant_settled_by_one_is_settled_for_both_and_new_ones_of_both_stay() {
    let entry = |id: u8| format!(r#"{{"at":"1970-01-01T00:00:00.000Z","by":"{ME}","id":"{id}","value":{id}}}"#);
    let body_of = |ids: &[u8], text: &str| {
        let list: Vec<String> = ids.iter().map(|id| entry(*id)).collect();
        format!(r#"{{"text":"{text}","variants":{{"place":[{}]}}}}"#, list.join(","))
    };
    let merged = merged(
        &Kind::Note,
        &body_of(&[1, 2, 3], "a"),
        &body_of(&[2, 3, 4], "b"),
        &body_of(&[1, 3, 5], "a"),
    );
    assert_eq!(body(&merged), body_of(&[3, 5, 4], "b"));
}

#[test]
fn the_fifty_first_variant_waits_and_is_not_dropped() {
    let full = |count: usize, value: &str| {
        let list: Vec<String> = (0..count)
            .map(|n| format!(r#"{{"at":"1970-01-01T00:00:00.000Z","by":"{ME}","id":"{n}","value":{n}}}"#))
            .collect();
        format!(
            r#"{{"participation":{value},"variants":{{"participation":[{}]}}}}"#,
            list.join(",")
        )
    };
    let at = |count| {
        merged(
            &Kind::Note,
            &full(count, "100"),
            &full(count, "200"),
            &full(count, "300"),
        )
    };
    assert_eq!(at(49).waits, None);
    let waiting = at(50);
    assert_eq!(
        waiting.waits,
        Some(Waits::TooManyVariants {
            field: "participation".into()
        })
    );
    assert!(
        !waiting.to_push && body(&waiting) == full(50, "300"),
        "theirs stands, mine stays pending"
    );
}

#[test]
fn a_note_merged_reads_as_a_note() {
    let of = |text: &str, topic: &str| {
        Note {
            text: Some(text.into()),
            topics: vec![topic.into()],
            ..Note::default()
        }
        .to_body()
        .into_string()
    };
    let merged = merged(&Kind::Note, &of("a", "x"), &of("b", "y"), &of("c", "z"));
    let read = Note::read(merged.record.body.as_ref().unwrap()).unwrap();
    assert_eq!(
        (read.topics, read.variants["text"][0].value.get()),
        (vec!["z".to_owned(), "y".to_owned()], r#""b""#)
    );
}
