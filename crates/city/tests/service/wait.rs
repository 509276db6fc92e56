//! The long poll wakes whom it concerns.

use crate::town::{Device, Town, accepted};
use city::{Service, admin};
use futures::FutureExt;
use wire::{Backend, WaitAnswer};

async fn answer(device: &Device) -> WaitAnswer {
    device
        .caller
        .wait(device.cursor.clone().expect("a cursor"))
        .await
        .expect("an answer")
}

#[tokio::test]
async fn it_answers_at_once_when_there_is_something_already() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    accepted(&anna.push_one(anna.note("Rieth").change()).await);
    assert_eq!(
        answer(&anna).await,
        WaitAnswer {
            more: true,
            scope_changed: false,
            leaving: false
        }
    );
}

#[tokio::test]
async fn it_wakes_for_the_own_scope_and_sleeps_through_others() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    let mut otto = town.worker("Otto", &["Altstadt"]).await;
    for device in [&mut anna, &mut berta, &mut otto] {
        device.pull().await;
    }
    let note = anna.note("Rieth").change();
    let mut sleeping = Box::pin(answer(&otto));
    let (woken, _) = tokio::join!(answer(&berta), async {
        // Both are polled before the push begins, so that they wait when it comes.
        assert!((&mut sleeping).now_or_never().is_none());
        accepted(&anna.push_one(note).await);
    });
    assert!(woken.more);
    for _ in 0..20 {
        tokio::task::yield_now().await;
        assert!(
            (&mut sleeping).now_or_never().is_none(),
            "nothing of Otto's was written"
        );
    }
}

#[tokio::test]
async fn it_wakes_on_scope_change_leave_and_revocation() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let (woken, ()) = tokio::join!(answer(&anna), async { town.move_person("Anna", &["Altstadt"]) });
    assert!(woken.scope_changed && woken.more);
    anna.pull().await;
    let (woken, ()) = tokio::join!(answer(&anna), async {
        admin::leave_person(&town.service, "Anna").expect("leaving");
    });
    assert!(woken.leaving);

    let mut berta = town.worker("Berta", &["Rieth"]).await;
    berta.pull().await;
    let cursor = berta.cursor.clone().expect("a cursor");
    let (woken, ()) = tokio::join!(berta.caller.wait(cursor), async {
        admin::revoke(&town.service, berta.me.device_id).expect("revoked");
    });
    assert_eq!(woken.expect_err("a problem").code(), Some(wire::ProblemCode::Revoked));
}

#[tokio::test]
async fn a_running_city_sees_what_another_process_writes() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    // Another process has connections of its own, as another service has.
    let other = Service::open(&town.options()).expect("opened");
    let change = admin::PersonChange {
        districts: Some(vec!["Altstadt".to_owned()]),
        ..Default::default()
    };
    let log = town.options().forget();
    let lines = || std::fs::read_to_string(&log).unwrap_or_default().lines().count();
    let before = lines();
    let woken = tokio::select! {
        biased;
        woken = answer(&anna) => woken,
        () = town.service.tend() => unreachable!("it tends until it is dropped"),
        () = async {
            // It notes its place after its first look: what is written now, a later look finds.
            while lines() == before {
                tokio::task::yield_now().await;
            }
            admin::set_person(&other, "Anna", &change).expect("set");
            std::future::pending::<()>().await;
        } => unreachable!("it waits for the others"),
    };
    assert!(woken.scope_changed);
}
