//! Whatever is sent, the answer is one of this contract.

use crate::scripted::{Served, TOKEN, served};
use proptest::{collection::vec, prelude::*, sample::select};
use std::sync::LazyLock;
use tokio::runtime::Runtime;
use wire::Problem;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
static SERVED: LazyLock<Served> = LazyLock::new(|| RUNTIME.block_on(served()));

const PATHS: [&str; 10] = [
    "/v1/enrol",
    "/v1/push",
    "/v1/changes",
    "/v1/state",
    "/v1/verify",
    "/v1/erasures",
    "/v1/forgotten",
    "/v1/erasures/",
    "/v1/schema/",
    "/healthz",
];

fn body() -> impl Strategy<Value = Vec<u8>> {
    let push =
        r#"{"epoch":"e","changes":[{"mutation_id":"00000000-0000-4000-8000-00000000000a","envelope":{"id":null}}]}"#;
    let json = "[\\[\\]{}\":,0-9a-z \\\\]{0,60}".prop_map(String::into_bytes);
    let cut = (0..push.len()).prop_map(move |length| push.as_bytes()[..length].to_vec());
    prop_oneof![vec(any::<u8>(), 0..60), json, cut]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_done_or_answered_with_a_problem(
        method in select(&["GET", "POST", "HEAD", "PUT", "DELETE", "BREW"][..]),
        path in select(&PATHS[..]),
        rest in "([a-z%0-9]{0,8})(\\?[a-z]{1,6}=[a-zA-Z0-9%]{0,8})?",
        token in select(&[TOKEN, "", "x"][..]),
        protocol in select(&["1", "0", "ü"][..]),
        content_type in select(&["application/json", "text/html"][..]),
        encoding in select(&["identity", "zstd", "gzip", "br"][..]),
        body in body(),
    ) {
        let call = SERVED.bare(method, &format!("{path}{rest}")).bearer_auth(token).body(body);
        let call = call.header("Quartierbuch-Protocol", protocol.as_bytes()).header("Content-Type", content_type);
        let call = call.header("Content-Encoding", encoding);
        let (status, named, text) = RUNTIME.block_on(async {
            let answer = call.send().await.unwrap();
            let named = answer.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
            (answer.status().as_u16(), named, answer.text().await.unwrap())
        });
        match status {
            200 | 204 => {}
            _ if method == "HEAD" => prop_assert_eq!(named.as_deref(), Some("application/problem+json")),
            _ => {
                prop_assert_eq!(named.as_deref(), Some("application/problem+json"), "{}: {}", status, &text);
                let problem: Problem = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(problem.status, status);
                prop_assert!([401, 404, 405, 413, 415, 422, 426, 429].contains(&status), "{}", text);
            }
        }
    }
}
