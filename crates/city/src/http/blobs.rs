//! Attachments over HTTP: `Content-Range` says where a piece belongs, `Range` from where bytes are wanted, and two headers
//! of the answer to HEAD how much is held (named as in the draft on resumable uploads).

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
};
use domain::{BlobHash, RecordId};
use serde::Deserialize;
use std::sync::Arc;
use wire::{Backend, BlobHeld, BlobPiece, BlobPlace, MAX_BLOB_BYTES, MAX_BLOB_PIECE, ProblemCode};

use super::{
    answer::{Answered, answer, nothing, text_answer},
    receive,
    routes::{asked, turn},
    town::{City, Town},
    trouble::Trouble,
    visitor::Visitor,
};

/// The media type of ciphertext.
pub(crate) const BYTES: &str = "application/octet-stream";
/// So many bytes are held, and the next piece begins here.
pub(crate) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How long the whole is.
pub(crate) const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// Which record's attachment it is.
#[derive(Deserialize, schemars::JsonSchema)]
pub(crate) struct OfRecord {
    /// The record whose envelope names it.
    record: RecordId,
}

type Of<C> = State<Arc<Town<C>>>;
type Named = Result<Path<String>, PathRejection>;

/// HEAD: how much is held.
pub(crate) async fn held<C: City>(Visitor(caller): Visitor<C>, hash: Named, uri: Uri) -> Answered {
    let BlobHeld { held, total } = caller.blob_held(place(hash, &uri)?).await?;
    let mut response = nothing()?;
    response.headers_mut().insert(OFFSET, HeaderValue::from(held));
    if let Some(total) = total {
        response.headers_mut().insert(LENGTH, HeaderValue::from(total));
    }
    Ok(response)
}

/// PUT: the next piece.
pub(crate) async fn put<C: City>(
    State(town): Of<C>,
    Visitor(caller): Visitor<C>,
    hash: Named,
    uri: Uri,
    request: Request,
) -> Answered {
    let place = place(hash, &uri)?;
    let given = Given::read(request.headers())?;
    // Nobody makes the city read a piece of something that they may not know of.
    caller.blob_held(place.clone()).await?;
    let _turn = turn(&town.pieces, town.limits.turn).await?;
    let bytes = receive::receive_bytes(request, BYTES, MAX_BLOB_PIECE, town.limits.push_time).await?;
    let count = bytes.len() as u64;
    let piece = given.map_or(Ok((0, count)), |given| {
        given.holds(count).map(|()| (given.from, given.total))
    })?;
    let (from, total) = piece;
    let held = caller.put_blob(place, BlobPiece { from, total, bytes }).await?;
    town.measure.carried("in", count);
    answer(&held)
}

/// GET: bytes from a place on.
pub(crate) async fn get<C: City>(
    State(town): Of<C>,
    Visitor(caller): Visitor<C>,
    hash: Named,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let place = place(hash, &uri)?;
    let wanted = Wanted::read(&headers)?;
    let piece = caller.blob(place, wanted.from).await;
    let mut piece = piece.map_err(|failure| match Trouble::from(failure) {
        trouble if trouble.0.code == ProblemCode::Invalid => trouble
            .saying("there are no bytes there")
            .with_status(StatusCode::RANGE_NOT_SATISFIABLE),
        trouble => trouble,
    })?;
    if let Some(last) = wanted.last {
        let most = last.saturating_sub(wanted.from).saturating_add(1);
        piece.bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    if !wanted.ranged && piece.end() < piece.total {
        return Err(Trouble::invalid(format!(
            "send Range: an answer holds at most {MAX_BLOB_PIECE} bytes"
        )));
    }
    town.measure.carried("out", piece.bytes.len() as u64);
    let range = format!("bytes {}-{}/{}", piece.from, piece.end() - 1, piece.total);
    let mut response = text_answer(piece.bytes, BYTES);
    if wanted.ranged {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = HeaderValue::try_from(range).map_err(|_| ProblemCode::Unavailable)?;
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

fn place(hash: Named, uri: &Uri) -> Result<BlobPlace, Trouble> {
    let hash = hash.ok().and_then(|Path(hash)| BlobHash::parse(&hash));
    let hash = hash.ok_or(ProblemCode::NotFound)?;
    let OfRecord { record } = asked(uri)?;
    Ok(BlobPlace { record, hash })
}

/// What `Content-Range` says of a piece: `bytes 0-1048575/3000000`.
struct Given {
    from: u64,
    last: u64,
    total: u64,
}

impl Given {
    fn read(headers: &HeaderMap) -> Result<Option<Self>, Trouble> {
        let Some(value) = headers.get(header::CONTENT_RANGE) else {
            return Ok(None);
        };
        let given = value.to_str().ok().and_then(Self::parse);
        let given = given.ok_or_else(|| Trouble::invalid("Content-Range is: bytes FIRST-LAST/TOTAL"))?;
        if given.total > MAX_BLOB_BYTES {
            let detail = format!("an attachment is at most {MAX_BLOB_BYTES} bytes");
            return Err(Trouble::from(ProblemCode::TooLarge).saying(detail));
        }
        Ok(Some(given))
    }

    fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
        let (from, last) = range.split_once('-')?;
        let (from, last, total) = (from.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
        (from <= last && last < total).then_some(Self { from, last, total })
    }

    fn holds(&self, count: u64) -> Result<(), Trouble> {
        if self.last - self.from + 1 == count {
            return Ok(());
        }
        Err(Trouble::invalid("Content-Range and the body differ in length"))
    }
}

/// What `Range` wants: `bytes=0-` or `bytes=0-1048575`.
#[derive(Default)]
struct Wanted {
    from: u64,
    last: Option<u64>,
    ranged: bool,
}

impl Wanted {
    fn read(headers: &HeaderMap) -> Result<Self, Trouble> {
        let Some(value) = headers.get(header::RANGE) else {
            return Ok(Self::default());
        };
        let wanted = value.to_str().ok().and_then(Self::parse);
        wanted.ok_or_else(|| Trouble::invalid("Range is: bytes=FIRST- or bytes=FIRST-LAST"))
    }

    fn parse(text: &str) -> Option<Self> {
        let (from, last) = text.strip_prefix("bytes=")?.split_once('-')?;
        let from = from.parse().ok()?;
        let last: Option<u64> = match last {
            "" => None,
            last => Some(last.parse().ok()?),
        };
        let ranged = true;
        last.is_none_or(|last| from <= last)
            .then_some(Self { from, last, ranged })
    }
}
