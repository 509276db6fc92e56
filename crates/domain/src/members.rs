//! The members of a JSON object with every value as the raw slice it was received as.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt};

/// Members by name, each value untouched: `1.00` stays `1.00`, and numbers beyond 2^53 keep their digits.
///
/// Reading refuses a doubled member. Members are written sorted by name, so that equal content has equal bytes.
#[derive(Clone, Default)]
pub struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    /// Reads the object in `json`.
    ///
    /// # Errors
    /// When `json` is not an object or names a member twice.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The object as JSON, members sorted by name, values unchanged.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("raw JSON values write back as they were read")
    }

    /// The raw value of a member.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.get(name).map(|raw| &**raw)
    }

    /// The raw text of a member's value.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.get(name).map(RawValue::get)
    }

    /// A member read as `T`; `None` where it is absent or of another shape.
    pub fn read<'a, T: Deserialize<'a>>(&'a self, name: &str) -> Option<T> {
        self.raw(name).and_then(|raw| serde_json::from_str(raw).ok())
    }

    /// Sets a member to a value's JSON.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn set<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), serde_json::Error> {
        self.0.insert(name.to_owned(), serde_json::value::to_raw_value(value)?);
        Ok(())
    }

    /// Sets a member to a raw value.
    pub fn set_raw(&mut self, name: &str, raw: Box<RawValue>) {
        self.0.insert(name.to_owned(), raw);
    }

    /// Removes a member and returns its raw value.
    pub fn remove(&mut self, name: &str) -> Option<Box<RawValue>> {
        self.0.remove(name)
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Names and raw values, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, raw)| (name.as_str(), &**raw))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is such a member.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// No member at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Says how many members there are and nothing of what they hold.
impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Members({})", self.0.len())
    }
}

impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.iter().all(|(name, raw)| other.raw(name) == Some(raw.get()))
    }
}

impl Eq for Members {}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, raw)) = map.next_entry::<String, Box<RawValue>>()? {
                    if members.insert(name, raw).is_some() {
                        return Err(A::Error::custom("a member is named twice"));
                    }
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Once)
    }
}
