//! JSON Schema of each kind's body.

use domain::Kind;

/// The schema's text; `None` for a kind this version does not know.
pub(crate) fn of(kind: &Kind) -> Option<String> {
    if matches!(kind, Kind::Other(_)) {
        return None;
    }
    Some(domain::schema(kind).to_value().to_string())
}
