//! JSON with the same content as the CSV: the same state gives the same bytes.

use crate::{Cell, Error, Heading, List, ListKind, Month, Table};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

#[derive(Serialize)]
struct Document<'a> {
    month: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    districts: Vec<String>,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Content<'a> {
    Cells(Vec<LongForm<'a>>),
    Rows(ListRows<'a>),
}

#[derive(Serialize)]
struct LongForm<'a> {
    table: &'a str,
    table_label: &'a str,
    row: &'a str,
    row_label: &'a str,
    column: &'a str,
    column_label: &'a str,
    value: Value<'a>,
}

struct ListRows<'a>(List<'a>);

struct ListRow<'a>(&'a [Heading], Vec<Cell<'a>>);

struct Value<'a>(&'a Cell<'a>);

/// The month's figures in long form, or one list.
///
/// # Errors
/// When the document cannot be written, which memory alone can cause.
pub fn write(month: &Month, list: Option<ListKind>) -> Result<Vec<u8>, Error> {
    let figures;
    let content = match list {
        None => {
            figures = month.figures();
            Content::Cells(figures.iter().flat_map(cells).collect())
        }
        Some(kind) => Content::Rows(ListRows(month.list(kind))),
    };
    let only: Vec<String> = month.only().iter().map(ToString::to_string).collect();
    let document = Document {
        month: month.month().to_string(),
        district: only.first().filter(|_| only.len() == 1).cloned(),
        districts: if only.len() > 1 { only } else { Vec::new() },
        content,
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn cells(table: &Table) -> impl Iterator<Item = LongForm<'_>> {
    table.rows.iter().flat_map(move |line| {
        table
            .columns
            .iter()
            .zip(&line.cells)
            .map(move |(column, cell)| LongForm {
                table: table.id,
                table_label: &table.title,
                row: &line.head.id,
                row_label: &line.head.title,
                column: &column.id,
                column_label: &column.title,
                value: Value(cell),
            })
    })
}

impl Serialize for ListRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows().map(|cells| ListRow(&self.0.columns, cells)))
    }
}

impl Serialize for ListRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .zip(&self.1)
                .map(|(column, cell)| (&column.id, Value(cell))),
        )
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Count(count) => serializer.serialize_u64(*count),
            Cell::Day(day) => serializer.collect_str(&day.format("%Y-%m-%d")),
            Cell::Time(time) => serializer.collect_str(&time.format("%H:%M")),
            Cell::Moment(at) => serializer.collect_str(&at.format("%Y-%m-%dT%H:%M")),
            figure => match figure.decimal().and_then(|decimal| RawValue::from_string(decimal).ok()) {
                Some(number) => number.serialize(serializer),
                None => serializer.serialize_none(),
            },
        }
    }
}
