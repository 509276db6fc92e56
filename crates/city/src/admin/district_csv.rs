//! Districts from a table: `number,name,parent` with a header row, separated by comma or semicolon.

use super::districts::{District, MOST_DISTRICTS, Named, Read};
use crate::Error;

const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Reads the table.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::TooMuch {
            field: "file",
            limit: MOST_BYTES as u64,
        });
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let text = text.map_err(|_| invalid("is not UTF-8", None))?;
    let header = text.lines().next().unwrap_or_default();
    let separator = if header.contains(';') { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new()
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = table.headers().map_err(|_| invalid("has no header row", None))?.clone();
    let column = |names: &[&str]| {
        headers
            .iter()
            .position(|header| names.contains(&header.to_lowercase().as_str()))
    };
    let number = column(&["number", "nummer", "nr"]);
    let name =
        column(&["name", "district", "stadtteil", "ortsteil"]).ok_or_else(|| invalid("has no column name", None))?;
    let parent = column(&["parent", "planungsraum", "stadtbezirk", "bezirk"]);
    let mut read = Vec::new();
    for (row, record) in (2..).zip(table.records()) {
        if read.len() == MOST_DISTRICTS {
            return Err(Error::TooMuch {
                field: "file",
                limit: MOST_DISTRICTS as u64,
            });
        }
        let record = record.map_err(|_| invalid("is no row of this table", Some(row)))?;
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .filter(|cell| !cell.is_empty())
                .map(str::to_owned)
        };
        read.push(District {
            number: cell(number),
            name: cell(Some(name)).ok_or_else(|| invalid("has no name", Some(row)))?,
            parent: cell(parent).map(|name| Named { number: None, name }),
            outline: None,
        });
    }
    Ok(read)
}

fn invalid(why: &'static str, row: Option<usize>) -> Error {
    Error::Invalid {
        field: "districts",
        why,
        row,
    }
}
