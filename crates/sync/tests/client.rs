//! The client before anything that may answer at a city's address.

use domain::BlobHash;
use std::error::Error;
use sync::{CityClient, ClientError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::oneshot,
};
use wire::{Backend, BlobPiece, BlobPlace, ChangesQuery, Failure, ProblemCode, PushRequest, Token};

/// Answers one request with these bytes and says what was asked.
async fn answering(answer: &str) -> (CityClient, oneshot::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    let (asked, request) = oneshot::channel();
    let answer = answer.to_owned();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut bytes = Vec::new();
        while !is_complete(&bytes) {
            let mut part = [0; 8192];
            match stream.read(&mut part).await {
                Ok(n) if n > 0 => bytes.extend_from_slice(&part[..n]),
                _ => break,
            }
        }
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        let _ = asked.send(bytes);
    });
    let client = CityClient::new(&url, Some(Token("geheim".into()))).expect("loopback is an address");
    (client, request)
}

fn is_complete(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    request.len() >= end + 4 + length.unwrap_or(0)
}

fn http(status: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn a_captive_portal_is_not_a_city() {
    let (client, _) = answering(&http("200 OK", "text/html", "<h1>Bitte anmelden</h1>")).await;
    assert!(matches!(client.me().await, Err(Failure::NotACity)));
    let (client, _) = answering(&http("200 OK", "application/json", r#"{"hello":"you"}"#)).await;
    assert!(
        matches!(client.me().await, Err(Failure::NotACity)),
        "JSON alone does not make a city"
    );
    let (client, _) = answering(&http("404 Not Found", "text/html", "nichts")).await;
    assert!(matches!(client.me().await, Err(Failure::NotACity)));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_token() {
    let redirect = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/v1/me\r\nContent-Length: 0\r\n\r\n";
    let (client, _) = answering(redirect).await;
    assert!(matches!(client.me().await, Err(Failure::NotACity)));
}

#[tokio::test]
async fn a_gateway_without_its_city_counts_as_offline() {
    let (client, _) = answering(&http("502 Bad Gateway", "text/html", "nginx")).await;
    assert!(matches!(client.me().await, Err(Failure::Offline(_))));
}

#[tokio::test]
async fn an_answer_that_is_cut_short_counts_as_offline() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"changes\":[";
    let (client, _) = answering(cut).await;
    assert!(matches!(
        client.changes(ChangesQuery::default()).await,
        Err(Failure::Offline(_))
    ));
}

#[tokio::test]
async fn nobody_there_counts_as_offline_and_the_error_names_no_secret() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let client = CityClient::new(&url, Some(Token("geheim".into()))).expect("an address");
    let failure = client.me().await.expect_err("nobody is there");
    assert!(matches!(failure, Failure::Offline(_)));
    let told = format!("{failure:?} {failure} {:?} {client:?}", failure.source());
    assert!(!told.contains("geheim"), "{told}");
}

#[tokio::test]
async fn a_problem_keeps_its_code_and_how_long_to_wait() {
    let body = r#"{"type":"urn:quartierbuch:problem:too_many","status":429,"code":"too_many","title":"t"}"#;
    let answer = http(
        "429 Too Many Requests\r\nRetry-After: 17",
        "application/problem+json; charset=utf-8",
        body,
    );
    let (client, _) = answering(&answer).await;
    match client.me().await {
        Err(Failure::Problem(problem)) => {
            assert_eq!((problem.code, problem.retry_after), (ProblemCode::TooMany, Some(17)));
        }
        other => panic!("a problem was answered, not {other:?}"),
    }
}

#[tokio::test]
async fn each_call_carries_token_and_protocol_and_a_large_body_is_packed() {
    let (client, request) = answering(&http("200 OK", "application/json", r#"{"results":[]}"#)).await;
    let push = PushRequest {
        epoch: wire::Epoch("e".repeat(4_000)),
        changes: Vec::new(),
    };
    client.push(push.clone()).await.expect("answered");
    let request = request.await.expect("asked");
    let end = request.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    for line in [
        "post /v1/push http/1.1",
        "authorization: bearer geheim",
        "quartierbuch-protocol: 1",
        "content-encoding: zstd",
    ] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    assert!(request.len() - end < 400, "4,000 equal letters pack well");
    let unpacked = zstd::bulk::decompress(&request[end + 4..], 10_000).expect("zstd");
    assert_eq!(serde_json::from_slice::<PushRequest>(&unpacked).expect("JSON"), push);
}

#[tokio::test]
async fn a_cursor_travels_escaped() {
    let (client, request) = answering(&http(
        "200 OK",
        "application/json",
        r#"{"changes":[],"cursor":"d","more":false}"#,
    ))
    .await;
    let query = ChangesQuery {
        cursor: Some(wire::Cursor("a&limit=9+ /".into())),
        limit: Some(50),
    };
    client.changes(query).await.expect("a page");
    let request = String::from_utf8(request.await.expect("asked")).expect("text");
    assert!(
        request.starts_with("GET /v1/changes?cursor=a%26limit%3D9%2B+%2F&limit=50 "),
        "{request}"
    );
}

fn photo() -> BlobPlace {
    let hash = BlobHash::parse(&"ab".repeat(32)).expect("64 hex digits");
    let record = "018f0000-0000-7000-8000-000000000001".parse().expect("an id");
    BlobPlace { record, hash }
}

#[tokio::test]
async fn a_piece_of_an_attachment_travels_as_it_is_and_says_where_it_belongs() {
    let (client, request) = answering(&http("200 OK", "application/json", r#"{"held":5,"total":9}"#)).await;
    let piece = BlobPiece {
        from: 2,
        total: 9,
        bytes: b"abc".to_vec(),
    };
    let held = client.put_blob(photo(), piece).await.expect("taken");
    assert_eq!((held.held, held.total), (5, Some(9)));
    let request = String::from_utf8(request.await.expect("asked")).expect("text");
    let address = format!(
        "PUT /v1/blobs/{}?record=018f0000-0000-7000-8000-000000000001 ",
        "ab".repeat(32)
    );
    assert!(
        request.starts_with(&address) && request.ends_with("\r\n\r\nabc"),
        "{request}"
    );
    let head = request.to_lowercase();
    for line in ["content-range: bytes 2-4/9", "content-type: application/octet-stream"] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
}

#[tokio::test]
async fn a_failed_question_about_an_attachment_is_known_by_its_status_alone() {
    for (status, code) in [
        ("404 Not Found", ProblemCode::NotFound),
        ("403 Forbidden", ProblemCode::Forbidden),
        ("503 Service Unavailable", ProblemCode::Unavailable),
    ] {
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/problem+json\r\n\r\n");
        let (client, _) = answering(&head).await;
        assert_eq!(
            client.blob_held(photo()).await.expect_err("a problem").code(),
            Some(code)
        );
    }
    let (client, _) = answering("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert!(matches!(client.blob_held(photo()).await, Err(Failure::NotACity)));
}

#[tokio::test]
async fn other_bytes_than_were_asked_for_are_no_answer() {
    let answer = |range: &str| {
        let status = format!("206 Partial Content\r\nContent-Range: bytes {range}");
        http(&status, "application/octet-stream", "abc")
    };
    let (client, _) = answering(&answer("2-4/9")).await;
    assert_eq!(client.blob(photo(), 2).await.expect("bytes").bytes, b"abc");
    for range in ["3-5/9", "2-4/4", "2-4/99999999999", "*/9", "2-4"] {
        let (client, _) = answering(&answer(range)).await;
        assert!(
            matches!(client.blob(photo(), 2).await, Err(Failure::NotACity)),
            "{range}"
        );
    }
    let (client, _) = answering(&http("200 OK", "text/html", "abc")).await;
    assert!(matches!(client.blob(photo(), 0).await, Err(Failure::NotACity)));
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    assert!(matches!(
        CityClient::new("http://erfurt.example", None),
        Err(ClientError::Address(_))
    ));
}
