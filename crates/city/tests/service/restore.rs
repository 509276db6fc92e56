//! A city that came back from a backup: what was forgotten since is forgotten again, and devices can tell.

use crate::{
    forget::order,
    town::{Device, Town, accepted, code, text_of},
};
use city::{Error, Service, admin};
use domain::State;
use std::collections::BTreeMap;
use wire::{Backend, ChangesQuery, Outcome, ProblemCode, Token};

/// A device at the city's new life, with nothing of the old one.
pub(crate) async fn anew(service: &Service, token: Token) -> Device {
    let caller = service.caller(Some(token.clone()));
    let me = caller.me().await.expect("known");
    Device {
        epoch: me.epoch.clone(),
        me,
        caller,
        token,
        cursor: None,
        copy: BTreeMap::new(),
    }
}

#[tokio::test]
async fn a_restored_database_forgets_again_and_begins_a_new_life() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    let notes: Vec<_> = (0..4).map(|n| lea.note("Rieth").saying(&format!("Wort {n}"))).collect();
    let ids: Vec<_> = notes.iter().map(crate::town::Draft::id).collect();
    lea.push(notes.into_iter().map(|note| note.change()).collect()).await;
    let [first, erased, redacted, kept] = ids[..] else {
        unreachable!("four")
    };
    lea.caller.erase(order(first, None)).await.expect("taken");
    let backup = town.place.backup();

    anna.pull().await;
    lea.pull().await;
    let late = lea.note("Rieth").saying("nach der Sicherung");
    let (unknown, late) = (late.id(), late.change());
    accepted(&lea.push_one(late.clone()).await);
    for id in [erased, unknown] {
        lea.caller.erase(order(id, None)).await.expect("taken");
    }
    lea.caller.erase(order(redacted, Some(&["text"]))).await.expect("taken");
    admin::revoke(&town.service, anna.me.device_id).expect("revoked");
    let Town { service, place, clock } = town;
    let (before, old) = (lea.epoch.clone(), lea.cursor.clone());
    let (token, stolen) = (lea.token.clone(), anna.token.clone());
    drop((service, anna, lea));

    place.restore(&backup);
    let tried = Service::open_in(&options, clock.clone()).err();
    assert!(matches!(tried, Some(Error::Behind | Error::Elsewhere)), "{tried:?}");
    let done = admin::restored_in(&options, clock.clone()).expect("taken into use");
    assert_eq!((done.erased, done.redacted, done.revoked), (1, 1, 1));
    assert_ne!(done.epoch, before);

    let service = Service::open_in(&options, clock).expect("it is served again");
    let mut lea = anew(&service, token).await;
    let asked = ChangesQuery {
        cursor: old,
        limit: None,
    };
    assert_eq!(code(lea.caller.changes(asked).await), ProblemCode::NewEpoch);
    let anna = service.caller(Some(stolen));
    assert_eq!(
        code(anna.me().await),
        ProblemCode::Revoked,
        "a stolen device is not let in again"
    );
    let verified = admin::verify(&service).expect("verified");
    assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
    lea.pull().await;
    assert_eq!(text_of(&lea.copy[&kept]), r#"{"text":"Wort 3"}"#);
    assert!(
        !lea.copy.contains_key(&erased),
        "what is erased is nothing to begin with"
    );
    assert!(!text_of(&lea.copy[&redacted]).contains("Wort"));
    assert_eq!(
        lea.push_one(late).await,
        Outcome::Gone,
        "the backup did not know it, and it does not come back"
    );
    accepted(&lea.push_one(lea.edit(kept).saying("weiter").change()).await);
    assert_eq!(
        lea.pull().await.records,
        vec![kept],
        "the feed goes on above what was restored"
    );
    assert_eq!(lea.copy[&kept].envelope.state, State::Live);
}

#[tokio::test]
async fn a_field_that_was_redacted_after_the_backup_does_not_come_back_with_its_record() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let other = lea.note("Rieth");
    let before = other.id();
    accepted(&lea.push_one(other.change()).await);
    // Files are copied as a forgetting leaves them: nothing is in the log alone.
    lea.caller.erase(order(before, None)).await.expect("taken");
    let backup = town.place.backup();
    let note = lea.note("Rieth").saying("Frau Muster");
    let (id, held) = (note.id(), note.change());
    accepted(&lea.push_one(held.clone()).await);
    lea.caller.erase(order(id, Some(&["text"]))).await.expect("taken");
    let Town { service, place, clock } = town;
    let token = lea.token.clone();
    drop((service, lea));
    place.restore(&backup);
    admin::restored_in(&options, clock.clone()).expect("taken into use");
    let service = Service::open_in(&options, clock).expect("it is served again");
    let mut lea = anew(&service, token).await;
    assert_eq!(accepted(&lea.push_one(held.clone()).await), 1);
    lea.pull().await;
    let head = &lea.copy[&id];
    assert!(!text_of(head).contains("Muster"), "forgetting wins over giving back");
    let redacted: Vec<_> = head
        .envelope
        .redacted
        .iter()
        .map(|r| (r.field.as_str(), r.version))
        .collect();
    assert_eq!(
        (head.envelope.version, head.envelope.floor_version, redacted),
        (2, 2, vec![("text", 2)])
    );
    assert_eq!(accepted(&lea.push_one(held).await), 1, "a repeat gets the same outcome");
    accepted(&lea.push_one(lea.edit(id).saying("neu getippt").change()).await);
    let verified = admin::verify(&service).expect("verified");
    assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
}

#[tokio::test]
async fn a_second_restore_does_not_take_again_what_was_typed_since_the_first() {
    let town = Town::founded();
    let options = town.options();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let note = lea.note("Rieth").saying("Merkwort");
    let id = note.id();
    lea.push_one(note.change()).await;
    lea.caller.erase(order(id, Some(&["text"]))).await.expect("taken");
    lea.pull().await;
    accepted(&lea.push_one(lea.edit(id).saying("neu getippt").change()).await);
    let Town { service, place, clock } = town;
    let token = lea.token.clone();
    drop((service, lea));
    let mut service = None;
    for _ in 0..2 {
        drop(service.take());
        let done = admin::restored_in(&options, clock.clone()).expect("taken into use");
        assert_eq!(
            (done.erased, done.redacted, done.revoked),
            (0, 0, 0),
            "the database has it already"
        );
        service = Some(Service::open_in(&options, clock.clone()).expect("opened"));
    }
    let service = service.expect("opened");
    let caller = service.caller(Some(token));
    let page = caller.changes(ChangesQuery::default()).await.expect("a page");
    let text = page.changes.iter().find_map(|changed| match changed {
        wire::Changed::Record(head) if head.envelope.id == id => Some(text_of(head)),
        _ => None,
    });
    assert_eq!(text.as_deref(), Some(r#"{"text":"neu getippt"}"#));
    drop(place);
}
