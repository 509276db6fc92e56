//! Who calls: a token's device and person, looked up anew for every call and inside a push's transaction.

use super::Stop;
use crate::{
    Error, World,
    ledger::{DeviceRow, PersonRow, Reading},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use domain::{At, DeviceId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use wire::{Epoch, ProblemCode, Restore, Token};

/// So long may a leaving person's devices push.
pub(crate) const LEAVING_DAYS: i64 = 14;

/// A known device and its person.
pub(super) struct Who {
    pub(super) device: DeviceRow,
    pub(super) person: PersonRow,
}

impl Who {
    /// The token's device and person, if they may still speak.
    pub(super) fn of(reading: &dyn Reading, token: Option<&Token>, now: At) -> Result<Self, Stop> {
        let who = Self::even_revoked(reading, token)?;
        let left = who
            .person
            .leaving_since
            .is_some_and(|since| later(since, LEAVING_DAYS) < now);
        if who.device.revoked_at.is_some() || who.device.wiped_at.is_some() || left {
            return Err(revoked(&who.device));
        }
        Ok(who)
    }

    /// The same, of somebody who is not leaving: who leaves may push and ask about themselves, nothing else.
    pub(super) fn staying(reading: &dyn Reading, token: Option<&Token>, now: At) -> Result<Self, Stop> {
        let who = Self::of(reading, token, now)?;
        match who.person.leaving_since {
            Some(_) => Err(ProblemCode::Forbidden.into()),
            None => Ok(who),
        }
    }

    /// The token's device and person, whatever became of them.
    pub(super) fn even_revoked(reading: &dyn Reading, token: Option<&Token>) -> Result<Self, Stop> {
        let token = token.ok_or(ProblemCode::Unauthorised)?;
        let device = reading
            .device_by_token(&token_hash(token))?
            .ok_or(ProblemCode::Unauthorised)?;
        let person = reading.person(device.person)?.ok_or(Error::Row("device.person"))?;
        Ok(Self { device, person })
    }
}

/// SHA-256 of the token as the text that is sent.
pub(super) fn token_hash(token: &Token) -> [u8; 32] {
    Sha256::digest(token.0.as_bytes()).into()
}

/// An instant so many days later.
pub(crate) fn later(at: At, days: i64) -> At {
    at.utc().checked_add_signed(TimeDelta::days(days)).map_or(at, At::from)
}

/// An instant so many days earlier.
pub(crate) fn earlier(at: At, days: i64) -> At {
    later(at, -days)
}

/// A name for a life of the city that begins.
pub(crate) fn new_epoch(world: &dyn World) -> Epoch {
    let mut chance = [0; 16];
    world.fill(&mut chance);
    Epoch(BASE64_URL_SAFE_NO_PAD.encode(chance))
}

/// The restores of this city, oldest first.
pub(crate) fn restores(reading: &dyn Reading) -> Result<Vec<Restore>, Error> {
    let Some(json) = reading.fact("restores")? else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&json).map_err(|_| Error::Row("fact.restores"))
}

/// The city's life.
pub(super) fn epoch(reading: &dyn Reading) -> Result<Epoch, Error> {
    reading.fact("epoch")?.map(Epoch).ok_or(Error::Row("fact.epoch"))
}

fn revoked(device: &DeviceRow) -> Stop {
    let mut problem = ProblemCode::Revoked.problem();
    problem.proof = Some(proof(&device.token_hash, device.id));
    Stop::Problem(Box::new(problem))
}

/// What only the city can know of a token: a device destroys its key for nobody else.
fn proof(token_hash: &[u8; 32], device: DeviceId) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(token_hash).expect("HMAC takes a key of any length");
    mac.update(b"revoked");
    mac.update(device.to_string().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}
