//! What a restored city lost comes back also from whoever may do little about it.

use crate::{
    restored::{restore, rights, set_up_again},
    world::{MELCHENDORF, RIETH, Town, assert_equal},
};
use city::admin;
use domain::Role;
use sync::Wipe;

#[tokio::test]
async fn what_stands_in_several_districts_comes_back_from_whoever_still_works_in_one_of_them() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH, MELCHENDORF]);
    let lea = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let (mut anna, mut lea) = (town.device(person).await, town.device(lea).await);
    anna.sync().await;
    let backup = town.backup("backup");
    let id = anna.note("nach der Sicherung");
    let districts = anna.identity().districts.clone();
    anna.change(id, |record| record.envelope.districts.clone_from(&districts));
    anna.sync().await;
    let service = restore(&backup, &mut [&mut anna, &mut lea]);
    rights(&service, person, &[RIETH]);
    anna.sync().await;
    lea.sync().await;
    assert_eq!(anna.waiting(), 0);
    let back = lea.record(id).expect("only Anna's device still had it");
    assert_eq!(back.envelope.districts, districts);
    assert_equal(&anna, &lea);
}

#[tokio::test]
async fn who_leaves_after_a_restore_gives_back_what_the_city_lost_before_the_wipe() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let (mut anna, mut bela) = (town.device(person).await, town.worker_device("Bela").await);
    let (edited, quiet) = (anna.note("vor der Sicherung"), anna.note("blieb so"));
    anna.sync().await;
    bela.sync().await;
    let backup = town.backup("yesterday");
    let lost = anna.note("nach der Sicherung");
    anna.edit(edited, "resources", "ein Garten");
    anna.sync().await;
    anna.edit(edited, "place", "Spielplatz");
    let service = set_up_again(&backup, &mut [&mut anna, &mut bela]);
    bela.edit(edited, "language", "ar");
    bela.sync().await;
    admin::leave_person(&service, &person.to_string()).expect("left");
    let done = anna.sync().await;
    assert_eq!((done.waiting, done.wipe), (0, Some(Wipe::Left)));
    bela.sync().await;
    assert!(bela.record(lost).is_some(), "only Anna's device still had it");
    for (field, value) in [("resources", "ein Garten"), ("place", "Spielplatz"), ("language", "ar")] {
        assert_eq!(bela.field(edited, field).as_deref(), Some(value));
    }
    assert_eq!(
        bela.record(quiet).expect("there").envelope.version,
        1,
        "the city has it"
    );
}
