//! Typed bodies over raw members: what a struct does not know stays in it as the raw slice it came as.

mod declare;

pub(crate) use declare::{body, part, rule, unit, wire_name, words};

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
    crate::calendar::MonthOf,
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

/// A field's schema with the field's own sentence.
pub(crate) fn described(mut schema: Schema, sentence: &str) -> serde_json::Value {
    schema.insert("description".to_owned(), sentence.trim().into());
    schema.to_value()
}
