//! Making this device known to a city; safe to repeat after a lost answer.

use crate::{CityClient, Error, Source};
use sha2::{Digest, Sha256};
use store::{Enrolment, Identity, Store};
use wire::{Backend, EnrolRequest, Token};

/// A city that may be spoken to with or without a token.
pub trait Door: Backend + Sized {
    /// Where it is; remembered with the identity.
    fn url(&self) -> String;
    /// The same city, spoken to with this token.
    fn with_token(&self, token: Token) -> Self;
}

impl Door for CityClient {
    fn url(&self) -> String {
        self.address().to_string()
    }
    fn with_token(&self, token: Token) -> Self {
        CityClient::with_token(self, token)
    }
}

/// Enrols this notebook's device with an invitation's code.
///
/// The device's id and token are written down before the city hears of them. A repeat with the same code at the same
/// city uses the same, so that the city recognises it; another code is another attempt.
///
/// # Errors
/// [`Error::Enrolled`] for a notebook that is enrolled; [`Error::OtherPerson`] for one that was restored from somebody
/// else's device; `code_invalid` for a code that does not work; or when city or
/// notebook fail, after which the same call may be made again.
pub async fn enrol<D: Door, S: Source>(
    store: &Store,
    city: &D,
    code: &str,
    device_name: &str,
    app_version: &str,
    source: &S,
) -> Result<Identity, Error> {
    let enrolment = attempt(store, &city.url(), code, source)?;
    let token = Token(enrolment.token.clone());
    let answer = city
        .enrol(EnrolRequest {
            code: code.trim().to_owned(),
            device_id: enrolment.device_id,
            token: token.clone(),
            device_name: device_name.to_owned(),
            app_version: app_version.to_owned(),
        })
        .await?;
    let me = city.with_token(token).me().await?;
    let mut identity = Identity {
        city_url: city.url(),
        token: enrolment.token.clone(),
        person: answer.person,
        organisation: answer.organisation,
        name: me.name,
        role: me.role,
        field: me.field,
        districts: me.districts,
        city: answer.city,
        epoch: answer.epoch.0,
        device_id: enrolment.device_id,
        device_code: answer.device_code,
        id_key: answer.id_key.0,
    };
    if let Some(before) = store.read(|reading| reading.identity_before())? {
        if (before.person, before.organisation) != (identity.person, identity.organisation) {
            return Err(Error::OtherPerson);
        }
        // What is held here was confirmed in that life of the city, under those rights: the first round brings it in line.
        identity.epoch.clone_from(&before.epoch);
        identity.districts.clone_from(&before.districts);
        identity.role = before.role;
    }
    store.write(|writing| {
        writing.set_identity(&identity)?;
        writing.drop_identity_before()?;
        writing.drop_enrolment()
    })?;
    Ok(identity)
}

fn attempt(store: &Store, city_url: &str, code: &str, source: &impl Source) -> Result<Enrolment, Error> {
    let (identity, begun) = store.read(|reading| Ok((reading.identity()?, reading.enrolment()?)))?;
    if identity.is_some() {
        return Err(Error::Enrolled);
    }
    let code_hash = hash(code);
    if let Some(begun) = begun.filter(|begun| begun.city_url == city_url && begun.code_hash == code_hash) {
        return Ok(begun);
    }
    let enrolment = Enrolment {
        city_url: city_url.to_owned(),
        code_hash,
        device_id: source.device_id(),
        token: source.token().0,
    };
    store.write(|writing| writing.set_enrolment(&enrolment))?;
    Ok(enrolment)
}

/// A code as it is meant, however it was typed: case and separators do not matter, O is 0, I and L are 1.
pub fn meant_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn hash(code: &str) -> String {
    Sha256::digest(meant_code(code).as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn a_code_typed_again_another_way_is_the_same_code() {
        assert_eq!(hash("k7q2-0o1i-abcd"), hash(" K7Q2 00 11 ABCD"));
        assert_ne!(hash("K7Q2"), hash("K7Q3"));
    }
}
