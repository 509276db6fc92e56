//! Variants: a three-way set by id for each field, and what a merge adds to it.

use super::json::{canonical, raw, raw_array, string};
use super::{Mine, Waits};
use crate::{Members, MutationId};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// At most so many variants of a field are open.
pub const MAX_VARIANTS: usize = 50;

/// The open variants of a record, by field.
pub(super) struct Open(BTreeMap<String, Vec<Entry>>);

#[derive(Clone)]
struct Entry {
    id: String,
    value: String,
    raw: String,
}

impl Entry {
    fn read(json: &RawValue) -> Option<Self> {
        let members = Members::parse(json.get()).ok()?;
        let value = canonical(members.raw("value")?);
        Some(Self {
            id: members.read("id")?,
            value,
            raw: json.get().to_owned(),
        })
    }

    /// Entries never change, so equal ids with other values are two (no program of ours makes them).
    fn key(&self) -> (&str, &str) {
        (&self.id, &self.value)
    }
}

impl Open {
    fn read(json: Option<&str>) -> Option<Self> {
        let mut open = BTreeMap::new();
        if let Some(json) = json {
            for (field, list) in Members::parse(json).ok()?.iter() {
                let list: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
                open.insert(
                    field.to_owned(),
                    list.into_iter().map(Entry::read).collect::<Option<Vec<_>>>()?,
                );
            }
        }
        Some(Self(open))
    }

    /// In base and absent on one side: settled there. New on one side: kept.
    pub(super) fn merge(base: Option<&str>, mine: Option<&str>, theirs: Option<&str>) -> Option<Self> {
        let (base, mine, theirs) = (Self::read(base)?, Self::read(mine)?, Self::read(theirs)?);
        let fields: BTreeSet<&String> = mine.0.keys().chain(theirs.0.keys()).collect();
        let mut merged = BTreeMap::new();
        for field in fields {
            let of = |side: &Self| side.0.get(field).cloned().unwrap_or_default();
            let (base, mine, theirs) = (of(&base), of(&mine), of(&theirs));
            let has = |side: &[Entry], entry: &Entry| side.iter().any(|other| other.key() == entry.key());
            let mut list: Vec<Entry> = theirs
                .iter()
                .filter(|entry| !has(&base, entry) || has(&mine, entry))
                .cloned()
                .collect();
            list.extend(
                mine.iter()
                    .filter(|entry| !has(&base, entry) && !has(&theirs, entry))
                    .cloned(),
            );
            merged.insert(field.clone(), list);
        }
        Some(Self(merged))
    }

    /// Adds my value, unless an open variant already says the same.
    fn add(&mut self, field: &str, value: &str, mine: &Mine<'_>) {
        let list = self.0.entry(field.to_owned()).or_default();
        let said = canonical(value);
        if list.iter().any(|entry| entry.value == said) {
            return;
        }
        let first = mine.mutation_id.to_string();
        let taken = list.iter().any(|entry| entry.id == first);
        let id = if taken {
            id_of(mine.mutation_id, field, &said).to_string()
        } else {
            first
        };
        let raw = format!(
            r#"{{"at":"{}","by":"{}","id":"{id}","value":{value}}}"#,
            mine.at, mine.by
        );
        list.push(Entry { id, value: said, raw });
    }

    /// Adds all my values that did not stand. More than [`MAX_VARIANTS`] are not dropped: the change has to wait.
    pub(super) fn add_all(
        &mut self,
        left: &BTreeMap<String, String>,
        mine: &Mine<'_>,
        theirs: Option<&str>,
    ) -> Option<Waits> {
        for (field, value) in left {
            self.add(field, value, mine);
        }
        let before = Self::read(theirs);
        let full = self.0.iter().find(|(field, list)| {
            let were = before.as_ref().and_then(|open| open.0.get(*field)).map_or(0, Vec::len);
            list.len() > MAX_VARIANTS && list.len() > were
        });
        full.map(|(field, _)| Waits::TooManyVariants { field: field.clone() })
    }

    /// The member's value; `None` where nothing is open.
    pub(super) fn to_raw(&self) -> Option<Box<RawValue>> {
        let open: Vec<String> = self
            .0
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(field, list)| {
                format!(
                    "{}:{}",
                    string(field),
                    raw_array(list.iter().map(|entry| entry.raw.as_str())).get()
                )
            })
            .collect();
        (!open.is_empty()).then(|| raw(format!("{{{}}}", open.join(","))))
    }
}

/// An id for a further value of the same field in the same change, the same on every run.
pub(super) fn id_of(change: MutationId, field: &str, value: &str) -> MutationId {
    let mut hash = Sha256::new();
    for part in [change.0.as_bytes(), field.as_bytes(), &[0], value.as_bytes()] {
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    MutationId(Uuid::new_v8(bytes))
}
