//! XLSX: the first sheet whose first rows name the columns of a log.

use crate::{
    Error, columns,
    grid::{Cell, Grid, GridRow},
    limits,
};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use std::io::{Cursor, Read};

/// The first bytes of every XLSX file.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the sheet that looks most like a log; several alike: the first.
pub(crate) fn read(bytes: &[u8]) -> Result<Grid, Error> {
    check_unpacked_size(bytes, limits::MAX_UNPACKED_BYTES)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(Error::Workbook)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut best: Option<(usize, Grid)> = None;
    for name in names {
        let grid = sheet(&mut book, &name, limits::MAX_SHEET_BYTES)?;
        let known = grid
            .rows
            .iter()
            .take(limits::HEADER_ROWS)
            .map(columns::known)
            .max()
            .unwrap_or(0);
        if best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, grid));
        }
    }
    Ok(best.map_or(Grid { rows: Vec::new() }, |(_, grid)| grid))
}

/// Unpacks every part once into nothing and counts, before a parser keeps any of it in memory.
fn check_unpacked_size(bytes: &[u8], limit: u64) -> Result<(), Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(Error::Unpack)?;
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(Error::Unpack)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())?;
        left = left.checked_sub(read).ok_or(Error::TooLarge { limit })?;
    }
    Ok(())
}

/// Streams the cells: a single cell at the far corner of a sheet must not cost a table of that size.
fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, limit: usize) -> Result<Grid, Error> {
    let mut grid = Grid { rows: Vec::new() };
    let in_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(Error::Workbook)?;
    let mut room = limit;
    while let Some(found) = reader.next_cell().map_err(Error::Workbook)? {
        let (row, column) = found.get_position();
        let (row, column) = (row as usize, column as usize);
        let cell = cell(found.get_value(), in_1904);
        if cell.is_empty() || column >= limits::MAX_COLUMNS {
            continue;
        }
        if row >= limits::MAX_ROWS {
            return Err(Error::TooManyRows {
                limit: limits::MAX_ROWS,
            });
        }
        while grid.rows.len() <= row {
            let number = u32::try_from(grid.rows.len()).expect("bounded by MAX_ROWS") + 1;
            grid.rows.push(GridRow {
                number,
                cells: Vec::new(),
            });
        }
        let cells = &mut grid.rows[row].cells;
        let added = (column + 1).saturating_sub(cells.len()) * size_of::<Cell>();
        let text = match &cell {
            Cell::Text(text) => text.len(),
            _ => 0,
        };
        room = room
            .checked_sub(added + text)
            .ok_or(Error::TooLarge { limit: limit as u64 })?;
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
    }
    Ok(grid)
}

fn cell(value: &DataRef<'_>, in_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets know no other numbers")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::text(if *yes { "ja" } else { "nein" }),
        DataRef::DateTime(at) => moment(*at, in_1904),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(_) => Cell::Fault,
    }
}

/// Days between the two zero days that workbooks count from: 30 December 1899 and 1 January 1904.
const EPOCH_1904: f64 = 1462.0;

/// A time of day alone has no day to count from, whichever kind of workbook it stands in.
fn moment(at: ExcelDateTime, in_1904: bool) -> Cell {
    let serial = at.as_f64();
    Cell::serial(if in_1904 && serial >= 1.0 {
        serial + EPOCH_1904
    } else {
        serial
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_workbook_that_swells_while_unpacking_is_refused() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(&vec![0; 1 << 20]).unwrap();
        let bomb = archive.finish().unwrap().into_inner();
        assert!(bomb.len() < 1 << 14, "it is small on the disk");
        assert!(check_unpacked_size(&bomb, 1 << 20).is_ok());
        let refused = check_unpacked_size(&bomb, (1 << 20) - 1);
        assert!(matches!(refused, Err(Error::TooLarge { limit }) if limit == (1 << 20) - 1));
    }

    #[test]
    fn one_text_in_every_cell_takes_no_more_memory_than_a_sheet_may() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        // It stands in the file once, and in each cell by its number.
        for row in 0..10 {
            page.write_string(row, 0, "x".repeat(1_000)).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let read = |limit| {
            let mut book = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
            sheet(&mut book, "Sheet1", limit).map(|grid| grid.rows.len())
        };
        assert!(matches!(read(9_000), Err(Error::TooLarge { limit: 9_000 })));
        assert!(matches!(read(12_000), Ok(10)));
    }
}
