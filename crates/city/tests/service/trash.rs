//! The trash and what lies behind it.

use crate::town::{Draft, Town, accepted, text_of};
use domain::State;
use uuid::Uuid;
use wire::Outcome;

#[tokio::test]
async fn trash_keeps_the_body_deletion_does_not_and_an_edit_revives() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    anna.pull().await;
    accepted(&anna.push_one(anna.edit(id).state(State::Trashed).change()).await);
    anna.pull().await;
    assert!(anna.copy[&id].body.is_some(), "the trash can be emptied back");
    let old = anna.copy[&id].clone();
    accepted(&anna.push_one(anna.edit(id).state(State::Deleted).change()).await);
    anna.pull().await;
    assert_eq!(anna.copy[&id].body, None);

    let mut on_old = Draft::on(&old).saying("doch wichtig").state(State::Live);
    let Outcome::Stale { head } = anna.push_one(on_old.clone().change()).await else {
        panic!("stale")
    };
    assert_eq!(head.envelope.state, State::Deleted);
    on_old.mutation_id = domain::MutationId(Uuid::now_v7());
    assert_eq!(
        accepted(&anna.push_one(on_old.on_version(head.envelope.version).change()).await),
        4
    );
    anna.pull().await;
    assert_eq!(text_of(&anna.copy[&id]), r#"{"text":"doch wichtig"}"#);
}

#[tokio::test]
async fn the_city_empties_the_trash_after_30_days() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    anna.push_one(note.change()).await;
    anna.pull().await;
    anna.push_one(anna.edit(id).state(State::Trashed).change()).await;
    town.days_pass(20);
    anna.pull().await;
    accepted(
        &anna
            .push_one(anna.edit(id).saying("im Papierkorb bearbeitet").change())
            .await,
    );
    town.days_pass(10);
    assert_eq!(
        town.service.sweep().await.expect("swept"),
        0,
        "the thirtieth day still counts"
    );
    town.days_pass(1);
    assert_eq!(
        town.service.sweep().await.expect("swept"),
        1,
        "an edit in the trash does not begin the time anew"
    );
    anna.pull().await;
    let head = &anna.copy[&id];
    assert_eq!(
        (head.envelope.state, head.body.as_ref(), head.envelope.version),
        (State::Deleted, None, 4)
    );
}
