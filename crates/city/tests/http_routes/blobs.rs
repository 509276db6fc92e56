//! Attachments over HTTP: where pieces belong, how much of a body is read, what an answer says.

use crate::scripted::{BLOB, Mood, Served, problem, served, served_with};
use std::time::Duration;
use wire::{BlobHeld, BlobPiece, ProblemCode as P};

fn address() -> String {
    let hash = "ab".repeat(32);
    format!("/v1/blobs/{hash}?record=00000000-0000-4000-8000-000000000000")
}

fn put(served: &Served, range: Option<&str>, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
    let call = served
        .call("PUT", &address())
        .header("Content-Type", "application/octet-stream")
        .body(body);
    match range {
        Some(range) => call.header("Content-Range", range),
        None => call,
    }
}

#[tokio::test]
async fn a_piece_says_where_it_belongs_and_the_answer_where_to_go_on() {
    let served = served().await;
    let answer = put(&served, Some("bytes 2-4/10"), "abc").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let held: BlobHeld = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!((held.held, held.total), (5, Some(10)));
    assert!(put(&served, None, "whole").send().await.unwrap().status().is_success());
    let piece = |from, total, bytes: &str| BlobPiece {
        from,
        total,
        bytes: bytes.into(),
    };
    assert_eq!(
        served.city.pieces(),
        [piece(2, 10, "abc"), piece(0, 5, "whole")],
        "without a range the body is the whole"
    );
}

#[tokio::test]
async fn a_range_that_does_not_say_what_the_body_is_is_invalid() {
    let served = served().await;
    for range in [
        "bytes 2-4/*",
        "bytes */10",
        "bytes 4-2/10",
        "bytes 8-10/10",
        "bytes 2-5/10",
        "bytes 2-3/10",
        "bytes 2-18446744073709551615/18446744073709551615",
        "items 2-4/10",
        "bytes=2-4/10",
        "2-4",
    ] {
        let answer = put(&served, Some(range), "abc").send().await.unwrap();
        problem(answer, 422, P::Invalid).await;
    }
    assert_eq!(served.city.pieces(), [], "none of them reached the city");
}

#[tokio::test]
async fn what_is_too_large_is_refused_by_what_it_claims() {
    let served = served().await;
    let mebibyte = 1024 * 1024;
    let whole = 25 * mebibyte;
    let last = put(
        &served,
        Some(&format!("bytes {}-{}/{whole}", whole - 3, whole - 1)),
        "abc",
    );
    assert_eq!(last.send().await.unwrap().status(), 200, "25 MiB are taken");
    let more = put(&served, Some(&format!("bytes 0-2/{}", whole + 1)), "abc");
    problem(more.send().await.unwrap(), 413, P::TooLarge).await;
    let piece = vec![7; mebibyte];
    let full = put(&served, Some(&format!("bytes 0-{}/{whole}", mebibyte - 1)), piece);
    assert_eq!(full.send().await.unwrap().status(), 200, "a piece of 1 MiB is taken");
    let piece = vec![7; mebibyte + 1];
    let more = put(&served, Some(&format!("bytes 0-{mebibyte}/{whole}")), piece);
    problem(more.send().await.unwrap(), 413, P::TooLarge).await;
    assert_eq!(served.city.pieces().len(), 2);
}

#[tokio::test]
async fn nobody_makes_the_city_read_a_piece_of_what_they_may_not_know_of() {
    let served = served().await;
    served.city.shall(Mood::Problem(Box::new(P::NotFound.problem())));
    // The body never ends: whoever read it would never answer.
    let endless = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let call = put(&served, Some("bytes 0-2/3"), reqwest::Body::wrap_stream(endless));
    problem(call.send().await.unwrap(), 404, P::NotFound).await;
}

