//! Words of records that the feed tells nothing of any more: the city says whether they are to be forgotten.

use crate::{
    faulty::Fault,
    world::{Device, MELCHENDORF, RIETH, Town},
};
use city::admin;
use domain::{Body, Kind, RecordId, Role};
use store::Draft;
use sync::Source;
use wire::ProblemCode;

/// Somebody is typing on a record, and has not finished.
fn type_draft(device: &Device, id: RecordId, text: &str) {
    let draft = Draft {
        key: format!("note:{id}"),
        record: Some(id),
        kind: Kind::Note,
        body: Body::new(format!(r#"{{"text":"{text}"}}"#)),
        base: device.record(id),
        form: None,
        at: device.dice.now(),
    };
    device.store.write(|w| w.put_draft(&draft)).expect("kept");
}

/// What rests under "Nicht übertragbar", as it was typed.
fn aside(device: &Device) -> Vec<String> {
    let entries = device.store.read(|r| r.untransferable()).expect("readable");
    let body = |entry: store::Untransferable| entry.record.body.map(Body::into_string).unwrap_or_default();
    entries.into_iter().map(body).collect()
}

fn told(device: &Device) -> Vec<String> {
    let notices = device.store.read(|r| r.notices()).expect("readable");
    notices.into_iter().map(|notice| notice.what).collect()
}

fn erase(town: &Town, id: RecordId, fields: Option<&[String]>) {
    admin::erase(&town.service, &[id], fields, "art17_1b", "1/26").expect("forgotten");
}

#[tokio::test]
async fn a_full_pull_that_does_not_show_an_erased_record_leaves_no_word_of_it() {
    let town = Town::new();
    let (anna, bela) = (town.worker_device("Anna").await, town.worker_device("Bela").await);
    let lea = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let lea = town.device(lea).await;
    let (erased, moved) = (anna.note("wird vergessen"), anna.note("zieht um"));
    anna.sync().await;
    bela.sync().await;
    lea.sync().await;
    type_draft(&bela, erased, "Frau Sonnenschein");
    type_draft(&bela, moved, "halber Satz");
    erase(&town, erased, None);
    let there = lea.district(MELCHENDORF);
    lea.change(moved, |record| record.envelope.districts = [there].into());
    lea.sync().await;
    bela.net.plan([Fault::None, Fault::Problem(ProblemCode::CursorExpired)]);
    bela.sync().await;
    assert_eq!(
        aside(&bela),
        [r#"{"text":"halber Satz"}"#],
        "what moved away is kept, what was erased is not"
    );
    assert_eq!(told(&bela), ["erased"]);
}

#[tokio::test]
async fn what_rests_as_not_transferable_goes_when_its_record_is_forgotten_elsewhere() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    let lea = town.person("Lea", Role::Lead, &[RIETH, MELCHENDORF]);
    let lea = town.device(lea).await;
    let ids = [anna.note("eins"), anna.note("zwei"), anna.note("drei")];
    anna.sync().await;
    lea.sync().await;
    let there = lea.district(MELCHENDORF);
    for id in ids {
        lea.change(id, |record| record.envelope.districts = [there].into());
        anna.edit(id, "text", "Frau Sonnenschein");
        anna.edit(id, "place", "Spielplatz");
    }
    lea.sync().await;
    assert_eq!((anna.sync().await.refused, aside(&anna).len()), (3, 3));
    let [erased, redacted, kept] = ids;
    erase(&town, erased, None);
    erase(&town, redacted, Some(&["text".to_owned()]));
    anna.sync().await;
    let left = aside(&anna);
    assert_eq!(left.len(), 2, "the erased one is gone");
    let with_the_name = left.iter().filter(|body| body.contains("Sonnenschein")).count();
    assert_eq!(
        with_the_name, 1,
        "only of the record of which nothing was forgotten: {left:?}"
    );
    assert!(left.iter().all(|body| body.contains("Spielplatz")));
    let mut what = told(&anna);
    what.sort();
    assert_eq!(what, ["erased", "redacted"]);
    anna.sync().await;
    assert_eq!(told(&anna).len(), 2, "it is told once");
    assert!(lea.record(kept).is_some());
}

#[tokio::test]
async fn an_edit_of_what_was_brought_under_lost_districts_goes_with_its_erasure() {
    let town = Town::new();
    let person = town.person("Anna", Role::Worker, &[RIETH]);
    let anna = std::sync::Arc::new(town.device(person).await);
    anna.sync().await;
    let id = anna.note("in Rieth");
    town.set_districts(person, &[MELCHENDORF]);
    // While the city takes the note under the districts of before, Anna types on.
    let typing = std::sync::Arc::clone(&anna);
    anna.net
        .during("push", move || typing.edit(id, "place", "Frau Sonnenschein"));
    anna.net
        .plan([Fault::None, Fault::None, Fault::None, Fault::None, Fault::Before]);
    let _ = anna.try_sync().await;
    assert!(anna.record(id).is_some(), "an edit still waits on it");
    erase(&town, id, None);
    anna.sync().await;
    assert_eq!((anna.waiting(), aside(&anna)), (0, Vec::new()));
    assert!(anna.record(id).is_none(), "no word of it is left");
}

#[tokio::test]
async fn a_device_that_holds_nothing_of_the_kind_asks_nothing() {
    let town = Town::new();
    let anna = town.worker_device("Anna").await;
    anna.note("hier");
    anna.sync().await;
    anna.net.take_calls();
    anna.sync().await;
    assert!(!anna.net.take_calls().contains(&"forgotten"));
}
