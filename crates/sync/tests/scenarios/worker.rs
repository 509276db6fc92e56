//! The background thread: it wakes on a save, when the city calls and when the network is back.

use crate::{
    faulty::Fault,
    world::{Device, Town},
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};
use store::Changes;
use sync::{Phase, Setup, Source, SyncState, Watcher, Worker};

/// Long enough for a slow machine; a test never sleeps for it, it waits for a state.
const PATIENCE: Duration = Duration::from_secs(60);

fn start(device: &Device) -> Worker {
    Worker::start(device.store.clone(), device.city(), Setup::new(device.dice.clone())).expect("a thread")
}

async fn until(worker: &Worker, what: &str, is: impl Fn(&SyncState) -> bool) -> SyncState {
    let mut states = worker.states();
    let found = tokio::time::timeout(PATIENCE, states.wait_for(|state| is(state))).await;
    found
        .unwrap_or_else(|_| panic!("never came: {what}"))
        .expect("the worker lives")
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_is_sent_and_wakes_the_other_device() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let (here, there) = (start(&anna), start(&bela));
    for worker in [&here, &there] {
        until(worker, "a first round", |state| state.last_success_at.is_some()).await;
    }
    let id = anna.note("sofort");
    here.wake();
    let sent = until(&here, "the push", |s| {
        s.rounds.front().is_some_and(|round| round.counted.pushed == 1)
    })
    .await;
    assert_eq!((sent.waiting, sent.trouble), (0, None));
    until(&there, "the pull", |s| {
        s.rounds.front().is_some_and(|round| round.counted.pulled == 1)
    })
    .await;
    assert!(bela.record(id).is_some(), "the city called");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_offline_it_says_what_waits_and_when_it_tries_again() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.net.set_down(true);
    anna.note("wartet");
    let worker = start(&anna);
    let state = until(&worker, "offline", |state| state.phase == Phase::Offline).await;
    assert_eq!((state.waiting, state.trouble), (1, Some("offline")));
    assert!(state.oldest_waiting_at.is_some() && state.next_try_at.is_some());
    anna.net.set_down(false);
    let state = until(&worker, "the push", |state| {
        state.phase == Phase::Quiet && state.waiting == 0
    })
    .await;
    assert_eq!((state.trouble, state.next_try_at), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_that_a_city_asks_for_peace_at_once_come_back_one_after_the_other() {
    const ASKED: u64 = 600;
    let town = Town::new();
    let person = town.person("Anna", domain::Role::Worker, &[crate::world::RIETH]);
    let mut tries = BTreeSet::new();
    for _ in 0..8 {
        let device = town.device(person).await;
        device.net.plan([Fault::Busy(ASKED)]);
        let began = device.dice.now().millis();
        let worker = start(&device);
        let state = until(&worker, "the answer", |state| state.next_try_at.is_some()).await;
        assert_eq!((state.phase, state.trouble), (Phase::Hindered, Some("unavailable")));
        let next = state.next_try_at.expect("it tries again").millis();
        let asked = i64::try_from(ASKED * 1_000).expect("ten minutes");
        assert!(next - began >= asked, "it heeds what the city asked for");
        // The start itself takes its time; what counts is where in the tenth after that it comes back.
        tries.insert((next - device.dice.now().millis() - asked) / 1_000);
    }
    assert!(tries.len() > 4, "they spread over a minute: {tries:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_has_the_turn_it_stands_aside() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let setup = Setup {
        turn: Box::new(|| None),
        ..Setup::new(anna.dice.clone())
    };
    let worker = Worker::start(anna.store.clone(), anna.city(), setup).expect("a thread");
    anna.net.take_calls();
    until(&worker, "standing aside", |state| state.phase == Phase::Elsewhere).await;
    assert!(anna.net.take_calls().is_empty(), "the city hears nothing from it");
}

#[derive(Default)]
struct Seen(Mutex<usize>);

impl Watcher for Seen {
    fn changed(&self, changes: &Changes) {
        let ids = changes.touched.values().map(|ids| ids.len()).sum::<usize>();
        *self.0.lock().expect("nobody panics") += ids;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_is_told_which_records_came_in() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    for n in 0..3 {
        anna.note(&format!("Notiz {n}"));
    }
    anna.sync().await;
    let seen = Arc::new(Seen::default());
    let setup = Setup {
        watcher: seen.clone(),
        ..Setup::new(bela.dice.clone())
    };
    let worker = Worker::start(bela.store.clone(), bela.city(), setup).expect("a thread");
    until(&worker, "a round", |state| state.last_success_at.is_some()).await;
    assert_eq!(*seen.0.lock().expect("nobody panics"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_the_program_even_while_it_waits() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let worker = start(&anna);
    until(&worker, "a round", |state| state.last_success_at.is_some()).await;
    let dropped = tokio::task::spawn_blocking(move || drop(worker));
    tokio::time::timeout(PATIENCE, dropped)
        .await
        .expect("in time")
        .expect("no panic");
}
