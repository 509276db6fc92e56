//! Forgetting: records or fields, for good, and how far devices have followed.

use super::{Ring, Service, Stop, scope::Scope, scribe::Scribe, who::Who};
use crate::{
    Error,
    admin::AuditEntry,
    ledger::{ErasureRow, Forgotten, Key, Reading, Standing, Writing},
};
use domain::{
    Action, At, BlobHash, Body, Envelope, OrganisationId, PersonId, RecordId, Redaction, Role, State, may,
    merge::SEALED,
};
use std::collections::BTreeSet;
use uuid::Uuid;
use wire::{ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Head, ProblemCode, Token};

/// One order names at most so many records, and so many fields.
const MOST: usize = 1_000;

/// A well-formed order to forget.
pub(crate) struct Order {
    ids: Vec<RecordId>,
    fields: Option<BTreeSet<String>>,
    ground: String,
    case_no: String,
}

impl Order {
    /// Ground and case number are codes: no words of a person may find their way into a log that is never forgotten.
    pub(crate) fn of(request: ErasureRequest) -> Option<Self> {
        let coded = |text: &str, signs: &str| {
            (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
        };
        let named = |fields: &Vec<String>| {
            (1..=MOST).contains(&fields.len()) && fields.iter().all(|name| (1..=80).contains(&name.len()))
        };
        let well_formed = (1..=MOST).contains(&request.ids.len())
            && request.fields.as_ref().is_none_or(named)
            && coded(&request.ground, "_-.")
            && coded(&request.case_no, "_-./ ");
        well_formed.then(|| Self {
            ids: request.ids,
            fields: request.fields.map(|fields| fields.into_iter().collect()),
            ground: request.ground,
            case_no: request.case_no,
        })
    }
}

impl Order {
    /// What a restored database is to forget again.
    pub(crate) fn again(ids: Vec<RecordId>, fields: Option<BTreeSet<String>>) -> Self {
        Self {
            ids,
            fields,
            ground: "restored".to_owned(),
            case_no: "forget.log".to_owned(),
        }
    }
}

/// A lead's order, for records of the own organisation.
pub(super) fn erase(
    service: &Service,
    writing: &mut dyn Writing,
    token: Option<&Token>,
    request: ErasureRequest,
) -> Result<(ErasureTaken, Ring), Stop> {
    let now = service.world().now();
    let who = Who::staying(writing, token, now)?;
    let order = Order::of(request).ok_or(ProblemCode::Invalid)?;
    let scope = Scope::of(writing, &who.person, who.device.person, now)?;
    let standings = writing.standings(&order.ids)?;
    for id in &order.ids {
        match standings.get(id) {
            Some(standing) if may(&scope.today, Action::Erase, &standing.envelope) => {}
            Some(standing) if scope.sees(&standing.envelope) => return Err(ProblemCode::Forbidden.into()),
            _ => return Err(ProblemCode::NotFound.into()),
        }
    }
    let (row, touched) = forget(service, writing, &order, Some(who.device.person), now)?;
    Ok((ErasureTaken { id: row.id }, Ring::Keys(touched)))
}

/// Forgets what an order names. It stands in the forget log before the transaction is kept.
pub(crate) fn forget(
    service: &Service,
    writing: &mut dyn Writing,
    order: &Order,
    by: Option<PersonId>,
    now: At,
) -> Result<(ErasureRow, BTreeSet<Key>), Error> {
    let founder = founder(writing)?;
    let kept_seq = writing.kept()?;
    let mut scribe = Scribe::begin(writing)?;
    let mut records = Vec::new();
    let mut organisation: Option<OrganisationId> = None;
    let mut standings = writing.standings(&order.ids)?;
    for id in &order.ids {
        let Some(standing) = standings.remove(id) else { continue };
        organisation = organisation.or(standing.envelope.organisation);
        if standing.envelope.state == State::Erased {
            records.push((*id, standing.envelope.version));
            continue;
        }
        let version = match &order.fields {
            None => scribe.revise(standing, erased, (None, None), by.unwrap_or(founder), now),
            Some(fields) => redact(writing, &mut scribe, standing, fields, by.unwrap_or(founder), now)?,
        };
        records.push((*id, version));
    }
    let mut bytes = [0; 16];
    service.world().fill(&mut bytes);
    let row = ErasureRow {
        id: ErasureId(uuid::Builder::from_random_bytes(bytes).into_uuid()),
        at: now,
        organisation,
        seq: scribe.seq(),
        ground: order.ground.clone(),
        case_no: order.case_no.clone(),
        fields: order.fields.clone(),
        records,
    };
    writing.add_erasure(&row)?;
    writing.audit(&AuditEntry {
        at: now,
        by,
        action: if row.fields.is_some() {
            "record.redact"
        } else {
            "record.erase"
        }
        .to_owned(),
        subject: Some(row.id.0.to_string()),
        detail: Some(format!(
            "{} records, ground {}, case {}",
            row.records.len(),
            row.ground,
            row.case_no
        )),
    })?;
    let touched = scribe.finish(writing)?;
    let epoch = super::who::epoch(writing)?;
    let forgotten = Forgotten::Records {
        records: row.records.clone(),
        fields: row.fields.clone(),
    };
    // The place named is the one that is kept already: the line must not outrun a transaction that may still fail.
    service.forget_log().append(now, &epoch.0, kept_seq, forgotten)?;
    Ok((row, touched))
}

/// What stays of an erased record: what later pushes and feeds have to know, and nothing of anybody.
fn erased(envelope: &mut Envelope) {
    envelope.owner = PersonId(Uuid::nil());
    envelope.confidential = false;
    envelope.blobs.clear();
    envelope.retention = None;
    envelope.state = State::Erased;
    envelope.floor_version = envelope.version;
    envelope.redacted.clear();
}

fn redact(
    reading: &dyn Reading,
    scribe: &mut Scribe,
    standing: Standing,
    fields: &BTreeSet<String>,
    by: PersonId,
    at: At,
) -> Result<u64, Error> {
    let Head {
        envelope, body, sealed, ..
    } = without(reading.head(standing.n)?, fields)?;
    Ok(scribe.revise(standing, |revised| *revised = envelope, (body, sealed), by, at))
}

/// A record without these fields, as its next version.
pub(super) fn without(mut head: Head, fields: &BTreeSet<String>) -> Result<Head, Error> {
    let envelope = &mut head.envelope;
    let named: Vec<&str> = fields.iter().map(String::as_str).collect();
    let was = head.body.take();
    let cut = |body: &Body| domain::redact(&envelope.kind, body, &named).map_err(|_| Error::Row("record.body"));
    head.body = was.as_ref().map(cut).transpose()?;
    head.sealed = head.sealed.filter(|_| !fields.contains(SEALED));
    // An attachment goes with the part that named it. What a sealed part names nobody can read here, so while there is one
    // it is believed to name whatever the body never did.
    let names =
        |body: &Option<Body>, hash: &BlobHash| body.as_ref().is_some_and(|body| body.as_str().contains(hash.as_str()));
    envelope
        .blobs
        .retain(|hash| names(&head.body, hash) || head.sealed.is_some() && !names(&was, hash));
    envelope.version += 1;
    let version = envelope.version;
    envelope.floor_version = version;
    // One entry a field: the newest forgetting is the one that counts.
    envelope.redacted.retain(|redaction| !fields.contains(&redaction.field));
    envelope.redacted.extend(fields.iter().map(|field| Redaction {
        field: field.clone(),
        version,
    }));
    Ok(head)
}

/// The person record in whose name the city itself writes.
pub(crate) fn founder(reading: &dyn Reading) -> Result<PersonId, Error> {
    let id = reading.fact("founder")?.ok_or(Error::Row("fact.founder"))?;
    id.parse().map_err(|_| Error::Row("fact.founder"))
}

/// How many of the devices that may have held it have followed.
pub(super) fn status(
    reading: &dyn Reading,
    token: Option<&Token>,
    id: ErasureId,
    now: At,
) -> Result<ErasureStatus, Stop> {
    let who = Who::staying(reading, token, now)?;
    let row = reading.erasure(id)?.ok_or(ProblemCode::NotFound)?;
    let rights = &who.person.rights;
    if rights.role != Role::Lead || row.organisation != Some(rights.organisation) {
        return Err(ProblemCode::NotFound.into());
    }
    let ids: Vec<RecordId> = row.records.iter().map(|(id, _)| *id).collect();
    let standings = reading.standings(&ids)?;
    let (mut confirmed, mut pending) = (0, 0);
    for device in reading
        .devices()?
        .into_iter()
        .filter(|device| device.enrolled_seq < row.seq)
    {
        let person = reading.person(device.person)?.ok_or(Error::Row("device.person"))?;
        let scope = Scope::of(reading, &person, device.person, now)?;
        let mut held = false;
        for standing in standings.values() {
            held = held || scope.knows(reading, standing)?;
        }
        if held && (device.wiped_at.is_some() || device.seen.forgotten_seq >= row.seq) {
            confirmed += 1;
        } else if held {
            pending += 1;
        }
    }
    Ok(ErasureStatus {
        confirmed,
        pending,
        backups_until: None,
    })
}
