//! Who somebody is, and how far devices are.

use super::{
    Ring, Service, Stop,
    cursor::Point,
    who::{Who, epoch, restores},
};
use crate::{
    Error,
    ledger::{Reading, Sighting, Writing},
};
use domain::{At, Role};
use wire::{Cursor, DeviceReport, DeviceSeen, DeviceState, Epoch, Me, ProblemCode, Token};

const VERSION_LENGTH: usize = 80;

/// Who calls, and what they may see now.
pub(super) fn me(reading: &dyn Reading, token: Option<&Token>, now: At) -> Result<Me, Stop> {
    let Who { device, person } = Who::of(reading, token, now)?;
    Ok(Me {
        person: device.person,
        name: person.name,
        role: person.rights.role,
        organisation: person.rights.organisation,
        districts: person.rights.districts,
        field: person.rights.field,
        device_id: device.id,
        device_code: device.code,
        epoch: epoch(reading)?,
        state: match person.leaving_since {
            Some(_) => DeviceState::Leaving,
            None => DeviceState::Active,
        },
        now: Some(now),
        restores: restores(reading)?,
    })
}

/// Notes how far a device is. A revoked one may still say that it has wiped.
pub(super) fn report(
    service: &Service,
    writing: &mut dyn Writing,
    token: Option<&Token>,
    report: &DeviceReport,
) -> Result<((), Ring), Stop> {
    let now = service.world().now();
    let who = match report.wiped {
        true => Who::even_revoked(writing, token)?,
        false => Who::of(writing, token, now)?,
    };
    if report.app_version.len() > VERSION_LENGTH || report.app_version.contains('\0') {
        return Err(ProblemCode::Invalid.into());
    }
    let epoch = epoch(writing)?;
    let before = who.device.seen;
    writing.sight(
        who.device.id,
        &Sighting {
            at: Some(now),
            seq: reached(report.cursor.as_ref(), &epoch)?.unwrap_or(before.seq),
            forgotten_seq: reached(report.forgotten_through.as_ref(), &epoch)?
                .map_or(before.forgotten_seq, |seq| seq.max(before.forgotten_seq)),
            waiting: report.waiting,
            oldest_waiting_at: report.oldest_waiting_at,
            app_version: report.app_version.clone(),
            wiped_at: report.wiped.then_some(now),
        },
    )?;
    if report.wiped && who.device.wiped_at.is_none() {
        writing.audit(&crate::admin::AuditEntry {
            at: now,
            by: Some(who.device.person),
            action: "device.wiped".to_owned(),
            subject: Some(who.device.id.to_string()),
            detail: None,
        })?;
    }
    Ok(((), Ring::Nobody))
}

/// How far a cursor is; a cursor of another life says nothing.
fn reached(cursor: Option<&Cursor>, epoch: &Epoch) -> Result<Option<u64>, Stop> {
    match cursor.map(|cursor| Point::read(cursor, epoch)) {
        None | Some(Err(ProblemCode::NewEpoch)) => Ok(None),
        Some(Ok(point)) => Ok(Some(point.seq)),
        Some(Err(code)) => Err(code.into()),
    }
}

/// The devices a lead or an admin may see; nobody's work is ranked by them, so figures go to the own team's lead only.
pub(super) fn devices(reading: &dyn Reading, token: Option<&Token>, now: At) -> Result<Vec<DeviceSeen>, Stop> {
    let who = Who::staying(reading, token, now)?;
    let rights = who.person.rights;
    let lead = match rights.role {
        Role::Lead => true,
        Role::Admin => false,
        Role::Worker | Role::Planner => return Err(ProblemCode::Forbidden.into()),
    };
    let mut seen = Vec::new();
    for device in reading.devices()? {
        let owner = reading.person(device.person)?.ok_or(Error::Row("device.person"))?;
        if device.wiped_at.is_some() || (lead && owner.rights.organisation != rights.organisation) {
            continue;
        }
        seen.push(DeviceSeen {
            device: device.id,
            person: device.person,
            seen_at: device.seen.at,
            waiting: lead.then_some(device.seen.waiting),
            oldest_waiting_at: device.seen.oldest_waiting_at.filter(|_| lead),
        });
    }
    Ok(seen)
}
