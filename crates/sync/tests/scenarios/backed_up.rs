//! A device that was lost and comes back from its backup.

use crate::{
    faulty::{Fault, Faulty},
    world::{Device, RIETH, Town, assert_equal},
};
use city::admin;
use domain::Role;
use std::io::Cursor;
use store::{Passphrase, Store};
use sync::{Error, enrol, round};

const PASSPHRASE: &str = "korrekt Pferd Batterie";

fn backup_of(device: &Device) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    device.store.back_up(&mut file).expect("a backup");
    file.into_inner()
}

/// The backup on another machine. The city does not know it yet.
fn restored(town: &Town, backup: &[u8]) -> Device {
    let mut device = town.notebook();
    let dir = device.store.dir().with_file_name("restored");
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    device.store = Store::restore(Cursor::new(backup), &dir, &passphrase).expect("the backup opens");
    device
}

#[tokio::test]
async fn what_waited_and_what_was_in_flight_reaches_the_city_once_from_a_new_device() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let (anna, bela) = (town.device(person).await, town.worker_device("Bela").await);
    anna.sync().await;
    let known = anna.note("übertragen");
    anna.sync().await;
    // The city takes it, and the device never hears so.
    let flying = anna.note("unterwegs");
    anna.net.plan([Fault::None, Fault::None, Fault::After]);
    assert!(anna.try_sync().await.is_err());
    let waiting = anna.note("wartet");
    let backup = backup_of(&anna);
    let (device_before, code_before) = (anna.identity().device_id, anna.identity().device_code.clone());
    // The old device goes on for a while before it is lost.
    anna.edit(known, "place", "Spielplatz");
    anna.sync().await;

    let again = restored(&town, &backup);
    let told = round(&again.store, &again.net, &again.dice).await;
    assert!(matches!(told, Err(Error::NotEnrolled)), "{told:?}");
    again.enrol(&town.invite(person)).await.expect("a new invitation");
    assert_ne!(again.identity().device_id, device_before);
    assert_ne!(again.identity().device_code, code_before, "no number is given twice");
    again.sync().await;
    bela.sync().await;
    anna.sync().await;
    assert_eq!(again.waiting(), 0);
    assert_equal(&again, &bela);
    assert_equal(&again, &anna);
    for (id, text) in [(known, "übertragen"), (flying, "unterwegs"), (waiting, "wartet")] {
        assert_eq!(bela.field(id, "text").as_deref(), Some(text));
    }
    assert_eq!(again.field(known, "place").as_deref(), Some("Spielplatz"));
    let variants = bela.all().into_iter().filter(|record| {
        let body = record.body.as_ref().map(domain::Body::as_str);
        body.is_some_and(|body| body.contains("variants"))
    });
    assert_eq!(variants.count(), 0, "nothing met itself");
}

#[tokio::test]
async fn what_was_forgotten_meanwhile_goes_with_the_first_round() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let confided = anna.note("anvertraut");
    anna.sync().await;
    let backup = backup_of(&anna);
    admin::erase(&town.service, &[confided], None, "art17_1b", "1/26").expect("erased");

    let again = restored(&town, &backup);
    again.enrol(&town.invite(person)).await.expect("a new invitation");
    again.sync().await;
    assert!(again.record(confided).is_none_or(|record| record.body.is_none()));
}

#[tokio::test]
async fn a_backup_goes_on_after_the_city_was_restored_as_well() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.device(person).await;
    anna.sync().await;
    let copy = town.backup("yesterday");
    let note = anna.note("nach der Sicherung der Stadt");
    anna.sync().await;
    let backup = backup_of(&anna);

    let service = city::Service::open(&copy).expect("the copy opens");
    let mut again = restored(&town, &backup);
    again.net = Faulty::restored(&service, "zweites Leben");
    let valid = std::time::Duration::from_secs(3_600);
    let code = admin::invite(&service, &person.to_string(), valid)
        .expect("an invitation")
        .code;
    again.enrol(&code).await.expect("the restored city takes it");
    again.sync().await;
    let mut other = town.notebook();
    other.net = Faulty::restored(&service, "zweites Leben");
    let code = admin::invite(&service, &person.to_string(), valid)
        .expect("an invitation")
        .code;
    other.enrol(&code).await.expect("the restored city takes it");
    other.sync().await;
    assert_eq!(
        other.field(note, "text").as_deref(),
        Some("nach der Sicherung der Stadt"),
        "what the city lost came back from the backup"
    );
}

#[tokio::test]
async fn somebody_elses_backup_is_not_taken_over() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let bernd = town.person("Bernd", Role::Worker, &[RIETH]);
    let again = restored(&town, &backup_of(&anna));
    let told = enrol(
        &again.store,
        &again.net,
        &town.invite(bernd),
        "Laptop",
        "0.1.0",
        &again.dice,
    )
    .await;
    assert!(matches!(told, Err(Error::OtherPerson)), "{told:?}");
}
