//! The routes, and what holds for all of them.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use std::{any::Any, sync::Arc};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove},
    },
    set_header::SetResponseHeaderLayer,
};
use wire::ProblemCode;

use super::{
    blobs, log, routes,
    town::{City, Town},
    trouble::Trouble,
};

/// The last layer sees a call first.
pub(crate) fn app<C: City>(town: Arc<Town<C>>) -> Router {
    routes::router::<C>()
        .layer(middleware::from_fn_with_state(Arc::clone(&town), deadline::<C>))
        // A page shrinks to a third; the few words of a wait, and ciphertext, would only grow.
        .layer(
            CompressionLayer::new().compress_when(
                DefaultPredicate::new()
                    .and(SizeAbove::new(512))
                    .and(NotForContentType::const_new(blobs::BYTES)),
            ),
        )
        .layer(CatchPanicLayer::custom(|_: Box<dyn Any + Send>| {
            Trouble::from(ProblemCode::Unavailable).into_response()
        }))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(SetResponseHeaderLayer::overriding(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(middleware::from_fn_with_state(Arc::clone(&town), log::log::<C>))
        .with_state(town)
}

/// A call that the city cannot end is answered all the same. What it was doing may still be done: calls are safe to
/// repeat. A wait ends long before.
async fn deadline<C: City>(State(town): State<Arc<Town<C>>>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(town.limits.call_time_in_all, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Trouble::from(ProblemCode::Unavailable).into_response(),
    }
}
