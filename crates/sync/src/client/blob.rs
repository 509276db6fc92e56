//! Attachments over HTTP: `Content-Range` up, `Range` down, two headers that say how much is held.

use super::{CityClient, LARGE_TIMEOUT, SMALL_TIMEOUT, answer};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{CONTENT_RANGE, CONTENT_TYPE, HeaderMap, RANGE},
};
use std::time::Duration;
use wire::{BlobHeld, BlobPiece, BlobPlace, Failure, MAX_BLOB_BYTES, MAX_BLOB_PIECE};

const BYTES: &str = "application/octet-stream";

pub(super) async fn held(city: &CityClient, place: &BlobPlace) -> Result<BlobHeld, Failure> {
    let response = send(city, at(city, Method::HEAD, place, SMALL_TIMEOUT)).await?;
    let number = |name| number(response.headers(), name);
    Ok(BlobHeld {
        held: number("upload-offset").ok_or(Failure::NotACity)?,
        total: number("upload-length"),
    })
}

pub(super) async fn put(city: &CityClient, place: &BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
    let range = format!("bytes {}-{}/{}", piece.from, piece.end().saturating_sub(1), piece.total);
    let request = at(city, Method::PUT, place, LARGE_TIMEOUT)
        .header(CONTENT_TYPE, BYTES)
        .header(CONTENT_RANGE, range)
        .body(piece.bytes);
    let response = request.send().await.map_err(answer::offline)?;
    answer::read(&answer::bytes(response, city.address.is_trusted()).await?)
}

pub(super) async fn get(city: &CityClient, place: &BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
    let request = at(city, Method::GET, place, LARGE_TIMEOUT).header(RANGE, format!("bytes={from}-"));
    let response = send(city, request).await?;
    if response.status() != StatusCode::PARTIAL_CONTENT || !answer::is(&response, BYTES) {
        return Err(Failure::NotACity);
    }
    let (first, total) = named(response.headers()).ok_or(Failure::NotACity)?;
    let bytes = answer::limited(response, MAX_BLOB_PIECE)
        .await?
        .ok_or(Failure::NotACity)?;
    let piece = BlobPiece {
        from: first,
        total,
        bytes,
    };
    let fits = piece.from == from && piece.is_well_formed() && piece.total <= MAX_BLOB_BYTES;
    if fits { Ok(piece) } else { Err(Failure::NotACity) }
}

fn at(city: &CityClient, method: Method, place: &BlobPlace, timeout: Duration) -> RequestBuilder {
    let path = format!("v1/blobs/{}", place.hash.as_str());
    let url = city.url(&path, &[("record", Some(place.record.to_string()))]);
    city.request(method, url, timeout)
}

async fn send(city: &CityClient, request: RequestBuilder) -> Result<Response, Failure> {
    let response = request.send().await.map_err(answer::offline)?;
    answer::accepted(response, city.address.is_trusted()).await
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// Where the bytes of an answer begin, and how long the whole is: `bytes 0-99/1234`.
fn named(headers: &HeaderMap) -> Option<(u64, u64)> {
    let (range, total) = headers
        .get(CONTENT_RANGE)?
        .to_str()
        .ok()?
        .strip_prefix("bytes ")?
        .split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.parse().ok()?, total.parse().ok()?))
}
