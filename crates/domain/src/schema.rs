//! The JSON Schema of each kind's body.

use crate::{Kind, Members, kinds};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

/// The JSON Schema (2020-12) of a kind's body, open to members of newer versions; any object for a kind this version
/// does not know.
pub fn schema(kind: &Kind) -> Schema {
    kinds::for_kind!(kind, K => of::<K>(), schemars::json_schema!({"type": "object"}))
}

fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>()
}

impl JsonSchema for Members {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Members".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({"type": "object"})
    }
}
