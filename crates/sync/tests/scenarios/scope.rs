//! What a device may hold: erasing, moving, other districts, leaving, revocation, refusals.

use crate::{
    faulty::Fault,
    world::{Device, MELCHENDORF, RIETH, Town, assert_equal},
};
use chrono::TimeDelta;
use city::admin;
use domain::{Kind, RecordId, Role};
use std::sync::Arc;
use sync::Wipe;

async fn lead(town: &Town) -> Device {
    let person = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let device = town.device(person).await;
    device.sync().await;
    device
}

fn move_to(device: &Device, id: RecordId, district: &str) {
    let district = device.district(district);
    device.change(id, |record| record.envelope.districts = [district].into());
}

#[tokio::test]
async fn an_erased_record_goes_from_every_device_with_what_was_typed_on_it() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Frau Sonnenschein erzählt");
    anna.sync().await;
    bela.sync().await;
    bela.edit(id, "text", "Frau Sonnenschein erzählt mehr");
    admin::erase(&town.service, &[id], None, "art17_1b", "1/26").expect("erased");
    let done = bela.sync().await;
    assert_eq!(
        (done.pushed, done.waiting),
        (0, 0),
        "an edit of an erased record is not sent"
    );
    anna.sync().await;
    for device in [&anna, &bela] {
        assert!(
            device.record(id).is_none_or(|record| record.body.is_none()),
            "its words are gone"
        );
    }
    assert_equal(&anna, &bela);
    assert_eq!(anna.sync().await.pulled, 0, "and it is told once");
}

#[tokio::test]
async fn a_redacted_field_goes_before_anything_is_merged() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Frau Sonnenschein");
    anna.sync().await;
    bela.sync().await;
    bela.edit(id, "text", "Frau Sonnenschein, Haus 7");
    bela.edit(id, "place", "Spielplatz");
    let fields = ["text".to_owned()];
    admin::erase(&town.service, &[id], Some(&fields), "art17_1b", "2/26").expect("redacted");
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert!(
        !anna.body(id).contains("Sonnenschein"),
        "forgetting wins over an edit: {}",
        anna.body(id)
    );
    assert_eq!(
        anna.field(id, "place").as_deref(),
        Some("Spielplatz"),
        "the rest of the edit is kept"
    );
}

#[tokio::test]
async fn a_record_that_moves_away_leaves_the_devices_that_may_no_longer_see_it() {
    let town = Town::new();
    let (anna, lea) = (town.worker_device("Anna").await, lead(&town).await);
    let id = anna.note("zieht um");
    anna.sync().await;
    lea.sync().await;
    move_to(&lea, id, MELCHENDORF);
    lea.sync().await;
    anna.sync().await;
    assert!(anna.record(id).is_none(), "out of sight, out of the notebook");
    assert!(lea.record(id).is_some());
}

#[tokio::test]
async fn an_edit_on_a_record_that_moved_away_is_kept_as_not_transferable() {
    let town = Town::new();
    let (anna, lea) = (town.worker_device("Anna").await, lead(&town).await);
    let id = anna.note("zieht um");
    let other = anna.note("bleibt hier");
    anna.sync().await;
    lea.sync().await;
    move_to(&lea, id, MELCHENDORF);
    lea.sync().await;
    anna.edit(id, "text", "zieht um, und Anna schrieb noch etwas");
    anna.edit(other, "text", "bleibt hier und geht weiter");
    let done = anna.sync().await;
    assert_eq!(
        (done.pushed, done.refused),
        (1, 1),
        "the refused change does not stop the other"
    );
    let kept = || anna.store.read(|r| r.untransferable()).expect("readable");
    let aside = kept();
    assert_eq!(aside.len(), 1, "what was typed is not gone");
    assert!(
        aside[0]
            .record
            .body
            .as_ref()
            .is_some_and(|body| body.as_str().contains("schrieb noch etwas"))
    );
    assert!(
        anna.record(id).is_none(),
        "the record itself is no longer Anna's to see"
    );
    // Her clock goes wrong by years; the 30 days are the city's, and count from when it is heard the next time.
    let wrong = anna.dice.after(TimeDelta::days(4_000));
    for (days, left) in [(3, 1), (32, 1), (33, 0)] {
        anna.net.set_later(TimeDelta::days(days));
        sync::round(&anna.store, &anna.city(), &wrong)
            .await
            .expect("the city is reached");
        assert_eq!(kept().len(), left, "after {days} days");
    }
}

