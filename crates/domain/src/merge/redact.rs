//! Cutting named fields and everything that remembers them out of a record.

use super::json::raw_array;
use crate::fields::rules;
use crate::{Body, Kind, Members, Record, Redaction};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// The field's name for the whole sealed part.
pub const SEALED: &str = "sealed";

/// The body without the named top-level members, their variants and what amendments say of them. Everything that stays
/// keeps its raw slices; a body that holds nothing of them is given back as it is.
///
/// # Errors
/// When the body is not an object without doubled members.
pub fn redact(kind: &Kind, body: &Body, fields: &[&str]) -> Result<Body, serde_json::Error> {
    let mut members = body.members()?;
    let mut cut = false;
    for field in fields {
        cut |= members.remove(field).is_some();
        cut |= variants(kind, &mut members, field);
        cut |= amendments(&mut members, field);
    }
    Ok(if cut {
        Body::from_members(&members)
    } else {
        body.clone()
    })
}

/// Cuts what was forgotten at a version above `base_version` out of a record that is older.
#[must_use]
pub fn forget(record: &Record, redacted: &BTreeSet<Redaction>, base_version: u64) -> Record {
    let mut left = record.clone();
    for field in redacted
        .iter()
        .filter(|cut| cut.version > base_version)
        .map(|cut| cut.field.as_str())
    {
        if field == SEALED {
            left.sealed = None;
        }
        if let Some(body) = &left.body
            && let Ok(body) = redact(&record.envelope.kind, body, &[field])
        {
            left.body = Some(body);
        }
    }
    left
}

/// Variants of the field, of its parts (`field/id/...`) and of the unit it belongs to.
fn variants(kind: &Kind, members: &mut Members, field: &str) -> bool {
    let Some(open) = members.read::<Members>("variants") else {
        // Variants that are no object name no field, so nobody could say whose words they hold.
        return members.remove("variants").is_some();
    };
    let unit = rules(kind).iter().find(|rule| rule.name == field).map(|rule| rule.unit);
    let shared = |unit: &str| rules(kind).iter().filter(|rule| rule.unit == unit).count() > 1;
    let mut left = Members::default();
    let mut cut = false;
    for (key, list) in open.iter() {
        if unit == Some(key) && shared(key) {
            let (list, less) = without_member(list, field);
            cut |= less;
            if !less || list.get() != "[]" {
                left.set_raw(key, list);
            }
        } else if key == field || key.strip_prefix(field).is_some_and(|rest| rest.starts_with('/')) {
            cut = true;
        } else {
            left.set_raw(key, list.to_owned());
        }
    }
    if cut && left.is_empty() {
        members.remove("variants");
    } else if cut {
        put(members, "variants", &left);
    }
    cut
}

/// The entries of a unit of several members, without one of them; what is left empty, or is no unit at all, goes.
fn without_member(list: &RawValue, field: &str) -> (Box<RawValue>, bool) {
    let Ok(entries) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
        return (raw_array([]), true);
    };
    let kept: Vec<String> = entries.iter().filter_map(|entry| without(entry, field)).collect();
    let cut = kept.len() < entries.len() || kept.iter().zip(&entries).any(|(kept, entry)| kept != entry.get());
    (raw_array(kept.iter().map(String::as_str)), cut)
}

fn without(entry: &RawValue, field: &str) -> Option<String> {
    let mut members: Members = serde_json::from_str(entry.get()).ok()?;
    if members.raw("value") == Some("null") {
        return Some(entry.get().to_owned());
    }
    let mut value: Members = members.read("value")?;
    if value.remove(field).is_none() {
        return Some(entry.get().to_owned());
    }
    put(&mut members, "value", &value);
    (!value.is_empty()).then(|| members.to_json())
}

fn amendments(members: &mut Members, field: &str) -> bool {
    let Some(list) = members.read::<Vec<Members>>("amendments") else {
        return false;
    };
    let mut cut = false;
    let list: Vec<Members> = list
        .into_iter()
        .map(|mut amendment| {
            if let Some(mut changes) = amendment.read::<BTreeMap<String, Box<RawValue>>>("changes")
                && changes.remove(field).is_some()
            {
                cut = true;
                put(&mut amendment, "changes", &changes);
            }
            amendment
        })
        .collect();
    if cut {
        put(members, "amendments", &list);
    }
    cut
}

fn put<T: serde::Serialize + ?Sized>(members: &mut Members, name: &str, value: &T) {
    members
        .set(name, value)
        .expect("raw JSON values write back as they were read");
}
