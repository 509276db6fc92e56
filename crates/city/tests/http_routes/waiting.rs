//! The long poll.

use crate::scripted::{Mood, problem, served, served_with};
use std::time::Duration;
use wire::{ProblemCode as P, WaitAnswer};

/// Returns when this many devices wait, as the figures tell.
async fn waiting(served: &crate::scripted::Served, count: u32) {
    let line = format!("city_waiting_devices {count}\n");
    loop {
        if served.figures().await.contains(&line) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whoever_waits_is_answered_at_once_when_the_city_closes() {
    let mut served = served().await;
    let waits: Vec<_> = (0..20)
        .map(|_| tokio::spawn(served.call("GET", "/v1/wait?cursor=0").send()))
        .collect();
    waiting(&served, 20).await;
    let began = std::time::Instant::now();
    served.close();
    for wait in waits {
        let answer = wait.await.unwrap().unwrap();
        assert_eq!(answer.status(), 200);
        let answer: WaitAnswer = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert_eq!(answer, WaitAnswer::default(), "nothing new is known");
    }
    served.closed().await;
    assert!(
        began.elapsed().as_secs() < 5,
        "the city does not sit out the 30 seconds"
    );
}

#[tokio::test]
async fn a_device_that_hangs_up_waits_no_longer() {
    let served = served().await;
    let wait = tokio::spawn(served.call("GET", "/v1/wait?cursor=0").send());
    waiting(&served, 1).await;
    wait.abort();
    waiting(&served, 0).await;
    let text = served
        .client
        .get(&served.metrics)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        text.contains(r#"route="/v1/wait",status="499""#),
        "it is counted all the same: {text}"
    );
}

#[tokio::test]
async fn there_is_a_bound_on_waiting_devices() {
    let served = served_with(|step| step.limits.waiters = 0).await;
    problem(
        served.call("GET", "/v1/wait?cursor=0").send().await.unwrap(),
        503,
        P::Unavailable,
    )
    .await;
}

#[tokio::test]
async fn a_wait_tells_of_revocation_like_any_call() {
    let served = served().await;
    served.city.shall(Mood::Problem(Box::new(P::Revoked.problem())));
    problem(
        served.call("GET", "/v1/wait?cursor=0").send().await.unwrap(),
        403,
        P::Revoked,
    )
    .await;
}

#[tokio::test]
async fn a_call_that_the_city_cannot_end_is_answered_all_the_same() {
    let served = served_with(|step| step.limits.call_time_in_all = Duration::from_millis(50)).await;
    problem(
        served.call("GET", "/v1/wait?cursor=0").send().await.unwrap(),
        503,
        P::Unavailable,
    )
    .await;
}
