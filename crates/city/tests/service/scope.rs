//! Scope: what is seen follows districts, what left is told to whom it was visible, and to nobody else.

use crate::town::{Town, accepted, refused};
use domain::{Kind, Reader, RecordId, State};
use wire::{Backend, ChangesQuery, Outcome, Refusal};

#[tokio::test]
async fn one_sees_the_own_districts_of_the_own_organisation() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let drafts = [
        (lea.draft(Kind::Note, &["Rieth"]), true),
        (lea.draft(Kind::Note, &["Altstadt"]), false),
        (lea.draft(Kind::Note, &["Rieth", "Altstadt"]), true),
        (lea.draft(Kind::Board, &[]), true),
        (lea.draft(Kind::Task, &[]), false),
    ];
    let expected: Vec<(RecordId, bool)> = drafts.iter().map(|(draft, seen)| (draft.id(), *seen)).collect();
    for outcome in lea
        .push(drafts.into_iter().map(|(draft, _)| draft.change()).collect())
        .await
    {
        accepted(&outcome);
    }
    anna.pull().await;
    for (id, seen) in expected {
        assert_eq!(anna.copy.contains_key(&id), seen);
    }
    town.person("Sven", "Süd e.V.", domain::Role::Lead, &["Rieth", "Altstadt"]);
    let mut sven = town.device("Sven").await;
    sven.pull().await;
    assert!(
        sven.copy.values().all(|head| head.envelope.kind.is_catalogue()),
        "another organisation sees nothing"
    );
}

#[tokio::test]
async fn a_move_is_told_to_whom_the_record_was_visible_and_to_nobody_else() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut otto = town.worker("Otto", &["Altstadt"]).await;
    let mut rosa = town.worker("Rosa", &["Roter Berg"]).await;
    for device in [&mut lea, &mut anna, &mut otto, &mut rosa] {
        device.pull().await;
    }
    let note = lea.note("Rieth");
    let id = note.id();
    lea.push_one(note.change()).await;
    anna.pull().await;
    lea.pull().await;
    let altstadt = lea.district("Altstadt");
    accepted(&lea.push_one(lea.edit(id).moved_to([altstadt]).change()).await);
    assert_eq!(anna.pull().await.left, vec![id], "Anna had it");
    let pulled = otto.pull().await;
    assert_eq!((pulled.records, pulled.left), (vec![id], vec![]), "Otto gets it");
    let pulled = rosa.pull().await;
    assert_eq!((pulled.records, pulled.left), (vec![], vec![]), "Rosa learns nothing");
    assert_eq!(lea.pull().await.left, vec![], "Lea still sees it");
    let mut late = town.worker("Nele", &["Rieth"]).await;
    assert_eq!(late.pull().await.left, vec![], "who came later never had it");
}

#[tokio::test]
async fn what_moved_away_before_a_district_was_gained_is_never_told() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut rosa = town.worker("Rosa", &["Roter Berg"]).await;
    lea.pull().await;
    rosa.pull().await;
    let (moved, kept) = (lea.note("Rieth"), lea.note("Rieth"));
    let (gone, stays) = (moved.id(), kept.id());
    lea.push(vec![moved.change(), kept.change()]).await;
    lea.pull().await;
    let altstadt = lea.district("Altstadt");
    accepted(&lea.push_one(lea.edit(gone).moved_to([altstadt]).change()).await);
    town.move_person("Rosa", &["Roter Berg", "Rieth"]);
    let pulled = rosa.pull().await;
    assert_eq!(pulled.left, vec![]);
    assert_eq!(pulled.records, vec![stays]);
}

#[tokio::test]
async fn gained_districts_are_paged_and_lost_ones_dropped() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let old: Vec<_> = (0..25).map(|_| lea.note("Altstadt")).collect();
    let mine = lea.note("Rieth");
    let mine_id = mine.id();
    lea.push(old.into_iter().chain([mine]).map(|draft| draft.change()).collect())
        .await;
    anna.pull().await;
    assert!(anna.copy.contains_key(&mine_id));
    town.move_person("Anna", &["Altstadt"]);

    let mut pulled = crate::town::Pulled::default();
    assert!(anna.pull_page(10, &mut pulled).await, "25 do not fit on a page of 10");
    assert!(
        !anna.copy.contains_key(&mine_id),
        "what was lost is dropped with the first page that says so"
    );
    // Cut here: a device that starts again from its cursor gets the rest, with writes in between.
    let during = lea.note("Altstadt");
    let during_id = during.id();
    lea.push_one(during.change()).await;
    while anna.pull_page(10, &mut pulled).await {}
    anna.pull().await;
    let notes = anna
        .copy
        .values()
        .filter(|head| head.envelope.kind == Kind::Note)
        .count();
    assert_eq!(notes, 26);
    assert!(anna.copy.contains_key(&during_id));
    assert_eq!(anna.pull().await.records, vec![], "afterwards it is quiet");
}

#[tokio::test]
async fn scope_that_changes_again_while_paging_begins_the_way_anew() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt", "Roter Berg"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let places = ["Rieth", "Altstadt", "Roter Berg"];
    let drafts: Vec<_> = (0..45).map(|n| lea.note(places[n % 3]).change()).collect();
    lea.push(drafts).await;
    anna.pull().await;
    town.move_person("Anna", &["Altstadt", "Roter Berg"]);
    let mut pulled = crate::town::Pulled::default();
    anna.pull_page(7, &mut pulled).await;
    lea.pull().await;
    let back = lea
        .copy
        .values()
        .find(|head| head.envelope.districts.contains(&lea.district("Rieth")));
    let back = back.expect("a note in Rieth").envelope.id;
    accepted(&lea.push_one(lea.edit(back).saying("inzwischen").change()).await);
    town.move_person("Anna", &["Rieth", "Roter Berg"]);
    anna.pull_by(7).await;
    lea.pull().await;
    let rights = anna.rights();
    for head in lea
        .copy
        .values()
        .filter(|head| domain::may(&rights, domain::Action::Read, &head.envelope))
    {
        assert_eq!(
            anna.copy.get(&head.envelope.id),
            Some(head),
            "equal scope, equal records"
        );
    }
    assert_eq!(
        anna.copy
            .values()
            .filter(|head| head.envelope.kind == Kind::Note)
            .count(),
        30
    );
}

