//! No gaps: whoever follows a cursor misses nothing of what was kept in another order than it was begun.

use crate::{
    gate::{Gate, Session, WORD},
    town::{Device, Town, accepted},
};
use futures::FutureExt;
use std::time::Duration;
use wire::Backend;

/// The database's number of the transaction that wrote a record.
fn transaction(town: &Town, id: domain::RecordId) -> u64 {
    let sql = format!("SELECT seq >> 20 FROM record WHERE id = '{id}'");
    let answer = town.place.cluster.ask(town.place.name(), &sql);
    answer.parse().expect("a number")
}

async fn three(town: &Town) -> [Device; 3] {
    let mut devices = [
        town.worker("Anna", &["Rieth"]).await,
        town.worker("Berta", &["Rieth"]).await,
        town.worker("Clara", &["Rieth"]).await,
    ];
    devices[0].pull().await;
    // The first record of a district makes a row that a second one would wait for.
    accepted(&devices[0].push_one(devices[0].note("Rieth").change()).await);
    for device in &mut devices {
        device.pull().await;
    }
    devices
}

#[tokio::test]
async fn what_is_kept_before_somebody_who_began_earlier_waits_for_them_in_the_feed() {
    let town = Town::founded();
    let [anna, berta, mut clara] = three(&town).await;
    let gate = Gate::shut(&town);
    let (slow, fast) = (anna.note("Rieth").saying(WORD), berta.note("Rieth"));
    let (earlier, later) = (slow.id(), fast.id());
    let pushing = tokio::spawn({
        let change = slow.change();
        async move { anna.push_one(change).await }
    });
    gate.awaited_by(1).await;
    accepted(&berta.push_one(fast.change()).await);

    assert_eq!(
        clara.pull().await.records,
        vec![],
        "the feed stands before Anna's change"
    );
    let before = clara.cursor.clone();
    assert_eq!(clara.pull().await.records, vec![]);
    assert_eq!(clara.cursor, before, "and no cursor goes past it");

    gate.open();
    accepted(&pushing.await.expect("pushed"));
    assert!(
        transaction(&town, earlier) < transaction(&town, later),
        "they were kept in the other order"
    );
    assert_eq!(
        clara.pull().await.records,
        vec![earlier, later],
        "in the order in which they were begun"
    );
    assert_eq!(clara.pull().await.records, vec![]);
}

#[tokio::test]
async fn what_is_kept_while_somebody_who_began_later_is_open_comes_at_once() {
    let town = Town::founded();
    let [anna, berta, mut clara] = three(&town).await;
    let gate = Gate::shut(&town);
    let (first, second) = (anna.note("Rieth"), berta.note("Rieth").saying(WORD));
    let (earlier, later) = (first.id(), second.id());
    accepted(&anna.push_one(first.change()).await);
    let pushing = tokio::spawn({
        let change = second.change();
        async move { berta.push_one(change).await }
    });
    gate.awaited_by(1).await;
    assert_eq!(clara.pull().await.records, vec![earlier]);
    gate.open();
    accepted(&pushing.await.expect("pushed"));
    assert_eq!(clara.pull().await.records, vec![later]);
}

#[tokio::test]
async fn whoever_waits_is_woken_when_the_feed_has_come_there_and_not_before() {
    let town = Town::founded();
    let [anna, berta, mut clara] = three(&town).await;
    let altstadt = town.worker("Doro", &["Altstadt"]).await;
    drop(anna);
    let mut doro = altstadt;
    doro.pull().await;
    accepted(&doro.push_one(doro.note("Altstadt").change()).await);
    clara.pull().await;
    let gate = Gate::shut(&town);
    // What holds the feed back is nothing of Clara's.
    let slow = doro.note("Altstadt").saying(WORD).change();
    let pushing = tokio::spawn(async move { doro.push_one(slow).await });
    gate.awaited_by(1).await;
    let cursor = clara.cursor.clone().expect("a cursor");
    let mut waiting = Box::pin(clara.caller.wait(cursor));
    assert!((&mut waiting).now_or_never().is_none());
    accepted(&berta.push_one(berta.note("Rieth").change()).await);
    for _ in 0..50 {
        tokio::task::yield_now().await;
        assert!(
            (&mut waiting).now_or_never().is_none(),
            "a pull would bring nothing yet"
        );
    }
    gate.open();
    accepted(&pushing.await.expect("pushed"));
    assert!(waiting.await.expect("an answer").more);
    assert_eq!(clara.pull().await.records.len(), 1);
}

#[tokio::test]
async fn a_transaction_of_somebody_else_that_holds_the_feed_back_is_noticed() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let mut other = Session::begin(&town);
    other.ask("BEGIN");
    other.ask("SELECT pg_current_xact_id()");
    accepted(&anna.push_one(anna.note("Rieth").change()).await);
    assert_eq!(anna.pull().await.records, vec![], "what came after it is not told yet");
    while town.service.held_back().is_none() {
        tokio::task::yield_now().await;
    }
    let first = town.service.held_back().expect("it stands");
    while town.service.held_back().is_some_and(|stood| stood <= first) {
        tokio::task::yield_now().await;
    }
    other.ask("ROLLBACK");
    while town.service.held_back().is_some() {
        tokio::task::yield_now().await;
    }
    assert!(first < Duration::from_secs(60), "it is counted from when it was seen");
}
