//! Who calls: the two headers of every call.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use std::sync::Arc;
use wire::{OLDEST_PROTOCOL, ProblemCode, Token};

use super::{
    town::{City, Town},
    trouble::Trouble,
};

/// The city as this caller sees it. Whether the token is known the city says, call by call.
pub(crate) struct Visitor<C: City>(pub(crate) C::Caller);

impl<C: City> FromRequestParts<Arc<Town<C>>> for Visitor<C> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, town: &Arc<Town<C>>) -> Result<Self, Trouble> {
        // Protocol first: too old a device shall hear of the update even when its token means nothing any more.
        speaks_protocol(&parts.headers)?;
        let token = bearer(&parts.headers).ok_or(ProblemCode::Unauthorised)?;
        Ok(Self(town.city.caller(Some(token))))
    }
}

fn speaks_protocol(headers: &HeaderMap) -> Result<(), Trouble> {
    let spoken = headers
        .get("quartierbuch-protocol")
        .and_then(|value| value.to_str().ok()?.trim().parse::<u32>().ok());
    match spoken {
        Some(protocol) if protocol >= OLDEST_PROTOCOL => Ok(()),
        _ => Err(Trouble::from(ProblemCode::TooOld).saying(format!(
            "send Quartierbuch-Protocol: {OLDEST_PROTOCOL} or higher; this city speaks {}",
            wire::PROTOCOL
        ))),
    }
}

/// 32 bytes are 43 letters of base64url; anything else cannot be a token and is not looked up.
fn bearer(headers: &HeaderMap) -> Option<Token> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let letters = token
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (scheme.eq_ignore_ascii_case("bearer") && token.len() == 43 && letters).then(|| Token(token.to_owned()))
}
