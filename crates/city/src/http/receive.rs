//! Bodies of requests: bounded while they stream, whatever they claim to be.

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use std::{io::Write, time::Duration};
use wire::ProblemCode;

use super::trouble::Trouble;

/// The media type of every body but ciphertext.
pub(crate) const JSON: &str = "application/json";
/// The longest body of a call that is neither push nor attachment.
pub(crate) const MAX_CALL_BYTES: usize = 256 * 1024;

/// Reads a call's JSON body.
pub(crate) async fn receive<T: DeserializeOwned>(request: Request, time: Duration) -> Result<T, Trouble> {
    let bytes = receive_bytes(request, JSON, MAX_CALL_BYTES, time).await?;
    serde_json::from_slice(&bytes).map_err(|error| not_the_form(&error))
}

/// Where the form is wrong. serde's own words may quote the request, so only the place is told.
pub(crate) fn not_the_form(error: &serde_json::Error) -> Trouble {
    Trouble::invalid(format!(
        "not JSON of this call's form, line {} column {}",
        error.line(),
        error.column()
    ))
}

/// Reads a body of this media type up to `limit` bytes after decompression.
pub(crate) async fn receive_bytes(
    request: Request,
    media_type: &str,
    limit: usize,
    time: Duration,
) -> Result<Vec<u8>, Trouble> {
    let headers = request.headers();
    must_be(media_type, headers)?;
    let encoding = Encoding::of(headers)?;
    // An honest length that is too long is refused before the body is asked for; compression only makes it shorter.
    let claimed = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if claimed.is_some_and(|length| length > limit as u64) {
        // Who sends `Expect: 100-continue` has sent nothing yet and will not.
        let asks_first = headers.contains_key(header::EXPECT);
        return Err(if asks_first {
            too_large(limit)
        } else {
            drained(request.into_body().into_data_stream(), limit).await
        });
    }
    let read = read(request.into_body(), encoding, limit);
    match tokio::time::timeout(time, read).await {
        Ok(read) => read,
        Err(_) => Err(Trouble::from(ProblemCode::Unavailable).saying("the body did not arrive in time")),
    }
}

fn must_be(media_type: &str, headers: &HeaderMap) -> Result<(), Trouble> {
    let named = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(media_type) {
        return Ok(());
    }
    let detail = format!("Content-Type must be {media_type}");
    Err(Trouble::invalid(detail).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))
}

fn too_large(limit: usize) -> Trouble {
    Trouble::from(ProblemCode::TooLarge).saying(format!("at most {limit} bytes after decompression"))
}

async fn read(body: Body, encoding: Encoding, limit: usize) -> Result<Vec<u8>, Trouble> {
    let mut body = body.into_data_stream();
    let mut unpacked = encoding.unpacking(limit)?;
    let mut raw = 0;
    while let Some(chunk) = body.next().await {
        let chunk: Bytes = chunk.map_err(|_| Trouble::invalid("the body ended early"))?;
        raw += chunk.len();
        // Empty frames make no output: what came in is counted too.
        if raw > limit {
            return Err(drained(body, limit).await);
        }
        match unpacked.write_all(&chunk) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => return Err(drained(body, limit).await),
            Err(_) => return Err(broken()),
        }
    }
    unpacked.finish().map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => too_large(limit),
        _ => broken(),
    })
}

fn broken() -> Trouble {
    Trouble::invalid("the body does not decompress")
}

/// Reads on for a moment without keeping anything: an answer sent while the other side still writes is often lost.
async fn drained(mut body: axum::body::BodyDataStream, limit: usize) -> Trouble {
    let drain = async {
        let mut left = 2 * limit;
        while let Some(Ok(chunk)) = body.next().await {
            match left.checked_sub(chunk.len()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Whether it ended or not, the answer is the same.
    let _ = tokio::time::timeout(Duration::from_secs(2), drain).await;
    too_large(limit)
}

#[derive(Clone, Copy)]
enum Encoding {
    Identity,
    Zstd,
    Gzip,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Self, Trouble> {
        let mut named = headers.get_all(header::CONTENT_ENCODING).iter();
        let one = named
            .next()
            .map(|value| value.to_str().unwrap_or("?").trim().to_ascii_lowercase());
        match (one.as_deref(), named.next()) {
            (None | Some("identity"), None) => Ok(Self::Identity),
            (Some("zstd"), None) => Ok(Self::Zstd),
            (Some("gzip" | "x-gzip"), None) => Ok(Self::Gzip),
            _ => Err(Trouble::invalid("Content-Encoding may be zstd or gzip")
                .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
        }
    }

    fn unpacking(self, limit: usize) -> Result<Unpacking, Trouble> {
        let kept = Kept {
            bytes: Vec::new(),
            limit,
        };
        Ok(match self {
            Self::Identity => Unpacking::Identity(kept),
            Self::Gzip => Unpacking::Gzip(Box::new(flate2::write::MultiGzDecoder::new(kept))),
            Self::Zstd => {
                let mut decoder = zstd::stream::write::Decoder::new(kept).map_err(|_| ProblemCode::Unavailable)?;
                // RFC 9659: a frame may not make the reader keep a window beyond 8 MiB.
                decoder.window_log_max(23).map_err(|_| ProblemCode::Unavailable)?;
                Unpacking::Zstd(Box::new(decoder))
            }
        })
    }
}

/// What was unpacked so far; refuses the first byte beyond its limit.
struct Kept {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

enum Unpacking {
    Identity(Kept),
    Gzip(Box<flate2::write::MultiGzDecoder<Kept>>),
    Zstd(Box<zstd::stream::write::Decoder<'static, Kept>>),
}

impl Unpacking {
    fn write_all(&mut self, chunk: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Identity(kept) => kept.write_all(chunk),
            Self::Gzip(decoder) => decoder.write_all(chunk),
            Self::Zstd(decoder) => decoder.write_all(chunk),
        }
    }

    fn finish(self) -> std::io::Result<Vec<u8>> {
        let kept = match self {
            Self::Identity(kept) => kept,
            Self::Gzip(decoder) => decoder.finish()?,
            Self::Zstd(mut decoder) => {
                decoder.flush()?;
                decoder.into_inner()
            }
        };
        Ok(kept.bytes)
    }
}
