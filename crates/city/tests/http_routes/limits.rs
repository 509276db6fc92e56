//! How much the city takes on, and from whom.

use crate::scripted::{Scripted, Served, problem, served, served_with};
use city::http::{Door, Doorstep, OpenError};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use wire::{Problem, ProblemCode as P};

pub(crate) fn enrolment() -> &'static str {
    r#"{"code":"0123-4567-89AB","device_id":"00000000-0000-4000-8000-000000000001",
        "token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","device_name":"Laptop","app_version":"0.1.0"}"#
}

async fn enrol(served: &Served, forwarded: &str) -> reqwest::Response {
    let call = served
        .bare("POST", "/v1/enrol")
        .header("Content-Type", "application/json");
    call.header("X-Forwarded-For", forwarded)
        .body(enrolment())
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn the_eleventh_try_of_a_minute_waits_whatever_it_claims_to_come_from() {
    let served = served().await;
    for number in 1..=10 {
        let answer = enrol(&served, &format!("192.0.2.{number}")).await;
        assert_eq!(answer.status(), 200, "try {number}");
    }
    let told: Problem = problem(enrol(&served, "192.0.2.99").await, 429, P::TooMany).await;
    assert!(
        (1..=60).contains(&told.retry_after.unwrap()),
        "it says when to come again"
    );
    assert_eq!(
        served.call("GET", "/v1/me").send().await.unwrap().status(),
        200,
        "other calls go on"
    );
}

#[tokio::test]
async fn behind_a_proxy_each_address_has_its_own_tries_up_to_the_limit_for_all() {
    let served = served_with(|step| {
        step.behind_proxy = true;
        step.limits.enrols_in_all = 13.try_into().unwrap();
    })
    .await;
    for _ in 0..10 {
        assert_eq!(enrol(&served, "192.0.2.1").await.status(), 200);
    }
    problem(enrol(&served, "192.0.2.1").await, 429, P::TooMany).await;
    for number in 2..=4 {
        assert_eq!(enrol(&served, &format!("192.0.2.{number}")).await.status(), 200);
    }
    problem(enrol(&served, "192.0.2.5").await, 429, P::TooMany).await;
}

#[tokio::test]
async fn a_connection_too_many_is_closed() {
    let served = served_with(|step| step.limits.connections = 1).await;
    let mut first = TcpStream::connect(served.url.trim_start_matches("http://"))
        .await
        .unwrap();
    first
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    let mut answer = [0; 12];
    first.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200", "the first one is served and stays open");
    served
        .bare("GET", "/healthz")
        .send()
        .await
        .expect_err("there is no place for a second one");
    drop(first);
}

#[tokio::test]
async fn a_head_that_never_ends_is_not_waited_for() {
    let served = served_with(|step| step.limits.head_time = Duration::from_millis(50)).await;
    let mut slow = TcpStream::connect(served.url.trim_start_matches("http://"))
        .await
        .unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHo").await.unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).await.expect("the city closes");
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn no_place_for_a_body_is_told_after_a_moment() {
    let served = served_with(|step| {
        step.limits.bodies = 0;
        step.limits.turn = Duration::from_millis(10);
    })
    .await;
    let told = problem(
        served.push(r#"{"epoch":"e","changes":[]}"#).send().await.unwrap(),
        503,
        P::Unavailable,
    )
    .await;
    assert!(told.retry_after.is_some());
}

#[tokio::test]
async fn the_way_from_outside_must_be_encrypted() {
    let anywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let open = async |change: fn(&mut city::http::Doorstep)| {
        let mut step = city::http::Doorstep::loopback();
        step.listen = SocketAddr::from(([0, 0, 0, 0], 0));
        change(&mut step);
        Door::open(crate::scripted::Scripted::default(), step).await
    };
    assert!(matches!(open(|_| {}).await, Err(OpenError::InTheClear(address)) if address == anywhere));
    assert!(open(|step| step.behind_proxy = true).await.is_ok());
    let figures = open(|step| {
        step.behind_proxy = true;
        step.metrics = SocketAddr::from(([0, 0, 0, 0], 0));
    });
    assert!(matches!(figures.await, Err(OpenError::MetricsOutside(_))));
}

#[tokio::test]
async fn figures_are_shown_on_their_own_address_and_name_nobody() {
    let served = served().await;
    served
        .call("GET", "/v1/erasures/00000000-0000-4000-8000-000000000000")
        .send()
        .await
        .unwrap();
    served.call("GET", "/v1/secret?name=Kim").send().await.unwrap();
    served.push(r#"{"epoch":"e","changes":[]}"#).send().await.unwrap();
    let answer = served.client.get(&served.metrics).send().await.unwrap();
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/openmetrics-text")
    );
    let text = answer.text().await.unwrap();
    assert!(
        text.contains(r#"city_calls_total{method="GET",route="/v1/erasures/{id}",status="200"} 1"#),
        "{text}"
    );
    assert!(
        text.contains(r#"city_calls_total{method="GET",route="none",status="404"} 1"#),
        "{text}"
    );
    assert!(
        text.contains("city_call_seconds_bucket") && text.contains("city_waiting_devices 0"),
        "{text}"
    );
    assert!(!text.contains("00000000") && !text.contains("Kim"), "{text}");
}

#[tokio::test]
async fn who_knocks_while_nobody_is_let_in_keeps_their_place() {
    let door = Door::open(Scripted::default(), Doorstep::loopback())
        .await
        .expect("loopback has free ports");
    let address: SocketAddr = door.url().trim_start_matches("http://").parse().unwrap();
    let mut before_the_door = Vec::new();
    for number in 1..=500 {
        // A place that there is not is asked for again and again, by the system, for minutes.
        let knocked = tokio::time::timeout(Duration::from_secs(30), TcpStream::connect(address)).await;
        before_the_door.push(
            knocked
                .unwrap_or_else(|_| panic!("number {number} has a place"))
                .unwrap(),
        );
    }
}
