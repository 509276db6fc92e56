//! Token and protocol, compression, and what every answer carries.

use crate::scripted::{TOKEN, problem, served};
use std::io::Read;
use wire::ProblemCode as P;

const CLOSED: [(&str, &str); 10] = [
    ("GET", "/v1/me"),
    ("POST", "/v1/push"),
    ("GET", "/v1/changes"),
    ("GET", "/v1/wait?cursor=0"),
    ("POST", "/v1/state"),
    ("GET", "/v1/devices"),
    ("GET", "/v1/verify"),
    ("POST", "/v1/erasures"),
    ("POST", "/v1/forgotten"),
    ("GET", "/v1/erasures/00000000-0000-4000-8000-000000000000"),
];

#[tokio::test]
async fn a_call_without_a_known_protocol_is_told_to_update() {
    let served = served().await;
    for (method, path) in CLOSED {
        let bare = || served.bare(method, path).bearer_auth(TOKEN);
        problem(bare().send().await.unwrap(), 426, P::TooOld).await;
        for protocol in ["0", "", "one", "-1", "1.0"] {
            let answer = bare().header("Quartierbuch-Protocol", protocol).send().await.unwrap();
            problem(answer, 426, P::TooOld).await;
        }
    }
    let newer = served
        .bare("GET", "/v1/me")
        .bearer_auth(TOKEN)
        .header("Quartierbuch-Protocol", "7");
    assert_eq!(
        newer.send().await.unwrap().status(),
        200,
        "a newer device knows how to speak to an older city"
    );
}

#[tokio::test]
async fn a_call_without_a_token_is_not_answered() {
    let served = served().await;
    for (method, path) in CLOSED {
        let bare = || served.bare(method, path).header("Quartierbuch-Protocol", "1");
        let answer = bare().send().await.unwrap();
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        problem(answer, 401, P::Unauthorised).await;
        for authorization in [
            "",
            "Bearer",
            "Bearer short",
            &format!("Basic {TOKEN}"),
            &format!("Bearer {TOKEN}A"),
        ] {
            let answer = bare().header("Authorization", authorization).send().await.unwrap();
            problem(answer, 401, P::Unauthorised).await;
        }
    }
    let lower = served.bare("GET", "/v1/me").header("Quartierbuch-Protocol", "1");
    let lower = lower
        .header("Authorization", format!("bearer {TOKEN}"))
        .send()
        .await
        .unwrap();
    assert_eq!(lower.status(), 200, "schemes are written in any case");
}

#[tokio::test]
async fn the_open_calls_want_neither() {
    let served = served().await;
    for path in ["/v1/openapi.json", "/v1/schema/note", "/healthz", "/readyz"] {
        assert_eq!(served.bare("GET", path).send().await.unwrap().status(), 200, "{path}");
    }
    let enrol = served
        .bare("POST", "/v1/enrol")
        .header("Content-Type", "application/json")
        .body(crate::limits::enrolment());
    assert_eq!(enrol.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn answers_are_kept_by_nobody_on_the_way() {
    let served = served().await;
    for path in ["/v1/me", "/v1/openapi.json", "/nothing"] {
        let answer = served.call("GET", path).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn an_answer_is_packed_as_the_caller_likes_it() {
    let served = served().await;
    let plain = served
        .call("GET", "/v1/me")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    for (accepts, packed) in [("zstd", "zstd"), ("gzip", "gzip"), ("gzip, zstd", "zstd")] {
        let answer = served
            .call("GET", "/v1/me")
            .header("Accept-Encoding", accepts)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["content-encoding"], packed, "asked for {accepts}");
        let bytes = answer.bytes().await.unwrap();
        assert!(bytes.len() < plain.len());
        let mut unpacked = Vec::new();
        match packed {
            "zstd" => zstd::stream::copy_decode(&bytes[..], &mut unpacked).unwrap(),
            _ => drop(
                flate2::read::GzDecoder::new(&bytes[..])
                    .read_to_end(&mut unpacked)
                    .unwrap(),
            ),
        }
        assert_eq!(unpacked, plain);
    }
}
