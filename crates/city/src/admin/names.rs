//! Things by the names people use: without case and accents, by number, or by id.

use super::catalogue::{Entry, live};
use crate::{Error, error::Candidate, ledger::Writing};
use domain::{DistrictId, Kind, OrganisationId, PersonId, RecordId, fold::fold};
use std::collections::BTreeSet;

/// The one thing that was asked for.
fn one(what: &'static str, asked: &str, found: Vec<Candidate>) -> Result<RecordId, Error> {
    match found.as_slice() {
        [] => Err(Error::Unknown {
            what,
            asked: asked.to_owned(),
        }),
        [only] => Ok(only.id),
        _ => Err(Error::Ambiguous {
            what,
            candidates: found,
        }),
    }
}

/// What of these an id or a name means.
fn find(what: &'static str, asked: &str, all: impl Iterator<Item = Candidate>) -> Result<RecordId, Error> {
    let asked = asked.trim();
    let id: Option<RecordId> = asked.parse().ok();
    let name = fold(asked);
    one(
        what,
        asked,
        all.filter(|one| id.map_or_else(|| fold(one.name.trim()) == name, |id| one.id == id))
            .collect(),
    )
}

/// A person by name or id.
pub(super) fn person(writing: &dyn Writing, asked: &str) -> Result<PersonId, Error> {
    let people = writing.people()?.into_iter();
    let people = people.map(|row| Candidate {
        id: row.rights.id.into(),
        name: row.name,
    });
    find("person", asked, people).map(PersonId::from)
}

/// An organisation by name or id.
pub(super) fn organisation(writing: &dyn Writing, asked: &str) -> Result<OrganisationId, Error> {
    let rows = writing.organisations()?.into_iter();
    let rows = rows.map(|row| Candidate {
        id: row.id.into(),
        name: row.name,
    });
    find("organisation", asked, rows).map(OrganisationId::from)
}

/// Districts by name, number or id. A Planungsraum or Gebiet stands for itself and all its members.
pub(super) fn districts(writing: &dyn Writing, asked: &[String]) -> Result<BTreeSet<DistrictId>, Error> {
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let all = live(writing, &Kind::District)?;
    let mut chosen = BTreeSet::new();
    for name in asked {
        let mut open = vec![district(&all, name)?];
        while let Some(id) = open.pop() {
            if chosen.insert(DistrictId::from(id)) {
                open.extend(members(&all, id));
            }
        }
    }
    Ok(chosen)
}

fn district(all: &[Entry], asked: &str) -> Result<RecordId, Error> {
    let named = |entry: &Entry| Candidate {
        id: entry.id,
        name: entry.text("name").unwrap_or_default(),
    };
    let number = asked.trim().trim_start_matches('0');
    let numbered: Vec<Candidate> = all
        .iter()
        .filter(|entry| {
            !number.is_empty()
                && entry
                    .text("number")
                    .is_some_and(|n| n.trim_start_matches('0') == number)
        })
        .map(named)
        .collect();
    if numbered.is_empty() {
        find("district", asked, all.iter().map(named))
    } else {
        one("district", asked, numbered)
    }
}

/// What lies directly in a district.
fn members(all: &[Entry], id: RecordId) -> Vec<RecordId> {
    let listed = all
        .iter()
        .find(|entry| entry.id == id)
        .and_then(|entry| entry.members.read::<Vec<RecordId>>("members"));
    let lying = all
        .iter()
        .filter(|entry| entry.members.read::<RecordId>("parent") == Some(id))
        .map(|entry| entry.id);
    lying.chain(listed.unwrap_or_default()).collect()
}
