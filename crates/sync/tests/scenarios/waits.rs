//! Edits that cannot be merged now, and edits that are merged more than once.

use crate::world::{Device, RIETH, Town, assert_equal, members};
use domain::{Body, Kind, MAX_VARIANTS, Members, RecordId, State};
use sync::Source;

/// A note with as many open values of `place` as there may be, on both devices.
async fn contested(one: &Device, other: &Device) -> RecordId {
    let id = one.note("Gespräch");
    one.edit(id, "place", "Haltestelle");
    one.change(id, |record| {
        let (by, at) = (one.identity().person, one.dice.now());
        let values: Vec<String> = (0..MAX_VARIANTS)
            .map(|n| {
                let id = one.dice.mutation_id();
                format!(r#"{{"at":"{at}","by":"{by}","id":"{id}","value":"dort {n}"}}"#)
            })
            .collect();
        let mut body = members(record);
        let open = Members::parse(&format!(r#"{{"place":[{}]}}"#, values.join(","))).expect("JSON");
        body.set("variants", &open).expect("JSON");
        record.body = Some(Body::from_members(&body));
    });
    one.sync().await;
    other.sync().await;
    id
}

fn refused(device: &Device, id: RecordId) -> Option<String> {
    let pending = device.store.read(|r| r.pending(id)).expect("readable");
    pending.expect("the edit is kept").refused
}

#[tokio::test]
async fn an_edit_for_which_there_is_no_room_waits_visibly_and_goes_on_once_there_is() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = contested(&anna, &bela).await;
    bela.edit(id, "place", "Kiosk");
    anna.edit(id, "place", "Stadtteilladen");
    anna.sync().await;
    let beside = bela.note("ein anderes Gespräch");
    let done = bela.sync().await;
    assert_eq!(
        (done.refused, done.waiting, done.pushed),
        (1, 1, 1),
        "it waits, and the other note went its way"
    );
    assert_eq!(refused(&bela, id).as_deref(), Some("too_many_variants"));
    assert_eq!(
        bela.field(id, "place").as_deref(),
        Some("Kiosk"),
        "what was typed stands here"
    );
    assert_eq!(bela.sync().await.waiting, 1, "it is not tried again for nothing");

    // Anna settles all of them; the edit meets the record anew.
    anna.sync().await;
    assert!(anna.record(beside).is_some());
    anna.change(id, |record| {
        let mut body = members(record);
        body.remove("variants");
        record.body = Some(Body::from_members(&body));
    });
    anna.sync().await;
    assert_eq!(bela.sync().await.waiting, 0, "the record changed, and there is room");
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(id, "place").as_deref(), Some("Stadtteilladen"));
    let open = members(&anna.record(id).expect("there"));
    let open = open.raw("variants").unwrap_or_default();
    assert!(open.contains("Kiosk"), "Bela's value is one of two: {open}");
}

#[tokio::test]
async fn a_waiting_edit_is_tried_again_when_the_person_changes_it() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = contested(&anna, &bela).await;
    bela.edit(id, "place", "Kiosk");
    bela.edit(id, "language", "ar");
    anna.edit(id, "place", "Stadtteilladen");
    anna.sync().await;
    bela.sync().await;
    assert_eq!(refused(&bela, id).as_deref(), Some("too_many_variants"));
    // Bela gives way in the place; the language stands.
    let here = bela.store.read(|r| r.pending(id)).expect("readable").expect("waiting");
    let base = here.base.expect("it was confirmed before");
    let place: String = members(&base.record).read("place").expect("a place");
    bela.edit(id, "place", &place);
    assert_eq!(refused(&bela, id), None, "an edit is a new try");
    let done = bela.sync().await;
    assert_eq!((done.merged, done.pushed, done.waiting), (1, 1, 0));
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(id, "language").as_deref(), Some("ar"));
    assert_eq!(anna.field(id, "place").as_deref(), Some("Stadtteilladen"));
}

#[tokio::test]
async fn a_change_of_what_others_froze_waits_and_stops_nothing() {
    let town = Town::new();
    let lead = town.person("Lea", domain::Role::Lead, &[RIETH]);
    let (one, other) = (town.device(lead).await, town.device(lead).await);
    one.sync().await;
    other.sync().await;
    let mut month = Members::default();
    month.set("month", "2026-10").expect("text");
    let id = one.create(Kind::Month, &month);
    one.sync().await;
    other.sync().await;
    // One re-opens the month and closes it with other figures, while the other types into the first one.
    one.change(id, |record| {
        record.envelope.state = State::Deleted;
        record.body = None;
    });
    one.sync().await;
    one.change(id, |record| {
        record.envelope.state = State::Live;
        month.set("month", "2026-09").expect("text");
        record.body = Some(Body::from_members(&month));
    });
    one.sync().await;
    other.edit(id, "month", "2026-11");
    let done = other.sync().await;
    assert_eq!((done.refused, done.waiting), (1, 1));
    assert_eq!(refused(&other, id).as_deref(), Some("frozen"));
    assert_eq!(
        other.field(id, "month").as_deref(),
        Some("2026-11"),
        "it is still there to be read"
    );
}
