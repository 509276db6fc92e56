//! Several instances of the city on one database.

use crate::{
    place::Place,
    town::{Device, Town, accepted},
};
use city::{Error, Service, admin};
use domain::MutationId;
use futures::future::join_all;
use std::thread;
use uuid::Uuid;
use wire::{Backend, Outcome};

fn second(town: &Town) -> Service {
    Service::open_in(&town.options(), town.clock.clone()).expect("opened")
}

#[tokio::test]
async fn what_one_instance_takes_wakes_who_waits_at_the_other() {
    let town = Town::founded();
    let other = second(&town);
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    town.person("Berta", "Nord e.V.", domain::Role::Worker, &["Rieth"]);
    let mut berta = town.device_at(&other, "Berta").await;
    anna.pull().await;
    berta.pull().await;
    let cursor = berta.cursor.clone().expect("a cursor");
    let (woken, ()) = tokio::join!(berta.caller.wait(cursor), async {
        accepted(&anna.push_one(anna.note("Rieth").change()).await);
    });
    assert!(woken.expect("an answer").more);
    assert_eq!(berta.pull().await.records.len(), 1);
}

#[tokio::test]
async fn rights_that_end_at_one_instance_have_ended_at_the_other() {
    let town = Town::founded();
    let other = second(&town);
    town.person("Berta", "Nord e.V.", domain::Role::Worker, &["Rieth"]);
    let mut berta = town.device_at(&other, "Berta").await;
    berta.pull().await;
    let cursor = berta.cursor.clone().expect("a cursor");
    let (woken, ()) = tokio::join!(berta.caller.wait(cursor), async {
        town.move_person("Berta", &["Altstadt"]);
    });
    assert!(woken.expect("an answer").scope_changed);
    admin::revoke(&town.service, berta.me.device_id).expect("revoked");
    assert_eq!(crate::town::code(berta.caller.me().await), wire::ProblemCode::Revoked);
}

/// Devices of one person's colleagues, half of them at each instance.
async fn colleagues(town: &Town, other: &Service, count: usize) -> Vec<Device> {
    let mut devices = Vec::new();
    for n in 0..count {
        let name = format!("Kollegin {n}");
        town.person(&name, "Nord e.V.", domain::Role::Worker, &["Rieth"]);
        let service = if n % 2 == 0 { &town.service } else { other };
        devices.push(town.device_at(service, &name).await);
    }
    for device in &mut devices {
        device.pull().await;
    }
    devices
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_edits_on_one_base_at_two_instances_one_is_taken() {
    let town = Town::founded();
    let other = second(&town);
    let mut devices = colleagues(&town, &other, 8).await;
    let note = devices[0].note("Rieth");
    let id = note.id();
    accepted(&devices[0].push_one(note.change()).await);
    for round in 0..10 {
        for device in &mut devices {
            device.pull().await;
        }
        let texts = (0..devices.len()).map(|n| format!("{round} {n}"));
        let edits: Vec<_> = devices
            .iter()
            .zip(texts)
            .map(|(device, text)| device.edit(id).saying(&text).change())
            .collect();
        let outcomes = join_all(devices.iter().zip(edits).map(|(device, edit)| device.push_one(edit))).await;
        let taken = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Accepted { .. }))
            .count();
        let stale = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Stale { .. }))
            .count();
        assert_eq!((taken, stale), (1, 7), "round {round}: {outcomes:?}");
    }
    let verified = admin::verify(&town.service).expect("verified");
    assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_import_the_same_row_one_creates_it() {
    let town = Town::founded();
    let other = second(&town);
    let devices = colleagues(&town, &other, 8).await;
    for round in 0..5 {
        let first = devices[0].note("Rieth");
        let creations = devices.iter().map(|device| {
            let mut change = first.clone().change();
            change.mutation_id = MutationId(Uuid::now_v7());
            change.envelope.owner = device.me.person;
            device.push_one(change)
        });
        let outcomes = join_all(creations).await;
        let taken = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Accepted { .. }))
            .count();
        let stale = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Stale { .. }))
            .count();
        assert_eq!((taken, stale), (1, 7), "round {round}: {outcomes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_is_sent_to_both_instances_at_once_has_the_effect_of_one() {
    let town = Town::founded();
    let other = second(&town);
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let there = other.caller(Some(anna.token.clone()));
    for _ in 0..10 {
        let change = anna.note("Rieth").change();
        let request = wire::PushRequest {
            epoch: anna.epoch.clone(),
            changes: vec![change.clone()],
        };
        let (here, there) = tokio::join!(anna.push_one(change), there.push(request));
        let there = there.expect("an answer").results.remove(0).outcome;
        assert_eq!((accepted(&here), accepted(&there)), (1, 1));
        assert_eq!(here, there, "the same instant too");
    }
    assert_eq!(anna.pull().await.records.len(), 10);
}

