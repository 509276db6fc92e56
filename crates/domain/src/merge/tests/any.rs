//! Arbitrary records: every kind, known and unknown members, shapes that fit their rule and shapes that do not.

use super::*;
use crate::fields::{FieldRule, Rule, rules};
use proptest::prelude::*;

/// Values as different programs write them: few, so that sides often agree, and with digits that must not change.
pub(super) fn value() -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec![
        "1",
        "1.00",
        "1e2",
        "9007199254740993",
        "0.10",
        "null",
        "true",
        r#""a""#,
        r#""\u00e4""#,
        r#""ä""#,
        r#""b c""#,
        "-0",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|list| format!("[{}]", list.join(", "))),
            prop::collection::btree_map(prop::sample::select(vec!["x", "y", "neu"]), inner, 0..3)
                .prop_map(|members| object(members.iter())),
        ]
    })
    .boxed()
}

fn object<'a>(members: impl Iterator<Item = (impl AsRef<str> + 'a, &'a String)>) -> String {
    let members: Vec<String> = members
        .map(|(name, value)| format!("{}: {value}", json::string(name.as_ref())))
        .collect();
    format!("{{{}}}", members.join(" ,"))
}

fn text() -> impl Strategy<Value = String> {
    let paragraph = prop::sample::select(vec!["", "Die Bank.", "Der Hof.", "Der Bus.", "Das Licht.", "Der Müll."]);
    prop::collection::vec(paragraph, 0..5).prop_map(|paragraphs| json::string(&paragraphs.join("\n")))
}

/// A value of a field, mostly in the shape of its rule.
fn field(rule: Rule) -> BoxedStrategy<String> {
    let fitting = match rule {
        Rule::Scalar => value(),
        Rule::State => prop::sample::select(vec!["planned", "held", "agreed", "open", "done"])
            .prop_map(json::string)
            .boxed(),
        Rule::Set => prop::collection::vec(value(), 0..4)
            .prop_map(|list| format!("[{}]", list.join(",")))
            .boxed(),
        Rule::Text => text().boxed(),
        Rule::Parts(rules) => parts(rules),
        Rule::Variants => return variants(),
    };
    prop_oneof![9 => fitting, 1 => value()].boxed()
}

fn parts(rules: &'static [FieldRule]) -> BoxedStrategy<String> {
    let ids = prop::sample::subsequence(vec!["p1", "p2", "p3"], 0..=3);
    ids.prop_flat_map(move |ids| ids.into_iter().map(|id| part(rules, id)).collect::<Vec<_>>())
        .prop_map(|parts| format!("[{}]", parts.join(",")))
        .boxed()
}

