//! A record in two versions: what stands beside what, and settling it.

use super::{Error, Notebook, Written};
use domain::{
    Body, Members, MutationId, Record, RecordId,
    fields::{FieldRule, Rule, rules},
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

/// What stands in a field, in the shape its versions have: a unit of several fields is an object of them, and nothing
/// is `null`.
///
/// # Errors
/// [`Error::Unreadable`] where the body cannot be read.
pub fn standing(record: &Record, field: &str) -> Result<String, Error> {
    if field == PLACEMENT {
        let envelope = &record.envelope;
        let placement = serde_json::json!({
            "districts": envelope.districts, "whole_organisation": envelope.whole_organisation,
        });
        return Ok(placement.to_string());
    }
    let members = members(record)?;
    let said = match field.split('/').collect::<Vec<_>>().as_slice() {
        [list, part, unit] => {
            let parts: Vec<Box<RawValue>> = members.read(list).unwrap_or_default();
            let inside = parts.iter().filter_map(|entry| Members::parse(entry.get()).ok());
            let found = inside
                .into_iter()
                .find(|inside| inside.read::<String>("id").as_deref() == Some(*part));
            found.map(|inside| unit_of(&inside, part_rules(&record.envelope.kind, list), unit))
        }
        _ => Some(unit_of(&members, rules(&record.envelope.kind), field)),
    };
    Ok(said.unwrap_or_else(|| "null".to_owned()))
}

/// Whether a field is a text, whose versions can be brought together by hand.
pub fn is_text(kind: &domain::Kind, field: &str) -> bool {
    let (rules, unit) = match field.split('/').collect::<Vec<_>>().as_slice() {
        [list, _, unit] => (part_rules(kind, list), *unit),
        _ => (rules(kind), field),
    };
    let is_it = |rule: &FieldRule| rule.name == unit && rule.unit == unit && rule.rule == Rule::Text;
    rules.iter().any(is_it)
}

/// The rules inside one part of a list of parts.
fn part_rules(kind: &domain::Kind, list: &str) -> &'static [FieldRule] {
    let found = rules(kind).iter().find(|rule| rule.name == list);
    match found.map(|rule| rule.rule) {
        Some(Rule::Parts(inside)) => inside,
        _ => &[],
    }
}

/// The members of a unit.
fn names_of(rules: &[FieldRule], unit: &str) -> Vec<&'static str> {
    let of_unit = rules.iter().filter(|rule| rule.unit == unit);
    of_unit.map(|rule| rule.name).collect()
}

fn unit_of(members: &Members, rules: &[FieldRule], unit: &str) -> String {
    match names_of(rules, unit).as_slice() {
        [] => members.raw(unit).unwrap_or("null").to_owned(),
        [only] => members.raw(only).unwrap_or("null").to_owned(),
        several => {
            let mut inside = Members::default();
            for name in several {
                // A slice of a body is JSON already.
                if let Some(raw) = members.raw(name).and_then(|raw| raw_value(raw).ok()) {
                    inside.set_raw(name, raw);
                }
            }
            inside.to_json()
        }
    }
}

/// The record as it would be with this value in this field.
///
/// # Errors
/// [`Error::Unreadable`] for a field or a value of another shape.
fn with_version(record: &Record, field: &str, value: &str) -> Result<Record, Error> {
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
        [list, part, unit] => {
            let inside = part_rules(&record.envelope.kind, list);
            set_in_part(&mut members, inside, [*list, *part, *unit], value)?;
        }
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
    match names_of(rules, unit).as_slice() {
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
        Some(value) => members.set_raw(name, raw_value(value)?),
    }
    Ok(())
}

/// The same inside one part of a list of parts.
fn set_in_part(
    members: &mut Members,
    rules: &[FieldRule],
    [list, part, unit]: [&str; 3],
    value: &str,
) -> Result<(), Error> {
    let parts: Vec<Box<RawValue>> = members.read(list).ok_or(Error::Unreadable)?;
    let parts: Vec<Box<RawValue>> = parts
        .into_iter()
        .map(|entry| {
            let mut inside = Members::parse(entry.get()).map_err(|_| Error::Unreadable)?;
            if inside.read::<String>("id").as_deref() != Some(part) {
                return Ok(entry);
            }
            set(&mut inside, rules, unit, value)?;
            raw_value(&inside.to_json())
        })
        .collect::<Result<_, Error>>()?;
    members.set(list, &parts).map_err(|_| Error::Unreadable)
}

fn raw_value(json: &str) -> Result<Box<RawValue>, Error> {
    RawValue::from_string(json.to_owned()).map_err(|_| Error::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const STEP: &str = "0197a2b4-0000-7000-8000-00000000000c";

    fn request() -> Record {
        let envelope = json!({"id": "0197a2b4-0000-7000-8000-000000000001", "kind": "request", "organisation": null,
            "districts": [], "whole_organisation": true, "owner": "0197a2b4-0000-7000-8000-000000000002",
            "confidential": false, "readers": [], "blobs": [], "retention": null, "state": "live", "version": 1,
            "floor_version": 0, "redacted": []});
        let body = json!({"received_on": "2026-10-01", "status": "forwarded", "description": "Mehr Licht.",
            "steps": [{"id": STEP, "step": "forwarded", "on": "2026-10-02", "whom": "Tiefbauamt", "text": "Gemeldet."}]});
        Record {
            envelope: serde_json::from_value(envelope).expect("an envelope"),
            body: Some(Body::new(body.to_string())),
            sealed: None,
        }
    }

    fn json_of(text: &str) -> Value {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn what_stands_is_said_as_its_versions_are() {
        let said = |field: &str| json_of(&standing(&request(), field).expect("a body"));
        assert_eq!(said("status"), json!({"status": "forwarded"}), "a unit is an object");
        assert_eq!(said("description"), json!("Mehr Licht."));
        assert_eq!(said("due_on"), Value::Null);
        let step = json!({"step": "forwarded", "on": "2026-10-02", "whom": "Tiefbauamt"});
        assert_eq!(said(&format!("steps/{STEP}/step")), step, "inside a part as well");
        assert_eq!(
            said("envelope.districts"),
            json!({"districts": [], "whole_organisation": true})
        );
        assert!(is_text(&domain::Kind::Request, &format!("steps/{STEP}/text")));
        assert!(!is_text(&domain::Kind::Request, "status"));
    }

    #[test]
    fn a_unit_inside_a_part_is_settled_member_by_member() {
        let value = r#"{"step":"answered","on":"2026-10-05"}"#;
        let settled = with_version(&request(), &format!("steps/{STEP}/step"), value).expect("a body");
        let body = json_of(settled.body.as_ref().expect("a body").as_str());
        let step = json!({"id": STEP, "step": "answered", "on": "2026-10-05", "text": "Gemeldet."});
        assert_eq!(
            body["steps"][0], step,
            "whom it went to belongs to the unit and goes, the text stays"
        );
    }
}
