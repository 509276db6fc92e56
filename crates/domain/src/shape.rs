//! Typed bodies over raw members: what a struct does not know stays in it as the raw slice it came as.

use crate::Members;
use schemars::{Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt};

/// Why a body cannot be read as its kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The body is not an object without doubled members.
    #[error("the body is not a JSON object")]
    NotAnObject,
    /// A member that the kind cannot do without is absent.
    #[error("the member {field} is missing")]
    Missing {
        /// The member's name.
        field: &'static str,
    },
    /// A known member holds something of another shape.
    #[error("the member {field} has another shape")]
    Shape {
        /// The member's name.
        field: &'static str,
    },
}

/// A type that stands in a body as one JSON value.
pub(crate) trait Value: Serialize + DeserializeOwned + schemars::JsonSchema {}

/// A field of a body: required as `T`, optional as `Option`, `Vec` or map, which leave their member out when empty.
pub(crate) trait Field: Sized {
    const REQUIRED: bool;
    fn take(members: &mut Members, name: &'static str) -> Result<Self, ReadError>;
    fn put(&self, name: &str, members: &mut Members);
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

fn take<T: DeserializeOwned>(members: &mut Members, field: &'static str) -> Result<Option<T>, ReadError> {
    match members.remove(field) {
        None => Ok(None),
        Some(raw) if raw.get() == "null" => Ok(None),
        Some(raw) => serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|_| ReadError::Shape { field }),
    }
}

fn put<T: Serialize + ?Sized>(value: &T, name: &str, members: &mut Members) {
    members.set(name, value).expect("a field's type always has a JSON form");
}

impl<T: Value> Field for T {
    const REQUIRED: bool = true;
    fn take(members: &mut Members, field: &'static str) -> Result<Self, ReadError> {
        take(members, field)?.ok_or(ReadError::Missing { field })
    }
    fn put(&self, name: &str, members: &mut Members) {
        put(self, name, members);
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: Value> Field for Option<T> {
    const REQUIRED: bool = false;
    fn take(members: &mut Members, field: &'static str) -> Result<Self, ReadError> {
        take(members, field)
    }
    fn put(&self, name: &str, members: &mut Members) {
        if let Some(value) = self {
            put(value, name, members);
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: Value> Field for Vec<T> {
    const REQUIRED: bool = false;
    fn take(members: &mut Members, field: &'static str) -> Result<Self, ReadError> {
        Ok(take(members, field)?.unwrap_or_default())
    }
    fn put(&self, name: &str, members: &mut Members) {
        if !self.is_empty() {
            put(self, name, members);
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Vec<T>>()
    }
}

impl<T: Serialize + DeserializeOwned + schemars::JsonSchema> Field for BTreeMap<String, T> {
    const REQUIRED: bool = false;
    fn take(members: &mut Members, field: &'static str) -> Result<Self, ReadError> {
        Ok(take(members, field)?.unwrap_or_default())
    }
    fn put(&self, name: &str, members: &mut Members) {
        if !self.is_empty() {
            put(self, name, members);
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<BTreeMap<String, T>>()
    }
}

macro_rules! values {
    ($($ty:ty),+ $(,)?) => { $(impl Value for $ty {})+ };
}
values!(
    String,
    bool,
    u8,
    u32,
    u64,
    i64,
    f64,
    chrono::NaiveDate,
    chrono::DateTime<chrono::FixedOffset>,
    uuid::Uuid,
    crate::At,
    crate::RecordId,
    crate::PersonId,
    crate::OrganisationId,
    crate::DistrictId,
    crate::DeviceId,
    crate::MutationId,
    crate::PartId,
    crate::BlobHash,
    Raw,
);

/// A JSON value kept as the slice it was received as.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Raw(pub Box<RawValue>);

impl Raw {
    /// The JSON text.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// The value's JSON.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Raw {}

impl Default for Raw {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

/// Says how long the value is and nothing of what it holds.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.get().len())
    }
}

impl schemars::JsonSchema for Raw {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnyValue".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!(true)
    }
}

macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

macro_rules! rule {
    (Parts($part:ty)) => {
        $crate::fields::Rule::Parts(<$part>::RULES)
    };
    ($rule:ident) => {
        $crate::fields::Rule::$rule
    };
}

macro_rules! unit {
    ($name:expr) => {
        $name
    };
    ($name:expr, $unit:literal) => {
        $unit
    };
}

/// Declares a part of a body: an object whose fields name their merge rule, and which keeps what it does not know.
///
/// `field: Type => Rule` or `field as "wire": Type => Rule in "unit"`; see [`crate::fields::Rule`].
macro_rules! part {
    ($(#[doc = $doc:literal])* pub struct $name:ident {$(
        $(#[doc = $fdoc:literal])*
        $field:ident $(as $wire:literal)? : $ty:ty => $rule:ident $(($part:ty))? $(in $unit:literal)?
    ),+ $(,)?}) => {
        $(#[doc = $doc])*
        #[derive(Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[doc = $fdoc])* pub $field: $ty,)+
            /// What this version does not know, as it was received.
            pub unknown: $crate::Members,
        }

        impl $name {
            /// How each field merges.
            pub const RULES: &'static [$crate::fields::FieldRule] = &[$($crate::fields::FieldRule {
                name: wire_name!($field $($wire)?),
                rule: rule!($rule $(($part))?),
                unit: unit!(wire_name!($field $($wire)?) $(, $unit)?),
            }),+];

            /// Takes the known members out of `members`; the others stay raw.
            ///
            /// # Errors
            /// When a known member is missing or has another shape.
            pub fn from_members(mut members: $crate::Members) -> Result<Self, $crate::ReadError> {
                Ok(Self {
                    $($field: $crate::shape::Field::take(&mut members, wire_name!($field $($wire)?))?,)+
                    unknown: members,
                })
            }

            /// All members, known and unknown.
            pub fn to_members(&self) -> $crate::Members {
                let mut members = self.unknown.clone();
                $($crate::shape::Field::put(&self.$field, wire_name!($field $($wire)?), &mut members);)+
                members
            }
        }

        impl $crate::shape::Value for $name {}

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_members().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let members = <$crate::Members as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_members(members).map_err(serde::de::Error::custom)
            }
        }

        /// Says nothing of what it holds.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut properties = serde_json::Map::new();
                let mut required = Vec::<&str>::new();
                $({
                    let name = wire_name!($field $($wire)?);
                    let schema = <$ty as $crate::shape::Field>::schema(generator);
                    properties.insert(name.to_owned(), $crate::shape::described(schema, concat!($($fdoc),*)));
                    if <$ty as $crate::shape::Field>::REQUIRED {
                        required.push(name);
                    }
                })+
                schemars::json_schema!({
                    "type": "object",
                    "description": concat!($($doc),*).trim(),
                    "properties": properties,
                    "required": required,
                })
            }
        }
    };
}