#[tokio::test]
async fn lost_districts_are_dropped_and_gained_ones_come() {
    let town = Town::new();
    let lea = lead(&town).await;
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let (here, there) = (anna.note("in Rieth"), lea.note("in Melchendorf"));
    move_to(&lea, there, MELCHENDORF);
    anna.sync().await;
    lea.sync().await;
    town.set_districts(person, &[MELCHENDORF]);
    anna.sync().await;
    assert!(anna.record(here).is_none(), "the lost district's notes are dropped");
    assert!(anna.record(there).is_some(), "the gained district's notes are here");
    town.set_districts(person, &[RIETH, MELCHENDORF]);
    anna.sync().await;
    assert!(anna.record(here).is_some(), "and come back with the district");
    assert_equal(&anna, &lea);
}

#[tokio::test]
async fn the_last_edit_of_a_lost_district_still_arrives_and_then_goes_from_here() {
    let town = Town::new();
    let lea = lead(&town).await;
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let id = anna.note("in Rieth");
    anna.sync().await;
    anna.edit(id, "place", "Spielplatz");
    town.set_districts(person, &[MELCHENDORF]);
    let done = anna.sync().await;
    assert_eq!(
        (done.pushed, done.refused, done.waiting),
        (1, 0, 0),
        "its base was visible until just now"
    );
    assert!(anna.record(id).is_none(), "and nothing holds it here any more");
    lea.sync().await;
    assert_eq!(lea.field(id, "place").as_deref(), Some("Spielplatz"));
}

#[tokio::test]
async fn a_refused_change_waits_visibly_while_others_go_on() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let fine = anna.note("gut");
    let foreign = anna.note("in einem fremden Stadtteil");
    let district = anna.district(MELCHENDORF);
    anna.change(foreign, |record| record.envelope.districts = [district].into());
    let done = anna.sync().await;
    assert_eq!((done.pushed, done.refused, done.waiting), (1, 1, 1));
    let stored = anna.store.read(|r| r.record(foreign)).expect("readable").expect("kept");
    assert_eq!(stored.refused.as_deref(), Some("forbidden"), "with its reason");
    assert!(
        !anna
            .store
            .read(|r| r.record(fine))
            .expect("readable")
            .expect("there")
            .pending
    );
    let again = anna.sync().await;
    assert_eq!((again.refused, again.waiting), (0, 1), "it is not sent again and again");
    let rieth = anna.district(RIETH);
    anna.change(foreign, |record| record.envelope.districts = [rieth].into());
    assert_eq!(anna.sync().await.pushed, 1, "an edit tries anew");
}

#[tokio::test]
async fn what_was_refused_for_a_lack_of_rights_is_tried_again_with_new_ones() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let id = anna.note("in einem fremden Stadtteil");
    let district = anna.district(MELCHENDORF);
    anna.change(id, |record| record.envelope.districts = [district].into());
    assert_eq!(anna.sync().await.refused, 1);
    town.set_districts(person, &[RIETH, MELCHENDORF]);
    let done = anna.sync().await;
    assert_eq!((done.pushed, done.waiting), (1, 0));
}

#[tokio::test]
async fn the_catalogue_cannot_be_changed_by_a_worker_and_stays_readable() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let rieth = anna.district(RIETH).into();
    anna.edit(rieth, "name", "Neustadt");
    assert_eq!(anna.sync().await.refused, 1);
    assert!(
        anna.all().iter().any(|record| record.envelope.kind == Kind::Code),
        "codes were pulled"
    );
}

#[tokio::test]
async fn who_leaves_sends_what_waits_and_is_then_told_to_wipe() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let (anna, bela) = (town.device(person).await, town.worker_device("Bela").await);
    anna.sync().await;
    let last = anna.note("das Letzte");
    admin::leave_person(&town.service, &person.to_string()).expect("left");
    let done = anna.sync().await;
    assert_eq!((done.pushed, done.waiting, done.wipe), (1, 0, Some(Wipe::Left)));
    assert!(anna.record(last).is_some(), "destroying is not the round's business");
    bela.sync().await;
    assert!(bela.record(last).is_some());
}

#[tokio::test]
async fn who_leaves_with_something_the_city_refused_is_not_wiped_over_it() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let foreign = anna.note("in einem fremden Stadtteil");
    let district = anna.district(MELCHENDORF);
    anna.change(foreign, |record| record.envelope.districts = [district].into());
    admin::leave_person(&town.service, &person.to_string()).expect("left");
    let done = anna.sync().await;
    assert_eq!(
        (done.refused, done.waiting, done.wipe),
        (1, 1, None),
        "a person has to look at it first"
    );
}

