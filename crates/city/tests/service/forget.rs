//! Forgetting: nothing comes back, devices follow, the log knows and the files do not.

use crate::town::{Device, Town, accepted, code};
use city::admin;
use domain::{Kind, Reader, RecordId, Role, State};
use uuid::Uuid;
use wire::{Backend, Cursor, DeviceReport, ErasureRequest, Outcome, ProblemCode};

pub(crate) fn order(id: RecordId, fields: Option<&[&str]>) -> ErasureRequest {
    ErasureRequest {
        ids: vec![id],
        fields: fields.map(|fields| fields.iter().map(|field| (*field).to_owned()).collect()),
        ground: "art17_1b".to_owned(),
        case_no: "2026/14".to_owned(),
    }
}

async fn confirm(device: &Device, cursor: Option<Cursor>) {
    let report = DeviceReport {
        cursor: cursor.clone(),
        waiting: 0,
        oldest_waiting_at: None,
        forgotten_through: cursor,
        wiped: false,
        app_version: "1.0".to_owned(),
    };
    device.caller.report_state(report).await.expect("noted");
}

#[tokio::test]
async fn an_erased_record_is_gone_for_every_later_push() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    anna.pull().await;
    lea.pull().await;
    let note = anna.note("Rieth").saying("Frau Muster");
    let id = note.id();
    let created = note.clone().change();
    accepted(&anna.push_one(note.change()).await);
    anna.pull().await;
    lea.caller.erase(order(id, None)).await.expect("taken");
    for change in [
        anna.edit(id).saying("noch").change(),
        anna.edit(id).on_version(2).change(),
        created.clone(),
    ] {
        assert_eq!(anna.push_one(change).await, Outcome::Gone);
    }
    let mut imported_again = created;
    imported_again.mutation_id = domain::MutationId(Uuid::now_v7());
    assert_eq!(
        anna.push_one(imported_again).await,
        Outcome::Gone,
        "an import does not bring it back"
    );
    anna.pull().await;
    let head = &anna.copy[&id];
    assert_eq!(
        (head.envelope.state, head.body.as_ref(), head.envelope.version),
        (State::Erased, None, 2)
    );
    assert_eq!(head.envelope.floor_version, 2);
    assert_eq!(head.envelope.owner.0, Uuid::nil(), "nothing of anybody stays");
    lea.caller.erase(order(id, None)).await.expect("again is no harm");
}

#[tokio::test]
async fn devices_that_may_have_held_it_confirm() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let otto = town.worker("Otto", &["Altstadt"]).await;
    anna.pull().await;
    lea.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    let before = anna.cursor.clone();
    let taken = lea.caller.erase(order(id, None)).await.expect("taken");
    let nele = town.worker("Nele", &["Rieth"]).await;
    let figures = async |device: &Device| {
        let status = device.caller.erasure(taken.id).await.expect("a status");
        (status.confirmed, status.pending)
    };
    assert_eq!(
        figures(&lea).await,
        (0, 2),
        "Anna's and Lea's; Otto never saw it, Nele came later"
    );
    confirm(&anna, before).await;
    assert_eq!(figures(&lea).await, (0, 2), "a cursor before it confirms nothing");
    anna.pull().await;
    confirm(&anna, anna.cursor.clone()).await;
    assert_eq!(figures(&lea).await, (1, 1));
    admin::revoke(&town.service, lea.me.device_id).expect("revoked");
    for other in [&anna, &otto, &nele] {
        assert_eq!(code(other.caller.erasure(taken.id).await), ProblemCode::NotFound);
    }
}

