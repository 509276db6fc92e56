//! How each field of each kind merges: one table, written beside the fields themselves.

use crate::{Kind, kinds};

/// How a field merges (`sync.md`, merge).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One value: theirs stands, mine becomes a variant.
    Scalar,
    /// A place in a table of legal transitions: as a scalar, and agreed minutes freeze the rest.
    State,
    /// Additions and removals of both.
    Set,
    /// Three ways by paragraph.
    Text,
    /// Parts with ids, part by part, by their own table.
    Parts(&'static [FieldRule]),
    /// The variants themselves: a set by id for each field.
    Variants,
}

/// The rule of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldRule {
    /// The member's name in the body.
    pub name: &'static str,
    /// How it merges.
    pub rule: Rule,
    /// Fields of one unit make sense only together and merge as one value; most are a unit of their own.
    pub unit: &'static str,
}

/// The rules of a kind's body; none for a kind of a newer version, whose members all follow the scalar rule.
pub fn rules(kind: &Kind) -> &'static [FieldRule] {
    kinds::for_kind!(kind, K => K::RULES, &[])
}
