//! A push is answered change by change.

use crate::scripted::{Mood, problem, served};
use serde_json::{Value, json};
use wire::ProblemCode as P;

fn change(number: u32) -> Value {
    json!({
        "mutation_id": format!("00000000-0000-4000-8000-{number:012}"),
        "base_version": 0,
        "envelope": {
            "id": format!("00000000-0000-7000-8000-{number:012}"), "kind": "note", "organisation": null,
            "districts": [], "whole_organisation": true, "owner": "00000000-0000-4000-8000-000000000003",
            "confidential": false, "readers": [], "blobs": [], "retention": null, "state": "live",
        },
        "body": "{ \"text\": \"1.00\" }",
        "sealed": null,
    })
}

fn push(changes: &[Value]) -> String {
    json!({"epoch": "e", "changes": changes}).to_string()
}

#[tokio::test]
async fn a_malformed_change_is_refused_for_itself_and_the_rest_goes_on() {
    let served = served().await;
    let mut odd = change(2);
    odd["envelope"]["colour"] = json!("red");
    let mut version = change(4);
    version["base_version"] = json!(-1);
    let answer = served
        .push(push(&[change(1), odd, change(3), version]))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let results = answer["results"].as_array().unwrap();
    let outcomes: Vec<_> = results.iter().map(|r| r["outcome"].as_str().unwrap()).collect();
    assert_eq!(
        outcomes,
        ["accepted", "refused", "accepted", "refused"],
        "in the order sent"
    );
    assert_eq!(results[1]["code"], "invalid");
    assert_eq!(results[1]["mutation_id"], change(2)["mutation_id"]);
    assert_eq!(results[1]["id"], change(2)["envelope"]["id"]);
    let reached = &served.city.pushed()[0].changes;
    assert_eq!(reached.len(), 2);
    assert_eq!(
        reached[0].body.as_ref().unwrap().as_str(),
        "{ \"text\": \"1.00\" }",
        "byte for byte"
    );
}

#[tokio::test]
async fn a_push_of_malformed_changes_only_still_asks_the_city() {
    let served = served().await;
    served.city.shall(Mood::Problem(Box::new(P::NewEpoch.problem())));
    let mut odd = change(1);
    odd["envelope"]["state"] = json!("lively");
    let answer = served.push(push(&[odd])).send().await.unwrap();
    problem(answer, 409, P::NewEpoch).await;
}

#[tokio::test]
async fn a_change_without_a_name_makes_the_push_invalid() {
    let served = served().await;
    let answer = served
        .push(push(&[change(1), json!({"body": "x"})]))
        .send()
        .await
        .unwrap();
    problem(answer, 422, P::Invalid).await;
    assert!(
        served.city.pushed().is_empty(),
        "nobody would know which of the changes was meant"
    );
}

#[tokio::test]
async fn a_thousand_changes_go_and_one_more_does_not() {
    let served = served().await;
    let thousand: Vec<_> = (0..1_000).map(change).collect();
    assert_eq!(served.push(push(&thousand)).send().await.unwrap().status(), 200);
    let more: Vec<_> = (0..1_001).map(change).collect();
    problem(served.push(push(&more)).send().await.unwrap(), 413, P::TooLarge).await;
}

#[tokio::test]
async fn an_unknown_token_is_told_before_its_body_is_read() {
    let served = served().await;
    served.city.shall(Mood::Problem(Box::new(P::Unauthorised.problem())));
    let answer = served.push("not even JSON").send().await.unwrap();
    problem(answer, 401, P::Unauthorised).await;
}
