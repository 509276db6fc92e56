//! What the feed does not tell: who knows of a record without seeing it, and hears that it was forgotten.

use crate::{
    forget::order,
    town::{Device, Town, accepted, refused},
};
use domain::{DistrictId, RecordId};
use wire::{Backend, Forgotten, ForgottenQuery, Outcome, Refusal};

async fn told(device: &Device, ids: &[RecordId]) -> Vec<Forgotten> {
    let query = ForgottenQuery { ids: ids.to_vec() };
    device.caller.forgotten(query).await.expect("an answer").forgotten
}

fn erased(id: RecordId) -> Forgotten {
    Forgotten {
        id,
        erased: true,
        redacted: Default::default(),
    }
}

#[tokio::test]
async fn what_was_forgotten_is_told_to_whoever_knew_of_it_and_to_nobody_else() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let otto = town.worker("Otto", &["Altstadt"]).await;
    lea.pull().await;
    anna.pull().await;
    let notes: Vec<_> = (0..3).map(|_| lea.note("Rieth").saying("Frau Muster")).collect();
    let ids: Vec<_> = notes.iter().map(crate::town::Draft::id).collect();
    lea.push(notes.into_iter().map(|note| note.change()).collect()).await;
    town.move_person("Anna", &["Altstadt"]);
    assert_eq!(told(&anna, &ids).await, [], "nothing of them was forgotten");
    lea.caller.erase(order(ids[0], None)).await.expect("taken");
    lea.caller.erase(order(ids[1], Some(&["text"]))).await.expect("taken");
    let answer = told(&anna, &ids).await;
    assert_eq!(
        answer[0],
        erased(ids[0]),
        "Anna may hold words of it, and sees Rieth no more"
    );
    assert_eq!((answer.len(), answer[1].id, answer[1].erased), (2, ids[1], false));
    let fields: Vec<_> = answer[1]
        .redacted
        .iter()
        .map(|redaction| redaction.field.as_str())
        .collect();
    assert_eq!(fields, ["text"]);
    assert_eq!(
        told(&otto, &ids).await,
        [],
        "whoever never saw them does not learn that they were"
    );
    assert_eq!(told(&anna, &[RecordId(uuid::Uuid::now_v7())]).await, []);
}

#[tokio::test]
async fn whoever_brought_a_record_under_lost_districts_hears_that_it_was_erased() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let otto = town.worker("Otto", &["Altstadt"]).await;
    lea.pull().await;
    anna.pull().await;
    let note = anna.note("Rieth").saying("unterwegs geschrieben");
    let (id, edit) = (note.id(), note.clone().on_version(1).saying("und weiter").anew());
    town.move_person("Anna", &["Altstadt"]);
    accepted(&anna.push_one(note.change()).await);
    assert_eq!(
        anna.push_one(edit.clone().change()).await,
        refused(Refusal::LeftScope),
        "she knows of it, and may not see it"
    );
    lea.caller.erase(order(id, None)).await.expect("taken");
    assert_eq!(anna.push_one(edit.anew().change()).await, Outcome::Gone);
    assert_eq!(told(&anna, &[id]).await, [erased(id)]);
    assert_eq!(told(&otto, &[id]).await, []);
}

#[tokio::test]
async fn a_row_that_was_erased_with_a_colleague_is_gone_for_whoever_imports_it_elsewhere() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut otto = town.worker("Otto", &["Altstadt"]).await;
    lea.pull().await;
    otto.pull().await;
    let row = lea.note("Rieth");
    let again = otto.note("Altstadt").under(row.id());
    lea.push_one(row.clone().change()).await;
    assert_eq!(otto.push_one(again.clone().change()).await, refused(Refusal::NotFound));
    lea.caller.erase(order(row.id(), Some(&["text"]))).await.expect("taken");
    let answer = told(&otto, &[row.id()]).await;
    assert_eq!(
        (answer.len(), answer[0].redacted.len()),
        (1, 1),
        "words of the same row wait with Otto"
    );
    assert_eq!(
        otto.push_one(again.clone().anew().change()).await,
        refused(Refusal::NotFound)
    );
    lea.caller.erase(order(row.id(), None)).await.expect("taken");
    assert_eq!(otto.push_one(again.anew().change()).await, Outcome::Gone);
    assert_eq!(told(&otto, &[row.id()]).await, [erased(row.id())]);
}

#[tokio::test]
async fn whoever_was_refused_a_row_hears_what_a_colleague_s_one_forgot_and_nothing_more() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut otto = town.worker("Otto", &["Altstadt"]).await;
    lea.pull().await;
    otto.pull().await;
    let (early, late) = (lea.note("Rieth"), lea.note("Rieth"));
    let rows = [early.id(), late.id()];
    let again = rows.map(|id| otto.note("Altstadt").under(id));
    town.move_person("Otto", &[]);
    town.days_pass(31);
    lea.push_one(early.change()).await;
    for row in &again {
        // One is there by now, one is not: he is not told which.
        assert_eq!(
            otto.push_one(row.clone().change()).await,
            refused(Refusal::LeftScope),
            "too late"
        );
        assert_eq!(
            otto.push_one(row.clone().on_version(1).anew().change()).await,
            refused(Refusal::NotFound)
        );
    }
    lea.push_one(late.change()).await;
    assert_eq!(told(&otto, &rows).await, [], "nothing of them was forgotten");
    lea.caller.erase(order(rows[0], Some(&["text"]))).await.expect("taken");
    lea.caller.erase(order(rows[1], None)).await.expect("taken");
    let answer = told(&otto, &rows).await;
    let fields: Vec<_> = answer[0].redacted.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["text"], "words of the same row wait with Otto");
    assert_eq!(answer[1], erased(rows[1]));
}

#[tokio::test]
async fn what_stands_in_several_districts_may_be_brought_by_whoever_works_in_one_of_them() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    anna.pull().await;
    let altstadt: DistrictId = lea.district("Altstadt");
    let both = anna.note("Rieth").moved_to([anna.district("Rieth"), altstadt]);
    accepted(&anna.push_one(both.change()).await);
    let elsewhere = anna.note("Rieth").moved_to([altstadt]);
    assert_eq!(anna.push_one(elsewhere.change()).await, refused(Refusal::Forbidden));
}
