//! Several devices push at once, and one of them meets a ledger that cannot take what it brings.

use crate::town::{Town, accepted};
use domain::Kind;
use wire::{Backend, Outcome, ProblemCode, PushRequest};

/// As a disk that is full does: whoever writes this word loses the whole transaction, and whatever else is in it.
const TRAP: &str = "
    CREATE TRIGGER trap BEFORE INSERT ON record WHEN NEW.body LIKE '%Fallwort%'
    BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_the_ledger_cannot_take_takes_no_other_with_it() {
    let town = Town::founded();
    let mut devices = Vec::new();
    for n in 0..24 {
        let mut device = town.worker(&format!("Person {n}"), &["Rieth"]).await;
        device.pull().await;
        devices.push(device);
    }
    town.place.damage(TRAP);
    let pushes: Vec<_> = devices
        .iter()
        .enumerate()
        .map(|(n, device)| {
            let text = if n == 12 { "Fallwort" } else { "ganz gewöhnlich" };
            let notes = [device.note("Rieth"), device.note("Rieth").saying(text)];
            let request = PushRequest {
                epoch: device.me.epoch.clone(),
                changes: notes.map(|note| note.change()).into(),
            };
            let caller = device.caller.clone();
            tokio::spawn(async move { caller.push(request).await })
        })
        .collect();
    for (n, push) in pushes.into_iter().enumerate() {
        let answered = push.await.expect("an answer");
        if n == 12 {
            let failure = answered.expect_err("it cannot be taken");
            assert_eq!(failure.code(), Some(ProblemCode::Unavailable));
        } else {
            let outcomes: Vec<Outcome> = answered
                .expect("taken")
                .results
                .into_iter()
                .map(|r| r.outcome)
                .collect();
            assert_eq!(outcomes.iter().map(accepted).collect::<Vec<_>>(), [1, 1]);
        }
    }
    devices[0].pull().await;
    let notes = devices[0].copy.values().filter(|head| head.envelope.kind == Kind::Note);
    assert_eq!(
        notes.count(),
        23 * 2,
        "what was taken is there, and nothing of what was not"
    );
}
