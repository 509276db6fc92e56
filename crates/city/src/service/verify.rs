//! Whether both sides hold the same: sums that are kept with each write, added up by slice.

use super::{
    Stop,
    cursor::Point,
    who::{Who, epoch},
};
use crate::{
    Error,
    ledger::{Class, Reading, Sum},
};
use domain::{Action, At, Envelope, Person, Role, State, may};
use std::collections::BTreeSet;
use wire::{Digest, ProblemCode, Token, VerifyAnswer, VerifyQuery};

/// Count and digest of a slice that the caller sees whole.
pub(super) fn verify(
    reading: &dyn Reading,
    token: Option<&Token>,
    query: &VerifyQuery,
    now: At,
) -> Result<VerifyAnswer, Stop> {
    let who = Who::staying(reading, token, now)?;
    let rights = &who.person.rights;
    let catalogue = query.kind.as_ref().is_some_and(domain::Kind::is_catalogue);
    // Decided by rights and not by what there is, so that nobody learns of records by asking.
    let own = query
        .organisation
        .is_none_or(|organisation| organisation == rights.organisation);
    let works = matches!(rights.role, Role::Worker | Role::Lead) || catalogue;
    let whole = match query.district {
        Some(district) => rights.districts.contains(&district),
        None => catalogue || works_everywhere(reading, rights)?,
    };
    if !(own && works && whole) {
        return Err(ProblemCode::Forbidden.into());
    }
    let point = match &query.cursor {
        Some(cursor) => Some(Point::read(cursor, &epoch(reading)?)?),
        None => None,
    };
    let mut answer = (0, Sum::default());
    for class in reading.classes(Some(rights.organisation))? {
        let in_district = query
            .district
            .is_none_or(|district| class.placement.districts.contains(&district));
        let in_kind = query.kind.as_ref().is_none_or(|kind| *kind == class.kind);
        if !in_district || !in_kind {
            continue;
        }
        if !may(rights, Action::Read, &probe(&class, who.device.person)) {
            return Err(ProblemCode::Forbidden.into());
        }
        let moved_on = point.as_ref().is_some_and(|point| class.seq > point.seq);
        if moved_on {
            return Err(ProblemCode::MovedOn.into());
        }
        answer = (answer.0 + class.count, answer.1.plus(&class.sum.0));
    }
    let unfinished = point.is_some_and(|point| point.pass.is_some() || point.scope != who.person.scope_version);
    if unfinished {
        return Err(ProblemCode::MovedOn.into());
    }
    Ok(VerifyAnswer {
        count: answer.0,
        digest: Digest(answer.1.to_hex()),
    })
}

/// Whether somebody works in every district in which anybody of their organisation works. That a record stands in
/// another one is then no news; else the mere refusal of a slice would tell that there is one.
fn works_everywhere(reading: &dyn Reading, rights: &Person) -> Result<bool, Error> {
    let people = reading.people()?;
    let mut colleagues = people
        .iter()
        .filter(|row| row.rights.organisation == rights.organisation);
    Ok(colleagues.all(|row| row.rights.districts.is_subset(&rights.districts)))
}

/// A record of a class, as far as its placement decides.
fn probe(class: &Class, owner: domain::PersonId) -> Envelope {
    Envelope {
        id: domain::RecordId(uuid::Uuid::nil()),
        kind: class.kind.clone(),
        organisation: class.placement.organisation,
        districts: class.placement.districts.clone(),
        whole_organisation: class.placement.whole_organisation,
        owner,
        confidential: false,
        readers: class.placement.readers.clone(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 1,
        floor_version: 0,
        redacted: BTreeSet::new(),
    }
}