#[tokio::test]
async fn a_photo_on_a_slow_line_keeps_no_record_waiting() {
    let served = served_with(|step| {
        (step.limits.bodies, step.limits.pieces) = (1, 1);
        step.limits.turn = Duration::from_millis(10);
    })
    .await;
    let slow = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let slow = put(&served, Some("bytes 0-2/3"), reqwest::Body::wrap_stream(slow));
    let slow = tokio::spawn(slow.send());
    // It has the place once the next one finds none.
    while put(&served, None, "whole").send().await.unwrap().status() != 503 {
        tokio::task::yield_now().await;
    }
    let pushed = served.push(r#"{"epoch":"e","changes":[]}"#).send().await.unwrap();
    assert_eq!(pushed.status(), 200);
    slow.abort();
}

#[tokio::test]
async fn a_piece_is_bytes_and_nothing_else() {
    let served = served().await;
    let json = served
        .call("PUT", &address())
        .header("Content-Type", "application/json")
        .body("{}");
    problem(json.send().await.unwrap(), 415, P::Invalid).await;
    let empty = put(&served, None, "");
    assert_eq!(
        empty.send().await.unwrap().status(),
        200,
        "whether it can be empty the city says"
    );
}

#[tokio::test]
async fn head_says_how_much_is_held_and_a_failure_is_a_status() {
    let served = served().await;
    let held = served.call("HEAD", &address()).send().await.unwrap();
    assert_eq!(held.status(), 204);
    assert_eq!(held.headers()["upload-offset"], "2");
    assert_eq!(held.headers()["upload-length"], BLOB.len().to_string().as_str());
    served.city.shall(Mood::Problem(Box::new(P::NotFound.problem())));
    let none = served.call("HEAD", &address()).send().await.unwrap();
    assert_eq!(none.status(), 404);
    assert_eq!(none.headers()["content-type"], "application/problem+json");
    let (here, _) = address()
        .split_once('?')
        .map(|(path, _)| (path.to_owned(), ()))
        .unwrap();
    assert_eq!(
        served.call("HEAD", &here).send().await.unwrap().status(),
        422,
        "of which record"
    );
    assert_eq!(served.bare("HEAD", &address()).send().await.unwrap().status(), 426);
}

#[tokio::test]
async fn bytes_come_from_a_place_on_as_they_are() {
    let served = served().await;
    let get = |range: Option<&str>| {
        let call = served.call("GET", &address()).header("Accept-Encoding", "zstd, gzip");
        match range {
            Some(range) => call.header("Range", range),
            None => call,
        }
    };
    for (range, named, bytes) in [
        ("bytes=0-", "bytes 0-9/10", BLOB),
        ("bytes=6-", "bytes 6-9/10", &BLOB[6..]),
        ("bytes=6-7", "bytes 6-7/10", &BLOB[6..8]),
        ("bytes=6-99", "bytes 6-9/10", &BLOB[6..]),
    ] {
        let answer = get(Some(range)).send().await.unwrap();
        assert_eq!(answer.status(), 206, "{range}");
        assert_eq!(answer.headers()["content-range"], named);
        assert_eq!(answer.headers()["content-type"], "application/octet-stream");
        assert!(!answer.headers().contains_key("content-encoding"));
        assert_eq!(answer.bytes().await.unwrap(), bytes, "{range}");
    }
    let whole = get(None).send().await.unwrap();
    assert_eq!(whole.status(), 200);
    assert_eq!(whole.bytes().await.unwrap(), BLOB);
    problem(get(Some("bytes=10-")).send().await.unwrap(), 416, P::Invalid).await;
    for range in ["bytes=-5", "bytes=5-2", "bytes=0-1,3-4", "lines=0-"] {
        problem(get(Some(range)).send().await.unwrap(), 422, P::Invalid).await;
    }
}

#[tokio::test]
async fn bytes_are_counted_both_ways_and_no_hash_is_named() {
    let served = served().await;
    put(&served, None, "whole").send().await.unwrap();
    served.call("GET", &address()).send().await.unwrap();
    let figures = served.figures().await;
    for line in [
        r#"city_attachment_bytes_total{way="in"} 5"#,
        r#"city_attachment_bytes_total{way="out"} 10"#,
        r#"city_calls_total{method="PUT",route="/v1/blobs/{sha256}",status="200"} 1"#,
    ] {
        assert!(figures.contains(line), "{line}: {figures}");
    }
    assert!(!figures.contains("abab"));
}
