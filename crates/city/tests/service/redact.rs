//! Named fields go, with everything that remembers them.

use crate::{
    forget::order,
    town::{Town, accepted, text_of},
};
use domain::Kind;
use wire::{Backend, Outcome};

#[tokio::test]
async fn redaction_cuts_fields_with_their_variants_and_raises_the_floor() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    anna.pull().await;
    lea.pull().await;
    let body = r#"{"z":1.00,"text":"weg","variants":{"text":[{"id":"x","value":"auch"}]},"topics":[ "armut" ]}"#;
    let note = anna.note("Rieth").body(body).sealed("AAAA");
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    anna.pull().await;
    let old = anna.edit(id).saying("weg, auf alter Grundlage");
    lea.caller.erase(order(id, Some(&["text"]))).await.expect("taken");
    let Outcome::Stale { head } = anna.push_one(old.change()).await else {
        panic!("stale")
    };
    assert_eq!(text_of(&head), r#"{"topics":[ "armut" ],"z":1.00}"#);
    assert_eq!((head.envelope.version, head.envelope.floor_version), (2, 2));
    let redacted: Vec<_> = head
        .envelope
        .redacted
        .iter()
        .map(|r| (r.field.as_str(), r.version))
        .collect();
    assert_eq!(redacted, [("text", 2)]);
    assert!(head.sealed.is_some(), "sealed was not named");
    lea.caller.erase(order(id, Some(&["sealed"]))).await.expect("taken");
    anna.pull().await;
    assert_eq!(anna.copy[&id].sealed, None);
    assert_eq!(accepted(&anna.push_one(anna.edit(id).body("{}").change()).await), 4);
    anna.pull().await;
    assert_eq!(
        anna.copy[&id].envelope.floor_version, 3,
        "an edit keeps what the city set"
    );
    assert_eq!(anna.copy[&id].envelope.redacted.len(), 2);
}

#[tokio::test]
async fn redaction_follows_a_field_into_units_and_parts() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    anna.pull().await;
    lea.pull().await;
    let note = anna.note("Rieth").body(
        r#"{"place_kind":"home","text":"a","variants":{"place":[{"id":"x","value":{"place_kind":"door"}}],"text":[ {"id":"y","value":"b"} ]}}"#,
    );
    let request = anna.draft(Kind::Request, &["Rieth"]).body(
        r#"{"description":"Bank","steps":[{"id":"s"}],"variants":{"steps/s/what":[{"id":"x","value":"Frau Muster"}]}}"#,
    );
    let (talk, wish) = (note.id(), request.id());
    for change in [note.change(), request.change()] {
        accepted(&anna.push_one(change).await);
    }
    for (id, field) in [(talk, "place_kind"), (wish, "steps")] {
        lea.caller.erase(order(id, Some(&[field]))).await.expect("taken");
    }
    anna.pull().await;
    assert_eq!(
        text_of(&anna.copy[&talk]),
        r#"{"text":"a","variants":{"text":[ {"id":"y","value":"b"} ]}}"#
    );
    assert_eq!(text_of(&anna.copy[&wish]), r#"{"description":"Bank"}"#);
}