fn part(rules: &'static [FieldRule], id: &'static str) -> BoxedStrategy<String> {
    let position = prop::option::of(prop::sample::select(vec![r#""b""#, r#""c""#, r#""d""#]));
    (members(rules, 2), position)
        .prop_map(move |(mut members, position)| {
            members.insert("id".to_owned(), json::string(id));
            match position {
                Some(position) => members.insert("position".to_owned(), position.to_owned()),
                None => members.remove("position"),
            };
            object(members.iter())
        })
        .boxed()
}

/// Some known members and some of a newer version.
fn members(rules: &'static [FieldRule], most: usize) -> BoxedStrategy<BTreeMap<String, String>> {
    let known = prop::sample::subsequence(rules.to_vec(), 0..=most.min(rules.len()));
    let known = known.prop_flat_map(|rules| {
        rules
            .into_iter()
            .map(|field_rule| field(field_rule.rule).prop_map(move |value| (field_rule.name.to_owned(), value)))
            .collect::<Vec<_>>()
    });
    let unknown = prop::collection::btree_map(prop::sample::select(vec!["zz_a", "zz_b"]), value(), 0..3);
    (known, unknown)
        .prop_map(|(known, unknown)| {
            known
                .into_iter()
                .chain(unknown.into_iter().map(|(name, value)| (name.to_owned(), value)))
                .collect()
        })
        .boxed()
}

fn variants() -> BoxedStrategy<String> {
    let entry = |id: &'static str| {
        value().prop_map(move |value| format!(r#"{{"id":"{id}","value":{value},"by":"x","at":"y","neu":1.0}}"#))
    };
    let list = prop::sample::subsequence(vec!["v1", "v2", "v3"], 0..=3)
        .prop_flat_map(move |ids| ids.into_iter().map(entry).collect::<Vec<_>>());
    let list = list.prop_map(|list| format!("[{}]", list.join(",")));
    prop::collection::btree_map(prop::sample::select(vec!["place", "text", "sealed"]), list, 0..3)
        .prop_map(|fields| object(fields.iter()))
        .boxed()
}

pub(super) fn kind() -> BoxedStrategy<Kind> {
    let mut kinds = Kind::KNOWN.to_vec();
    kinds.push(Kind::Other("survey".into()));
    prop::sample::select(kinds).boxed()
}

pub(super) fn body(kind: &Kind) -> BoxedStrategy<String> {
    members(rules(kind), 8)
        .prop_map(|members| object(members.iter()))
        .boxed()
}

fn subset(most: u128) -> impl Strategy<Value = BTreeSet<Uuid>> {
    prop::collection::btree_set((1..=most).prop_map(Uuid::from_u128), 0..3)
}

/// A record of this kind with this id, in any of the states a device may meet.
pub(super) fn any_record(kind: &Kind) -> BoxedStrategy<Record> {
    let kind = kind.clone();
    let state = prop::sample::select(vec![
        State::Live,
        State::Live,
        State::Live,
        State::Trashed,
        State::Deleted,
    ]);
    let sealed = prop::option::of(prop::sample::select(vec!["AAAA", "BBBB"]));
    let flags = (any::<bool>(), any::<bool>());
    (body(&kind), state, sealed, flags, (subset(3), subset(3), subset(2)))
        .prop_map(
            move |(body, state, sealed, (confidential, whole), (districts, readers, blobs))| {
                let mut record = record(kind.clone(), &body);
                let envelope = &mut record.envelope;
                (envelope.state, envelope.confidential, envelope.whole_organisation) = (state, confidential, whole);
                envelope.districts = districts.into_iter().map(DistrictId).collect();
                envelope.readers = readers
                    .into_iter()
                    .map(|id| Reader::Organisation(OrganisationId(id)))
                    .collect();
                envelope.blobs = blobs
                    .iter()
                    .filter_map(|id| BlobHash::parse(&id.simple().to_string().repeat(2)))
                    .collect();
                record.sealed = sealed.map(|text| Sealed::new(text.into()));
                if !state.has_body() {
                    (record.body, record.sealed) = (None, None);
                }
                record
            },
        )
        .boxed()
}

/// Three records of one kind: base, mine, theirs. Sides are often the base with a few members changed, as life has it.
pub(super) fn three_sides() -> BoxedStrategy<(Record, Record, Record)> {
    kind()
        .prop_flat_map(|kind| {
            (
                any_record(&kind),
                any_record(&kind),
                any_record(&kind),
                any::<[u8; 2]>(),
            )
        })
        .prop_map(|(base, mine, theirs, like)| {
            let like_base = |side: Record, mask: u8| overlay(&base, side, mask);
            let (mine, theirs) = (like_base(mine, like[0]), like_base(theirs, like[1]));
            (base, mine, newer(theirs))
        })
        .boxed()
}

/// The base with those members of the side whose turn the mask says.
fn overlay(base: &Record, side: Record, mask: u8) -> Record {
    let (Some(b), Some(s)) = (&base.body, &side.body) else {
        return side;
    };
    let (Ok(b), Ok(s)) = (b.members(), s.members()) else {
        return side;
    };
    let names: BTreeSet<String> = b.names().chain(s.names()).map(str::to_owned).collect();
    let mut mixed = Members::default();
    for (place, name) in names.iter().enumerate() {
        let from = if mask >> (place % 8) & 1 == 1 { &s } else { &b };
        if let Some(raw) = from.get(name) {
            mixed.set_raw(name, raw.to_owned());
        }
    }
    Record {
        body: Some(Body::from_members(&mixed)),
        ..side
    }
}