#[test]
fn of_several_that_found_and_open_at_once_one_makes_the_tables() {
    let place = Place::new();
    let options = place.options();
    let founded: Vec<_> = thread::scope(|scope| {
        let begun: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| admin::init(&options, "Erfurt", None)))
            .collect();
        begun.into_iter().map(|one| one.join().expect("no panic")).collect()
    });
    assert_eq!(founded.iter().filter(|one| one.is_ok()).count(), 1, "{founded:?}");
    assert!(
        founded
            .iter()
            .all(|one| matches!(one, Ok(_) | Err(Error::CityExists(_)))),
        "{founded:?}"
    );
    Service::open(&options).expect("opened");
}

#[tokio::test]
async fn digests_stay_right_when_they_are_gathered() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    for round in 0..5 {
        let note = anna.note("Rieth");
        let id = note.id();
        accepted(&anna.push_one(note.change()).await);
        anna.pull().await;
        if round % 2 == 0 {
            accepted(
                &anna
                    .push_one(anna.edit(id).state(domain::State::Deleted).change())
                    .await,
            );
        }
        town.service.gather().await.expect("gathered");
        let verified = admin::verify(&town.service).expect("verified");
        assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
    }
    let rows = "SELECT count(*) = count(DISTINCT c) FROM tally";
    assert_eq!(town.place.cluster.ask(town.place.name(), rows), "t", "one row a class");
}

#[test]
fn nobody_sees_the_password_of_a_url() {
    let options = city::LedgerOptions {
        database_url: Some(city::DatabaseUrl::new("postgres://city:geheim@127.0.0.1:1/city")),
        ..city::LedgerOptions::folder("/nowhere")
    };
    let error = Service::open(&options).err().expect("nobody listens there");
    let said = format!("{options:?} {error:?} {error}");
    assert!(matches!(error, Error::Unreachable(_)), "{said}");
    assert!(!said.contains("geheim"), "{said}");
}

const MANY_TRANSACTIONS: &str =
    "DO $$ BEGIN FOR n IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$";

#[tokio::test]
async fn the_feed_goes_on_at_a_server_that_counts_its_transactions_anew() {
    let town = Town::founded();
    town.place.cluster.ask(town.place.name(), MANY_TRANSACTIONS);
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    let backup = town.place.backup();
    let token = anna.token.clone();
    let Town {
        service,
        mut place,
        clock,
    } = town;
    drop((service, anna));
    place.restore_elsewhere(&backup);
    let options = place.options();
    assert!(matches!(
        Service::open_in(&options, clock.clone()).err(),
        Some(Error::Elsewhere)
    ));
    admin::restored_in(&options, clock.clone()).expect("taken into use");
    let service = Service::open_in(&options, clock).expect("opened");
    let mut anna = crate::restore::anew(&service, token).await;
    anna.pull().await;
    assert_eq!(anna.copy[&id].envelope.version, 1, "what was there is in the feed");
    accepted(&anna.push_one(anna.edit(id).saying("weiter").change()).await);
    assert_eq!(anna.pull().await.records, vec![id], "and what comes is after it");
}
