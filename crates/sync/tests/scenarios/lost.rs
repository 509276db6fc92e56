//! Lost answers, repeats, late arrivals, and a device that is killed at any step.

use crate::{
    faulty::Fault,
    world::{Device, RIETH, Town, assert_equal, members},
};
use city::admin;
use domain::{Kind, RecordId, Role};
use std::{
    pin::{Pin, pin},
    task::{Context, Poll},
};
use sync::Counted;

/// A future that is dropped after so many polls, as a process that is killed.
struct KilledAfter<F> {
    polls: usize,
    running: F,
}

impl<F: Future + Unpin> Future for KilledAfter<F> {
    type Output = Option<F::Output>;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        Pin::new(&mut self.running).poll(context).map(Some)
    }
}

pub(crate) async fn killed_after<F: Future>(polls: usize, running: F) -> Option<F::Output> {
    let running = pin!(running);
    KilledAfter { polls, running }.await
}

async fn pair(town: &Town) -> (Device, Device, RecordId) {
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let id = anna.note("Gespräch");
    anna.sync().await;
    bela.sync().await;
    (anna, bela, id)
}

#[tokio::test]
async fn a_lost_answer_makes_no_conflict_with_oneself() {
    let town = Town::new();
    let (anna, bela, id) = pair(&town).await;
    anna.edit(id, "place", "Spielplatz");
    // me and changes go through; the push is applied, and its answer is lost.
    anna.net.plan([Fault::None, Fault::None, Fault::After]);
    assert!(anna.try_sync().await.is_err_and(|error| error.is_offline()));
    assert_eq!(anna.waiting(), 1, "its outcome is not known yet");
    anna.edit(id, "place", "Stadtteilladen");
    let done = anna.sync().await;
    assert_eq!(
        (done.pushed, done.merged, done.waiting),
        (2, 0, 0),
        "the repeat, then the later edit"
    );
    bela.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(anna.field(id, "place").as_deref(), Some("Stadtteilladen"));
    assert!(
        members(&anna.record(id).expect("there")).raw("variants").is_none(),
        "no quarrel with oneself"
    );
}

#[tokio::test]
async fn a_push_that_never_arrived_meets_what_others_did_meanwhile() {
    let town = Town::new();
    let (anna, bela, id) = pair(&town).await;
    anna.edit(id, "place", "Spielplatz");
    anna.net.plan([Fault::None, Fault::None, Fault::Before]);
    assert!(anna.try_sync().await.is_err());
    anna.edit(id, "resources", "Nachbarin hilft");
    bela.edit(id, "language", "ar");
    bela.sync().await;
    // What was in flight is repeated first and is stale by now.
    let done = anna.sync().await;
    assert_eq!((done.merged, done.waiting), (1, 0));
    bela.sync().await;
    assert_equal(&anna, &bela);
    for (field, value) in [
        ("place", "Spielplatz"),
        ("resources", "Nachbarin hilft"),
        ("language", "ar"),
    ] {
        assert_eq!(bela.field(id, field).as_deref(), Some(value), "{field} is kept");
    }
}

#[tokio::test]
async fn a_repeat_that_finds_others_went_on_does_not_undo_them() {
    let town = Town::new();
    let (anna, bela, id) = pair(&town).await;
    anna.edit(id, "place", "Spielplatz");
    anna.net.plan([Fault::None, Fault::None, Fault::After]);
    assert!(anna.try_sync().await.is_err());
    bela.sync().await;
    bela.edit(id, "place", "Stadtteilladen");
    bela.sync().await;
    anna.sync().await;
    assert_equal(&anna, &bela);
    assert_eq!(
        anna.field(id, "place").as_deref(),
        Some("Stadtteilladen"),
        "Bela had seen Anna's value"
    );
}

#[tokio::test]
async fn who_sent_an_edit_of_what_was_erased_meanwhile_is_told_once() {
    let town = Town::new();
    let (_anna, bela, id) = pair(&town).await;
    bela.edit(id, "text", "Frau Sonnenschein erzählt");
    // me and changes go through; the push never arrives.
    bela.net.plan([Fault::None, Fault::None, Fault::Before]);
    assert!(bela.try_sync().await.is_err_and(|error| error.is_offline()));
    admin::erase(&town.service, &[id], None, "art17_1b", "3/26").expect("erased");
    for _ in 0..2 {
        bela.sync().await;
        let notices = bela.store.read(|r| r.notices()).expect("readable");
        let told: Vec<_> = notices.iter().map(|n| (n.what.as_str(), n.record, &n.kind)).collect();
        assert_eq!(told, [("erased", id, &Kind::Note)]);
    }
    assert!(bela.record(id).is_none_or(|record| record.body.is_none()));
}

