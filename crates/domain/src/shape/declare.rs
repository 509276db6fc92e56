//! The macros that declare bodies, parts and open lists of words.

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
