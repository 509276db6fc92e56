//! The feed: the catalogue first, then what is there, then what changes.

use crate::town::{Town, accepted, code};
use domain::{Kind, State};
use wire::{Backend, ChangesQuery, Cursor, MAX_CURSOR, ProblemCode};

#[tokio::test]
async fn the_catalogue_comes_first_then_what_there_is() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let (live, trashed, deleted) = (anna.note("Rieth"), anna.note("Rieth"), anna.note("Rieth"));
    let (kept, binned, gone) = (live.id(), trashed.id(), deleted.id());
    anna.push(vec![live.change(), trashed.change(), deleted.change()]).await;
    anna.pull().await;
    anna.push_one(anna.edit(binned).state(State::Trashed).change()).await;
    anna.push_one(anna.edit(gone).state(State::Deleted).change()).await;

    let mut berta = town.worker("Berta", &["Rieth"]).await;
    let pulled = berta.pull_by(50).await;
    let first_note = pulled
        .records
        .iter()
        .position(|id| berta.copy[id].envelope.kind == Kind::Note);
    let last_entry = pulled
        .records
        .iter()
        .rposition(|id| berta.copy[id].envelope.kind.is_catalogue());
    assert!(last_entry < first_note, "the catalogue first");
    assert!(berta.copy.contains_key(&kept) && berta.copy.contains_key(&binned));
    assert!(!berta.copy.contains_key(&gone), "what was deleted before is not there");
    assert_eq!(pulled.records.len(), berta.copy.len(), "nothing comes twice");
    let codes = berta
        .copy
        .values()
        .filter(|head| head.envelope.kind == Kind::Code)
        .count();
    assert!(codes > 150, "{codes} entries of code lists");
}

#[tokio::test]
async fn only_the_newest_state_comes_and_nothing_comes_again() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    anna.pull().await;
    berta.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    anna.push_one(note.change()).await;
    for text in ["zwei", "drei"] {
        anna.pull().await;
        accepted(&anna.push_one(anna.edit(id).saying(text).change()).await);
    }
    assert_eq!(berta.pull().await.records, vec![id]);
    assert_eq!(berta.copy[&id].envelope.version, 3);
    let again = berta.pull().await;
    assert_eq!((again.records, again.pages), (vec![], 1));
}

#[tokio::test]
async fn any_page_size_brings_the_same() {
    let town = Town::founded();
    let mut anna = town.lead("Lea", &["Rieth", "Altstadt", "Roter Berg"]).await;
    anna.pull().await;
    let sets: [&[&str]; 5] = [
        &["Rieth"],
        &["Altstadt"],
        &["Rieth", "Altstadt"],
        &[],
        &["Roter Berg", "Rieth"],
    ];
    let changes = (0..60)
        .map(|n| anna.draft(Kind::Task, sets[n % sets.len()]).change())
        .collect();
    for outcome in anna.push(changes).await {
        accepted(&outcome);
    }
    anna.pull().await;
    for limit in [1, 2, 7, 5_000] {
        let mut other = town.device("Lea").await;
        let pulled = other.pull_by(limit).await;
        assert_eq!(
            pulled.records.len(),
            other.copy.len(),
            "nothing twice with pages of {limit}"
        );
        anna.pull().await;
        assert_eq!(
            other.copy.keys().collect::<Vec<_>>(),
            anna.copy.keys().collect::<Vec<_>>(),
            "pages of {limit}"
        );
    }
}

#[tokio::test]
async fn a_record_written_while_one_pages_is_not_missed() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let first = anna.note("Rieth");
    let id = first.id();
    anna.push_one(first.change()).await;
    anna.pull().await;
    let mut berta = town.worker("Berta", &["Rieth"]).await;
    let mut pulled = crate::town::Pulled::default();
    let mut round = 0;
    while berta.pull_page(20, &mut pulled).await {
        // Every page of Berta's first pull is followed by a change that moves the record further on.
        round += 1;
        accepted(
            &anna
                .push_one(anna.edit(id).saying(&format!("Runde {round}")).change())
                .await,
        );
        anna.pull().await;
    }
    berta.pull().await;
    assert_eq!(berta.copy[&id], anna.copy[&id]);
}

#[tokio::test]
async fn a_cursor_is_short_and_garbage_is_refused() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let cursor = anna.cursor.clone().expect("a cursor");
    assert!(cursor.0.len() <= MAX_CURSOR && cursor.0.is_ascii());
    let ask = |cursor: &str| {
        anna.caller.changes(ChangesQuery {
            cursor: Some(Cursor(cursor.to_owned())),
            limit: None,
        })
    };
    for garbage in ["", "1.2.3", "AAAA", "ä", &"A".repeat(10_000)] {
        assert_eq!(code(ask(garbage).await), ProblemCode::Invalid, "{garbage:.20}");
    }
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let forged = |text: String| BASE64_URL_SAFE_NO_PAD.encode(text);
    assert_eq!(
        code(ask(&forged("1.other.1.5".to_owned())).await),
        ProblemCode::NewEpoch
    );
    let epoch = &anna.epoch.0;
    for beyond in [
        format!("1.{epoch}.1.99999999"),
        format!("1.{epoch}.99.1"),
        format!("1.{epoch}.0.5"),
    ] {
        let answer = ask(&forged(beyond.clone())).await;
        assert!(
            matches!(&answer, Err(f) if f.code() == Some(ProblemCode::CursorExpired)) || answer.is_ok(),
            "{beyond}"
        );
    }
}

#[tokio::test]
async fn a_foreign_cursor_grants_nothing() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let secret = lea.note("Altstadt");
    let id = secret.id();
    anna.cursor = lea.cursor.clone();
    lea.push_one(secret.change()).await;
    let pulled = anna.pull().await;
    assert!(!pulled.records.contains(&id) && !pulled.left.contains(&id));
}
