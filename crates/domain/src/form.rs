//! The check of a body's form: one pass over its tokens, nothing is built.

use crate::{FormError, MAX_DEPTH};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{collections::HashSet, fmt};

/// Says whether `json` is one object that keeps every rule of a body's form.
///
/// # Errors
/// The first rule that is broken.
pub(crate) fn check_object(json: &str) -> Result<(), FormError> {
    if !json.trim_start_matches([' ', '\t', '\r', '\n']).starts_with('{') {
        return Err(FormError::NotAnObject);
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let found = Level(1).deserialize(&mut reader).and_then(|()| reader.end());
    found.map_err(|error| {
        // serde_json's own message for a broken escape names the surrogate; ours are found by their constants.
        let text = error.to_string();
        [
            (DOUBLED, FormError::Doubled),
            (NUL, FormError::Text),
            (DEEP, FormError::TooDeep),
            ("surrogate", FormError::Text),
            ("hex escape", FormError::Text),
            ("recursion limit", FormError::TooDeep),
        ]
        .into_iter()
        .find_map(|(mark, kind)| text.contains(mark).then_some(kind))
        .unwrap_or(FormError::NotAnObject)
    })
}

const DOUBLED: &str = "a member is named twice";
const NUL: &str = "a string holds NUL";
const DEEP: &str = "nested too deep";

/// A value at this depth, the outermost object being 1.
struct Level(usize);

impl<'de> DeserializeSeed<'de> for Level {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Level {
    fn inside<E: Error>(&self) -> Result<usize, E> {
        if self.0 > MAX_DEPTH {
            Err(E::custom(DEEP))
        } else {
            Ok(self.0 + 1)
        }
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text.contains('\0') {
            Err(E::custom(NUL))
        } else {
            Ok(())
        }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let depth = self.inside()?;
        while seq.next_element_seed(Level(depth))?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let depth = self.inside()?;
        let mut names = Names::default();
        while let Some(name) = map.next_key::<String>()? {
            if name.contains('\0') {
                return Err(A::Error::custom(NUL));
            }
            if !names.insert(name) {
                return Err(A::Error::custom(DOUBLED));
            }
            map.next_value_seed(Level(depth))?;
        }
        Ok(())
    }
}

/// The names of an object so far. Most objects have a handful: looking along them is quicker than hashing.
#[derive(Default)]
struct Names {
    first: Vec<String>,
    more: HashSet<String>,
}

impl Names {
    /// Beyond so many, each would look along all others.
    const FEW: usize = 24;

    /// Adds a name; `false` where it is there already.
    fn insert(&mut self, name: String) -> bool {
        if self.first.contains(&name) {
            return false;
        }
        if self.first.len() < Self::FEW {
            self.first.push(name);
            return true;
        }
        self.more.insert(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hundredth_member_is_looked_at_as_the_first() {
        let members = |names: &mut dyn Iterator<Item = usize>| {
            let all: Vec<String> = names.map(|n| format!("\"m{n}\":0")).collect();
            format!("{{{}}}", all.join(","))
        };
        assert_eq!(check_object(&members(&mut (0..100))), Ok(()));
        for again in [0, 23, 24, 99] {
            let doubled = members(&mut (0..100).chain([again]));
            assert_eq!(check_object(&doubled), Err(FormError::Doubled), "member {again} twice");
        }
    }

    fn nested(depth: usize) -> String {
        format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1))
    }

    #[test]
    fn a_body_is_an_object_without_doubled_members_nul_or_lone_surrogates() {
        assert_eq!(
            check_object(r#"{"a":{"b":[1,"x"]},"c":1e400}"#).err(),
            Some(FormError::NotAnObject),
            "no number beyond a double"
        );
        assert_eq!(check_object(r#" {"a":12345678901234567890123,"b":1.00}"#), Ok(()));
        assert_eq!(check_object("[]"), Err(FormError::NotAnObject));
        assert_eq!(check_object(r#"{"a":1} x"#), Err(FormError::NotAnObject));
        assert_eq!(check_object(r#"{"a":{"b":1,"b":2}}"#), Err(FormError::Doubled));
        assert_eq!(check_object(r#"{"a":"x\u0000"}"#), Err(FormError::Text));
    }

    #[test]
    fn sixty_four_levels_are_taken_and_sixty_five_are_not() {
        assert_eq!(check_object(&nested(64)), Ok(()));
        assert_eq!(check_object(&nested(65)), Err(FormError::TooDeep));
        assert_eq!(check_object(&nested(5000)), Err(FormError::TooDeep));
    }
}