#[tokio::test]
async fn every_call_may_arrive_twice_or_late() {
    let town = Town::new();
    let (anna, bela, id) = pair(&town).await;
    for (n, fault) in [Fault::Twice, Fault::Late, Fault::Twice, Fault::Late]
        .into_iter()
        .enumerate()
    {
        anna.net.storm(town.dice.clone(), 0.0);
        anna.edit(id, "place", &format!("Ort {n}"));
        anna.net.plan([fault; 8]);
        anna.sync().await;
        anna.net.plan([]);
        bela.sync().await;
        assert_equal(&anna, &bela);
    }
    assert_eq!(bela.field(id, "place").as_deref(), Some("Ort 3"));
}

#[tokio::test]
async fn while_the_city_is_down_work_goes_on_and_is_sent_afterwards() {
    let town = Town::new();
    let (anna, bela, _) = pair(&town).await;
    anna.net.set_down(true);
    for n in 0..5 {
        let id = anna.note(&format!("offline {n}"));
        assert!(
            anna.try_sync()
                .await
                .is_err_and(|error| error.is_offline() && error.code() == "offline")
        );
        assert!(anna.record(id).is_some(), "what was saved is there");
    }
    assert_eq!(anna.waiting(), 5);
    anna.net.set_down(false);
    assert_eq!(anna.sync().await.pushed, 5);
    assert_eq!(bela.sync().await.pulled, 5);
    assert_equal(&anna, &bela);
}

#[tokio::test]
async fn a_round_killed_at_any_step_leaves_nothing_that_the_next_does_not_mend() {
    let town = Town::new();
    let (anna, bela, id) = pair(&town).await;
    let mut steps = 0;
    for polls in 1..200 {
        anna.edit(id, "place", &format!("Ort {polls}"));
        bela.edit(id, "resources", &format!("Hilfe {polls}"));
        let note = anna.note(&format!("Notiz {polls}"));
        bela.sync().await;
        let finished = killed_after(polls, anna.try_sync()).await.is_some();
        anna.sync().await;
        bela.sync().await;
        assert_equal(&anna, &bela);
        assert_eq!(
            bela.field(id, "place"),
            Some(format!("Ort {polls}")),
            "killed after {polls} polls"
        );
        assert_eq!(
            anna.field(id, "resources"),
            Some(format!("Hilfe {polls}")),
            "killed after {polls} polls"
        );
        assert!(bela.record(note).is_some(), "killed after {polls} polls");
        assert!(
            members(&anna.record(id).expect("there")).raw("variants").is_none(),
            "nothing was contested"
        );
        steps = polls;
        if finished {
            break;
        }
    }
    assert!(
        (5..199).contains(&steps),
        "the round had {steps} steps, and each was the last once"
    );
}

#[tokio::test]
async fn enrolment_may_be_repeated_after_a_lost_answer() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = town.notebook();
    let code = town.invite(person);
    for fault in [Fault::Before, Fault::After] {
        anna.net.plan([fault]);
        assert!(anna.enrol(&code).await.is_err_and(|error| error.is_offline()));
    }
    // Enrolled at the city, and `me` is cut.
    anna.net.plan([Fault::None, Fault::Before]);
    assert!(anna.enrol(&code).await.is_err());
    anna.enrol(&code.to_lowercase().replace('-', " "))
        .await
        .expect("the same code, typed another way");
    assert_eq!(anna.identity().person, person);
    assert!(anna.enrol(&code).await.is_err_and(|error| error.code() == "enrolled"));
    let other = town.notebook();
    assert!(
        other
            .enrol(&code)
            .await
            .is_err_and(|error| error.code() == "code_invalid"),
        "a used code makes nobody else known"
    );
    anna.sync().await;
    assert_eq!(anna.sync().await, Counted::default());
}
