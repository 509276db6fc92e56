//! The database ends in the middle, and comes back.

use crate::{
    gate::{Gate, WORD},
    town::{Town, accepted, code},
};
use city::admin;
use wire::{Backend, ProblemCode, PushRequest};

#[tokio::test]
async fn a_push_that_the_database_did_not_survive_is_repeated_and_has_the_effect_of_one() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    berta.pull().await;
    let kept = anna.note("Rieth");
    let first = kept.id();
    accepted(&anna.push_one(kept.change()).await);

    let gate = Gate::shut(&town);
    let changes = vec![anna.note("Rieth").change(), anna.note("Rieth").saying(WORD).change()];
    let request = PushRequest {
        epoch: anna.epoch.clone(),
        changes: changes.clone(),
    };
    let pushing = tokio::spawn({
        let caller = anna.caller.clone();
        async move { caller.push(request).await }
    });
    gate.awaited_by(1).await;
    town.place.cluster.kill();
    assert_eq!(code(pushing.await.expect("no panic")), ProblemCode::Unavailable);
    assert_eq!(code(berta.caller.me().await), ProblemCode::Unavailable);
    assert!(town.service.ready().await.is_err());

    town.place.cluster.start_again();
    drop(gate);
    assert_eq!(
        berta.pull().await.records,
        vec![first],
        "what was answered is there, and nothing of the rest"
    );
    for outcome in anna.push(changes.clone()).await {
        assert_eq!(accepted(&outcome), 1);
    }
    for outcome in anna.push(changes.clone()).await {
        assert_eq!(accepted(&outcome), 1, "and once more");
    }
    let ids: Vec<_> = changes.iter().map(|change| change.envelope.id).collect();
    assert_eq!(berta.pull().await.records, ids);
    let verified = admin::verify(&town.service).expect("verified");
    assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
    drop(town.service);
    city::Service::open(&town.place.options()).expect("it is not behind its forget log");
}

#[tokio::test]
async fn whoever_waits_hears_again_after_the_database_came_back() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    berta.pull().await;
    let cursor = berta.cursor.clone().expect("a cursor");
    let waiting = tokio::spawn({
        let caller = berta.caller.clone();
        async move { caller.wait(cursor).await }
    });
    town.place.cluster.kill();
    town.place.cluster.start_again();
    let note = anna.note("Rieth").change();
    accepted(&anna.push_one(note).await);
    assert!(waiting.await.expect("no panic").expect("an answer").more);
    assert_eq!(berta.pull().await.records.len(), 1);
}
