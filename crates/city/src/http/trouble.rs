//! Problems as answers: RFC 9457, never a plain-text error.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::{Failure, Problem, ProblemCode};

/// Seconds after which a busy city is worth another try.
const TRY_AGAIN: u64 = 5;

/// A problem on its way out.
#[derive(Debug)]
pub(crate) struct Trouble(pub(crate) Box<Problem>);

impl Trouble {
    /// A request that is not well formed, and what is wrong with it: words of ours, never of the request.
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::from(ProblemCode::Invalid).saying(detail)
    }

    pub(crate) fn saying(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// HTTP has a finer status for it than the code alone says; the code stays what programs decide by.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = status.as_u16();
        self
    }

    pub(crate) fn after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }
}

impl From<ProblemCode> for Trouble {
    fn from(code: ProblemCode) -> Self {
        Self(Box::new(code.problem()))
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problem(problem) => Self(problem),
            Failure::Offline(_) | Failure::NotACity => Self::from(ProblemCode::Unavailable),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut problem = self.0;
        if problem.retry_after.is_none() && matches!(problem.code, ProblemCode::Unavailable | ProblemCode::TooMany) {
            problem.retry_after = Some(TRY_AGAIN);
        }
        let text = serde_json::to_vec(&problem).expect("a problem holds only strings and numbers");
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = problem.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if problem.code == ProblemCode::Unauthorised {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if problem.code == ProblemCode::TooOld {
            headers.insert(
                HeaderName::from_static("quartierbuch-protocol"),
                HeaderValue::from(wire::PROTOCOL),
            );
        }
        response
    }
}
