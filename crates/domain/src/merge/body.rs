//! The clear fields, member by member.

use super::json::{Pick, pick, raw, same, string};
use super::variants::Open;
use super::{Mine, Waits, agreed, parts, set, text};
use crate::fields::{FieldRule, Rule, rules};
use crate::{Body, Kind, Members};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// A merge on its way: my values that did not stand, by path.
pub(super) struct Merging<'a> {
    pub(super) mine: &'a Mine<'a>,
    pub(super) left: BTreeMap<String, String>,
    pub(super) amended: bool,
}

/// What comes of two bodies that both changed.
pub(super) fn merge(
    merging: &mut Merging<'_>,
    kind: &Kind,
    base: Option<&Body>,
    my_body: &Body,
    their_body: &Body,
) -> Result<Body, Waits> {
    let read = |body: &Body| body.check(kind).ok().and_then(|()| body.members().ok());
    let base = base.and_then(read).unwrap_or_default();
    let (mine, theirs) = (
        read(my_body).ok_or(Waits::Unreadable)?,
        read(their_body).ok_or(Waits::Unreadable)?,
    );
    let mut merged = match kind {
        Kind::Month => return Err(Waits::Frozen),
        Kind::Meeting => agreed::merge(merging, &base, &mine, &theirs)?,
        _ => merging.object("", rules(kind), &base, &mine, &theirs),
    };
    let [b, m, t] = [&base, &mine, &theirs].map(|side| side.raw("variants"));
    let unchanged = merging.left.is_empty().then(|| pick(b, m, t));
    match unchanged {
        Some(Pick::Mine) => set_member(&mut merged, "variants", mine.get("variants")),
        Some(Pick::Theirs) => set_member(&mut merged, "variants", theirs.get("variants")),
        _ => {
            let mut open = Open::merge(b, m, t).ok_or(Waits::Unreadable)?;
            if let Some(full) = open.add_all(&merging.left, merging.mine, t) {
                return Err(full);
            }
            set_member(&mut merged, "variants", open.to_raw().as_deref());
        }
    }
    // One side's members, however written: its bytes stand, and nothing is pushed for the sake of spaces.
    if let Some((_, whole)) = [(&theirs, their_body), (&mine, my_body)]
        .into_iter()
        .find(|(side, _)| **side == merged)
    {
        return Ok(whole.clone());
    }
    let body = Body::from_members(&merged);
    body.check(kind).map_err(Waits::Form)?;
    Ok(body)
}

/// Sets a member, or takes it out.
pub(super) fn set_member(members: &mut Members, name: &str, value: Option<&RawValue>) {
    match value {
        Some(raw) => members.set_raw(name, raw.to_owned()),
        None => drop(members.remove(name)),
    }
}

impl Merging<'_> {
    /// Both sides' members by the table; members it does not name follow the scalar rule. `variants` at the top are
    /// another matter and left out.
    pub(super) fn object(
        &mut self,
        path: &str,
        rules: &'static [FieldRule],
        base: &Members,
        mine: &Members,
        theirs: &Members,
    ) -> Members {
        let mut merged = Members::default();
        for unit in units(rules, mine, theirs) {
            if path.is_empty() && unit.name == "variants" {
                continue;
            }
            self.unit(&mut merged, path, &unit, base, mine, theirs);
        }
        merged
    }

    pub(super) fn unit(
        &mut self,
        merged: &mut Members,
        path: &str,
        unit: &Unit,
        base: &Members,
        mine: &Members,
        theirs: &Members,
    ) {
        let value = |side: &Members| unit.value(side);
        let (b, m, t) = (value(base), value(mine), value(theirs));
        let side = match pick(b.as_deref(), m.as_deref(), t.as_deref()) {
            Pick::Mine => mine,
            Pick::Theirs => theirs,
            Pick::Asks => {
                let path = format!("{path}{}", unit.name);
                if let Some(value) = self.by_rule(&path, unit.rule, b.as_deref(), m.as_deref(), t.as_deref()) {
                    set_member(merged, &unit.name, value.as_deref());
                    return;
                }
                self.left.insert(path, m.unwrap_or_else(|| "null".to_owned()));
                theirs
            }
        };
        for member in &unit.members {
            set_member(merged, member, side.get(member));
        }
    }

    /// What a rule makes of two changes; `None` where theirs stands and mine becomes a variant.
    fn by_rule(
        &mut self,
        path: &str,
        rule: Rule,
        base: Option<&str>,
        mine: Option<&str>,
        theirs: Option<&str>,
    ) -> Option<Option<Box<RawValue>>> {
        match rule {
            Rule::Scalar | Rule::State | Rule::Variants => None,
            Rule::Set => set::merge(base, mine, theirs),
            Rule::Parts(rules) => parts::merge(self, path, rules, base, mine, theirs),
            Rule::Text => {
                let read = |side: Option<&str>| serde_json::from_str::<String>(side?).ok();
                let merged = text::merge(&read(base)?, &read(mine)?, &read(theirs)?)?;
                Some(Some(raw(string(&merged))))
            }
        }
    }
}

/// Members that merge as one value.
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) rule: Rule,
    pub(super) members: Vec<String>,
}

impl Unit {
    /// The unit's value on one side: the member's own, or an object of the members of a larger unit.
    pub(super) fn value(&self, side: &Members) -> Option<String> {
        if let [only] = &self.members[..] {
            return side.raw(only).map(str::to_owned);
        }
        let present: Vec<String> = self
            .members
            .iter()
            .filter_map(|name| side.raw(name).map(|raw| format!("{}:{raw}", string(name))))
            .collect();
        (!present.is_empty()).then(|| format!("{{{}}}", present.join(",")))
    }

    /// Whether a side differs from the base.
    pub(super) fn changed(&self, base: &Members, side: &Members) -> bool {
        !same(self.value(base).as_deref(), self.value(side).as_deref())
    }
}

/// The units of the table, then every member of either side that the table does not name.
pub(super) fn units(rules: &[FieldRule], mine: &Members, theirs: &Members) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for field in rules {
        match units.iter_mut().find(|unit| unit.name == field.unit) {
            Some(unit) => unit.members.push(field.name.to_owned()),
            None => units.push(Unit {
                name: field.unit.to_owned(),
                rule: field.rule,
                members: vec![field.name.to_owned()],
            }),
        }
    }
    let unknown: BTreeSet<&str> = mine
        .names()
        .chain(theirs.names())
        .filter(|name| !rules.iter().any(|field| field.name == *name))
        .collect();
    units.extend(unknown.into_iter().map(|name| Unit {
        name: name.to_owned(),
        rule: Rule::Scalar,
        members: vec![name.to_owned()],
    }));
    units
}
