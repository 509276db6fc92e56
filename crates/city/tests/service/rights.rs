//! Who may do what, as the city enforces it. The table itself is tried in domain.

use crate::town::{Draft, Town, accepted, code, refused};
use domain::{Kind, Reader, Role, State};
use wire::{Backend, ProblemCode, Refusal};

#[tokio::test]
async fn a_planner_answers_a_referral_and_does_nothing_else() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    town.person("Paul", "Süd e.V.", Role::Planner, &[]);
    let mut paul = town.device("Paul").await;
    anna.pull().await;
    paul.pull().await;
    let field = Reader::Field("verkehrsplanung".to_owned());
    let request = anna.draft(Kind::Request, &["Rieth"]);
    let referral = anna
        .draft(Kind::Referral, &["Rieth"])
        .with_reader(field)
        .body(r#"{"text":"Zebrastreifen fehlt","status":"sent","x":1.0}"#);
    let (request_id, id) = (request.id(), referral.id());
    for outcome in anna.push(vec![request.change(), referral.change()]).await {
        accepted(&outcome);
    }
    paul.pull().await;
    assert!(paul.copy.contains_key(&id) && !paul.copy.contains_key(&request_id));

    let reworded = paul.edit(id).body(r#"{"text":"anders","status":"answered","x":1.0}"#);
    let renumbered = paul
        .edit(id)
        .body(r#"{"text":"Zebrastreifen fehlt","status":"answered","x":1}"#);
    for draft in [
        reworded,
        renumbered,
        paul.edit(id).state(State::Trashed),
        paul.edit(id).sealed("AAAA"),
    ] {
        assert_eq!(paul.push_one(draft.change()).await, refused(Refusal::Forbidden));
    }
    let answer = r#"{"answer":"kommt 2027","text":"Zebrastreifen fehlt","status":"answered","x":1.0}"#;
    assert_eq!(accepted(&paul.push_one(paul.edit(id).body(answer).change()).await), 2);
    anna.pull().await;
    assert_eq!(crate::town::text_of(&anna.copy[&id]), answer);
}

#[tokio::test]
async fn of_their_own_card_people_set_the_public_key_and_nothing_else() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let card = anna.me.person.into();
    let with = |change: &dyn Fn(&mut domain::Members)| {
        let body = anna.copy[&card].body.as_ref().expect("a card has a body");
        let mut members = body.members().expect("an object");
        change(&mut members);
        domain::Body::from_members(&members).into_string()
    };
    let renamed = with(&|card| card.set("name", "Frau Doktor").expect("text"));
    let moved = with(&|card| {
        card.set("organisation", "018f0000-0000-7000-8000-000000000001")
            .expect("text");
    });
    let gone = with(&|card| drop(card.remove("organisation")));
    let noted = with(&|card| card.set("motto", "immer da").expect("text"));
    for body in [renamed, moved, gone, noted] {
        let outcome = anna.push_one(anna.edit(card).body(&body).change()).await;
        assert_eq!(outcome, refused(Refusal::Forbidden), "{body}");
    }
    for draft in [anna.edit(card).sealed("AAAA"), anna.edit(card).state(State::Trashed)] {
        assert_eq!(anna.push_one(draft.change()).await, refused(Refusal::Forbidden));
    }
    let key = with(&|card| card.set("public_key", "AAAA").expect("text"));
    accepted(&anna.push_one(anna.edit(card).body(&key).change()).await);
}

#[tokio::test]
async fn an_admin_sees_no_content_and_writes_the_catalogue() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    town.person("Ada", "Nord e.V.", Role::Admin, &["Rieth"]);
    let mut ada = town.device("Ada").await;
    anna.pull().await;
    anna.push_one(anna.note("Rieth").change()).await;
    ada.pull().await;
    assert!(ada.copy.values().all(|head| head.envelope.kind.is_catalogue()));
    let rieth = ada.district("Rieth").into();
    accepted(
        &ada.push_one(
            ada.edit(rieth)
                .body(r#"{"name":"Rieth-Nord","type":"ortsteil"}"#)
                .change(),
        )
        .await,
    );
    anna.pull().await;
    assert_eq!(
        anna.push_one(anna.edit(rieth).change()).await,
        refused(Refusal::Forbidden)
    );
}

#[tokio::test]
async fn a_closed_month_is_frozen_until_a_lead_reopens_it() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    lea.pull().await;
    anna.pull().await;
    let month = lea.draft(Kind::Month, &["Rieth"]).body(r#"{"cells":[1]}"#);
    let id = month.id();
    assert_eq!(
        anna.push_one(month.clone().change()).await,
        refused(Refusal::Forbidden),
        "a worker closes no month"
    );
    accepted(&lea.push_one(month.change()).await);
    lea.pull().await;
    anna.pull().await;
    assert_eq!(
        lea.push_one(lea.edit(id).body(r#"{"cells":[2]}"#).change()).await,
        refused(Refusal::Frozen)
    );
    let sneaked = lea.edit(id).body(r#"{"cells":[2]}"#).state(State::Trashed);
    assert_eq!(lea.push_one(sneaked.change()).await, refused(Refusal::Frozen));
    assert_eq!(
        anna.push_one(anna.edit(id).state(State::Deleted).change()).await,
        refused(Refusal::Forbidden)
    );
    accepted(&lea.push_one(lea.edit(id).state(State::Deleted).change()).await);
    lea.pull().await;
    let again = Draft::on(&lea.copy[&id]).state(State::Live).body(r#"{"cells":[2]}"#);
    assert_eq!(accepted(&lea.push_one(again.change()).await), 3);
}

#[tokio::test]
async fn a_withdrawn_publication_keeps_its_figures() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let publication = lea.draft(Kind::Publication, &["Rieth"]).body(r#"{"cells":[5]}"#);
    let id = publication.id();
    accepted(&lea.push_one(publication.change()).await);
    lea.pull().await;
    let altered = lea.edit(id).body(r#"{"cells":[10]}"#);
    for draft in [altered.clone(), altered.state(State::Trashed)] {
        assert_eq!(lea.push_one(draft.change()).await, refused(Refusal::Forbidden));
    }
    accepted(&lea.push_one(lea.edit(id).state(State::Trashed).change()).await);
}

#[tokio::test]
async fn devices_are_shown_to_leads_with_figures_and_to_admins_without() {
    let town = Town::founded();
    let anna = town.worker("Anna", &["Rieth"]).await;
    let lea = town.lead("Lea", &["Rieth"]).await;
    town.person("Ada", "Süd e.V.", Role::Admin, &[]);
    let ada = town.device("Ada").await;
    let report = wire::DeviceReport {
        cursor: None,
        waiting: 7,
        oldest_waiting_at: None,
        forgotten_through: None,
        wiped: false,
        app_version: "1.0".to_owned(),
    };
    anna.caller.report_state(report).await.expect("noted");
    assert_eq!(code(anna.caller.devices().await), ProblemCode::Forbidden);
    let seen = lea.caller.devices().await.expect("a list");
    let of_anna = seen
        .iter()
        .find(|seen| seen.device == anna.me.device_id)
        .expect("Anna's device");
    assert_eq!((of_anna.waiting, of_anna.seen_at.is_some()), (Some(7), true));
    assert!(
        seen.iter().all(|seen| seen.device != ada.me.device_id),
        "the own organisation only"
    );
    let seen = ada.caller.devices().await.expect("a list");
    assert!(
        seen.len() == 3
            && seen
                .iter()
                .all(|seen| seen.waiting.is_none() && seen.oldest_waiting_at.is_none())
    );
}
