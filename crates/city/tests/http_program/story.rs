//! From an empty folder to two devices that hear of each other.

use crate::program::{Device, Program, client, enrolment, exists, token};
use serde_json::Value;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_city_is_founded_and_two_devices_exchange_a_note() {
    let program = Program::new();
    let person = program.founded();
    assert!(
        exists(&program.path("city/city.key")),
        "the key lies where the documents say"
    );
    let serving = program.serve(&[]);
    let first = Device::enrolled(&program, &serving, &person).await;
    let second = Device::enrolled(&program, &serving, &person).await;
    assert_ne!(first.enrolled["device_code"], second.enrolled["device_code"]);
    let me = first.get("/v1/me").await;
    assert_eq!(
        (me["name"].as_str(), me["role"].as_str()),
        (Some("Kim"), Some("worker"))
    );

    let rieth = first.district("Rieth").await;
    let body = r#"{ "text" : "Bänke fehlen", "n": 1.00 }"#;
    assert_eq!(first.note(&rieth, body).await["outcome"], "accepted");
    let (entries, _) = second.pulled().await;
    let note = entries
        .iter()
        .find(|entry| entry["envelope"]["kind"] == "note")
        .expect("the note arrived");
    assert_eq!(note["body"], body, "byte for byte");

    let altstadt = first.district("Altstadt").await;
    assert_eq!(
        first.note(&altstadt, "{}").await["outcome"],
        "refused",
        "not one of Kim's districts"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_device_hears_of_a_push_and_of_a_new_district_and_of_closing() {
    let program = Program::new();
    let person = program.founded();
    let mut serving = program.serve(&[]);
    let waiting = Device::enrolled(&program, &serving, &person).await;
    let writing = Device::enrolled(&program, &serving, &person).await;
    let rieth = writing.district("Rieth").await;

    let (_, cursor) = waiting.pulled().await;
    let wait = tokio::spawn(waiting.call("GET", &format!("/v1/wait?cursor={cursor}")).send());
    serving.waiting(1).await;
    writing.note(&rieth, "{}").await;
    let told: Value = serde_json::from_str(&wait.await.unwrap().unwrap().text().await.unwrap()).unwrap();
    assert_eq!(told["more"], true, "a push wakes");

    let (_, cursor) = waiting.pulled().await;
    let wait = tokio::spawn(waiting.call("GET", &format!("/v1/wait?cursor={cursor}")).send());
    serving.waiting(1).await;
    let began = Instant::now();
    program.admin(&[
        "person",
        "set",
        &person,
        "--district",
        "Rieth",
        "--district",
        "Altstadt",
    ]);
    let told: Value = serde_json::from_str(&wait.await.unwrap().unwrap().text().await.unwrap()).unwrap();
    assert_eq!(
        told["scope_changed"], true,
        "so does a change of scope by another process"
    );
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "within seconds, not at the end of the poll"
    );

    let (_, cursor) = waiting.pulled().await;
    let path = format!("/v1/wait?cursor={cursor}");
    let wait = tokio::spawn(waiting.call("GET", &path).send());
    // The call is on its way in another task: until the city has it, closing would refuse the connection.
    serving.waiting(1).await;
    let began = Instant::now();
    serving.signal("-TERM");
    assert_eq!(
        wait.await.unwrap().unwrap().status(),
        200,
        "closing answers whoever waits"
    );
    assert!(serving.ended().success());
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "the city does not sit out the 30 seconds"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once_and_a_lost_answer_may_be_asked_for_again() {
    let program = Program::new();
    let person = program.founded();
    let serving = program.serve(&[]);
    let code = program.admin(&["invite", &person, "--valid", "12h"])["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let enrol = async |body: String| {
        let call = client().post(format!("{}/v1/enrol", serving.listening));
        let answer = call
            .header("Content-Type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let body = enrolment(&code, &token());
    let first = enrol(body.clone()).await;
    assert_eq!(first.0, 200);
    assert_eq!(enrol(body).await, first, "the same three values: the same answer");
    let (status, text) = enrol(enrolment(&code, &token())).await;
    assert_eq!(status, 403);
    let unknown = enrol(enrolment("0000-0000-0000", &token())).await;
    assert_eq!((status, text), unknown, "used and unknown look alike");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_device_is_told_with_the_proof() {
    let program = Program::new();
    let person = program.founded();
    let serving = program.serve(&[]);
    let device = Device::enrolled(&program, &serving, &person).await;
    let code = device.enrolled["device_code"].as_str().unwrap();
    program.admin(&["device", "revoke", &code.to_lowercase()]);
    let answer = device.call("GET", "/v1/me").send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let problem: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(problem["code"], "revoked");
    assert!(problem["proof"].is_string());
    let state = || program.admin(&["device", "list"])[0]["state"].clone();
    assert_eq!(state(), "revoked");
    let report = r#"{"cursor":null,"waiting":0,"oldest_waiting_at":null,"forgotten_through":null,"wiped":true,"app_version":"0.1.0"}"#;
    let call = device
        .call("POST", "/v1/state")
        .header("Content-Type", "application/json");
    assert_eq!(
        call.body(report).send().await.unwrap().status(),
        204,
        "its last word is heard"
    );
    assert_eq!(state(), "wiped");
}
