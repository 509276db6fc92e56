//! Photos and files between devices: whole or not at all, never in the way of a record, gone with it.

use crate::{
    faulty::Fault,
    lost::killed_after,
    world::{Device, MELCHENDORF, RIETH, Town, members},
};
use city::admin;
use domain::{BlobHash, Body, Kind, RecordId, Role};
use std::sync::Arc;
use store::{Contents, Enclosed};
use sync::{Carried, Source, Watcher, Wipe, carry};
use wire::ProblemCode;

/// More than one piece either way.
const SIZE: usize = 1_400_000;

/// Bytes that no piece of which is like another.
fn photo() -> Vec<u8> {
    (0..SIZE).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect()
}

fn attach_as(device: &Device, id: RecordId, plain: &[u8], media_type: &str) -> Enclosed {
    let enclosed = device.store.enclose(plain).expect("it is kept");
    device.change(id, |record| {
        let mut body = members(record);
        let part = serde_json::json!([{
            "id": device.dice.uuid(), "position": "m", "blob": enclosed.blob.as_str(), "key": enclosed.key,
            "media_type": media_type, "name": "Foto.jpg",
        }]);
        body.set("attachments", &part).expect("JSON");
        record.body = Some(Body::from_members(&body));
    });
    enclosed
}

fn attach(device: &Device, id: RecordId) -> Enclosed {
    attach_as(device, id, &photo(), "image/jpeg")
}

fn opened(device: &Device, id: RecordId, enclosed: &Enclosed) -> Contents {
    device
        .store
        .open_enclosed(Some(id), &enclosed.blob, &enclosed.key, device.dice.now())
        .expect("an answer")
}

fn is_here(device: &Device, blob: &BlobHash) -> bool {
    device.store.dir().join("attachments").join(blob.as_str()).exists()
}

fn waiting(device: &Device) -> u64 {
    device.store.read(|r| r.attachments_waiting()).expect("readable")
}

async fn carried(device: &Device) -> Result<Carried, sync::Error> {
    let nobody: Arc<dyn Watcher> = Arc::new(());
    carry(&device.store, &device.city(), &device.dice, &nobody).await
}

/// A town in which the notes of the tests are of yesterday.
fn town(seed: u64) -> Town {
    let mut town = Town::seeded(seed);
    let then: chrono::DateTime<chrono::Utc> = "2026-10-06T12:00:00Z".parse().expect("an instant");
    town.dice = town.dice.after(then - chrono::Utc::now());
    town
}

/// Anna's note with a photo, confirmed at the city but for the photo; Bela knows the note.
async fn noted(town: &Town) -> (Device, Device, RecordId, Enclosed) {
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Die Schaukel ist kaputt");
    let enclosed = attach(&anna, id);
    let nobody: Arc<dyn Watcher> = Arc::new(());
    sync::round_watched(&anna.store, &anna.city(), &anna.dice, &nobody)
        .await
        .expect("the record goes");
    sync::round_watched(&bela.store, &bela.city(), &bela.dice, &nobody)
        .await
        .expect("and comes");
    (anna, bela, id, enclosed)
}

#[tokio::test]
async fn a_photo_follows_its_record_to_the_colleagues_device() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    assert_eq!(waiting(&anna), 1);
    assert_eq!(opened(&bela, id, &enclosed), Contents::Away);
    let awaited = carried(&bela).await.expect("reached");
    assert!(awaited.awaited && awaited.fetched == 0, "Anna has not brought it yet");
    let state = bela.store.read(|r| r.attached(&enclosed.blob)).expect("readable");
    assert!(state.absent && state.asked, "and Bela is told so");
    assert_eq!(anna.sync().await.files_sent, 1);
    assert_eq!(waiting(&anna), 0);
    assert_eq!(bela.sync().await.files_fetched, 1);
    assert_eq!(opened(&bela, id, &enclosed), Contents::Here(photo()));
    assert_eq!(anna.sync().await.files_sent, 0, "once");
}

#[tokio::test]
async fn small_photos_of_recent_records_come_unasked_and_files_when_they_are_opened() {
    let town = town(1);
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (one, other) = (anna.note("mit Foto"), anna.note("mit Protokoll"));
    let shot = attach_as(&anna, one, b"small", "image/jpeg");
    let minutes = attach_as(&anna, other, b"%PDF", "application/pdf");
    anna.sync().await;
    assert_eq!(bela.sync().await.files_fetched, 1);
    assert!(is_here(&bela, &shot.blob) && !is_here(&bela, &minutes.blob));
    assert_eq!(opened(&bela, other, &minutes), Contents::Away);
    bela.sync().await;
    assert_eq!(opened(&bela, other, &minutes), Contents::Here(b"%PDF".to_vec()));
}

