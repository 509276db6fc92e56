//! CSV and its kin: encoding, delimiter and row numbers found out from the bytes.

use crate::{
    Error,
    grid::{Cell, Grid, GridRow},
    limits,
};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Reads delimited text with the delimiter under which the header names the most columns; `named` says how many a row does.
pub(crate) fn read(bytes: &[u8], named: &dyn Fn(&GridRow) -> usize) -> Result<Grid, Error> {
    let text = decode(bytes)?;
    let (told, text) = told_delimiter(&text);
    let delimiter = told.unwrap_or_else(|| {
        let known = |delimiter: &u8| {
            let Ok(grid) = rows(text, *delimiter, limits::HEADER_ROWS) else {
                return 0;
            };
            grid.rows.iter().map(named).max().unwrap_or(0)
        };
        // `max_by_key` keeps the last of equals, and the semicolon is German Excel's own.
        *[b'\t', b',', b';']
            .iter()
            .max_by_key(|delimiter| known(delimiter))
            .expect("there are three")
    });
    let grid = rows(text, delimiter, limits::MAX_ROWS + 1)?;
    if grid.rows.len() > limits::MAX_ROWS {
        return Err(Error::TooManyRows {
            limit: limits::MAX_ROWS,
        });
    }
    Ok(grid)
}

/// A byte order mark decides; without one, text that is valid UTF-8 is UTF-8, as no other text is by chance.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Error> {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        let encoding = if std::str::from_utf8(bytes).is_ok() {
            UTF_8
        } else {
            WINDOWS_1252
        };
        (encoding, 0)
    });
    encoding
        .decode_without_bom_handling_and_without_replacement(&bytes[skip..])
        .map(std::borrow::Cow::into_owned)
        .ok_or(Error::Encoding {
            encoding: encoding.name(),
        })
}

/// Excel's own first line `sep=;`, which it does not show and does not count.
fn told_delimiter(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line
        .trim_end_matches('\r')
        .to_ascii_lowercase()
        .strip_prefix("sep=")
        .map(str::as_bytes)
    {
        Some(&[delimiter]) => (Some(delimiter), rest),
        _ => (None, text),
    }
}

fn rows(text: &str, delimiter: u8, at_most: usize) -> Result<Grid, Error> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut grid = Grid { rows: Vec::new() };
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let read = reader
            .read_record(&mut record)
            .map_err(|error| Error::Read(error.into()))?;
        // The reader steps over blank lines in silence; Excel shows each of them as a row.
        let room = at_most.saturating_sub(grid.rows.len());
        for _ in 0..blank_lines(text.as_bytes(), from).min(room) {
            number += 1;
            grid.rows.push(GridRow {
                number,
                cells: Vec::new(),
            });
        }
        if !read || grid.rows.len() >= at_most {
            return Ok(grid);
        }
        number += 1;
        let cells = record.iter().take(limits::MAX_COLUMNS).map(Cell::text).collect();
        grid.rows.push(GridRow { number, cells });
    }
}

/// How many line ends stand at `from`, the one that ended the row before not counted.
fn blank_lines(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    if from > 0 && bytes[from - 1] == b'\r' {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}
