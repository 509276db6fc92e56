//! The laws of merge, on arbitrary records of every kind.

use super::any::{any_record, kind, three_sides, value};
use super::*;
use crate::fields::{FieldRule, Rule, rules};
use proptest::prelude::*;

/// What a side said by member, and where it has to be found.
struct Kept<'a> {
    variants: &'a BTreeMap<String, Vec<Members>>,
    amended: &'a [Members],
}

impl Kept<'_> {
    /// Every value that `side` changed is in the result, in a variant or in an amendment.
    fn check(
        &self,
        path: &str,
        rules: &[FieldRule],
        base: &Members,
        side: &Members,
        result: &Members,
    ) -> Result<(), String> {
        for (name, raw) in side.iter().filter(|(name, _)| *name != "variants") {
            let (said, found) = (raw.get(), result.raw(name));
            if same(base.raw(name), Some(said)) || same(found, Some(said)) || self.beside(path, rules, name, said) {
                continue;
            }
            let rule = rules
                .iter()
                .find(|rule| rule.name == name)
                .map_or(Rule::Scalar, |rule| rule.rule);
            if !self.inside(
                &format!("{path}{name}/"),
                rule,
                base.raw(name),
                said,
                found.unwrap_or("[]"),
            )? {
                return Err(format!("{path}{name}: {said} is lost, {found:?} stands"));
            }
        }
        Ok(())
    }

    fn beside(&self, path: &str, rules: &[FieldRule], name: &str, said: &str) -> bool {
        let unit = rules
            .iter()
            .find(|rule| rule.name == name)
            .map_or(name, |rule| rule.unit);
        let open = self.variants.get(&format!("{path}{unit}")).into_iter().flatten();
        let in_variant = open.filter_map(|entry| entry.raw("value")).any(|value| {
            same(Some(value), Some(said)) || Members::parse(value).is_ok_and(|value| same(value.raw(name), Some(said)))
        });
        let changes = self.amended.iter().filter_map(|entry| entry.read::<Members>("changes"));
        in_variant || (path.is_empty() && changes.into_iter().any(|changes| same(changes.raw(name), Some(said))))
    }

    fn inside(&self, path: &str, rule: Rule, base: Option<&str>, said: &str, found: &str) -> Result<bool, String> {
        let elements =
            |json: &str| json::array(json).map(|list| list.iter().map(|raw| raw.get().to_owned()).collect::<Vec<_>>());
        let has = |list: &[String], one: &String| list.iter().any(|other| same(Some(other), Some(one)));
        match rule {
            Rule::Set => {
                let (Some(said), Some(found)) = (elements(said), elements(found)) else {
                    return Ok(false);
                };
                let base = base.and_then(elements).unwrap_or_default();
                Ok(said.iter().all(|one| has(&base, one) || has(&found, one)))
            }
            Rule::Text => {
                let read = |json: &str| serde_json::from_str::<String>(json).ok();
                let (Some(said), Some(found)) = (read(said), read(found)) else {
                    return Ok(false);
                };
                let base = base.and_then(read).unwrap_or_default();
                let stands = |paragraph: &str, text: &str| text.split('\n').any(|other| other == paragraph);
                Ok(said
                    .split('\n')
                    .all(|paragraph| stands(paragraph, &base) || stands(paragraph, &found)))
            }
            Rule::Parts(rules) => {
                let read = |json: &str| serde_json::from_str::<Vec<Members>>(json).ok();
                let (Some(said), Some(found)) = (read(said), read(found)) else {
                    return Ok(false);
                };
                let base = base.and_then(read).unwrap_or_default();
                let none = Members::default();
                for part in &said {
                    let Some(id) = part.read::<String>("id") else {
                        return Ok(false);
                    };
                    let of = |list: &'_ [Members]| {
                        list.iter()
                            .position(|other| other.read::<String>("id").as_ref() == Some(&id))
                    };
                    let base = of(&base).map_or(&none, |at| &base[at]);
                    let unchanged = same(Some(&base.to_json()), Some(&part.to_json()));
                    match of(&found) {
                        Some(at) => self.check(&format!("{path}{id}/"), rules, base, part, &found[at])?,
                        None if unchanged => {}
                        None => return Ok(false),
                    }
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

fn members(record: &Record) -> Members {
    record
        .body
        .as_ref()
        .and_then(|body| body.members().ok())
        .unwrap_or_default()
}

/// Neither side's value is lost in the merged body.
fn nothing_is_lost(base: Option<&Record>, mine: &Record, theirs: &Record, merged: &Record) -> Result<(), String> {
    let result = members(merged);
    let variants = result.read("variants").unwrap_or_default();
    let amended: Vec<Members> = result.read("amendments").unwrap_or_default();
    let kept = Kept {
        variants: &variants,
        amended: &amended,
    };
    let base = base.map(members).unwrap_or_default();
    let rules = rules(&merged.envelope.kind);
    kept.check("", rules, &base, &members(mine), &result)?;
    if theirs.body.is_some() {
        kept.check("", rules, &base, &members(theirs), &result)?;
    }
    Ok(())
}

fn on(mut record: Record, version: u64) -> Record {
    record.envelope.version = version;
    record
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 2, max_global_rejects: u32::MAX, ..ProptestConfig::default() })]

    #[test]
    fn what_only_i_changed_is_mine((base, x, _) in three_sides()) {
        let merged = merge(Some(&base), &mine(&x), &base);
        prop_assert_eq!(&merged.record, &x);
        prop_assert_eq!((merged.to_push, merged.waits, merged.revived), (x != base, None, false));
        prop_assert_eq!(merged.in_two_versions, Vec::<String>::new());
    }

    #[test]
    fn what_only_they_changed_is_theirs((base, _, y) in three_sides()) {
        let merged = merge(Some(&base), &mine(&base), &y);
        prop_assert_eq!(&merged.record, &y);
        prop_assert_eq!((merged.to_push, merged.waits, merged.revived), (false, None, false));
    }

    #[test]
    fn what_both_changed_alike_is_that((base, x, _) in three_sides(), made_by_both in any::<bool>()) {
        let theirs = newer(x.clone());
        let merged = merge((!made_by_both).then_some(&base), &mine(&x), &theirs);
        prop_assert_eq!(&merged.record, &theirs);
        prop_assert_eq!((merged.to_push, merged.in_two_versions), (false, vec![]));
    }

    #[test]
    fn no_value_of_either_side_is_lost((base, x, y) in three_sides(), made_by_both in any::<bool>()) {
        let base = (!made_by_both).then_some(&base);
        let merged = merge(base, &mine(&x), &y);
        if let Some(waits) = merged.waits {
            prop_assert_eq!(&merged.record, &y, "nothing is merged while it waits");
            prop_assert!(matches!(waits, Waits::Frozen | Waits::Unreadable));
            return Ok(());
        }
        let by_intent = x.body.is_none() || (merged.record.body.is_none() && !merged.revived);
        if !by_intent {
            prop_assert_eq!(nothing_is_lost(base, &x, &y, &merged.record), Ok(()));
        }
        prop_assert_eq!(merged.to_push, merged.record != y);
    }

    #[test]
    fn an_edit_is_never_swallowed_by_a_deletion((base, x, _) in three_sides()) {
        prop_assume!(base.body.is_some() && x.body.is_some() && base.body != x.body);
        let mut deleted = newer(base.clone());
        (deleted.envelope.state, deleted.body, deleted.sealed) = (State::Deleted, None, None);
        let mine_lives = merge(Some(&base), &mine(&x), &deleted);
        let same_words = same(base.body.as_ref().map(Body::as_str), x.body.as_ref().map(Body::as_str));
        if !same_words {
            prop_assert!(mine_lives.revived && mine_lives.record.body == x.body);
            let theirs = newer(x.clone());
            let theirs_live = merge(Some(&base), &mine(&on(deleted, 1)), &theirs);
            prop_assert!(theirs_live.revived && theirs_live.record == theirs);
        }
    }

    #[test]
    fn a_merge_is_the_same_each_time((base, x, y) in three_sides()) {
        prop_assert_eq!(merge(Some(&base), &mine(&x), &y), merge(Some(&base), &mine(&x), &y));
    }

    #[test]
    fn a_merged_record_merged_again_on_what_it_came_from_stays((base, x, y) in three_sides()) {
        let once = merge(Some(&base), &mine(&x), &y);
        prop_assume!(once.waits.is_none());
        let again = merge(Some(&y), &mine(&once.record), &y);
        prop_assert_eq!(again.record, once.record, "a repeated round changes nothing");
    }

    #[test]
    fn merge_is_total_on_any_text(texts in prop::collection::vec(prop_oneof![".{0,60}", value()], 3), kind in kind()) {
        let [b, m, t] = [0, 1, 2].map(|at| record(kind.clone(), &texts[at]));
        let merged = merge(Some(&b), &mine(&m), &newer(t.clone()));
        prop_assert!(merged.waits.is_none() || merged.record == newer(t));
    }

    #[test]
    fn unknown_members_keep_their_raw_slices_at_every_depth(
        (b, m, t) in (value(), value(), value()),
        titles in prop::collection::vec("[a-c]", 3),
    ) {
        let of = |new: &str, title: &str, tail: &str| record(Kind::Meeting, &format!(
            r#"{{"zz":{new},"place":"{tail}","agenda":[{{"id":"t","title":"{title}","zz":{new},"resolutions":[{{"id":"r","text":"{tail}","zz":{new}}}]}}]}}"#
        ));
        let (base, x, y) = (of(&b, &titles[0], "a"), of(&m, &titles[1], "b"), newer(of(&t, &titles[2], "c")));
        let merged = merge(Some(&base), &mine(&x), &y);
        let result = merged.record.body.map(Body::into_string).unwrap_or_default();
        let winner = if m == b || !same(Some(&t), Some(&b)) || same(Some(&m), Some(&b)) { &t } else { &m };
        prop_assert_eq!(result.matches(&format!(r#""zz":{winner}"#)).count(), 3, "{}", result);
    }

    #[test]
    fn nothing_redacted_comes_back((base, x, y) in three_sides()) {
        let held: Vec<String> = members(&x).names().filter(|name| !["variants", "amendments"].contains(name)).map(str::to_owned).collect();
        prop_assume!(!held.is_empty() && y.body.is_some());
        let mut theirs = y;
        let field = held[0].clone();
        let cut = redact(&theirs.envelope.kind, theirs.body.as_ref().expect("assumed"), &[&field]);
        theirs.body = cut.ok();
        theirs.envelope.redacted.insert(Redaction { field: field.clone(), version: theirs.envelope.version });
        let merged = merge(Some(&base), &mine(&x), &theirs);
        let result = members(&merged.record);
        prop_assert!(!result.contains(&field), "{}: {:?}", field, result.raw(&field));
        let amendments: Vec<Members> = result.read("amendments").unwrap_or_default();
        let changes = amendments.iter().filter_map(|entry| entry.read::<Members>("changes"));
        prop_assert!(changes.into_iter().all(|changes| changes.raw(&field).is_none_or(|raw| raw == "null")));
        let open: BTreeMap<String, Vec<Members>> = result.read("variants").unwrap_or_default();
        for (key, entries) in open.iter().filter(|(key, _)| **key == field || key.starts_with(&format!("{field}/"))) {
            let shared = rules(&theirs.envelope.kind).iter().any(|rule| rule.unit == *key && rule.name != field);
            prop_assert!(shared, "{} remembers {}", key, field);
            let left = entries.iter().filter_map(|entry| entry.read::<Members>("value"));
            prop_assert!(left.into_iter().all(|value| !value.contains(&field)));
        }
    }

    #[test]
    fn a_record_of_any_kind_redacted_twice_is_redacted_once(record in kind().prop_flat_map(|kind| any_record(&kind))) {
        prop_assume!(record.body.is_some());
        let kind = record.envelope.kind.clone();
        let body = record.body.expect("assumed");
        let once = redact(&kind, &body, &["place", "text", "status"]).expect("a generated body is an object");
        prop_assert_eq!(redact(&kind, &once, &["place", "text", "status"]).expect("still an object"), once);
    }
}
