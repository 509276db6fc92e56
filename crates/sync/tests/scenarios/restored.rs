//! Beginning anew: a cursor that expired, and a city that was restored from a backup.

use crate::{
    faulty::{Fault, Faulty},
    lost::killed_after,
    world::{Device, MELCHENDORF, RIETH, Town, assert_equal, members},
};
use city::{LedgerOptions, Service, admin};
use domain::{Kind, Members, PersonId, Role, State};
use store::PassKind;
use wire::ProblemCode;

pub(crate) fn restore(backup: &LedgerOptions, devices: &mut [&mut Device]) -> Service {
    let service = Service::open(backup).expect("the copy opens");
    for device in devices {
        device.net = Faulty::restored(&service, "zweites Leben");
    }
    service
}

pub(crate) fn rights(service: &Service, person: PersonId, districts: &[&str]) {
    let change = admin::PersonChange {
        districts: Some(districts.iter().map(|&d| d.to_owned()).collect()),
        ..admin::PersonChange::default()
    };
    admin::set_person(service, &person.to_string(), &change).expect("other districts");
}

#[tokio::test]
async fn after_an_expired_cursor_edits_stay_and_what_is_gone_goes() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (kept, deleted) = (anna.note("bleibt"), anna.note("wird gelöscht"));
    anna.sync().await;
    bela.sync().await;
    bela.change(deleted, |record| {
        record.envelope.state = State::Deleted;
        record.body = None;
    });
    bela.sync().await;
    anna.edit(kept, "place", "Spielplatz");
    let fresh = anna.note("nur hier");
    anna.net.plan([Fault::None, Fault::Problem(ProblemCode::CursorExpired)]);
    let done = anna.sync().await;
    assert_eq!(
        (done.pushed, done.waiting),
        (2, 0),
        "the outbox outlived the new beginning"
    );
    assert!(
        anna.record(deleted).is_none(),
        "a full pull does not show what was deleted"
    );
    bela.sync().await;
    assert_equal(&anna, &bela);
    assert!(bela.record(fresh).is_some());
}

