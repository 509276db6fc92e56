//! The one time the city touches a body: named members are cut out, everything else keeps its raw slice and its order.

use domain::Body;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeSet, fmt};

/// The member in which a body keeps other values of its fields.
const VARIANTS: &str = "variants";

/// Cuts top-level members and their variants out of a body.
///
/// `None` where the body does not read as an object, which none does that was once taken.
pub(super) fn cut(body: &Body, fields: &BTreeSet<String>) -> Option<Body> {
    let object: Object<'_> = serde_json::from_str(body.as_str()).ok()?;
    let mut kept = Vec::with_capacity(object.0.len());
    for (name, raw) in object.0 {
        if fields.contains(name.as_ref()) {
            continue;
        }
        if name == VARIANTS {
            // Variants that are no object name no field, so nobody could say whose words they hold.
            let Ok(variants) = serde_json::from_str::<Object<'_>>(raw.get()) else {
                continue;
            };
            let rest: Vec<_> = variants
                .0
                .into_iter()
                .filter(|(field, _)| !fields.contains(field.as_ref()))
                .collect();
            if !rest.is_empty() {
                kept.push((
                    name,
                    Cow::Owned(write(rest.iter().map(|(name, raw)| (name.as_ref(), raw.get())))),
                ));
            }
            continue;
        }
        kept.push((name, Cow::Borrowed(raw.get())));
    }
    Some(Body::new(write(
        kept.iter().map(|(name, raw)| (name.as_ref(), raw.as_ref())),
    )))
}

fn write<'a>(members: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let members: Vec<String> = members
        .map(|(name, raw)| format!("{}:{raw}", serde_json::to_string(name).expect("a string is JSON")))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// An object's members in the order in which they stand.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((Cow::Owned(name), raw));
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_from(body: &str, fields: &[&str]) -> String {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        cut(&Body::new(body.to_owned()), &fields)
            .expect("an object")
            .into_string()
    }

    #[test]
    fn what_is_not_named_keeps_its_bytes_and_its_order() {
        let body = r#"{"z": 1.00, "text": "weg", "big":12345678901234567890123, "a" : {"text": "bleibt",  "x":[ 1 ]}}"#;
        assert_eq!(
            cut_from(body, &["text"]),
            r#"{"z":1.00,"big":12345678901234567890123,"a":{"text": "bleibt",  "x":[ 1 ]}}"#
        );
    }

    #[test]
    fn variants_of_a_field_go_with_it() {
        let body = r#"{"text":"a","variants":{"text":[{"value":"b"}],"place":[ {"value":"c"} ]}}"#;
        assert_eq!(cut_from(body, &["text"]), r#"{"variants":{"place":[ {"value":"c"} ]}}"#);
        assert_eq!(cut_from(body, &["text", "place"]), "{}");
    }

    #[test]
    fn an_escaped_name_is_the_name_it_spells() {
        assert_eq!(cut_from(r#"{"t\u0065xt":"weg","b":1}"#, &["text"]), r#"{"b":1}"#);
    }
}