#[tokio::test]
async fn a_cut_goes_on_where_it_was_in_both_directions() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    // Asked how much is held, three pieces, then the line is gone before and after the city took the fourth.
    for last in [Fault::Before, Fault::After] {
        anna.net.plan([Fault::None, Fault::None, Fault::None, last]);
        assert!(carried(&anna).await.is_err_and(|error| error.is_offline()));
    }
    anna.net.take_calls();
    assert_eq!(carried(&anna).await.expect("reached").sent, 1);
    let calls = anna.net.take_calls();
    assert_eq!(
        calls.iter().filter(|&&call| call == "put_blob").count(),
        1,
        "5 of 6 pieces were there: {calls:?}"
    );

    assert_eq!(opened(&bela, id, &enclosed), Contents::Away);
    bela.net.plan([Fault::None, Fault::Before]);
    assert!(carried(&bela).await.is_err());
    let so_far = bela.store.arrived_so_far(&enclosed.blob).expect("readable");
    assert!(so_far > 0 && so_far < SIZE as u64, "{so_far}");
    bela.net.take_calls();
    carried(&bela).await.expect("reached");
    assert_eq!(bela.net.take_calls(), ["blob"], "only the rest");
    assert_eq!(opened(&bela, id, &enclosed), Contents::Here(photo()));
}

#[tokio::test]
async fn a_device_killed_at_any_step_brings_the_photo_whole() {
    for polls in (0..60).step_by(7) {
        let town = town(1);
        let (anna, bela, id, enclosed) = noted(&town).await;
        killed_after(polls, carried(&anna)).await;
        anna.sync().await;
        assert_eq!(waiting(&anna), 0);
        assert_eq!(opened(&bela, id, &enclosed), Contents::Away);
        killed_after(polls, carried(&bela)).await;
        bela.sync().await;
        assert_eq!(
            opened(&bela, id, &enclosed),
            Contents::Here(photo()),
            "killed after {polls}"
        );
    }
}

#[tokio::test]
async fn in_a_storm_pieces_come_twice_and_late_and_the_photo_is_whole() {
    for seed in 0..2 {
        let town = town(seed);
        let (anna, bela, id, enclosed) = noted(&town).await;
        anna.net.storm(anna.dice.clone(), 0.4);
        bela.net.storm(bela.dice.clone(), 0.4);
        for _ in 0..10 {
            let _ = anna.try_sync().await;
            let _ = opened(&bela, id, &enclosed);
            let _ = bela.try_sync().await;
        }
        anna.net.storm(anna.dice.clone(), 0.0);
        bela.net.storm(bela.dice.clone(), 0.0);
        anna.sync().await;
        bela.sync().await;
        assert_eq!(opened(&bela, id, &enclosed), Contents::Here(photo()));
    }
}

#[tokio::test]
async fn a_record_never_waits_for_a_photo() {
    let town = town(1);
    let anna = town.worker_device("Anna").await;
    let id = anna.note("Schaukel");
    attach(&anna, id);
    // The record's own calls go well (me, changes, push, changes, report), everything after them does not.
    anna.net.plan([Fault::None; 5]);
    anna.net.plan([Fault::Before; 20]);
    let done = anna.try_sync().await.expect("the round went well");
    assert_eq!((done.pushed, done.waiting, done.files_waiting), (1, 0, 1));
    assert_eq!(waiting(&anna), 1, "and the photo waits visibly");
}

#[tokio::test]
async fn what_somebody_opens_comes_before_what_goes_up() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    anna.sync().await;
    let own = bela.note("eigenes");
    attach(&bela, own);
    let nobody: Arc<dyn Watcher> = Arc::new(());
    sync::round_watched(&bela.store, &bela.city(), &bela.dice, &nobody)
        .await
        .expect("reached");
    let (store, dice, blob, key) = (
        bela.store.clone(),
        bela.dice.clone(),
        enclosed.blob.clone(),
        enclosed.key.clone(),
    );
    bela.net.during("put_blob", move || {
        let _ = store.open_enclosed(Some(id), &blob, &key, dice.now());
    });
    bela.net.take_calls();
    carried(&bela).await.expect("reached");
    let calls = bela.net.take_calls();
    let first = calls.iter().position(|&call| call == "blob").expect("it came");
    let last = calls.iter().rposition(|&call| call == "put_blob").expect("it went");
    assert!(first < last, "in the middle of the upload: {calls:?}");
}

#[tokio::test]
async fn an_erased_note_takes_its_photo_from_every_device() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    anna.sync().await;
    bela.sync().await;
    assert!(is_here(&bela, &enclosed.blob));
    admin::erase(&town.service, &[id], None, "art17_1b", "1/26").expect("erased");
    anna.sync().await;
    bela.sync().await;
    assert!(!is_here(&anna, &enclosed.blob) && !is_here(&bela, &enclosed.blob));
}

