//! Enrolment, revocation, leaving.

use crate::town::{Town, accepted, code};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use city::admin;
use domain::{DeviceId, Kind};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;
use wire::{Backend, ChangesQuery, DeviceReport, DeviceState, Failure, ProblemCode, PushRequest, Token};

#[tokio::test]
async fn a_lost_answer_is_given_again_and_a_used_code_to_nobody_else() {
    let town = Town::founded();
    town.person("Anna", "Nord e.V.", domain::Role::Worker, &["Rieth"]);
    let request = town.invite("Anna");
    let city = town.service.caller(None);
    let first = city.enrol(request.clone()).await.expect("enrolled");
    assert_eq!(city.enrol(request.clone()).await.expect("again"), first);
    assert_eq!(first.device_code.len(), 2);

    let other_device = wire::EnrolRequest {
        device_id: DeviceId(Uuid::now_v7()),
        ..request.clone()
    };
    let other_token = wire::EnrolRequest {
        token: town.invite("Anna").token,
        ..request.clone()
    };
    for used in [other_device, other_token] {
        assert_eq!(code(city.enrol(used).await), ProblemCode::CodeInvalid);
    }
    let unknown = wire::EnrolRequest {
        code: "0000-0000-0000".to_owned(),
        ..town.invite("Anna")
    };
    assert_eq!(code(city.enrol(unknown).await), ProblemCode::CodeInvalid);
    let taken = wire::EnrolRequest {
        device_id: request.device_id,
        ..town.invite("Anna")
    };
    assert_eq!(
        code(city.enrol(taken).await),
        ProblemCode::CodeInvalid,
        "an id is enrolled once"
    );
    let expired = town.invite("Anna");
    town.days_pass(1);
    assert_eq!(code(city.enrol(expired).await), ProblemCode::CodeInvalid);
    let weak = wire::EnrolRequest {
        token: Token("kurz".to_owned()),
        ..town.invite("Anna")
    };
    assert_eq!(code(city.enrol(weak).await), ProblemCode::Invalid);
}

#[tokio::test]
async fn devices_of_one_organisation_share_its_key_and_no_code() {
    let town = Town::founded();
    town.person("Anna", "Nord e.V.", domain::Role::Worker, &["Rieth"]);
    town.person("Berta", "Nord e.V.", domain::Role::Worker, &["Rieth"]);
    town.person("Sven", "Süd e.V.", domain::Role::Worker, &["Rieth"]);
    let city = town.service.caller(None);
    let mut answers = Vec::new();
    for name in ["Anna", "Anna", "Berta", "Sven"] {
        answers.push(city.enrol(town.invite(name)).await.expect("enrolled"));
    }
    assert!(answers[0].id_key == answers[1].id_key && answers[0].id_key == answers[2].id_key);
    assert!(answers[0].id_key != answers[3].id_key);
    let codes: std::collections::BTreeSet<_> = answers.iter().map(|answer| &answer.device_code).collect();
    assert_eq!(codes.len(), 4);
}

#[tokio::test]
async fn an_enrolled_device_stands_in_everybodys_catalogue() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let sven = {
        town.person("Sven", "Süd e.V.", domain::Role::Worker, &["Altstadt"]);
        town.device("Sven").await
    };
    anna.pull().await;
    let card = &anna.copy[&sven.me.device_id.into()];
    assert_eq!(card.envelope.kind, Kind::Device);
    let members = card.body.as_ref().expect("a body").members().expect("an object");
    assert_eq!(members.read::<String>("code"), Some(sven.me.device_code.clone()));
}

#[tokio::test]
async fn without_a_known_token_nothing_is_answered() {
    let town = Town::founded();
    for token in [
        None,
        Some(Token("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned())),
    ] {
        let caller = town.service.caller(token);
        assert_eq!(code(caller.me().await), ProblemCode::Unauthorised);
        assert_eq!(
            code(caller.changes(ChangesQuery::default()).await),
            ProblemCode::Unauthorised
        );
    }
}

#[tokio::test]
async fn a_revoked_device_gets_the_proof_and_may_still_say_that_it_wiped() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    admin::revoke(&town.service, anna.me.device_id).expect("revoked");
    let push = PushRequest {
        epoch: anna.epoch.clone(),
        changes: vec![anna.note("Rieth").change()],
    };
    let Err(Failure::Problem(problem)) = anna.caller.push(push).await else {
        panic!("a problem")
    };
    assert_eq!(problem.code, ProblemCode::Revoked);
    let key = Sha256::digest(anna.token.0.as_bytes());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
    mac.update(format!("revoked{}", anna.me.device_id).as_bytes());
    let proof = BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    assert_eq!(problem.proof, Some(proof));
    assert_eq!(
        code(anna.caller.changes(ChangesQuery::default()).await),
        ProblemCode::Revoked
    );

    let report = |wiped| DeviceReport {
        cursor: None,
        waiting: 0,
        oldest_waiting_at: None,
        forgotten_through: None,
        wiped,
        app_version: "1.0".to_owned(),
    };
    assert_eq!(
        code(anna.caller.report_state(report(false)).await),
        ProblemCode::Revoked
    );
    assert_eq!(admin::devices(&town.service).expect("a list")[0].state, "revoked");
    anna.caller.report_state(report(true)).await.expect("noted");
    assert_eq!(admin::devices(&town.service).expect("a list")[0].state, "wiped");
}

#[tokio::test]
async fn who_leaves_may_push_for_14_days_and_nothing_else() {
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    anna.pull().await;
    let (in_time, late) = (anna.note("Rieth"), anna.note("Rieth"));
    admin::leave_person(&town.service, "Anna").expect("leaving");
    assert_eq!(anna.caller.me().await.expect("known").state, DeviceState::Leaving);
    assert_eq!(
        code(anna.caller.changes(ChangesQuery::default()).await),
        ProblemCode::Forbidden
    );
    town.days_pass(14);
    accepted(&anna.push_one(in_time.change()).await);
    town.days_pass(1);
    let push = PushRequest {
        epoch: anna.epoch.clone(),
        changes: vec![late.change()],
    };
    assert_eq!(code(anna.caller.push(push).await), ProblemCode::Revoked);
    let again = admin::invite(&town.service, "Anna", Duration::from_secs(60));
    assert!(matches!(again, Err(city::Error::Invalid { field: "person", .. })));
}
