//! Answers in JSON.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::trouble::Trouble;

/// What every route returns.
pub(crate) type Answered = Result<Response, Trouble>;

/// 200 with this value.
pub(crate) fn answer(value: &impl Serialize) -> Answered {
    match serde_json::to_vec(value) {
        Ok(text) => Ok(text_answer(text, "application/json")),
        Err(_) => Err(wire::ProblemCode::Unavailable.into()),
    }
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
