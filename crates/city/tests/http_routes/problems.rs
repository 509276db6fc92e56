//! Whatever goes wrong is told as a problem document.

use crate::scripted::{Mood, problem, served};
use std::time::Duration;
use wire::ProblemCode as P;

#[tokio::test]
async fn each_code_comes_with_its_status() {
    let served = served().await;
    let all = [
        (P::Unauthorised, 401),
        (P::Revoked, 403),
        (P::Forbidden, 403),
        (P::CodeInvalid, 403),
        (P::NotFound, 404),
        (P::NewEpoch, 409),
        (P::MovedOn, 409),
        (P::CursorExpired, 410),
        (P::TooLarge, 413),
        (P::Invalid, 422),
        (P::TooOld, 426),
        (P::TooMany, 429),
        (P::Unavailable, 503),
    ];
    for (code, status) in all {
        served.city.shall(Mood::Problem(Box::new(code.problem())));
        let answer = served.call("GET", "/v1/me").send().await.unwrap();
        let told = problem(answer, status, code).await;
        let patience = matches!(code, P::TooMany | P::Unavailable);
        assert_eq!(
            told.retry_after.is_some(),
            patience,
            "{code:?}: only what passes by itself says when"
        );
    }
}

#[tokio::test]
async fn a_revoked_device_gets_the_proof_that_the_city_made() {
    let served = served().await;
    let mut revoked = P::Revoked.problem();
    revoked.proof = Some("proof".into());
    served.city.shall(Mood::Problem(Box::new(revoked)));
    let answer = served.call("GET", "/v1/changes").send().await.unwrap();
    assert_eq!(problem(answer, 403, P::Revoked).await.proof.as_deref(), Some("proof"));
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let served = served().await;
    for path in [
        "/",
        "/v1",
        "/v1/blobs/00",
        "/v2/me",
        "/metrics",
        "/v1/me/",
        "/v1/schema/nonsense",
        "/v1/schema/No",
    ] {
        problem(served.call("GET", path).send().await.unwrap(), 404, P::NotFound).await;
    }
    for id in ["x", "%ff", "00000000-0000-4000-8000-00000000000"] {
        let answer = served.call("GET", &format!("/v1/erasures/{id}")).send().await.unwrap();
        problem(answer, 404, P::NotFound).await;
    }
}

#[tokio::test]
async fn a_wrong_query_is_invalid_and_is_not_quoted() {
    let served = served().await;
    let long = format!("/v1/changes?cursor={}", "a".repeat(513));
    for path in [
        "/v1/changes?limit=many",
        "/v1/changes?limit=-1",
        "/v1/changes?cursor=%C3%BC",
        &long,
        "/v1/wait",
        "/v1/verify?district=Rieth",
        "/v1/verify?kind=No%20te",
    ] {
        let told = problem(served.call("GET", path).send().await.unwrap(), 422, P::Invalid).await;
        assert!(
            !format!("{told:?}").contains("Rieth"),
            "a log of answers must not fill with what people asked"
        );
    }
    let answer = served
        .call("GET", &format!("/v1/changes?cursor={}", "a".repeat(512)))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "512 characters are a cursor");
}

#[tokio::test]
async fn a_panic_is_answered_and_says_nothing_of_what_was_worked_on() {
    let served = served().await;
    served.city.shall(Mood::Panics);
    let told = problem(served.call("GET", "/v1/me").send().await.unwrap(), 503, P::Unavailable).await;
    assert!(!format!("{told:?}").contains("secret"));
    served.city.shall(Mood::Well);
    assert_eq!(
        served.call("GET", "/v1/me").send().await.unwrap().status(),
        200,
        "the city goes on"
    );
}

#[tokio::test]
async fn readiness_follows_the_city_and_liveness_does_not() {
    let served = served().await;
    assert_eq!(served.bare("GET", "/readyz").send().await.unwrap().status(), 200);
    served.city.shall(Mood::NotReady);
    problem(served.bare("GET", "/readyz").send().await.unwrap(), 503, P::Unavailable).await;
    assert_eq!(served.bare("GET", "/healthz").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn readiness_says_in_words_when_devices_are_told_of_nothing_new() {
    let served = served().await;
    let ready = || async {
        let answer = served.bare("GET", "/readyz").send().await.unwrap();
        assert_eq!(answer.status(), 200, "the city answers all the same");
        assert_eq!(answer.headers()["content-type"], "application/json");
        answer.text().await.unwrap()
    };
    assert_eq!(ready().await, r#"{"status":"ready"}"#);
    served.city.shall(Mood::HeldBack(Duration::from_secs(59)));
    assert_eq!(ready().await, r#"{"status":"ready"}"#, "a long import is no trouble");
    served.city.shall(Mood::HeldBack(Duration::from_millis(61_900)));
    let told: serde_json::Value = serde_json::from_str(&ready().await).unwrap();
    let expected = serde_json::json!({"status": "ready", "warning": "feed_held_back", "seconds": 61});
    assert_eq!(told, expected);
    assert_eq!(
        served
            .bare("GET", "/healthz")
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap(),
        r#"{"status":"alive"}"#
    );
}
