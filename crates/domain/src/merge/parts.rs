//! Lists of parts with ids, part by part.

use super::body::Merging;
use super::json::{Pick, array, pick, raw_array, same};
use crate::Members;
use crate::fields::FieldRule;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A list read as parts.
struct Parts {
    /// Ids in the list's order.
    order: Vec<String>,
    by_id: BTreeMap<String, (String, Members)>,
}

impl Parts {
    /// `None` unless every element is an object with an id of its own.
    fn read(list: Option<&str>) -> Option<Self> {
        let mut parts = Self {
            order: Vec::new(),
            by_id: BTreeMap::new(),
        };
        for element in list.map_or(Some(Vec::new()), array)? {
            let members = Members::parse(element.get()).ok()?;
            let id: String = members.read("id")?;
            if parts
                .by_id
                .insert(id.clone(), (element.get().to_owned(), members))
                .is_some()
            {
                return None;
            }
            parts.order.push(id);
        }
        Some(parts)
    }

    fn raw(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(raw, _)| raw.as_str())
    }

    fn members(&self, id: &str) -> Option<&Members> {
        self.by_id.get(id).map(|(_, members)| members)
    }
}

/// The merged list; `None` if one side is no list of parts. The inner `None` leaves the member out.
///
/// What one side took away goes, unless the other changed it: an edit outlives a removal. Parts stand in the order of
/// their `position`; without one, theirs keeps its order and mine's new parts follow their predecessor.
pub(super) fn merge(
    merging: &mut Merging<'_>,
    path: &str,
    rules: &'static [FieldRule],
    base: Option<&str>,
    mine: Option<&str>,
    theirs: Option<&str>,
) -> Option<Option<Box<RawValue>>> {
    let (base, mine_parts, theirs_parts) = (Parts::read(base)?, Parts::read(mine)?, Parts::read(theirs)?);
    let mut merged: Vec<(String, String)> = Vec::new();
    for id in &theirs_parts.order {
        if let Some(part) = one(merging, path, rules, id, &base, &mine_parts, &theirs_parts) {
            merged.push((id.clone(), part));
        }
    }
    for (place, id) in mine_parts.order.iter().enumerate() {
        if theirs_parts.raw(id).is_some() {
            continue;
        }
        if let Some(part) = one(merging, path, rules, id, &base, &mine_parts, &theirs_parts) {
            let before = mine_parts.order[..place].iter().rev();
            let after = before
                .filter_map(|id| merged.iter().position(|(other, _)| other == id))
                .next();
            let at = after.map_or(if place == 0 { 0 } else { merged.len() }, |at| at + 1);
            merged.insert(at, (id.clone(), part));
        }
    }
    sort(&mut merged);
    let left_out = merged.is_empty() && (mine.is_none() || theirs.is_none());
    Some((!left_out).then(|| raw_array(merged.iter().map(|(_, part)| part.as_str()))))
}

fn one(
    merging: &mut Merging<'_>,
    path: &str,
    rules: &'static [FieldRule],
    id: &str,
    base: &Parts,
    mine: &Parts,
    theirs: &Parts,
) -> Option<String> {
    match (base.raw(id), mine.raw(id), theirs.raw(id)) {
        (_, None, None) => None,
        (Some(b), Some(m), None) => (!same(Some(b), Some(m))).then(|| m.to_owned()),
        (Some(b), None, Some(t)) => (!same(Some(b), Some(t))).then(|| t.to_owned()),
        (None, Some(part), None) | (None, None, Some(part)) => Some(part.to_owned()),
        (b, Some(m), Some(t)) => match pick(b, Some(m), Some(t)) {
            Pick::Mine => Some(m.to_owned()),
            Pick::Theirs => Some(t.to_owned()),
            Pick::Asks => {
                let none = Members::default();
                let base = base.members(id).unwrap_or(&none);
                let (mine, theirs) = (mine.members(id)?, theirs.members(id)?);
                Some(
                    merging
                        .object(&format!("{path}/{id}/"), rules, base, mine, theirs)
                        .to_json(),
                )
            }
        },
    }
}

/// By position, equal ones by id, if every part has one.
fn sort(parts: &mut Vec<(String, String)>) {
    let position = |part: &str| Members::parse(part).ok()?.read::<String>("position");
    let keyed: Option<Vec<(String, (String, String))>> = parts
        .iter()
        .map(|part| Some((position(&part.1)?, part.clone())))
        .collect();
    if let Some(mut keyed) = keyed {
        keyed.sort();
        *parts = keyed.into_iter().map(|(_, part)| part).collect();
    }
}