#[tokio::test]
async fn a_full_pull_that_was_cut_goes_on_where_it_stopped() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    for n in 0..1_100 {
        anna.note(&format!("Notiz {n}"));
    }
    anna.sync().await;
    bela.sync().await;
    bela.net.plan([
        Fault::None,
        Fault::Problem(ProblemCode::CursorExpired),
        Fault::None,
        Fault::Before,
    ]);
    assert!(bela.try_sync().await.is_err(), "cut after the first page");
    assert_eq!(
        bela.living().len(),
        anna.living().len(),
        "nothing is dropped before the pass is over"
    );
    bela.sync().await;
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn a_restored_city_gets_back_what_any_device_still_has() {
    let town = Town::new();
    let (mut anna, mut bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let old = anna.note("vor der Sicherung");
    anna.sync().await;
    bela.sync().await;
    let backup = town.backup("backup");
    anna.edit(old, "place", "Spielplatz");
    let lost = anna.note("nach der Sicherung");
    anna.sync().await;
    bela.sync().await;
    bela.edit(old, "language", "ar");
    let waiting = bela.note("wartete noch");
    restore(&backup, &mut [&mut anna, &mut bela]);
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!((anna.waiting(), bela.waiting()), (0, 0));
    assert_eq!(
        bela.field(old, "place").as_deref(),
        Some("Spielplatz"),
        "an edit that the backup lacks"
    );
    assert_eq!(
        anna.field(old, "language").as_deref(),
        Some("ar"),
        "an edit that waited"
    );
    assert!(
        bela.record(lost).is_some() && anna.record(waiting).is_some(),
        "records that the backup lacks"
    );
    assert!(
        members(&anna.record(old).expect("there")).raw("variants").is_none(),
        "nobody contested anything"
    );
}

#[tokio::test]
async fn a_device_that_was_behind_does_not_put_its_older_state_over_a_newer_one() {
    let town = Town::new();
    let (mut anna, mut bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    let backup_before_all = town.backup("backup");
    for place in ["eins", "zwei"] {
        anna.edit(id, "place", place);
        anna.sync().await;
    }
    bela.sync().await;
    anna.edit(id, "place", "drei");
    anna.sync().await;
    restore(&backup_before_all, &mut [&mut anna, &mut bela]);
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(
        bela.field(id, "place").as_deref(),
        Some("drei"),
        "Bela's `zwei` is older than what the city got back"
    );
}

/// A city that is set up again from its backup as an operator does it: it knows until when it kept what it confirmed.
pub(crate) fn set_up_again(backup: &LedgerOptions, devices: &mut [&mut Device]) -> Service {
    admin::restored(backup).expect("the backup is taken into use");
    let service = Service::open(backup).expect("it opens");
    for device in devices {
        device.net = Faulty::new(&service);
    }
    service
}

#[tokio::test]
async fn what_the_city_lost_comes_back_though_others_went_on_without_it_to_higher_versions() {
    let town = Town::new();
    let mut devices = [
        town.worker_device("Anna").await,
        town.worker_device("Bela").await,
        town.worker_device("Cem").await,
    ];
    let [anna, bela, cem] = &mut devices;
    let (edited, quiet) = (anna.note("Gespräch"), anna.note("ein anderes"));
    for device in [&*anna, &*bela, &*cem] {
        device.sync().await;
    }
    let backup = town.backup("yesterday");
    for id in [edited, quiet] {
        anna.edit(id, "resources", "ein Garten");
    }
    anna.sync().await;
    anna.edit(edited, "place", "Spielplatz");
    set_up_again(&backup, &mut [anna, bela, cem]);
    for id in [edited, quiet] {
        bela.edit(id, "occasion", "Zufall");
    }
    bela.sync().await;
    cem.sync().await;
    for id in [edited, quiet] {
        cem.edit(id, "text", "Gespräch am Zaun");
    }
    cem.sync().await;
    for _ in 0..2 {
        for device in [&*anna, &*bela, &*cem] {
            device.sync().await;
        }
    }
    assert_equal(anna, bela);
    assert_equal(anna, cem);
    for id in [edited, quiet] {
        assert_eq!(
            bela.field(id, "resources").as_deref(),
            Some("ein Garten"),
            "the city had lost it"
        );
        assert_eq!(bela.field(id, "occasion").as_deref(), Some("Zufall"));
        assert!(bela.body(id).contains("Gespräch am Zaun"));
    }
    assert_eq!(bela.field(edited, "place").as_deref(), Some("Spielplatz"));
}

#[tokio::test]
async fn what_the_backup_held_is_followed_by_what_came_after_it_without_a_second_version() {
    let town = Town::new();
    let (mut anna, mut bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (id, later) = (anna.note("Gespräch"), anna.note("das neueste"));
    anna.sync().await;
    bela.sync().await;
    anna.edit(later, "place", "Markt");
    anna.sync().await;
    let backup = town.backup("yesterday");
    set_up_again(&backup, &mut [&mut anna, &mut bela]);
    anna.edit(id, "place", "Spielplatz");
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(bela.field(id, "place").as_deref(), Some("Spielplatz"));
    assert!(
        !bela.body(id).contains("variants"),
        "Bela's copy is what the city built on"
    );
}

#[tokio::test]
async fn what_was_in_flight_when_the_city_was_restored_arrives_once() {
    let town = Town::new();
    let (mut anna, mut bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    let backup = town.backup("backup");
    anna.edit(id, "place", "Spielplatz");
    let fresh = anna.note("unterwegs");
    anna.net.plan([Fault::None, Fault::None, Fault::After]);
    assert!(
        anna.try_sync().await.is_err(),
        "applied, but the answer is lost, and then the city is restored"
    );
    restore(&backup, &mut [&mut anna, &mut bela]);
    anna.sync().await;
    bela.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.waiting(), 0);
    assert_eq!(bela.field(id, "place").as_deref(), Some("Spielplatz"));
    assert!(bela.record(fresh).is_some());
}

#[tokio::test]
async fn who_loses_a_district_while_the_city_is_restored_still_gives_back_what_it_lacks() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let lea = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let (mut anna, mut lea) = (town.device(person).await, town.device(lea).await);
    let held = anna.note("vor der Sicherung");
    anna.sync().await;
    let backup = town.backup("backup");
    let lost = anna.note("nach der Sicherung");
    anna.sync().await;
    let service = restore(&backup, &mut [&mut anna, &mut lea]);
    rights(&service, person, &[MELCHENDORF]);
    anna.sync().await;
    lea.sync().await;
    assert!(lea.record(lost).is_some(), "only Anna's device still had it");
    assert!(lea.record(held).is_some());
    for id in [held, lost] {
        assert!(anna.record(id).is_none(), "Anna may not see it any more");
    }
}

#[tokio::test]
async fn what_was_erased_before_the_backup_goes_from_those_who_could_only_read_it() {
    let town = Town::new();
    let lea = town.person("Lea", Role::Lead, &[RIETH]);
    let (mut lea, mut anna) = (town.device(lea).await, town.worker_device("Anna").await);
    lea.sync().await;
    let mut month = Members::default();
    month.set("month", "2026-10").expect("text");
    let id = lea.create(Kind::Month, &month);
    lea.sync().await;
    anna.sync().await;
    assert!(anna.record(id).is_some());
    admin::erase(&town.service, &[id], None, "art17_1b", "5/26").expect("erased");
    restore(&town.backup("backup"), &mut [&mut lea, &mut anna]);
    anna.sync().await;
    lea.sync().await;
    for device in [&anna, &lea] {
        let body = device.record(id).and_then(|record| record.body);
        assert!(body.is_none(), "forgetting wins, also over a new life of the city");
    }
}

#[tokio::test]
async fn a_district_gained_in_the_middle_of_a_new_beginning_is_not_dropped_at_its_end() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let lea = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let (mut anna, mut lea) = (town.device(person).await, town.device(lea).await);
    anna.sync().await;
    lea.sync().await;
    let there = lea.note("in Melchendorf");
    let district = lea.district(MELCHENDORF);
    lea.change(there, |record| record.envelope.districts = [district].into());
    lea.sync().await;
    let service = restore(&town.backup("backup"), &mut [&mut anna, &mut lea]);
    for steps in 1..200 {
        rights(&service, person, &[RIETH]);
        anna.sync().await;
        anna.store
            .write(|w| w.begin_pass(PassKind::NewEpoch))
            .expect("once more");
        // The city's word on the person changes while the pages come.
        let mut round = std::pin::pin!(anna.try_sync());
        let done = killed_after(steps, round.as_mut()).await;
        rights(&service, person, &[RIETH, MELCHENDORF]);
        if done.is_some() {
            break;
        }
        round.await.expect("the city is reached");
        anna.sync().await;
        assert!(
            anna.record(there).is_some(),
            "after {steps} steps Anna's districts are two"
        );
    }
}

#[tokio::test]
async fn a_cursor_that_expires_in_a_new_life_of_the_city_drops_nothing_it_lacks() {
    let town = Town::new();
    let (mut anna, mut bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let backup = town.backup("backup");
    let lost = anna.note("nach der Sicherung");
    anna.sync().await;
    restore(&backup, &mut [&mut anna, &mut bela]);
    anna.net.plan([Fault::None, Fault::Problem(ProblemCode::CursorExpired)]);
    anna.sync().await;
    bela.sync().await;
    assert!(
        bela.record(lost).is_some(),
        "Anna's device still had it, and gave it back"
    );
}

#[tokio::test]
async fn a_city_that_begins_anew_for_ever_is_left_alone() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.net.plan([Fault::Problem(ProblemCode::NewEpoch); 8]);
    assert!(anna.try_sync().await.is_err_and(|error| error.code() == "unavailable"));
}
