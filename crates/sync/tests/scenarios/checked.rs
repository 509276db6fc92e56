//! Comparing with the city: what differs is put right, and nothing that waits is lost by it.

use crate::{
    faulty::Fault,
    world::{Device, Town, assert_equal},
};
use domain::RecordId;
use std::sync::Arc;
use store::{Confirmed, PassKind};
use sync::{Checked, Error, Source, check};

async fn try_check(device: &Device) -> Result<Checked, Error> {
    let nobody: Arc<dyn sync::Watcher> = Arc::new(());
    check(&device.store, &device.city(), &device.dice, &nobody).await
}

/// The copy that this device holds as confirmed says something that nobody wrote.
fn damage(device: &Device, id: RecordId, version: u64) {
    let mut record = device.record(id).expect("it is here");
    record.envelope.version = version;
    record.body = Some(domain::Body::new(r#"{"text":"beschädigt"}"#.to_owned()));
    put(device, record);
}

fn put(device: &Device, record: domain::Record) {
    let damaged = Confirmed {
        record,
        changed_at: device.dice.now(),
        changed_by: device.identity().person,
    };
    device.store.write(|w| w.put_confirmed(&damaged)).expect("written");
}

#[tokio::test]
async fn what_is_equal_stays_untouched() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.note("eins");
    let checked = try_check(&anna).await.expect("the city is reached");
    assert!(checked.verified.equal, "{checked:?}");
    assert_eq!(checked.mended, None);
    assert_eq!(anna.waiting(), 1, "a comparison takes nothing to the city by itself");
}

#[tokio::test]
async fn a_damaged_copy_is_put_right_whatever_version_it_claims() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (same, ahead, lost, whole) = (
        anna.note("eins"),
        anna.note("zwei"),
        anna.note("drei"),
        anna.note("vier"),
    );
    anna.sync().await;
    bela.sync().await;
    damage(&bela, same, 1);
    damage(&bela, ahead, 9);
    bela.store.write(|w| w.leave(lost, bela.dice.now())).expect("gone");
    let mut alien = bela.record(whole).expect("here");
    alien.envelope.id = RecordId(bela.dice.uuid());
    let unknown = alien.envelope.id;
    put(&bela, alien);

    let checked = try_check(&bela).await.expect("the city is reached");
    assert!(checked.verified.equal, "{checked:?}");
    assert_eq!(checked.mended, Some(3), "two said something else and one was missing");
    assert!(bela.record(unknown).is_none(), "what the city does not know goes");
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn an_edit_that_waits_survives_and_takes_nothing_damaged_to_the_city() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (edited, other) = (anna.note("eins"), anna.note("zwei"));
    anna.sync().await;
    bela.sync().await;
    damage(&bela, edited, 1);
    damage(&bela, other, 1);
    bela.edit(edited, "place", "Spielplatz");
    let fresh = bela.note("nur hier");
    assert_eq!(bela.waiting(), 2);

    let checked = try_check(&bela).await.expect("the city is reached");
    assert!(checked.verified.equal, "{checked:?}");
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(edited, "place").as_deref(), Some("Spielplatz"));
    assert_eq!(
        anna.field(edited, "text").as_deref(),
        Some("eins"),
        "the damage stayed here"
    );
    assert!(anna.record(fresh).is_some());
}

#[tokio::test]
async fn a_repair_that_was_cut_goes_on_with_the_next_round() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    for n in 0..1_100 {
        anna.note(&format!("Notiz {n}"));
    }
    let last = anna.note("die letzte");
    anna.sync().await;
    bela.sync().await;
    damage(&bela, last, 1);
    bela.store
        .write(|w| w.begin_pass(PassKind::Repair))
        .expect("a repair begins");
    bela.net.plan([Fault::None, Fault::None, Fault::Before]);
    assert!(bela.try_sync().await.is_err(), "cut after the first page");
    bela.sync().await;
    assert_equal(&anna, &bela);
}
