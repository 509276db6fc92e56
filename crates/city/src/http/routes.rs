//! Every route, once: method, path, what it is, who serves it.

use axum::{
    Router,
    extract::{ConnectInfo, MatchedPath, Path, Query, Request, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, Uri},
    routing::{MethodRouter, get, head, post, put},
};
use domain::Kind;
use serde::{Deserialize, de::DeserializeOwned};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;
use wire::{
    Backend, ChangesQuery, Cursor, DEFAULT_PAGE, DeviceReport, EnrolRequest, ErasureId, ErasureRequest, ForgottenQuery,
    MAX_CURSOR, MAX_PUSH_BYTES, MAX_WAIT_SECONDS, ProblemCode, VerifyQuery, WaitAnswer,
};

use super::{
    answer::{Answered, answer, nothing, page, text_answer},
    blobs::{self, OfRecord},
    describe::{About, Reply},
    push, receive, schema,
    town::{City, Town},
    trouble::Trouble,
    visitor::Visitor,
};

/// One route.
pub(crate) struct Route<C> {
    pub(crate) path: &'static str,
    pub(crate) about: About,
    serve: MethodRouter<Arc<Town<C>>>,
}

/// The routes of `contract.md`, in its order.
pub(crate) fn all<C: City>() -> Vec<Route<C>> {
    use ProblemCode as P;
    let route = |path, about, serve| Route { path, about, serve };
    vec![
        route(
            "/v1/enrol",
            About::post("enrol", "Make a device known with an invitation's code")
                .open()
                .takes::<EnrolRequest>()
                .gives(Reply::json::<wire::EnrolAnswer>())
                .fails(&[P::CodeInvalid, P::TooLarge, P::Invalid, P::TooMany]),
            post(enrol::<C>),
        ),
        route(
            "/v1/me",
            About::get("me", "Who calls, and what they may see now").gives(Reply::json::<wire::Me>()),
            get(me::<C>),
        ),
        route(
            "/v1/push",
            About::post("push", "Offer changes; each is answered for itself, in the order sent")
                .takes::<wire::PushRequest>()
                .gives(Reply::json::<wire::PushAnswer>())
                .fails(&[P::NewEpoch, P::TooLarge, P::Invalid]),
            post(push_changes::<C>),
        ),
        route(
            "/v1/changes",
            About::get("changes", "One page of what changed after the cursor")
                .asks::<ChangesQuery>()
                .gives(Reply::json::<wire::ChangesAnswer>())
                .fails(&[P::NewEpoch, P::CursorExpired, P::Invalid]),
            get(changes::<C>),
        ),
        route(
            "/v1/wait",
            About::get(
                "wait",
                "Long poll: answers when there is more, at the latest after 30 seconds",
            )
            .asks::<WaitQuery>()
            .gives(Reply::json::<WaitAnswer>())
            .fails(&[P::NewEpoch, P::CursorExpired, P::Invalid]),
            get(wait::<C>),
        ),
        route(
            "/v1/state",
            About::post("report_state", "Tell how far this device is; wakes nobody")
                .takes::<DeviceReport>()
                .gives(Reply::Nothing)
                .fails(&[P::TooLarge, P::Invalid]),
            post(report_state::<C>),
        ),
        route(
            "/v1/devices",
            About::get("devices", "The devices a lead or admin may see")
                .gives(Reply::json::<Vec<wire::DeviceSeen>>())
                .fails(&[P::Forbidden]),
            get(devices::<C>),
        ),
        route(
            "/v1/verify",
            About::get("verify", "Count and digest of live and trashed records")
                .asks::<VerifyQuery>()
                .gives(Reply::json::<wire::VerifyAnswer>())
                .fails(&[P::Forbidden, P::NewEpoch, P::MovedOn, P::CursorExpired, P::Invalid]),
            get(verify::<C>),
        ),
        route(
            "/v1/erasures",
            About::post("erase", "Forget records, or fields of records, of the own organisation")
                .takes::<ErasureRequest>()
                .gives(Reply::json::<wire::ErasureTaken>())
                .fails(&[P::Forbidden, P::NotFound, P::TooLarge, P::Invalid]),
            post(erase::<C>),
        ),
        route(
            "/v1/erasures/{id}",
            About::get("erasure", "How many devices have confirmed a forgetting")
                .gives(Reply::json::<wire::ErasureStatus>())
                .fails(&[P::Forbidden, P::NotFound]),
            get(erasure::<C>),
        ),
        route(
            "/v1/forgotten",
            About::post(
                "forgotten",
                "What was forgotten of records that the caller holds words of and may see no more",
            )
            .takes::<ForgottenQuery>()
            .gives(Reply::json::<wire::ForgottenAnswer>())
            .fails(&[P::TooLarge, P::Invalid]),
            post(forgotten::<C>),
        ),
        route(
            "/v1/blobs/{sha256}",
            About::head("blob_held", "How much of an attachment the city holds")
                .asks::<OfRecord>()
                .gives(Reply::Held)
                .fails(&[P::NotFound, P::Invalid]),
            head(blobs::held::<C>),
        ),
        route(
            "/v1/blobs/{sha256}",
            About::put("put_blob", "Bring the next piece of an attachment")
                .asks::<OfRecord>()
                .header("Content-Range", "bytes FIRST-LAST/TOTAL; absent, the body is the whole")
                .takes_bytes()
                .gives(Reply::json::<wire::BlobHeld>())
                .fails(&[P::Forbidden, P::NotFound, P::TooLarge, P::Invalid]),
            put(blobs::put::<C>),
        ),
        route(
            "/v1/blobs/{sha256}",
            About::get("blob", "Bytes of a whole attachment, at most a piece of them")
                .asks::<OfRecord>()
                .header(
                    "Range",
                    "bytes=FIRST- or bytes=FIRST-LAST; absent, a whole that is no longer than a piece",
                )
                .gives(Reply::Bytes)
                .fails(&[P::NotFound, P::Invalid]),
            get(blobs::get::<C>),
        ),
        route(
            "/v1/openapi.json",
            About::get("openapi", "This document")
                .open()
                .gives(Reply::Any("application/json")),
            get(openapi::<C>),
        ),
        route(
            "/v1/schema/{kind}",
            About::get("schema", "JSON Schema of the bodies of a kind")
                .open()
                .gives(Reply::Any("application/schema+json"))
                .fails(&[P::NotFound]),
            get(kind_schema),
        ),
        route(
            "/healthz",
            About::get("alive", "The process answers")
                .open()
                .gives(Reply::Any("application/json")),
            get(alive),
        ),
        route(
            "/readyz",
            About::get("ready", "The city answers, its ledger included")
                .open()
                .gives(Reply::Any("application/json")),
            get(ready::<C>),
        ),
    ]
}

