//! Edits that cannot be merged now, edits that are merged more than once, and what their person is told.

use crate::{
    faulty::Fault,
    world::{Device, RIETH, Town, assert_equal, members},
};
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

/// The open values of a field: id and value.
fn open(device: &Device, id: RecordId, field: &str) -> Vec<(String, String)> {
    let body = members(&device.record(id).expect("there"));
    let values = body
        .read::<Members>("variants")
        .and_then(|open| open.read::<Vec<Members>>(field));
    let read = |entry: &Members| {
        let id = entry.read::<String>("id").expect("an id");
        (id, entry.raw("value").expect("a value").to_owned())
    };
    values.unwrap_or_default().iter().map(read).collect()
}

#[tokio::test]
async fn a_variant_keeps_the_id_of_the_change_in_which_it_was_typed_however_often_it_is_merged() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let cora = town.worker_device("Cora").await;
    let id = anna.note("Gespräch");
    anna.edit(id, "place", "Haltestelle");
    for device in [&anna, &bela, &cora] {
        device.sync().await;
    }
    cora.edit(id, "place", "Kiosk");
    let pending = || cora.store.read(|r| r.pending(id)).expect("readable").expect("waiting");
    let typed = pending().stamp.mutation_id;
    // Twice others come first, and each time Cora's merged change does not get through.
    anna.edit(id, "language", "ar");
    anna.sync().await;
    cora.net.plan([Fault::None, Fault::None, Fault::Before]);
    assert!(cora.try_sync().await.is_err(), "the push is cut");
    let once = pending().stamp.mutation_id;
    anna.edit(id, "resources", "Nachbarin hilft");
    anna.sync().await;
    cora.net.plan([Fault::None, Fault::None, Fault::None, Fault::Before]);
    assert!(
        cora.try_sync().await.is_err(),
        "the repeat was stale, and the next push is cut"
    );
    let twice = pending().stamp.mutation_id;
    assert!(typed != once && once != twice, "other content goes under a new id");
    bela.sync().await;
    bela.edit(id, "place", "Stadtteilladen");
    bela.sync().await;
    cora.sync().await;
    for device in [&anna, &bela, &cora] {
        device.sync().await;
        assert_eq!(device.field(id, "place").as_deref(), Some("Stadtteilladen"));
        assert_eq!(
            open(device, id, "place"),
            [(typed.to_string(), r#"{"place":"Kiosk"}"#.to_owned())]
        );
    }
    assert_equal(&anna, &bela);
    assert_equal(&bela, &cora);
}

#[tokio::test]
async fn who_edits_what_was_agreed_meanwhile_is_told_that_it_stands_as_an_amendment() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let mut meeting = Members::default();
    meeting.set("status", "held").expect("text");
    meeting.set("place", "Rathaus").expect("text");
    let id = anna.create(Kind::Meeting, &meeting);
    anna.sync().await;
    bela.sync().await;
    anna.edit(id, "status", "agreed");
    bela.edit(id, "place", "Stadtteilladen");
    anna.sync().await;
    bela.sync().await;
    let told = bela.store.read(|r| r.notices()).expect("readable");
    let told: Vec<_> = told
        .iter()
        .map(|notice| (notice.what.as_str(), notice.record))
        .collect();
    assert_eq!(told, [("amended", id)], "ids, and no words");
    assert_eq!(
        bela.field(id, "place").as_deref(),
        Some("Rathaus"),
        "agreed minutes stand"
    );
    anna.sync().await;
    assert_equal(&anna, &bela);
}