#[tokio::test]
async fn who_leaves_with_something_not_transferable_is_not_wiped_over_it() {
    let town = Town::new();
    let (person, lea) = (town.person("Anna", Role::Worker, &[RIETH]), lead(&town).await);
    let anna = town.device(person).await;
    anna.sync().await;
    let id = anna.note("zieht um");
    anna.sync().await;
    lea.sync().await;
    move_to(&lea, id, MELCHENDORF);
    lea.sync().await;
    anna.edit(id, "text", "zieht um, und Anna schrieb noch etwas");
    admin::leave_person(&town.service, &person.to_string()).expect("left");
    let done = anna.sync().await;
    assert_eq!(
        (done.refused, done.waiting, done.wipe),
        (1, 0, None),
        "it is to be handed over first"
    );
    let aside = anna.store.read(|r| r.untransferable()).expect("readable");
    let handed_over = aside[0].stamp.mutation_id;
    anna.store
        .write(|w| w.drop_untransferable(handed_over))
        .expect("handed over");
    assert_eq!(anna.sync().await.wipe, Some(Wipe::Left));
}

#[tokio::test]
async fn what_is_typed_during_the_last_round_of_who_leaves_is_sent_before_the_wipe() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = Arc::new(town.device(person).await);
    // The city has not heard yet how far this device is, so the last round has something to report.
    let net = anna.net.clone();
    anna.net.during("report_state", move || net.plan([Fault::Before]));
    assert!(anna.try_sync().await.is_err_and(|error| error.is_offline()));
    anna.note("das Vorletzte");
    admin::leave_person(&town.service, &person.to_string()).expect("left");
    let typing = Arc::clone(&anna);
    anna.net.during("report_state", move || {
        typing.note("das Letzte");
    });

    let done = anna.sync().await;
    assert_eq!((done.wipe, anna.waiting()), (None, 1), "it waits, so nothing is wiped");
    let done = anna.sync().await;
    assert_eq!((done.wipe, anna.waiting()), (Some(Wipe::Left), 0), "it was sent");
}

#[tokio::test]
async fn what_was_erased_out_of_sight_is_not_kept_as_not_transferable() {
    let town = Town::new();
    let (anna, lea) = (town.worker_device("Anna").await, lead(&town).await);
    let id = anna.note("zieht um");
    anna.sync().await;
    lea.sync().await;
    move_to(&lea, id, MELCHENDORF);
    lea.sync().await;
    anna.edit(id, "text", "Frau Sonnenschein zieht um");
    admin::erase(&town.service, &[id], None, "art17_1b", "4/26").expect("erased");
    anna.sync().await;
    let aside = anna.store.read(|r| r.untransferable()).expect("readable");
    assert!(aside.is_empty(), "forgetting wins over handing over");
    assert!(anna.record(id).is_none_or(|record| record.body.is_none()));
    let told = anna.store.read(|r| r.notices()).expect("readable");
    assert_eq!(
        told.iter().map(|notice| notice.what.as_str()).collect::<Vec<_>>(),
        ["erased"]
    );
}

#[tokio::test]
async fn what_was_erased_goes_also_from_who_held_it_under_another_district() {
    let town = Town::new();
    let (person, lea) = (town.person("Anna", Role::Worker, &[RIETH]), lead(&town).await);
    let anna = town.device(person).await;
    let id = lea.note("Frau Sonnenschein, in zwei Stadtteilen");
    let both = [lea.district(RIETH), lea.district(MELCHENDORF)];
    lea.change(id, |record| record.envelope.districts = both.into());
    lea.sync().await;
    anna.sync().await;
    assert!(anna.record(id).is_some());
    town.set_districts(person, &[MELCHENDORF]);
    admin::erase(&town.service, &[id], None, "art17_1b", "6/26").expect("erased");
    anna.sync().await;
    assert!(anna.record(id).is_none_or(|record| record.body.is_none()));
}

#[tokio::test]
async fn a_revoked_device_is_told_so_with_a_proof() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.note("kommt nicht mehr an");
    admin::revoke(&town.service, anna.identity().device_id).expect("revoked");
    let done = anna.sync().await;
    assert_eq!((done.wipe, done.pushed), (Some(Wipe::Revoked), 0));
}

#[tokio::test]
async fn after_a_round_both_sides_hold_the_same() {
    let town = Town::new();
    let (anna, lea) = (town.worker_device("Anna").await, lead(&town).await);
    for n in 0..20 {
        anna.note(&format!("Notiz {n}"));
    }
    anna.sync().await;
    lea.sync().await;
    anna.note("wartet noch");
    for device in [&anna, &lea] {
        let verified = sync::verify(&device.store, &device.city())
            .await
            .expect("the city answers");
        assert!(verified.equal, "{verified:?}");
        assert!(
            verified.slices.iter().any(|slice| slice.here.count == 20),
            "edits that wait do not count"
        );
    }
}
