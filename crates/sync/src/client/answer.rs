//! What an HTTP answer means.

use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
};
use serde::Deserialize;
use wire::{Failure, Problem, ProblemCode};

/// No answer is read beyond this, whatever it unpacks to; a page that is larger is asked for in smaller ones.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;
/// A problem is a few lines.
const MAX_PROBLEM_BYTES: usize = 64 * 1024;

/// A server in front of the city answered that the city does not.
#[derive(Debug, thiserror::Error)]
#[error("a gateway answered {0}")]
struct Gateway(StatusCode);

pub(super) fn offline(error: reqwest::Error) -> Failure {
    // The address stands in the settings; a log has no need of the cursor in it.
    Failure::Offline(Box::new(error.without_url()))
}

/// The bytes of a city's answer, or why there is none.
pub(super) async fn bytes(response: Response, trusted: bool) -> Result<Vec<u8>, Failure> {
    let status = response.status();
    if status.is_success() {
        if status != StatusCode::NO_CONTENT && !is(&response, "application/json") {
            return Err(Failure::NotACity);
        }
        return limited(response, MAX_ANSWER_BYTES)
            .await?
            .ok_or_else(|| ProblemCode::TooLarge.into());
    }
    if !is(&response, "application/problem+json") {
        return Err(match status {
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                Failure::Offline(Box::new(Gateway(status)))
            }
            _ => Failure::NotACity,
        });
    }
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let text = limited(response, MAX_PROBLEM_BYTES).await?.ok_or(Failure::NotACity)?;
    let mut problem: Problem = serde_json::from_slice(&text).map_err(|_| Failure::NotACity)?;
    problem.retry_after = problem.retry_after.or(retry_after);
    if !trusted {
        // Whoever stands between could have written it; a key is not destroyed on hearsay.
        problem.proof = None;
    }
    Err(Failure::Problem(Box::new(problem)))
}

/// Reads a whole answer as `T`.
pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|_| Failure::NotACity)
}

fn is(response: &Response, expected: &str) -> bool {
    let given = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    given.is_some_and(|text| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .eq_ignore_ascii_case(expected)
    })
}

/// The unpacked bytes, counted while they stream; `None` beyond the limit.
async fn limited(mut response: Response, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
    let mut all = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(offline)? {
        if all.len() + chunk.len() > limit {
            return Ok(None);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(Some(all))
}