/// All routes, with answers of ours for what is none.
pub(crate) fn router<C: City>() -> Router<Arc<Town<C>>> {
    all::<C>()
        .into_iter()
        .fold(Router::new(), |router, route| router.route(route.path, route.serve))
        .fallback(|| async { Trouble::from(ProblemCode::NotFound).saying("there is nothing at this address") })
        .method_not_allowed_fallback(|_: MatchedPath| async {
            Trouble::invalid("this address does not know the method").with_status(StatusCode::METHOD_NOT_ALLOWED)
        })
}

type Of<C> = State<Arc<Town<C>>>;

async fn enrol<C: City>(State(town): Of<C>, ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request) -> Answered {
    town.gate.admit(peer, request.headers())?;
    let request: EnrolRequest = receive::receive(request, town.limits.call_time).await?;
    answer(&town.city.caller(None).enrol(request).await?)
}

async fn me<C: City>(Visitor(caller): Visitor<C>) -> Answered {
    answer(&caller.me().await?)
}

async fn push_changes<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, request: Request) -> Answered {
    // Nobody without a known token makes the city read, unpack and sort 8 MiB.
    caller.me().await?;
    let _turn = turn(&town.bodies, town.limits.turn).await?;
    let bytes = receive::receive_bytes(request, receive::JSON, MAX_PUSH_BYTES, town.limits.push_time).await?;
    let (request, refused) = sorted(&town.sorting, bytes).await?.into_parts();
    let answered = push::weave(refused, caller.push(request).await?);
    town.measure.pushed(&answered);
    answer(&answered)
}

async fn sorted(places: &Semaphore, bytes: Vec<u8>) -> Result<push::Sorted, Trouble> {
    let _place = places.acquire().await.map_err(|_| ProblemCode::Unavailable)?;
    let sorted = tokio::task::spawn_blocking(move || push::sort(&bytes)).await;
    sorted.map_err(|_| ProblemCode::Unavailable)?
}

/// A place among those whose bodies are held in memory.
pub(crate) async fn turn(places: &Semaphore, patience: Duration) -> Result<SemaphorePermit<'_>, Trouble> {
    match tokio::time::timeout(patience, places.acquire()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(ProblemCode::Unavailable.into()),
    }
}

async fn changes<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, headers: HeaderMap, uri: Uri) -> Answered {
    let mut query: ChangesQuery = asked(&uri)?;
    query.cursor.as_ref().map_or(Ok(()), fits)?;
    let uncrowded = town.uncrowded.try_acquire();
    if uncrowded.is_err() {
        // In a crowd everybody gets something soon, instead of a few everything.
        query.limit = Some(query.limit.unwrap_or(DEFAULT_PAGE).min(PAGE_IN_CROWD));
    }
    // Whoever brings something goes before those who came later to fetch: what is brought is one change each, what is
    // fetched is everybody's.
    let _ = tokio::time::timeout(COURTESY, town.bodies.acquire()).await;
    // Read and packed in one place, so that no pages lie about between the two.
    let _place = town.paging.acquire().await.map_err(|_| ProblemCode::Unavailable)?;
    page(&headers, caller.changes(query).await?).await
}

