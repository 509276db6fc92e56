//! The log of `city serve`.

use crate::program::{Device, Program};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn each_call_is_one_line_that_names_nobody() {
    let program = Program::new();
    let person = program.founded();
    let mut serving = program.serve(&[]);
    let device = Device::enrolled(&program, &serving, &person).await;
    let (_, cursor) = device.pulled().await;
    let rieth = device.district("Rieth").await;
    device.note(&rieth, r#"{"text":"Geheimnis"}"#).await;
    device
        .call("GET", "/v1/erasures/00000000-0000-4000-8000-00000000000c")
        .send()
        .await
        .unwrap();
    device.call("GET", "/Geheimnis?Kim").send().await.unwrap();
    serving.signal("-TERM");
    assert!(serving.ended().success());

    let log = serving.log();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let calls: Vec<_> = lines.iter().filter(|line| line["message"] == "call").collect();
    let routes: Vec<_> = calls
        .iter()
        .map(|line| (line["method"].as_str().unwrap(), line["route"].as_str().unwrap()))
        .collect();
    assert!(routes.contains(&("GET", "/v1/erasures/{id}")), "{log}");
    assert!(
        routes.contains(&("POST", "/v1/push")) && routes.contains(&("GET", "none")),
        "{log}"
    );
    assert!(
        calls.iter().all(|line| line["status"].is_u64() && line["ms"].is_u64()),
        "{log}"
    );
    let secrets = [
        "Geheimnis",
        "Kim",
        "Träger",
        "00000000000c",
        "127.0.0.1",
        &device.token,
        &cursor,
        &rieth,
        &person,
    ];
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} stands in the log: {log}");
    }
}
