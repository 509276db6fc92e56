//! One line a call: method, route as written in the contract, status, milliseconds. No path, no query, no address, no
//! token, no body: a path may carry an id, and a log outlives what was erased.

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use std::{panic, sync::Arc, time::Instant};

use super::town::{City, Town};

/// Writes this program's log to stderr, a JSON object a line. `RUST_LOG` chooses more or less.
pub fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let writer = tracing_subscriber::fmt().json().flatten_event(true).with_target(false);
    // A second call in one process finds the first one's log, which is as good.
    let _ = writer.with_env_filter(filter).with_writer(std::io::stderr).try_init();
    // A panic's words may quote what was being worked on; its place is enough to find it.
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a call failed in a way nobody thought of");
    }));
}

/// Logs and counts each call.
pub(crate) async fn log<C: City>(State(town): State<Arc<Town<C>>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut line = Line {
        town,
        method: name(request.method()),
        route,
        began: Instant::now(),
        status: HUNG_UP,
    };
    let response = next.run(request).await;
    line.status = response.status().as_u16();
    response
}

/// As nginx calls it: the caller closed the connection before there was an answer.
const HUNG_UP: u16 = 499;

/// One call; written when it is dropped, because a caller who hangs up drops it unanswered.
struct Line<C: City> {
    town: Arc<Town<C>>,
    method: &'static str,
    route: Option<MatchedPath>,
    began: Instant,
    status: u16,
}

impl<C: City> Drop for Line<C> {
    fn drop(&mut self) {
        let (method, status, took) = (self.method, self.status, self.began.elapsed());
        let route = self.route.as_ref().map_or("none", MatchedPath::as_str);
        self.town.measure.call(method, route, status, took);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, route, status, ms, "call");
    }
}

/// A method may be any word; only the known ones are written down.
fn name(method: &Method) -> &'static str {
    [
        Method::GET,
        Method::POST,
        Method::HEAD,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::PATCH,
    ]
    .iter()
    .zip(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
    .find_map(|(known, name)| (known == method).then_some(name))
    .unwrap_or("other")
}