/// So many records has a page at most while many fetch.
const PAGE_IN_CROWD: u32 = 128;
/// So long at most do pages stand behind pushes; a slow line that brings one shall keep nobody.
const COURTESY: Duration = Duration::from_millis(500);

/// What `/v1/wait` is asked.
#[derive(Deserialize, schemars::JsonSchema)]
struct WaitQuery {
    /// Where the last page ended.
    cursor: Cursor,
}

async fn wait<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, uri: Uri) -> Answered {
    let WaitQuery { cursor } = asked(&uri)?;
    fits(&cursor)?;
    let Ok(_place) = town.waiters.try_acquire() else {
        return Err(ProblemCode::Unavailable.into());
    };
    let _counted = town.measure.waiter();
    let waited = tokio::select! {
        waited = caller.wait(cursor) => waited?,
        () = town.closed() => WaitAnswer::default(),
        () = tokio::time::sleep(Duration::from_secs(MAX_WAIT_SECONDS)) => WaitAnswer::default(),
    };
    answer(&waited)
}

async fn report_state<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, request: Request) -> Answered {
    let report: DeviceReport = receive::receive(request, town.limits.call_time).await?;
    report.cursor.as_ref().map_or(Ok(()), fits)?;
    report.forgotten_through.as_ref().map_or(Ok(()), fits)?;
    caller.report_state(report).await?;
    nothing()
}

async fn devices<C: City>(Visitor(caller): Visitor<C>) -> Answered {
    answer(&caller.devices().await?)
}

async fn verify<C: City>(Visitor(caller): Visitor<C>, uri: Uri) -> Answered {
    let query: VerifyQuery = asked(&uri)?;
    query.cursor.as_ref().map_or(Ok(()), fits)?;
    answer(&caller.verify(query).await?)
}

async fn erase<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, request: Request) -> Answered {
    let order: ErasureRequest = receive::receive(request, town.limits.call_time).await?;
    answer(&caller.erase(order).await?)
}

async fn erasure<C: City>(Visitor(caller): Visitor<C>, id: Result<Path<String>, PathRejection>) -> Answered {
    let id: Uuid = id
        .ok()
        .and_then(|Path(id)| id.parse().ok())
        .ok_or(ProblemCode::NotFound)?;
    answer(&caller.erasure(ErasureId(id)).await?)
}

async fn forgotten<C: City>(State(town): Of<C>, Visitor(caller): Visitor<C>, request: Request) -> Answered {
    let query: ForgottenQuery = receive::receive(request, town.limits.call_time).await?;
    answer(&caller.forgotten(query).await?)
}

async fn openapi<C: City>(State(town): Of<C>) -> Answered {
    Ok(text_answer(town.openapi.clone(), "application/json"))
}

async fn kind_schema(kind: Result<Path<String>, PathRejection>) -> Answered {
    let kind: Option<Kind> = kind.ok().and_then(|Path(kind)| kind.parse().ok());
    let text = kind.and_then(|kind| schema::of(&kind)).ok_or(ProblemCode::NotFound)?;
    Ok(text_answer(text, "application/schema+json"))
}

async fn alive() -> Answered {
    answer(&serde_json::json!({"status": "alive"}))
}

async fn ready<C: City>(State(town): Of<C>) -> Answered {
    if town.city.ready().await && !*town.closing.borrow() {
        let held_back = town.city.held_back().filter(|stood| *stood >= town.limits.held_back);
        return answer(&match held_back {
            None => serde_json::json!({"status": "ready"}),
            Some(stood) => {
                serde_json::json!({"status": "ready", "warning": "feed_held_back", "seconds": stood.as_secs()})
            }
        });
    }
    Err(ProblemCode::Unavailable.into())
}

/// The query of a call. What is wrong with it is not quoted.
pub(crate) fn asked<T: DeserializeOwned>(uri: &Uri) -> Result<T, Trouble> {
    let asked = Query::<T>::try_from_uri(uri).map_err(|_| Trouble::invalid("the query is not of this call's form"))?;
    Ok(asked.0)
}

fn fits(cursor: &Cursor) -> Result<(), Trouble> {
    if cursor.0.len() <= MAX_CURSOR && cursor.0.is_ascii() {
        return Ok(());
    }
    Err(Trouble::invalid(format!(
        "a cursor is at most {MAX_CURSOR} ASCII characters"
    )))
}
