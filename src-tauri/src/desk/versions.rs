//! A record in two versions: what stands beside what, and settling it.

use super::{Error, Notebook, Written};
use domain::{
    Body, Members, MutationId, Record, RecordId,
    fields::{FieldRule, rules},
    kinds::Variant,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What somebody decided for a field that stands in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What stands there stays.
    Standing,
    /// The version of this id.
    Version(MutationId),
    /// A text made of both.
    Text(String),
}

/// The open versions of a record beside those that stand, by field.
///
/// # Errors
/// [`Error::Unreadable`] where the body cannot be read.
pub fn open_versions(record: &Record) -> Result<BTreeMap<String, Vec<Variant>>, Error> {
    let Some(body) = &record.body else {
        return Ok(BTreeMap::new());
    };
    let members = body.members().map_err(|_| Error::Unreadable)?;
    match members.raw("variants") {
        Some(raw) => serde_json::from_str(raw).map_err(|_| Error::Unreadable),
        None => Ok(BTreeMap::new()),
    }
}

/// The record as it would be with this value in this field.
///
/// # Errors
/// [`Error::Unreadable`] for a field or a value of another shape.
pub fn with_version(record: &Record, field: &str, value: &str) -> Result<Record, Error> {
    let mut chosen = record.clone();
    if field == PLACEMENT {
        let placement: Placement = serde_json::from_str(value).map_err(|_| Error::Unreadable)?;
        chosen.envelope.districts = placement.districts;
        chosen.envelope.whole_organisation = placement.whole_organisation;
        return Ok(chosen);
    }
    let mut members = members(record)?;
    let path: Vec<&str> = field.split('/').collect();
    match path.as_slice() {
        [unit] => set(&mut members, rules(&record.envelope.kind), unit, value)?,
        [list, part, unit] => set_in_part(&mut members, list, part, unit, value)?,
        _ => return Err(Error::Unreadable),
    }
    chosen.body = Some(Body::from_members(&members));
    Ok(chosen)
}

const PLACEMENT: &str = "envelope.districts";

#[derive(serde::Deserialize)]
struct Placement {
    districts: std::collections::BTreeSet<domain::DistrictId>,
    whole_organisation: bool,
}

impl Notebook {
    /// Settles a field that stands in two versions: the choice stands, and the versions that were `seen` are no longer
    /// open. One that arrived unseen stays.
    ///
    /// # Errors
    /// As [`Notebook::change`].
    pub fn settle(&self, id: RecordId, field: &str, choice: &Choice, seen: &[MutationId]) -> Result<Written, Error> {
        let base = self.record(id)?.record;
        let mut open = open_versions(&base)?;
        let list = open.get_mut(field).ok_or(Error::NoRecord(id))?;
        let mut mine = match choice {
            Choice::Standing => base.clone(),
            Choice::Text(text) => with_version(&base, field, &serde_json::Value::from(text.as_str()).to_string())?,
            Choice::Version(version) => {
                let chosen = list.iter().find(|entry| entry.id == *version);
                let chosen = chosen.ok_or(Error::NoRecord(id))?;
                with_version(&base, field, chosen.value.get())?
            }
        };
        list.retain(|entry| !seen.contains(&entry.id));
        open.retain(|_, list| !list.is_empty());
        let mut left = members(&mine)?;
        if open.is_empty() {
            left.remove("variants");
        } else {
            left.set("variants", &open).map_err(|_| Error::Unreadable)?;
        }
        mine.body = Some(Body::from_members(&left));
        self.change(&base, &mine, None)
    }
}

fn members(record: &Record) -> Result<Members, Error> {
    let body = record.body.as_ref().ok_or(Error::Unreadable)?;
    body.members().map_err(|_| Error::Unreadable)
}

/// Puts a unit's value where it stands: into one member, or into the members of a larger unit.
fn set(members: &mut Members, rules: &[FieldRule], unit: &str, value: &str) -> Result<(), Error> {
    let of_unit: Vec<&str> = rules
        .iter()
        .filter(|rule| rule.unit == unit)
        .map(|rule| rule.name)
        .collect();
    match of_unit.as_slice() {
        [] => put(members, unit, Some(value)),
        [only] => put(members, only, Some(value)),
        several => {
            let inside = match value {
                "null" => Members::default(),
                _ => Members::parse(value).map_err(|_| Error::Unreadable)?,
            };
            several.iter().try_for_each(|name| put(members, name, inside.raw(name)))
        }
    }
}

fn put(members: &mut Members, name: &str, value: Option<&str>) -> Result<(), Error> {
    match value.filter(|value| *value != "null") {
        None => drop(members.remove(name)),
        Some(value) => members.set_raw(name, raw(value)?),
    }
    Ok(())
}

/// The same inside one part of a list of parts.
fn set_in_part(members: &mut Members, list: &str, part: &str, unit: &str, value: &str) -> Result<(), Error> {
    let parts: Vec<Box<RawValue>> = members.read(list).ok_or(Error::Unreadable)?;
    let parts: Vec<Box<RawValue>> = parts
        .into_iter()
        .map(|entry| {
            let mut inside = Members::parse(entry.get()).map_err(|_| Error::Unreadable)?;
            if inside.read::<String>("id").as_deref() != Some(part) {
                return Ok(entry);
            }
            put(&mut inside, unit, Some(value))?;
            raw(&inside.to_json())
        })
        .collect::<Result<_, Error>>()?;
    members.set(list, &parts).map_err(|_| Error::Unreadable)
}

fn raw(json: &str) -> Result<Box<RawValue>, Error> {
    RawValue::from_string(json.to_owned()).map_err(|_| Error::Unreadable)
}
