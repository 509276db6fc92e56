//! When two JSON texts say the same.

use crate::Members;
use serde_json::value::RawValue;

/// One text for all spellings of a value: no insignificant space, members sorted, strings decoded and written anew.
/// Numbers keep their digits: `1.00` and `1` differ, because nobody knows what the digits mean to a newer version.
///
/// Only for values of bodies whose form was checked: their depth is bounded.
pub(super) fn canonical(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    write(json.trim(), &mut text);
    text
}

fn write(json: &str, text: &mut String) {
    match json.as_bytes().first() {
        Some(b'{') => {
            let Ok(members) = Members::parse(json) else {
                return text.push_str(json);
            };
            text.push('{');
            for (place, (name, raw)) in members.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&string(name));
                text.push(':');
                write(raw.get(), text);
            }
            text.push('}');
        }
        Some(b'[') => {
            let Some(elements) = array(json) else {
                return text.push_str(json);
            };
            text.push('[');
            for (place, element) in elements.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(element.get(), text);
            }
            text.push(']');
        }
        Some(b'"') => match serde_json::from_str::<String>(json) {
            Ok(decoded) => text.push_str(&string(&decoded)),
            Err(_) => text.push_str(json),
        },
        _ => text.push_str(json),
    }
}

/// Whether two values, or two absences, say the same.
pub(super) fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a == b || matches!((a, b), (Some(a), Some(b)) if canonical(a) == canonical(b))
}

/// The elements of an array as raw slices.
pub(super) fn array(json: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(json).ok()
}

/// An array of raw slices.
pub(super) fn raw_array<'a>(elements: impl IntoIterator<Item = &'a str>) -> Box<RawValue> {
    let joined: Vec<&str> = elements.into_iter().collect();
    raw(format!("[{}]", joined.join(",")))
}

/// A string's JSON text.
pub(super) fn string(text: &str) -> String {
    serde_json::to_string(text).expect("a string always has a JSON form")
}

/// Text that was put together from JSON values.
pub(super) fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("put together from JSON values only")
}

/// Which side's value stands without a question.
pub(super) enum Pick {
    Mine,
    Theirs,
    /// Both changed it, and differently.
    Asks,
}

/// Only one side changed a value, or both to the same. Bytes decide first, so that a side that was not touched is given
/// back byte for byte.
pub(super) fn pick(base: Option<&str>, mine: Option<&str>, theirs: Option<&str>) -> Pick {
    if mine == base || mine == theirs {
        Pick::Theirs
    } else if theirs == base {
        Pick::Mine
    } else if same(mine, theirs) || same(mine, base) {
        Pick::Theirs
    } else if same(theirs, base) {
        Pick::Mine
    } else {
        Pick::Asks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_equal_whatever_their_spelling() {
        assert!(same(
            Some(r#"{"b":[1, 2],"a":"ä"}"#),
            Some(r#"{ "a":"\u00e4", "b":[1,2] }"#)
        ));
        assert!(!same(Some("1.00"), Some("1")), "digits are kept, so they count");
        assert!(
            !same(Some("9007199254740993"), Some("9007199254740992")),
            "beyond 2^53 as well"
        );
        assert!(!same(Some("null"), None));
    }
}
