//! Reading the figures of an exported month, as a stranger's program would: by the labels in the file.

use serde_json::Value;
use std::collections::BTreeMap;

/// One column of a table: the figure of each row, by the row's label. Rows that sum up others are left out.
///
/// # Panics
/// When the document is no exported month.
pub fn column(report: &Value, table: &str, column: &str) -> BTreeMap<String, u64> {
    let cells = report["cells"].as_array().expect("a month's figures are cells");
    let of_table = cells
        .iter()
        .filter(|cell| cell["table"] == table && cell["column"] == column && cell["row"] != "total");
    of_table
        .filter_map(|cell| Some((cell["row_label"].as_str()?.to_owned(), cell["value"].as_u64()?)))
        .collect()
}

/// A figure of the overview.
///
/// # Panics
/// When it is not there.
pub fn overview<'a>(report: &'a Value, row: &str) -> &'a Value {
    let cells = report["cells"].as_array().expect("a month's figures are cells");
    let cell = cells
        .iter()
        .find(|cell| cell["table"] == "overview" && cell["row"] == row);
    &cell.unwrap_or_else(|| panic!("the overview has no row {row}"))["value"]
}

/// The counts of the independent script under a name.
///
/// # Panics
/// When it counted no such thing.
pub fn counted(script: &Value, name: &str) -> BTreeMap<String, u64> {
    let counts = script[name]
        .as_object()
        .unwrap_or_else(|| panic!("the script counts {name}"));
    counts
        .iter()
        .map(|(label, count)| (label.clone(), count.as_u64().expect("a count is a number")))
        .collect()
}

/// Without the rows in which nothing was counted: a report shows them, a script that counts does not know them.
pub fn without_empty(mut counts: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    counts.retain(|_, count| *count > 0);
    counts
}
