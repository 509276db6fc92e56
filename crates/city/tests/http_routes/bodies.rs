//! Bodies: their type, their packing, their length.

use crate::scripted::{Served, problem, served, served_with};
use futures::{StreamExt, stream};
use std::{io::Write, time::Duration};
use wire::{MAX_PUSH_BYTES, ProblemCode as P};

const NONE: &str = r#"{"epoch":"e","changes":[]}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// A push of no changes, padded with spaces to this length.
fn padded(length: usize) -> Vec<u8> {
    let mut text = NONE.as_bytes().to_vec();
    text.resize(length, b' ');
    text
}

async fn too_large(served: &Served, request: reqwest::RequestBuilder) {
    problem(request.send().await.unwrap(), 413, P::TooLarge).await;
    assert!(served.city.pushed().is_empty(), "nothing of it reached the city");
}

#[tokio::test]
async fn a_body_must_be_json_and_say_so() {
    let served = served().await;
    let send = |content_type: &'static str, body: &'static str| {
        served
            .call("POST", "/v1/push")
            .header("Content-Type", content_type)
            .body(body)
            .send()
    };
    problem(send("text/plain", NONE).await.unwrap(), 415, P::Invalid).await;
    problem(
        served.call("POST", "/v1/push").body(NONE).send().await.unwrap(),
        415,
        P::Invalid,
    )
    .await;
    for broken in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        r#"{"epoch":"Rieth","changes":[],"more":1}"#,
        r#"{"epoch":1,"changes":[]}"#,
    ] {
        let told = problem(send("application/json", broken).await.unwrap(), 422, P::Invalid).await;
        assert!(!format!("{told:?}").contains("Rieth"), "what was sent is not quoted");
    }
    let answer = send("application/json; charset=utf-8", NONE).await.unwrap();
    assert_eq!(answer.status(), 200, "a parameter does not make it something else");
    let bytes = served.push(b"{\"epoch\":\"\xff\",\"changes\":[]}".to_vec());
    problem(bytes.send().await.unwrap(), 422, P::Invalid).await;
}

#[tokio::test]
async fn zstd_and_gzip_are_unpacked_and_anything_else_is_refused() {
    let served = served().await;
    let send = |encoding: &'static str, body: Vec<u8>| served.push(body).header("Content-Encoding", encoding).send();
    assert_eq!(send("zstd", zstd(NONE.as_bytes())).await.unwrap().status(), 200);
    assert_eq!(send("gzip", gzip(NONE.as_bytes())).await.unwrap().status(), 200);
    assert_eq!(send("identity", NONE.into()).await.unwrap().status(), 200);
    let (first, second) = NONE.split_at(9);
    let frames = [zstd(first.as_bytes()), zstd(second.as_bytes())].concat();
    assert_eq!(
        send("zstd", frames).await.unwrap().status(),
        200,
        "frames follow each other"
    );
    problem(send("br", NONE.into()).await.unwrap(), 415, P::Invalid).await;
    problem(send("gzip, zstd", NONE.into()).await.unwrap(), 415, P::Invalid).await;
    problem(send("zstd", NONE.into()).await.unwrap(), 422, P::Invalid).await;
    problem(send("gzip", NONE.into()).await.unwrap(), 422, P::Invalid).await;
    let mut cut = gzip(&padded(5_000));
    cut.truncate(cut.len() / 2);
    problem(send("gzip", cut).await.unwrap(), 422, P::Invalid).await;
}

#[tokio::test]
async fn eight_mebibytes_are_taken_and_one_byte_more_is_not() {
    let served = served().await;
    assert_eq!(served.push(padded(MAX_PUSH_BYTES)).send().await.unwrap().status(), 200);
    let packed = zstd(&padded(MAX_PUSH_BYTES));
    let answer = served
        .push(packed)
        .header("Content-Encoding", "zstd")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let answer = served.push(padded(MAX_PUSH_BYTES + 1)).send().await.unwrap();
    problem(answer, 413, P::TooLarge).await;
    assert_eq!(served.city.pushed().len(), 2);
}

#[tokio::test]
async fn a_body_that_hides_its_length_is_counted_as_it_comes() {
    let served = served().await;
    let chunks = stream::iter(
        padded(MAX_PUSH_BYTES + 1)
            .chunks(65_536)
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>(),
    );
    let body = reqwest::Body::wrap_stream(chunks.map(Ok::<_, std::io::Error>));
    too_large(&served, served.push(body)).await;
}

#[tokio::test]
async fn a_bomb_is_cut_while_it_unpacks() {
    let served = served().await;
    // A gigabyte of spaces: 32 KiB of zstd, 1 MiB of gzip.
    let spaces = vec![b' '; 16 * 1024 * 1024];
    let bomb = zstd(&spaces).repeat(64);
    assert!(bomb.len() < 200_000, "small on the wire");
    too_large(&served, served.push(bomb).header("Content-Encoding", "zstd")).await;
    let bomb = gzip(&spaces).repeat(64);
    assert!(bomb.len() < MAX_PUSH_BYTES, "small on the wire");
    too_large(&served, served.push(bomb).header("Content-Encoding", "gzip")).await;
}

#[tokio::test]
async fn frames_without_content_are_counted_too() {
    let served = served().await;
    let empty = zstd(b"").repeat(MAX_PUSH_BYTES / 9 + 1_000);
    let body = reqwest::Body::wrap_stream(stream::iter([Ok::<_, std::io::Error>(empty)]));
    too_large(&served, served.push(body).header("Content-Encoding", "zstd")).await;
}

#[tokio::test]
async fn a_window_beyond_eight_mebibytes_is_not_kept() {
    let served = served().await;
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    encoder.write_all(&padded(100_000)).unwrap();
    let answer = served
        .push(encoder.finish().unwrap())
        .header("Content-Encoding", "zstd")
        .send()
        .await
        .unwrap();
    problem(answer, 422, P::Invalid).await;
}

#[tokio::test]
async fn other_calls_take_small_bodies_only() {
    let served = served().await;
    let long = format!(r#"{{"ids":[],"ground":"{}","case_no":""}}"#, "x".repeat(300_000));
    let answer = served
        .call("POST", "/v1/erasures")
        .header("Content-Type", "application/json")
        .body(long);
    problem(answer.send().await.unwrap(), 413, P::TooLarge).await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_waited_for() {
    let served = served_with(|step| step.limits.push_time = Duration::from_millis(50)).await;
    let begun = stream::iter([Ok::<_, std::io::Error>(b"{".to_vec())]).chain(stream::pending());
    let answer = served.push(reqwest::Body::wrap_stream(begun)).send().await.unwrap();
    problem(answer, 503, P::Unavailable).await;
}