#[tokio::test]
async fn a_redacted_photo_goes_although_somebody_edits_the_note() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    anna.sync().await;
    bela.sync().await;
    bela.edit(id, "place", "Spielplatz");
    let fields = ["attachments".to_owned()];
    admin::erase(&town.service, &[id], Some(&fields), "art17_1b", "2/26").expect("redacted");
    bela.sync().await;
    anna.sync().await;
    for device in [&anna, &bela] {
        assert!(!is_here(device, &enclosed.blob));
        assert!(!device.body(id).contains(enclosed.blob.as_str()));
        assert!(device.record(id).expect("the note").envelope.blobs.is_empty());
    }
}

#[tokio::test]
async fn a_photo_leaves_with_the_scope() {
    let town = town(1);
    let person = town.person("Anna", Role::Worker, &[RIETH, MELCHENDORF]);
    let anna = town.device(person).await;
    anna.sync().await;
    let id = anna.note("in Rieth");
    let place = anna.district(RIETH);
    anna.change(id, |record| record.envelope.districts = [place].into());
    let enclosed = attach(&anna, id);
    anna.sync().await;
    town.set_districts(person, &[MELCHENDORF]);
    anna.sync().await;
    assert!(anna.record(id).is_none() && !is_here(&anna, &enclosed.blob));
}

#[tokio::test]
async fn who_leaves_brings_the_photo_before_the_notebook_is_wiped() {
    let town = town(1);
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let id = anna.note("letzte Notiz");
    attach(&anna, id);
    admin::leave_person(&town.service, &person.to_string()).expect("left");
    anna.net.plan([Fault::None, Fault::None, Fault::Before]);
    let cut = anna.try_sync().await;
    assert!(
        cut.is_err() || cut.is_ok_and(|done| done.wipe.is_none()),
        "the photo is not there yet"
    );
    assert_eq!(anna.sync().await.wipe, Some(Wipe::Left));
    assert_eq!(waiting(&anna), 0);
}

#[tokio::test]
async fn what_the_city_takes_from_nobody_here_does_not_wait_for_ever() {
    let town = town(1);
    let (anna, ..) = noted(&town).await;
    anna.net.plan([Fault::None, Fault::Problem(ProblemCode::Forbidden)]);
    carried(&anna).await.expect("no trouble for the rest");
    assert_eq!(waiting(&anna), 0);
}

#[tokio::test]
async fn a_file_damaged_on_the_disk_is_not_sent_for_the_photo() {
    let town = town(1);
    let (anna, bela, id, enclosed) = noted(&town).await;
    let path = anna.store.dir().join("attachments").join(enclosed.blob.as_str());
    let mut bytes = std::fs::read(&path).expect("its file");
    bytes[SIZE / 2] ^= 1;
    std::fs::write(&path, bytes).expect("bent");
    anna.sync().await;
    assert_eq!(waiting(&anna), 0, "nothing to be sent");
    assert_eq!(opened(&bela, id, &enclosed), Contents::Away);
    bela.sync().await;
    assert_eq!(opened(&bela, id, &enclosed), Contents::Away, "and nothing false came");
}

#[tokio::test]
async fn a_restored_city_gets_its_photos_back() {
    let town = town(1);
    let (anna, _, id, enclosed) = noted(&town).await;
    let backup = town.backup("gestern");
    anna.sync().await;
    let restored = city::Service::open(&backup).expect("the copy opens");
    let again = crate::faulty::Faulty::restored(&restored, "restored");
    let city = sync::Door::with_token(&again, wire::Token(anna.identity().token.clone()));
    let done = sync::round(&anna.store, &city, &anna.dice).await.expect("reached");
    assert_eq!((done.files_sent, waiting(&anna)), (1, 0));
    assert_eq!(opened(&anna, id, &enclosed), Contents::Here(photo()));
    let place = wire::BlobPlace {
        record: id,
        hash: enclosed.blob,
    };
    assert!(
        wire::Backend::blob_held(&city, place)
            .await
            .expect("an answer")
            .is_complete()
    );
}

#[tokio::test]
async fn a_photo_of_a_request_travels_like_a_notes() {
    let town = town(1);
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let mut body = domain::Members::default();
    body.set("received_on", "2026-10-05").expect("text");
    body.set("status", "recorded").expect("text");
    let id = anna.create(Kind::Request, &body);
    let enclosed = anna.store.enclose(b"small").expect("it is kept");
    anna.change(id, |record| {
        let mut body = members(record);
        let part = serde_json::json!([{"id": anna.dice.uuid(), "blob": enclosed.blob.as_str(), "key": enclosed.key,
            "media_type": "image/png"}]);
        body.set("photos", &part).expect("JSON");
        record.body = Some(Body::from_members(&body));
    });
    anna.sync().await;
    bela.sync().await;
    assert_eq!(opened(&bela, id, &enclosed), Contents::Here(b"small".to_vec()));
}
