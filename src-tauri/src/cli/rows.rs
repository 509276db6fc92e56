//! The report of an import: why a row was skipped, and what else a person should know.

use super::language::Language;
use crate::desk::{Skipped, Taken};
use intake::{Notice, Why};
use serde_json::{Map, Value, json};

/// The document of the contract. `why` is the stable code; what it is about stands beside it.
pub(super) fn document(taken: &Taken) -> Value {
    let skipped: Vec<Value> = taken.skipped.iter().map(row).collect();
    json!({
        "taken": taken.taken,
        "again": taken.again,
        "erased": taken.erased,
        "skipped": skipped,
        "notices": taken.notices,
    })
}

fn row(skipped: &Skipped) -> Value {
    let mut members = match serde_json::to_value(&skipped.why) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let code = members.remove("code").unwrap_or(Value::Null);
    members.insert("row".to_owned(), skipped.row.into());
    members.insert("why".to_owned(), code);
    members.into()
}

/// Why a row was skipped, for a person.
pub(super) fn skipped(skipped: &Skipped, language: Language) -> String {
    let row = skipped.row;
    let why = match language {
        Language::German => german(&skipped.why),
        Language::English => english(&skipped.why),
    };
    match language {
        Language::German => format!("Zeile {row} übersprungen: {why}"),
        Language::English => format!("Row {row} skipped: {why}"),
    }
}

fn german(why: &Why) -> String {
    match why {
        Why::EmptyRow => "sie ist leer.".to_owned(),
        Why::Missing { column } => format!("„{}“ fehlt.", column.title()),
        Why::BrokenDate { column, found } => format!("„{}“ ist kein Datum ({}).", found.as_str(), column.title()),
        Why::BrokenTime { found } => format!("„{}“ ist keine Uhrzeit.", found.as_str()),
        Why::NeverLocal { found } => format!("„{}“ gab es nicht: die Uhr wurde vorgestellt.", found.as_str()),
        Why::BadNumber { column, found } => format!("„{}“ ist keine Zahl ({}).", found.as_str(), column.title()),
        Why::UnknownDistrict { found } => format!("„{}“ ist keiner Ihrer Stadtteile.", found.as_str()),
        Why::AmbiguousDistrict { found } => format!("„{}“ heißen mehrere Stadtteile.", found.as_str()),
        Why::UnknownTopic { found } => format!("„{}“ ist kein Thema der Liste.", found.as_str()),
        Why::UnknownEntry { column, found } => {
            format!("„{}“ steht nicht in der Liste ({}).", found.as_str(), column.title())
        }
        Why::TooLong { column } => format!("„{}“ ist zu lang.", column.title()),
        Why::TooManyCells => "sie hat mehr Zellen als die Kopfzeile.".to_owned(),
        Why::Refused { field } => format!("die Angabe {field} stimmt nicht."),
    }
}

fn english(why: &Why) -> String {
    match why {
        Why::EmptyRow => "it is empty.".to_owned(),
        Why::Missing { column } => format!("'{}' is missing.", column.title()),
        Why::BrokenDate { column, found } => format!("'{}' is no date ({}).", found.as_str(), column.title()),
        Why::BrokenTime { found } => format!("'{}' is no time of day.", found.as_str()),
        Why::NeverLocal { found } => format!("'{}' never was: the clock was put forward.", found.as_str()),
        Why::BadNumber { column, found } => format!("'{}' is no number ({}).", found.as_str(), column.title()),
        Why::UnknownDistrict { found } => format!("'{}' is no district of yours.", found.as_str()),
        Why::AmbiguousDistrict { found } => format!("'{}' is the name of several districts.", found.as_str()),
        Why::UnknownTopic { found } => format!("'{}' is no topic of the list.", found.as_str()),
        Why::UnknownEntry { column, found } => {
            format!("'{}' does not stand in the list ({}).", found.as_str(), column.title())
        }
        Why::TooLong { column } => format!("'{}' is too long.", column.title()),
        Why::TooManyCells => "it has more cells than the header.".to_owned(),
        Why::Refused { field } => format!("the field {field} is not right."),
    }
}

/// A remark about a row that was taken, for a person.
pub(super) fn notice(notice: &Notice, language: Language) -> String {
    match (notice, language) {
        (Notice::TimeTwice { row, taken }, Language::German) => {
            format!("Zeile {row}: diese Uhrzeit gab es zweimal (Zeitumstellung); genommen ist die frühere, {taken}.")
        }
        (Notice::TimeTwice { row, taken }, Language::English) => {
            format!("Row {row}: this time came twice (clock change); the earlier one was taken, {taken}.")
        }
        (Notice::ColumnLeftOut { title }, Language::German) => {
            format!(
                "Die Spalte „{}“ ist unbekannt und wurde nicht übernommen.",
                title.as_str()
            )
        }
        (Notice::ColumnLeftOut { title }, Language::English) => {
            format!("The column '{}' is unknown and was not taken.", title.as_str())
        }
    }
}
