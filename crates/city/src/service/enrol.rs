//! Enrolment: an invitation's code makes one device known, once.

use super::{
    Ring, Service, Stop,
    scribe::Scribe,
    who::{epoch, token_hash},
};
use crate::{
    Error,
    ledger::{DeviceRow, InvitationRow, Sighting, Writing},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{At, Body, DeviceId, Envelope, Kind, Members, OrganisationId, PersonId, State};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use wire::{EnrolAnswer, EnrolRequest, Head, IdKey, ProblemCode};

/// A code has 12 digits of 5 bits each.
pub(crate) const CODE_LENGTH: usize = 12;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const NAME_LENGTH: usize = 80;

/// The digits of a code for these bits, in groups of four.
pub(crate) fn group_code(bits: &[u8; CODE_LENGTH]) -> String {
    let digits = bits.map(|bits| char::from(CROCKFORD[usize::from(bits % 32)]));
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The hash under which a code is stored; `None` for what is no code. Case, separators and O, I, L do not matter.
pub(crate) fn code_hash(code: &str) -> Option<[u8; 32]> {
    let digits = code
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    let digits: String = digits.take(CODE_LENGTH + 1).collect();
    let well_formed = digits.len() == CODE_LENGTH && digits.bytes().all(|digit| CROCKFORD.contains(&digit));
    well_formed.then(|| Sha256::digest(digits.as_bytes()).into())
}

/// Makes a device known, or answers again what was answered.
pub(super) fn enrol(
    service: &Service,
    writing: &mut dyn Writing,
    request: &EnrolRequest,
) -> Result<(EnrolAnswer, Ring), Stop> {
    let now = service.world().now();
    let token = BASE64_URL_SAFE_NO_PAD
        .decode(&request.token.0)
        .map_err(|_| ProblemCode::Invalid)?;
    let named = |name: &str| name.chars().count() <= NAME_LENGTH && !name.contains('\0');
    if token.len() != 32 || !named(&request.device_name) || !named(&request.app_version) {
        return Err(ProblemCode::Invalid.into());
    }
    let hash = code_hash(&request.code).ok_or(ProblemCode::CodeInvalid)?;
    let invitation = writing.invitation(&hash)?.ok_or(ProblemCode::CodeInvalid)?;
    let token = token_hash(&request.token);
    let repeated = invitation.device == Some(request.device_id) && invitation.token_hash == Some(token);
    if repeated {
        return Ok((answer(writing, invitation.person, &token)?, Ring::Nobody));
    }
    let person = writing.person(invitation.person)?.ok_or(ProblemCode::CodeInvalid)?;
    let taken = writing.devices()?;
    let free = invitation.device.is_none()
        && invitation.valid_until >= now
        && person.leaving_since.is_none()
        && !taken
            .iter()
            .any(|device| device.id == request.device_id || device.token_hash == token)
        && writing.standings(&[request.device_id.into()])?.is_empty();
    if !free {
        return Err(ProblemCode::CodeInvalid.into());
    }
    let codes: BTreeSet<&str> = taken.iter().map(|device| device.code.as_str()).collect();
    let code = free_code(&codes, &mut |bytes| service.world().fill(bytes));
    let mut scribe = Scribe::begin(writing)?;
    scribe.write(
        None,
        card(
            request.device_id,
            &code,
            invitation.person,
            person.rights.organisation,
            now,
        )?,
    );
    writing.put_device(&DeviceRow {
        id: request.device_id,
        person: invitation.person,
        token_hash: token,
        code: code.clone(),
        name: request.device_name.clone(),
        app_version: request.app_version.clone(),
        enrolled_at: now,
        enrolled_seq: scribe.seq(),
        revoked_at: None,
        wiped_at: None,
        seen: Sighting::default(),
    })?;
    let used = InvitationRow {
        device: Some(request.device_id),
        token_hash: Some(token),
        ..invitation
    };
    writing.put_invitation(&hash, &used)?;
    let touched = scribe.finish(writing)?;
    writing.audit(&crate::admin::AuditEntry {
        at: now,
        by: Some(used.person),
        action: "device.enrol".to_owned(),
        subject: Some(request.device_id.to_string()),
        detail: Some(code),
    })?;
    Ok((answer(writing, used.person, &token)?, Ring::Keys(touched)))
}

fn answer(writing: &dyn Writing, id: PersonId, token: &[u8; 32]) -> Result<EnrolAnswer, Stop> {
    let device = writing.device_by_token(token)?.ok_or(ProblemCode::CodeInvalid)?;
    if device.revoked_at.is_some() || device.wiped_at.is_some() {
        return Err(ProblemCode::CodeInvalid.into());
    }
    let person = writing.person(id)?.ok_or(Error::Row("invitation.person"))?;
    let organisation = person.rights.organisation;
    let row = writing.organisations()?.into_iter().find(|row| row.id == organisation);
    let id_key = row.ok_or(Error::Row("scope.organisation"))?.id_key;
    Ok(EnrolAnswer {
        person: id,
        organisation,
        city: writing.fact("city")?.ok_or(Error::Row("fact.city"))?,
        epoch: epoch(writing)?,
        device_code: device.code,
        id_key: IdKey(BASE64_URL_SAFE_NO_PAD.encode(id_key)),
    })
}

/// The device's record in the catalogue.
fn card(id: DeviceId, code: &str, owner: PersonId, organisation: OrganisationId, now: At) -> Result<Head, Error> {
    let mut members = Members::default();
    let set = members
        .set("code", code)
        .and_then(|()| members.set("organisation", &organisation));
    set.map_err(|_| Error::Row("device card"))?;
    let envelope = Envelope {
        id: id.into(),
        kind: Kind::Device,
        organisation: None,
        districts: BTreeSet::new(),
        whole_organisation: true,
        owner,
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 1,
        floor_version: 0,
        redacted: BTreeSet::new(),
    };
    let body = Some(Body::from_members(&members));
    Ok(Head {
        envelope,
        body,
        sealed: None,
        changed_at: now,
        changed_by: owner,
    })
}

/// A code that no device of the city has or had: letter and digit, then two signs, and three when those are used up.
fn free_code(taken: &BTreeSet<&str>, fill: &mut dyn FnMut(&mut [u8])) -> String {
    let letters = &CROCKFORD[10..];
    let pairs = |second: &'static [u8]| {
        letters.iter().flat_map(move |a| {
            second
                .iter()
                .map(move |b| String::from_utf8_lossy(&[*a, *b]).into_owned())
        })
    };
    let free = |codes: Vec<String>| {
        codes
            .into_iter()
            .filter(|c| !taken.contains(c.as_str()))
            .collect::<Vec<_>>()
    };
    let mut codes = free(pairs(&CROCKFORD[..10]).collect());
    if codes.is_empty() {
        codes = free(pairs(CROCKFORD).collect());
    }
    if codes.is_empty() {
        codes = free(
            pairs(CROCKFORD)
                .flat_map(|c| CROCKFORD.iter().map(move |d| format!("{c}{}", char::from(*d))))
                .collect(),
        );
    }
    let mut chance = [0; 8];
    fill(&mut chance);
    let place = u64::from_be_bytes(chance) % (codes.len().max(1) as u64);
    codes.swap_remove(usize::try_from(place).expect("smaller than a count"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_was_typed() {
        let code = group_code(&[0, 1, 10, 31, 22, 5, 6, 7, 8, 9, 11, 12]);
        assert_eq!(code, "01AZ-P567-89BC");
        let hash = code_hash(&code);
        assert!(hash.is_some());
        assert_eq!(hash, code_hash("oiaz p567 89bc"));
        assert_eq!(hash, code_hash("OLAZP56789BC"));
        for wrong in [
            "",
            "01AZ-P567-89B",
            "01AZ-P567-89BCD",
            "01AZ-P567-89BU",
            "01AZ-P567-89Bß",
        ] {
            assert_eq!(code_hash(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn device_codes_are_two_signs_until_they_are_used_up() {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for n in 0..1_000 {
            let codes = taken.iter().map(String::as_str).collect();
            let code = free_code(&codes, &mut |bytes| bytes.fill(7));
            assert_eq!(code.len(), if n < 22 * 32 { 2 } else { 3 });
            assert!(taken.insert(code), "no code twice");
        }
    }
}