#[tokio::test]
async fn only_a_lead_forgets_and_only_what_is_the_own_organisations() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    town.person("Sven", "Süd e.V.", Role::Lead, &["Rieth"]);
    let mut sven = town.device("Sven").await;
    for device in [&mut anna, &mut lea, &mut sven] {
        device.pull().await;
    }
    let board = lea
        .draft(Kind::Board, &["Rieth"])
        .with_reader(Reader::Organisation(sven.me.organisation));
    let note = lea.note("Rieth");
    let (open, own, none) = (board.id(), note.id(), RecordId(Uuid::now_v7()));
    lea.push(vec![board.change(), note.change()]).await;
    assert_eq!(code(anna.caller.erase(order(own, None)).await), ProblemCode::Forbidden);
    assert_eq!(
        code(sven.caller.erase(order(open, None)).await),
        ProblemCode::Forbidden,
        "a reader reads"
    );
    for id in [own, none] {
        assert_eq!(
            code(sven.caller.erase(order(id, None)).await),
            ProblemCode::NotFound,
            "there and nowhere alike"
        );
    }
    let worded = ErasureRequest {
        ground: "weil Frau M. es wünscht".to_owned(),
        ..order(own, None)
    };
    assert_eq!(
        code(lea.caller.erase(worded).await),
        ProblemCode::Invalid,
        "no words in the log"
    );
    lea.pull().await;
    assert_eq!(lea.copy[&own].envelope.state, State::Live);
}

#[tokio::test]
async fn a_moved_and_erased_record_answers_gone_or_left_and_never_its_content() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth", "Altstadt"]).await;
    anna.pull().await;
    lea.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    anna.push_one(note.change()).await;
    anna.pull().await;
    lea.pull().await;
    let altstadt = lea.district("Altstadt");
    accepted(&lea.push_one(lea.edit(id).moved_to([altstadt]).change()).await);
    lea.caller.erase(order(id, None)).await.expect("taken");
    assert_eq!(
        anna.push_one(anna.edit(id).change()).await,
        Outcome::Gone,
        "whoever saw it once may still hold its words"
    );
    assert_eq!(anna.pull().await.left, vec![id]);
}

#[tokio::test]
async fn a_database_older_than_its_forget_log_is_not_served() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let (first, second) = (lea.note("Rieth"), lea.note("Rieth"));
    let (one, two) = (first.id(), second.id());
    lea.push_one(first.change()).await;
    lea.caller.erase(order(one, None)).await.expect("taken");
    let backup = town.place.backup();
    lea.push_one(second.change()).await;
    lea.caller.erase(order(two, None)).await.expect("taken");
    drop((lea, town.service));
    city::Service::open(&options).expect("the newest database opens");
    town.place.restore(&backup);
    assert!(matches!(
        city::Service::open(&options),
        Err(city::Error::Behind | city::Error::Elsewhere)
    ));
}

#[tokio::test]
async fn a_backup_from_the_moment_before_a_forgetting_is_not_served() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let (first, second) = (lea.note("Rieth"), lea.note("Rieth"));
    let (one, two) = (first.id(), second.id());
    lea.push(vec![first.change(), second.change()]).await;
    lea.caller.erase(order(one, None)).await.expect("taken");
    let backup = town.place.backup();
    lea.caller.erase(order(two, None)).await.expect("taken");
    drop((lea, town.service));
    town.place.restore(&backup);
    assert!(
        matches!(
            city::Service::open(&options),
            Err(city::Error::Behind | city::Error::Elsewhere)
        ),
        "nothing but the forgetting lies between the two"
    );
}

#[tokio::test]
async fn a_backup_from_the_moment_before_a_revocation_is_not_served() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let note = lea.note("Rieth");
    let id = note.id();
    lea.push_one(note.change()).await;
    lea.caller.erase(order(id, None)).await.expect("taken");
    let backup = town.place.backup();
    admin::revoke(&town.service, lea.me.device_id).expect("revoked");
    drop((lea, town.service));
    city::Service::open(&options).expect("the newest database opens");
    town.place.restore(&backup);
    assert!(
        matches!(
            city::Service::open(&options),
            Err(city::Error::Behind | city::Error::Elsewhere)
        ),
        "a stolen device would be let in again"
    );
}
