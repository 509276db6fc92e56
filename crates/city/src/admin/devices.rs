//! Invitations and devices.

use super::{
    names, note,
    shapes::{DeviceListed, Invited},
};
use crate::{
    Error, Service,
    ledger::{DeviceRow, Forgotten, InvitationRow, PersonRow},
    service::{CODE_LENGTH, LEAVING_DAYS, Ring, code_hash, group_code},
};
use chrono::TimeDelta;
use domain::{At, DeviceId};
use std::time::Duration;

/// The longest time an invitation may be valid.
const LONGEST: Duration = Duration::from_secs(90 * 24 * 3_600);

/// Makes an invitation for a person's next device. Its code is shown here and never again.
///
/// # Errors
/// When the person is unknown, ambiguous or leaving.
pub fn invite(service: &Service, person: &str, valid: Duration) -> Result<Invited, Error> {
    let world = service.world();
    let now = world.now();
    if valid > LONGEST || valid.is_zero() {
        return Err(Error::Invalid {
            field: "valid",
            why: "is between a second and 90 days",
            row: None,
        });
    }
    let valid_until: At = TimeDelta::from_std(valid)
        .ok()
        .and_then(|valid| now.utc().checked_add_signed(valid))
        .map(At::from)
        .ok_or(Error::TooMuch {
            field: "valid",
            limit: LONGEST.as_secs(),
        })?;
    let mut bits = [0; CODE_LENGTH];
    world.fill(&mut bits);
    let code = group_code(&bits);
    let hash = code_hash(&code).expect("a code that was just made is one");
    service.commit(|writing| {
        let person = names::person(writing, person)?;
        let row = writing.person(person)?.ok_or(Error::Row("person.id"))?;
        if row.leaving_since.is_some() {
            return Err(Error::Invalid {
                field: "person",
                why: "is leaving",
                row: None,
            });
        }
        writing.put_invitation(
            &hash,
            &InvitationRow {
                person,
                valid_until,
                device: None,
                token_hash: None,
            },
        )?;
        note(writing, now, "person.invite", Some(person.to_string()), None)?;
        Ok((
            Invited {
                code: code.clone(),
                person,
                valid_until,
            },
            Ring::Nobody,
        ))
    })
}

/// All devices, those that were wiped too.
///
/// # Errors
/// What the ledger says.
pub fn devices(service: &Service) -> Result<Vec<DeviceListed>, Error> {
    let now = service.world().now();
    service.ledger().read(|reading| {
        let listed = reading.devices()?.into_iter().map(|device| {
            let person = reading.person(device.person)?.ok_or(Error::Row("device.person"))?;
            Ok(DeviceListed {
                state: state(&device, &person, now),
                id: device.id,
                code: device.code,
                name: device.name,
                person: device.person,
                organisation: person.rights.organisation,
                person_name: person.name,
                enrolled_at: device.enrolled_at,
                seen_at: device.seen.at,
                app_version: device.app_version,
            })
        });
        listed.collect()
    })
}

fn state(device: &DeviceRow, person: &PersonRow, now: At) -> &'static str {
    let over = |since: At| crate::service::later(since, LEAVING_DAYS) < now;
    match person.leaving_since {
        _ if device.wiped_at.is_some() => "wiped",
        _ if device.revoked_at.is_some() => "revoked",
        Some(since) if over(since) => "revoked",
        Some(_) => "leaving",
        None => "active",
    }
}

/// Revokes a lost or stolen device: nothing is accepted from it, and it destroys its key at the next contact.
///
/// # Errors
/// When the device is unknown.
pub fn revoke(service: &Service, device: DeviceId) -> Result<(), Error> {
    let now = service.world().now();
    let done: Result<(), Error> = service.commit(|writing| {
        let row = writing.devices()?.into_iter().find(|row| row.id == device);
        let mut row = row.ok_or_else(|| Error::Unknown {
            what: "device",
            asked: device.to_string(),
        })?;
        if row.revoked_at.is_some() {
            return Ok(((), Ring::Nobody));
        }
        row.revoked_at = Some(now);
        writing.put_device(&row)?;
        note(writing, now, "device.revoke", Some(device.to_string()), Some(row.code))?;
        let epoch = writing.fact("epoch")?.ok_or(Error::Row("fact.epoch"))?;
        service
            .forget_log()
            .append(now, &epoch, writing.kept()?, Forgotten::Device { id: device })?;
        // It takes a place, although no record changes: a backup from before it shall be seen to be older.
        let seq = writing.seq()?;
        writing.set_seq(seq + 1)?;
        Ok(((), Ring::All))
    });
    done.and_then(|()| service.note_place())
}
