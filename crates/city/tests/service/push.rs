//! Push: compare-and-set, exactly once, each change for itself, in the order of checks.

use crate::town::{Draft, Town, accepted, code, refused, text_of};
use domain::{Body, Kind, RecordId, State};
use std::collections::BTreeSet;
use uuid::Uuid;
use wire::{Backend, Epoch, MAX_PUSH_CHANGES, Outcome, ProblemCode, PushRequest, Refusal};

#[tokio::test]
async fn a_creation_becomes_version_1_and_an_edit_on_it_version_2() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth").saying("eins");
    let id = note.id();
    assert_eq!(accepted(&anna.push_one(note.change()).await), 1);
    anna.pull().await;
    assert_eq!(accepted(&anna.push_one(anna.edit(id).saying("zwei").change()).await), 2);
    anna.pull().await;
    assert_eq!(text_of(&anna.copy[&id]), r#"{"text":"zwei"}"#);
}

#[tokio::test]
async fn a_body_comes_back_byte_for_byte() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    let body = "{\"z\": 1.00,\n \"a\":12345678901234567890123, \"neu\":{\"x\":[ ]}, \"\\u00e4\":\"\u{e4}\"}";
    let note = anna.note("Rieth").body(body);
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    berta.pull().await;
    assert_eq!(text_of(&berta.copy[&id]), body);
}

#[tokio::test]
async fn of_two_edits_on_one_base_the_second_is_stale_and_gets_the_head() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    anna.push_one(note.change()).await;
    anna.pull().await;
    berta.pull().await;
    accepted(&anna.push_one(anna.edit(id).saying("Anna").change()).await);
    let outcome = berta.push_one(berta.edit(id).saying("Berta").change()).await;
    let Outcome::Stale { head } = outcome else {
        panic!("stale, not {outcome:?}")
    };
    assert_eq!(text_of(&head), r#"{"text":"Anna"}"#);
    assert_eq!(head.envelope.version, 2);
    let merged = Draft::on(&head).saying("Anna und Berta");
    assert_eq!(accepted(&berta.push_one(merged.change()).await), 3);
}

#[tokio::test]
async fn a_repeat_has_the_effect_of_one_and_gets_the_same_outcome() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    let change = note.change();
    let first = anna.push_one(change.clone()).await;
    town.days_pass(1);
    assert_eq!(
        anna.push_one(change.clone()).await,
        first,
        "the same outcome, with the time of the first"
    );
    let both = anna.push(vec![change.clone(), change.clone()]).await;
    assert_eq!(both, vec![first.clone(), first.clone()]);
    anna.pull().await;
    assert_eq!(anna.copy[&id].envelope.version, 1, "no second effect");

    accepted(&anna.push_one(anna.edit(id).saying("weiter").change()).await);
    let Outcome::Accepted {
        version: 1,
        head: Some(head),
        ..
    } = anna.push_one(change.clone()).await
    else {
        panic!("a repeat learns that the record moved on")
    };
    assert_eq!(head.envelope.version, 2);

    let mut other = change;
    other.body = Some(Body::new("{}".to_owned()));
    assert_eq!(
        anna.push_one(other).await,
        refused(Refusal::Invalid),
        "other content under a known id"
    );
}

#[tokio::test]
async fn a_repeat_shows_no_head_that_is_out_of_scope_now() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lead = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    anna.pull().await;
    lead.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    let change = note.change();
    accepted(&anna.push_one(change.clone()).await);
    lead.pull().await;
    let altstadt = lead.district("Altstadt");
    accepted(&lead.push_one(lead.edit(id).moved_to([altstadt]).change()).await);
    let Outcome::Accepted {
        version: 1, head: None, ..
    } = anna.push_one(change).await
    else {
        panic!("accepted as before, without a head")
    };
}

