//! Answers in JSON.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use wire::ProblemCode;

use super::trouble::Trouble;

/// Most of what zstd can do for a page, in half of the time of its default.
const LEVEL: i32 = 1;

/// What every route returns.
pub(crate) type Answered = Result<Response, Trouble>;

/// 200 with this value.
pub(crate) fn answer(value: &impl Serialize) -> Answered {
    match serde_json::to_vec(value) {
        Ok(text) => Ok(text_answer(text, "application/json")),
        Err(_) => Err(wire::ProblemCode::Unavailable.into()),
    }
}

/// 200 with a page, written and packed as a whole on a thread of its own. Packed while it is sent, each page on its way to
/// a slow line would hold some megabytes of zstd's.
pub(crate) async fn page(headers: &HeaderMap, value: impl Serialize + Send + 'static) -> Answered {
    if !takes_zstd(headers) {
        return answer(&value);
    }
    let packing = tokio::task::spawn_blocking(move || {
        let text = serde_json::to_vec(&value).ok()?;
        drop(value);
        zstd::bulk::compress(&text, LEVEL).ok()
    });
    let packed = packing.await.ok().flatten().ok_or(ProblemCode::Unavailable)?;
    let mut response = text_answer(packed, "application/json");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Whether whoever asks takes zstd. Who weighs several against each other (`q=`) leaves the choice to the layer outside.
fn takes_zstd(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = named
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| coding.trim().eq_ignore_ascii_case("zstd"))
}

/// 200 with text that is JSON already.
pub(crate) fn text_answer(text: impl Into<Body>, content_type: &'static str) -> Response {
    let mut response = Response::new(text.into());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// 204.
pub(crate) fn nothing() -> Answered {
    Ok(StatusCode::NO_CONTENT.into_response())
}
