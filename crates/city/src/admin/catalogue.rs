//! Records of the catalogue, as the operator's functions write them.

use crate::{
    Error,
    ledger::{Standing, Writing},
    service::scribe::Scribe,
};
use domain::{At, Body, Envelope, Kind, Members, PersonId, RecordId, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use wire::Head;

/// The catalogue of one transaction: what is there, what is written.
pub(super) struct Catalogue {
    pub(super) scribe: Scribe,
    city: PersonId,
    at: At,
}

impl Catalogue {
    pub(super) fn begin(writing: &dyn Writing, city: PersonId, at: At) -> Result<Self, Error> {
        Ok(Self {
            scribe: Scribe::begin(writing)?,
            city,
            at,
        })
    }

    /// Adds a record.
    pub(super) fn add(&mut self, id: RecordId, kind: Kind, members: &Members) {
        let envelope = Envelope {
            id,
            kind,
            organisation: None,
            districts: BTreeSet::new(),
            whole_organisation: true,
            owner: self.city,
            confidential: false,
            readers: BTreeSet::new(),
            blobs: BTreeSet::new(),
            retention: None,
            state: State::Live,
            version: 1,
            floor_version: 0,
            redacted: BTreeSet::new(),
        };
        let body = Some(Body::from_members(members));
        self.scribe.write(
            None,
            Head {
                envelope,
                body,
                sealed: None,
                changed_at: self.at,
                changed_by: self.city,
            },
        );
    }

    /// Writes a record anew; what members it has beside is up to the caller.
    pub(super) fn change(&mut self, standing: Standing, members: &Members) {
        let content = (Some(Body::from_members(members)), None);
        self.scribe.revise(
            standing,
            |envelope| envelope.state = State::Live,
            content,
            self.city,
            self.at,
        );
    }
}

/// A record of the catalogue that is in use.
pub(super) struct Entry {
    pub(super) id: RecordId,
    pub(super) members: Members,
}

impl Entry {
    /// A member that is text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.members.read(name)
    }
}

/// The live records of a kind.
pub(super) fn live(reading: &dyn Writing, kind: &Kind) -> Result<Vec<Entry>, Error> {
    let heads = reading
        .of_kind(kind)?
        .into_iter()
        .filter(|head| head.envelope.state == State::Live);
    heads
        .map(|head| {
            let members = head.body.as_ref().and_then(|body| body.members().ok());
            let members = members.ok_or(Error::Row("record.body"))?;
            Ok(Entry {
                id: head.envelope.id,
                members,
            })
        })
        .collect()
}

/// Members with these values; what is `None` is left out.
pub(super) fn members(values: BTreeMap<&str, Option<serde_json::Value>>) -> Members {
    let mut members = Members::default();
    for (name, value) in values {
        if let Some(value) = value {
            set(&mut members, name, &value);
        }
    }
    members
}

/// Sets a member.
pub(super) fn set<T: Serialize + ?Sized>(members: &mut Members, name: &str, value: &T) {
    members.set(name, value).expect("text, numbers and ids are JSON");
}
