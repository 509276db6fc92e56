//! CSV as German Excel opens it: UTF-8 with a byte order mark, `;`, CRLF, decimal comma.

use crate::{Cell, Error, List, ListKind, Month, Table};
use std::borrow::Cow;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The month's figures in long form (table, row, column, value), or one list.
///
/// # Errors
/// When the text cannot be written, which memory alone can cause.
pub fn write(month: &Month, list: Option<ListKind>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    match list {
        None => {
            writer.write_record([
                "table",
                "table_label",
                "row",
                "row_label",
                "column",
                "column_label",
                "value",
            ])?;
            for table in month.figures() {
                long_form(&mut writer, &table)?;
            }
        }
        Some(kind) => plain_list(&mut writer, &month.list(kind))?,
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(error.into_error().into()))
}

fn long_form(writer: &mut csv::Writer<Vec<u8>>, table: &Table) -> Result<(), Error> {
    for line in &table.rows {
        for (column, cell) in table.columns.iter().zip(&line.cells) {
            let labels = [
                table.id,
                &table.title,
                &line.head.id,
                &line.head.title,
                &column.id,
                &column.title,
            ];
            writer.write_record(
                labels
                    .map(harmless)
                    .iter()
                    .map(|text| text.as_bytes())
                    .chain([value(cell).as_bytes()]),
            )?;
        }
    }
    Ok(())
}

fn plain_list(writer: &mut csv::Writer<Vec<u8>>, list: &List<'_>) -> Result<(), Error> {
    writer.write_record(list.columns.iter().map(|column| harmless(&column.title).into_owned()))?;
    for cells in list.rows() {
        writer.write_record(cells.iter().map(value))?;
    }
    Ok(())
}

/// Numbers stay numbers; what is text cannot become a formula.
fn value(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text).into_owned(),
        Cell::Day(day) => day.format("%Y-%m-%d").to_string(),
        Cell::Time(time) => time.format("%H:%M").to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%dT%H:%M").to_string(),
        figure => figure
            .decimal()
            .map(|decimal| decimal.replace('.', ","))
            .unwrap_or_default(),
    }
}

/// A spreadsheet runs a text cell that begins with one of these; an apostrophe before it makes it text again.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
