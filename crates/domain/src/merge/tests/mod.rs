mod any;
mod fields;
mod laws;
mod records;
mod settling;

use super::*;
use crate::{DistrictId, Kind, OrganisationId, Reader, RecordId, Redaction, Sealed};
use uuid::Uuid;

pub(super) const CHANGE: MutationId = MutationId(Uuid::from_u128(77));
pub(super) const ME: PersonId = PersonId(Uuid::from_u128(8));

pub(super) fn record(kind: Kind, body: &str) -> Record {
    let envelope = Envelope {
        id: RecordId(Uuid::from_u128(1)),
        kind,
        organisation: Some(OrganisationId(Uuid::from_u128(2))),
        districts: BTreeSet::from([DistrictId(Uuid::from_u128(3))]),
        whole_organisation: false,
        owner: PersonId(Uuid::from_u128(4)),
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 1,
        floor_version: 0,
        redacted: BTreeSet::new(),
    };
    Record {
        envelope,
        body: Some(Body::new(body.to_owned())),
        sealed: None,
    }
}

pub(super) fn note(body: &str) -> Record {
    record(Kind::Note, body)
}

pub(super) fn newer(mut record: Record) -> Record {
    record.envelope.version += 1;
    record
}

pub(super) fn mine(record: &Record) -> Mine<'_> {
    Mine {
        record,
        mutation_id: CHANGE,
        by: ME,
        at: At::default(),
    }
}

pub(super) fn merged(kind: &Kind, base: &str, my: &str, their: &str) -> Merged {
    let [base, my, their] = [base, my, their].map(|body| record(kind.clone(), body));
    merge(Some(&base), &mine(&my), &newer(their))
}

pub(super) fn body(merged: &Merged) -> &str {
    merged.record.body.as_ref().map_or("", Body::as_str)
}

pub(super) fn variant(value: &str) -> String {
    format!(r#"{{"at":"1970-01-01T00:00:00.000Z","by":"{ME}","id":"{CHANGE}","value":{value}}}"#)
}