#[tokio::test]
async fn one_bad_change_stops_nothing() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let bad = [
        (anna.note("Rieth").body("[]"), Refusal::Invalid),
        (anna.note("Rieth").body(r#"{"a":1,"a":2}"#), Refusal::Invalid),
        (anna.note("Rieth").body(r#"{"a":"\u0000"}"#), Refusal::Invalid),
        (
            anna.note("Rieth")
                .body(&format!(r#"{{"a":"{}"}}"#, "x".repeat(256 * 1024))),
            Refusal::TooLarge,
        ),
        (anna.note("Rieth").moved_to([]), Refusal::Invalid),
        (anna.note("Rieth").state(State::Erased), Refusal::Invalid),
        (anna.note("Rieth").sealed("kein base64!"), Refusal::Invalid),
        (anna.note("Rieth").on_version(7), Refusal::NotFound),
        (anna.note("Altstadt"), Refusal::Forbidden),
    ];
    for (draft, expected) in bad {
        let (before, after) = (anna.note("Rieth"), anna.note("Rieth"));
        let outcomes = anna.push(vec![before.change(), draft.change(), after.change()]).await;
        accepted(&outcomes[0]);
        assert_eq!(outcomes[1], refused(expected));
        accepted(&outcomes[2]);
    }
}

#[tokio::test]
async fn changes_of_one_push_build_on_each_other() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth").saying("eins");
    let id = note.id();
    let mut second = note.clone().on_version(1).saying("zwei");
    second.mutation_id = domain::MutationId(Uuid::now_v7());
    let mut late = note.clone().on_version(1).saying("zu spät");
    late.mutation_id = domain::MutationId(Uuid::now_v7());
    let outcomes = anna.push(vec![note.change(), second.change(), late.change()]).await;
    assert_eq!((accepted(&outcomes[0]), accepted(&outcomes[1])), (1, 2));
    let Outcome::Stale { head } = &outcomes[2] else {
        panic!("stale")
    };
    assert_eq!(text_of(head), r#"{"text":"zwei"}"#);
    anna.pull().await;
    assert_eq!(anna.copy[&id].envelope.version, 2);
}

#[tokio::test]
async fn a_push_names_its_epoch_and_holds_at_most_a_thousand() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let push = |epoch: &Epoch, count: usize| {
        let changes = (0..count).map(|_| anna.note("Rieth").change()).collect();
        anna.caller.push(PushRequest {
            epoch: epoch.clone(),
            changes,
        })
    };
    let other = Epoch("another".to_owned());
    assert_eq!(code(push(&other, 1).await), ProblemCode::NewEpoch);
    assert_eq!(
        code(push(&anna.epoch, MAX_PUSH_CHANGES + 1).await),
        ProblemCode::TooLarge
    );
    assert_eq!(
        push(&anna.epoch, MAX_PUSH_CHANGES).await.expect("taken").results.len(),
        MAX_PUSH_CHANGES
    );
}

#[tokio::test]
async fn owner_and_kind_never_change() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    anna.push_one(note.change()).await;
    anna.pull().await;
    let mut owned = anna.edit(id);
    owned.proposal.owner = domain::PersonId(Uuid::now_v7());
    let mut other = anna.edit(id);
    other.proposal.kind = Kind::Task;
    for draft in [owned, other] {
        assert_eq!(anna.push_one(draft.change()).await, refused(Refusal::Invalid));
    }
}

#[tokio::test]
async fn unknown_kinds_and_fields_travel_unharmed() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    let draft = anna
        .draft(Kind::Other("umfrage".to_owned()), &["Rieth"])
        .body(r#"{"frage":{"tief":[1.50]}}"#);
    let id = draft.id();
    accepted(&anna.push_one(draft.change()).await);
    berta.pull().await;
    assert_eq!(text_of(&berta.copy[&id]), r#"{"frage":{"tief":[1.50]}}"#);
    assert_eq!(berta.copy[&id].envelope.kind.as_str(), "umfrage");
}

#[tokio::test]
async fn an_id_of_somebody_else_cannot_be_occupied_or_probed() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut outsider = town.worker("Otto", &["Altstadt"]).await;
    anna.pull().await;
    outsider.pull().await;
    let note = anna.note("Rieth");
    let (there, nowhere) = (note.id(), RecordId(Uuid::now_v7()));
    accepted(&anna.push_one(note.change()).await);
    let tries: [fn(Draft) -> Draft; 3] = [
        |draft| draft.on_version(1),
        |draft| draft.on_version(9),
        |draft| draft.on_version(1).state(State::Deleted),
    ];
    for attempt in tries {
        let mut outcomes = BTreeSet::new();
        for id in [there, nowhere] {
            outcomes.insert(format!(
                "{:?}",
                outsider
                    .push_one(attempt(outsider.note("Altstadt")).under(id).change())
                    .await
            ));
        }
        assert_eq!(outcomes.len(), 1, "there and nowhere answer alike: {outcomes:?}");
    }
    for id in [there, nowhere] {
        let foreign = outsider.note("Rieth").under(id);
        assert_eq!(outsider.push_one(foreign.change()).await, refused(Refusal::Forbidden));
    }
    anna.pull().await;
    assert_eq!(anna.copy[&there].envelope.version, 1);
}