#[tokio::test]
async fn a_record_that_left_while_its_district_was_lost_and_regained_is_told_as_left() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let note = lea.note("Rieth");
    let id = note.id();
    lea.push_one(note.change()).await;
    lea.pull().await;
    anna.pull().await;
    town.move_person("Anna", &["Roter Berg"]);
    let altstadt = lea.district("Altstadt");
    accepted(&lea.push_one(lea.edit(id).moved_to([altstadt]).change()).await);
    let unseen = lea.note("Rieth");
    let unseen_id = unseen.id();
    lea.push_one(unseen.change()).await;
    lea.pull().await;
    accepted(&lea.push_one(lea.edit(unseen_id).moved_to([altstadt]).change()).await);
    town.move_person("Anna", &["Rieth"]);
    let pulled = anna.pull().await;
    assert_eq!(
        pulled.left,
        vec![id],
        "what she held and lost, and not what passed by unseen"
    );
}

#[tokio::test]
async fn an_edit_is_taken_for_30_days_after_the_scope_ended() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let (one, two) = (anna.note("Rieth"), anna.note("Rieth"));
    let (first, second) = (one.id(), two.id());
    anna.push(vec![one.change(), two.change()]).await;
    anna.pull().await;
    let offline = [anna.edit(first).saying("unterwegs"), anna.note("Rieth").saying("neu")];
    let (late, late_new) = (anna.edit(second).saying("zu spät"), anna.note("Rieth"));
    town.move_person("Anna", &["Altstadt"]);
    town.days_pass(30);
    for draft in offline {
        accepted(&anna.push_one(draft.change()).await);
    }
    town.days_pass(1);
    for draft in [late, late_new] {
        assert_eq!(anna.push_one(draft.change()).await, refused(Refusal::LeftScope));
    }
}

#[tokio::test]
async fn a_stale_edit_out_of_scope_gets_no_head() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let (one, two) = (lea.note("Rieth"), lea.note("Rieth"));
    let (moved, edited) = (one.id(), two.id());
    lea.push(vec![one.change(), two.change()]).await;
    lea.pull().await;
    anna.pull().await;
    let altstadt = lea.district("Altstadt");
    accepted(&lea.push_one(lea.edit(moved).moved_to([altstadt]).change()).await);
    assert_eq!(
        anna.push_one(anna.edit(moved).saying("noch").change()).await,
        refused(Refusal::LeftScope)
    );
    town.move_person("Anna", &["Roter Berg"]);
    accepted(&lea.push_one(lea.edit(edited).saying("danach").change()).await);
    assert_eq!(
        anna.push_one(anna.edit(edited).saying("noch").change()).await,
        refused(Refusal::LeftScope)
    );
}

#[tokio::test]
async fn what_came_to_be_after_the_scope_ended_does_not_exist_for_the_person() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    anna.pull().await;
    town.move_person("Anna", &["Altstadt"]);
    let note = lea.note("Rieth");
    let id = note.id();
    accepted(&lea.push_one(note.change()).await);
    lea.pull().await;
    let forged = || lea.edit(id).saying("aus der Erinnerung").change();
    assert_eq!(
        anna.push_one(forged()).await,
        refused(Refusal::NotFound),
        "the old scope shows nothing that is younger than its end"
    );
    let order = wire::ErasureRequest {
        ids: vec![id],
        fields: None,
        ground: "art17_1b".to_owned(),
        case_no: "1".to_owned(),
    };
    lea.caller.erase(order).await.expect("taken");
    assert_eq!(anna.push_one(forged()).await, refused(Refusal::NotFound));
}

#[tokio::test]
async fn readers_get_what_is_opened_to_them_and_lose_it_again() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    town.person("Sven", "Süd e.V.", domain::Role::Worker, &["Altstadt"]);
    let mut sven = town.device("Sven").await;
    lea.pull().await;
    sven.pull().await;
    let board = lea
        .draft(Kind::Board, &["Rieth"])
        .with_reader(Reader::Organisation(sven.me.organisation));
    let id = board.id();
    accepted(&lea.push_one(board.change()).await);
    assert_eq!(sven.pull().await.records, vec![id]);
    assert_eq!(
        sven.push_one(sven.edit(id).saying("fremd").change()).await,
        refused(Refusal::Forbidden)
    );
    lea.pull().await;
    let mut closed = lea.edit(id);
    closed.proposal.readers.clear();
    accepted(&lea.push_one(closed.change()).await);
    assert_eq!(sven.pull().await.left, vec![id]);
    let outcome = sven
        .push_one(crate::town::Draft::on(&lea.copy[&id]).state(State::Trashed).change())
        .await;
    assert!(
        matches!(
            outcome,
            Outcome::Refused {
                code: Refusal::LeftScope
            }
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_scope_change_is_flagged_once() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    town.move_person("Anna", &["Rieth", "Altstadt"]);
    let ask = |cursor| ChangesQuery { cursor, limit: None };
    let page = anna.caller.changes(ask(anna.cursor.clone())).await.expect("a page");
    assert!(page.scope_changed);
    let page = anna.caller.changes(ask(Some(page.cursor))).await.expect("a page");
    assert!(!page.scope_changed);
}
