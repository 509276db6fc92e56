//! Two devices, one record.

use crate::world::{Town, assert_equal, members};
use domain::{Body, Kind, Members, State};

#[tokio::test]
async fn a_note_written_offline_is_on_the_second_device_after_both_synced() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Die Bank am Spielplatz ist kaputt");
    let sent = anna.sync().await;
    assert_eq!((sent.pushed, sent.waiting, sent.refused), (1, 0, 0));
    let got = bela.sync().await;
    assert_eq!((got.pulled, got.pushed), (1, 0));
    assert_eq!(
        bela.field(id, "text").as_deref(),
        Some("Die Bank am Spielplatz ist kaputt")
    );
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn a_round_with_nothing_to_say_counts_nothing() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.note("eins");
    anna.sync().await;
    assert_eq!(
        anna.sync().await,
        sync::Counted::default(),
        "one's own change does not come back as news"
    );
}

#[tokio::test]
async fn edits_of_different_fields_are_both_kept() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.edit(id, "place", "Straße");
    anna.edit(id, "language", "de");
    anna.sync().await;
    bela.sync().await;
    anna.edit(id, "place", "Spielplatz");
    bela.edit(id, "language", "ar");
    anna.sync().await;
    assert_eq!(bela.sync().await.merged, 1, "Bela's edit met Anna's");
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(id, "place").as_deref(), Some("Spielplatz"));
    assert_eq!(anna.field(id, "language").as_deref(), Some("ar"));
    assert!(
        members(&anna.record(id).expect("there")).raw("variants").is_none(),
        "nothing was contested"
    );
}

#[tokio::test]
async fn edits_of_the_same_field_keep_both_values() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    bela.sync().await;
    anna.edit(id, "place", "Spielplatz");
    bela.edit(id, "place", "Stadtteilladen");
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(
        anna.field(id, "place").as_deref(),
        Some("Spielplatz"),
        "the one that came first stands"
    );
    let variants = members(&anna.record(id).expect("there"))
        .raw("variants")
        .unwrap_or_default()
        .to_owned();
    assert!(
        variants.contains("Stadtteilladen"),
        "the other waits as a variant: {variants}"
    );
}

#[tokio::test]
async fn equal_edits_are_no_conflict() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    bela.sync().await;
    anna.edit(id, "place", "Spielplatz");
    bela.edit(id, "place", "Spielplatz");
    anna.sync().await;
    let done = bela.sync().await;
    assert_eq!(
        (done.pushed, done.merged, done.waiting),
        (0, 0, 0),
        "there is nothing left to say"
    );
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn an_edit_that_is_stale_is_merged_and_pushed_in_the_same_round() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    bela.sync().await;
    // Both pull first and push later; the city takes Bela's in between.
    bela.edit(id, "language", "ar");
    anna.edit(id, "place", "Spielplatz");
    bela.sync().await;
    let done = anna.sync().await;
    assert_eq!((done.merged, done.pushed, done.waiting), (1, 1, 0));
    bela.sync().await;
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn an_edit_made_on_an_older_base_revives_a_deleted_record() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    bela.sync().await;
    anna.change(id, |record| {
        record.envelope.state = State::Deleted;
        record.body = None;
    });
    bela.edit(id, "text", "Gespräch, und noch ein Satz");
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(id, "text").as_deref(), Some("Gespräch, und noch ein Satz"));
    assert_eq!(anna.record(id).expect("there").envelope.state, State::Live);
    for device in [&anna, &bela] {
        let told = device.store.read(|r| r.notices()).expect("readable");
        let told: Vec<_> = told
            .iter()
            .map(|notice| (notice.what.as_str(), notice.record))
            .collect();
        assert_eq!(told, [("revived", id)], "who deleted it and who edited it");
    }
}

#[tokio::test]
async fn what_a_newer_version_wrote_travels_unharmed() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let body =
        r#"{ "shape":[1.00,{"deep":12345678901234567890}], "a":"ä\u00e4" , "occurred_at":"2026-10-05T09:15:00+02:00"}"#;
    let id = anna.create("future_thing".parse().expect("a kind"), &Members::default());
    anna.change(id, |record| record.body = Some(Body::new(body.into())));
    anna.sync().await;
    bela.sync().await;
    assert_eq!(
        bela.record(id).expect("there").envelope.kind,
        Kind::Other("future_thing".into())
    );
    assert_eq!(bela.body(id), body, "byte for byte");
}

#[tokio::test]
async fn unknown_members_keep_their_raw_value_through_a_merge() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let body =
        r#"{"future":{"amount":1.00,"big":12345678901234567890},"occurred_at":"2026-10-05T09:15:00+02:00","text":"x"}"#;
    let id = anna.create(Kind::Note, &Members::parse(body).expect("an object"));
    anna.sync().await;
    bela.sync().await;
    anna.edit(id, "place", "Spielplatz");
    bela.edit(id, "language", "ar");
    anna.sync().await;
    assert_eq!(bela.sync().await.merged, 1);
    anna.sync().await;
    assert_equal(&anna, &bela);
    let merged = members(&anna.record(id).expect("there"));
    assert_eq!(
        merged.raw("future"),
        Some(r#"{"amount":1.00,"big":12345678901234567890}"#)
    );
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_set_aside_and_the_rest_comes_in() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (spoilt, fine) = (anna.note("aus der Zukunft"), anna.note("von heute"));
    anna.sync().await;
    bela.net.spoil(spoilt);
    let done = bela.sync().await;
    assert_eq!((done.pulled, done.set_aside), (1, 1));
    assert!(bela.record(spoilt).is_none() && bela.record(fine).is_some());
    let notices = bela.store.read(|r| r.notices()).expect("readable");
    let told: Vec<_> = notices
        .iter()
        .map(|notice| (notice.what.as_str(), notice.record))
        .collect();
    assert_eq!(told, [("unreadable", spoilt)], "the person is told");
    assert_eq!(bela.sync().await.set_aside, 0, "and once is enough");
    let verified = sync::verify(&bela.store, &bela.city()).await.expect("the city answers");
    assert!(!verified.equal, "a comparison shows that something is missing");
}

#[tokio::test]
async fn a_thousand_notes_and_more_go_out_and_come_in() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    for n in 0..1_205 {
        anna.note(&format!("Notiz {n}"));
    }
    let out = anna.sync().await;
    assert_eq!((out.pushed, out.waiting), (1_205, 0), "more than one push may hold");
    assert_eq!(bela.sync().await.pulled, 1_205);
    assert_equal(&anna, &bela);
}
