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
    let response = accepted(response, trusted).await?;
    if response.status() != StatusCode::NO_CONTENT && !is(&response, "application/json") {
        return Err(Failure::NotACity);
    }
    limited(response, MAX_ANSWER_BYTES)
        .await?
        .ok_or_else(|| ProblemCode::TooLarge.into())
}

/// The answer to a call that went well, or why it did not.
pub(super) async fn accepted(response: Response, trusted: bool) -> Result<Response, Failure> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
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
    let mut problem: Problem = match text.as_slice() {
        [] => without_document(status).problem(),
        text => serde_json::from_slice(text).map_err(|_| Failure::NotACity)?,
    };
    problem.retry_after = problem.retry_after.or(retry_after);
    if !trusted {
        // Whoever stands between could have written it; a key is not destroyed on hearsay.
        problem.proof = None;
    }
    Err(Failure::Problem(Box::new(problem)))
}

/// The answer to HEAD is a status alone. What 403 means more exactly is told at the next call of another sort.
fn without_document(status: StatusCode) -> ProblemCode {
    match status {
        StatusCode::UNAUTHORIZED => ProblemCode::Unauthorised,
        StatusCode::FORBIDDEN => ProblemCode::Forbidden,
        StatusCode::NOT_FOUND => ProblemCode::NotFound,
        StatusCode::UPGRADE_REQUIRED => ProblemCode::TooOld,
        StatusCode::TOO_MANY_REQUESTS => ProblemCode::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => ProblemCode::Unavailable,
        _ => ProblemCode::Other,
    }
}

/// Reads a whole answer as `T`.
pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|_| Failure::NotACity)
}

pub(super) fn is(response: &Response, expected: &str) -> bool {
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
pub(super) async fn limited(mut response: Response, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
    let mut all = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(offline)? {
        if all.len() + chunk.len() > limit {
            return Ok(None);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(Some(all))
}
