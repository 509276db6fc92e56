//! Sets: additions and removals of both.

use super::json::{array, canonical, raw_array};
use serde_json::value::RawValue;
use std::collections::HashSet;

/// The merged array; `None` if one side is no array. The inner `None` leaves the member out.
///
/// Theirs keeps its order; what mine added follows in mine's.
pub(super) fn merge(base: Option<&str>, mine: Option<&str>, theirs: Option<&str>) -> Option<Option<Box<RawValue>>> {
    let read = |side: Option<&'_ str>| {
        side.map_or(Some(Vec::new()), |json| {
            Some(array(json)?.iter().map(|raw| raw.get().to_owned()).collect())
        })
    };
    let (base, mine_all, theirs_all): (Vec<String>, Vec<String>, Vec<String>) =
        (read(base)?, read(mine)?, read(theirs)?);
    let keys = |side: &[String]| side.iter().map(|element| canonical(element)).collect::<HashSet<_>>();
    let (base, kept) = (keys(&base), keys(&mine_all));
    let mut merged: Vec<&str> = Vec::new();
    let mut held = HashSet::new();
    for element in &theirs_all {
        let key = canonical(element);
        if !base.contains(&key) || kept.contains(&key) {
            held.insert(key);
            merged.push(element);
        }
    }
    for element in &mine_all {
        let key = canonical(element);
        if !base.contains(&key) && held.insert(key) {
            merged.push(element);
        }
    }
    let left_out = merged.is_empty() && (mine.is_none() || theirs.is_none());
    Some((!left_out).then(|| raw_array(merged)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, mine: &str, theirs: &str) -> String {
        merge(Some(base), Some(mine), Some(theirs))
            .unwrap()
            .unwrap()
            .get()
            .to_owned()
    }

    #[test]
    fn additions_and_removals_of_both_hold() {
        assert_eq!(
            merged(r#"["a","b"]"#, r#"["b","c"]"#, r#"["a","b","d"]"#),
            r#"["b","d","c"]"#
        );
        assert_eq!(merged("[1,2]", "[1]", "[2]"), "[]");
        assert_eq!(
            merged("[]", r#"["\u00e4"]"#, r#"["ä"]"#),
            r#"["ä"]"#,
            "added by both, once"
        );
    }

    #[test]
    fn an_absent_set_is_empty_and_stays_absent() {
        assert!(merge(Some("[1]"), None, Some("[]")).unwrap().is_none());
        assert_eq!(merge(Some("[1]"), None, Some("[1,2]")).unwrap().unwrap().get(), "[2]");
        assert!(merge(None, Some("3"), Some("[]")).is_none(), "no set at all");
    }
}