/// A field's schema with the field's own sentence.
pub(crate) fn described(mut schema: Schema, sentence: &str) -> serde_json::Value {
    schema.insert("description".to_owned(), sentence.trim().into());
    schema.to_value()
}

/// Declares the body of a kind: a [`part!`] that also has variants and reads from and writes to a [`crate::Body`].
macro_rules! body {
    ($(#[doc = $doc:literal])* pub struct $name:ident: $kind:ident { $($fields:tt)+ }) => {
        part! {
            $(#[doc = $doc])*
            pub struct $name {
                $($fields)+
                /// Other values of fields, kept until somebody settles them.
                variants: std::collections::BTreeMap<String, Vec<$crate::kinds::Variant>> => Variants,
            }
        }

        impl $name {
            /// The kind whose body this is.
            pub const KIND: $crate::Kind = $crate::Kind::$kind;

            /// Reads a body.
            ///
            /// # Errors
            /// When the body is no object, or a known member is missing or has another shape.
            pub fn read(body: &$crate::Body) -> Result<Self, $crate::ReadError> {
                Self::from_members(body.members().map_err(|_| $crate::ReadError::NotAnObject)?)
            }

            /// Writes the body with its members sorted by name.
            pub fn to_body(&self) -> $crate::Body {
                $crate::Body::from_members(&self.to_members())
            }
        }
    };
}

/// Declares an open list of words: what a newer version writes is carried as `Other`.
macro_rules! words {
    ($(#[doc = $doc:literal])* pub enum $name:ident {$($(#[doc = $vdoc:literal])* $variant:ident = $wire:literal),+ $(,)?}) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $vdoc])* $variant,)+
            /// A word of a newer version, carried unchanged.
            Other(String),
        }

        impl $name {
            /// Every word this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in a body.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($wire => Self::$variant,)+
                    _ => Self::Other(word.to_owned()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::KNOWN[0].clone()
            }
        }

        impl $crate::shape::Value for $name {}

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|word| Self::from(word.as_str()))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let known: Vec<&str> = Self::KNOWN.iter().map(Self::as_str).collect();
                schemars::json_schema!({
                    "type": "string",
                    "description": concat!($($doc),*).trim(),
                    "examples": known,
                })
            }
        }
    };
}

pub(crate) use {body, part, rule, unit, wire_name, words};
