//! XLSX: figures and lists as sheets that can be filtered, printed and read aloud.

use crate::{Cell, Error, Language, List, ListKind, Month, Table, text};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Rows of a worksheet, its header included.
const MAX_ROWS: usize = 1_048_576;
/// UTF-16 units of one cell.
const MAX_CELL_UNITS: usize = 32_767;
/// Paper size A4.
const A4: u8 = 9;

/// The month as a workbook: Übersicht, Gespräche, Anliegen, Themen x Stadtteil.
///
/// Everything is put together in memory: the library's streaming mode would write the rows in clear into a temporary file.
///
/// # Errors
/// When a list is longer than a worksheet.
pub fn write(month: &Month) -> Result<Vec<u8>, Error> {
    let language = month.language();
    let mut book = Workbook::new();
    book.set_properties(&properties(month));
    let formats = Formats::new(language);
    let (matrix, others): (Vec<Table>, Vec<Table>) = month
        .figures()
        .into_iter()
        .partition(|table| table.id == "topic_district");

    let sheet = prepared(&mut book, language.pick(text::OVERVIEW), month)?;
    overview(sheet, month, &others, &formats)?;
    for kind in [ListKind::Conversations, ListKind::Requests] {
        let list = month.list(kind);
        let sheet = prepared(&mut book, language.pick(kind.sheet()), month)?;
        plain_list(sheet, &list, &formats)?;
    }
    for table in &matrix {
        let sheet = prepared(&mut book, language.pick(text::TOPICS_BY_DISTRICT_SHEET), month)?;
        let mut widths = Widths::default();
        let rows = figures(sheet, 0, table, &formats, &mut widths)?;
        widths.set(sheet)?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.autofilter(0, 0, rows, column(table.columns.len()))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The month's own last day stands for the time of writing: the same state gives the same file.
fn properties(month: &Month) -> DocProperties {
    let last = month.month().last();
    let title = month.title();
    let properties = DocProperties::new()
        .set_title(&title)
        .set_subject(&title)
        .set_author("Quartierbuch");
    let (year, number) = (month.month().year(), month.month().month());
    let written = u16::try_from(year)
        .ok()
        .zip(u8::try_from(number).ok())
        .and_then(|(year, number)| {
            let day = u8::try_from(chrono::Datelike::day(&last)).ok()?;
            ExcelDateTime::from_ymd(year, number, day).ok()
        });
    match written {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    }
}

/// A4 across, as wide as the page, header on every page, month and page number at the foot.
fn prepared<'a>(book: &'a mut Workbook, name: &str, month: &Month) -> Result<&'a mut Worksheet, Error> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let page = month.language().pick(text::PAGE_OF);
    // `&` begins a code of the footer's own language.
    sheet.set_footer(format!("&L{}&R{page}", month.title().replace('&', "&&")));
    Ok(sheet)
}

fn overview(sheet: &mut Worksheet, month: &Month, tables: &[Table], formats: &Formats) -> Result<(), Error> {
    sheet.write_string_with_format(0, 0, month.title(), &formats.title)?;
    sheet.set_freeze_panes(1, 0)?;
    let mut widths = Widths::default();
    let mut row = 2;
    for table in tables {
        sheet.write_string_with_format(row, 0, &table.title, &formats.section)?;
        row = match table.id {
            "legend" => sentences(sheet, row + 1, table)?,
            _ => figures(sheet, row + 1, table, formats, &mut widths)?,
        } + 2;
    }
    widths.set(sheet)
}

/// The legend's sentences run over the columns beside them: they must not widen those of the figures.
fn sentences(sheet: &mut Worksheet, top: u32, table: &Table) -> Result<u32, Error> {
    let mut row = top;
    for line in &table.rows {
        sheet.write_string(row, 0, &line.head.title)?;
        if let Some(Cell::Text(sentence)) = line.cells.first() {
            sheet.write_string(row, 1, sentence.as_ref())?;
        }
        row += 1;
    }
    Ok(row)
}

/// A table whose rows have titles; returns the number of its last row.
fn figures(
    sheet: &mut Worksheet,
    top: u32,
    table: &Table,
    formats: &Formats,
    widths: &mut Widths,
) -> Result<u32, Error> {
    sheet.write_string_with_format(top, 0, &table.rows_are, &formats.head)?;
    widths.head(0, &table.rows_are);
    for (at, heading) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(top, column(at + 1), &heading.title, &formats.number_head)?;
        widths.head(at + 1, &heading.title);
    }
    let mut row = top;
    for line in &table.rows {
        row += 1;
        sheet.write_string(row, 0, cut(&line.head.title))?;
        widths.needs(0, line.head.title.chars().count() + 1);
        for (at, value) in line.cells.iter().enumerate() {
            cell(sheet, row, column(at + 1), value, formats)?;
        }
    }
    Ok(row)
}

/// A list: its header alone stands above, can be filtered and stays in sight.
fn plain_list(sheet: &mut Worksheet, list: &List<'_>, formats: &Formats) -> Result<(), Error> {
    if list.count >= MAX_ROWS {
        return Err(Error::TooManyRows {
            list: list.id,
            rows: list.count,
        });
    }
    let mut widths = Widths::default();
    // Ids are for programs, which read CSV and JSON; here they would only be the widest column.
    let shown = list.columns.iter().filter(|heading| heading.id != "id").count();
    for (at, heading) in list.columns.iter().enumerate().take(shown) {
        let numbers = matches!(heading.id.as_str(), "minutes" | "hours" | "people" | "tallied");
        let format = if numbers { &formats.number_head } else { &formats.head };
        sheet.write_string_with_format(0, column(at), &heading.title, format)?;
        widths.head(at, &heading.title);
    }
    let mut row = 0;
    for cells in list.rows() {
        row += 1;
        for (at, value) in cells.iter().enumerate().take(shown) {
            cell(sheet, row, column(at), value, formats)?;
            widths.cell(at, value);
        }
    }
    widths.set(sheet)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, row, column(shown.saturating_sub(1)))?;
    Ok(())
}

/// Text stays the text it is: a string cell is never a formula, whatever it begins with.
fn cell(sheet: &mut Worksheet, row: u32, at: u16, value: &Cell<'_>, formats: &Formats) -> Result<(), Error> {
    match value {
        Cell::Empty => {}
        Cell::Text(words) if words.len() > 60 => {
            sheet.write_string_with_format(row, at, cut(words), &formats.wrapped)?;
        }
        Cell::Text(words) => {
            sheet.write_string(row, at, words.as_ref())?;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets know no other numbers; counts stay far below 2^53"
        )]
        Cell::Count(count) => {
            sheet.write_number(row, at, *count as f64)?;
        }
        Cell::Hours { .. } => {
            sheet.write_number_with_format(row, at, decimal(value), &formats.hours)?;
        }
        Cell::Share { whole: 0, .. } => {}
        Cell::Share { .. } => {
            sheet.write_number_with_format(row, at, decimal(value), &formats.share)?;
        }
        Cell::Day(day) => {
            let zero = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day of the calendar");
            #[expect(clippy::cast_precision_loss, reason = "days of a calendar")]
            let serial = (*day - zero).num_days() as f64;
            sheet.write_number_with_format(row, at, serial, &formats.day)?;
        }
        Cell::Time(time) => {
            let seconds = chrono::Timelike::num_seconds_from_midnight(time);
            sheet.write_number_with_format(row, at, f64::from(seconds) / 86_400.0, &formats.time)?;
        }
    }
    Ok(())
}

/// The figure that CSV and JSON show, not a longer binary fraction of it.
fn decimal(value: &Cell<'_>) -> f64 {
    value.decimal().and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// What is longer than a cell can hold ends in a mark that says so.
fn cut(words: &str) -> std::borrow::Cow<'_, str> {
    const MARK: &str = " […]";
    if words.encode_utf16().count() <= MAX_CELL_UNITS {
        return words.into();
    }
    let mut left = MAX_CELL_UNITS - MARK.len();
    let fits = words.char_indices().find(|(_, c)| {
        let full = left < c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        full
    });
    let end = fits.map_or(words.len(), |(at, _)| at);
    format!("{}{MARK}", &words[..end]).into()
}

/// Columns wide enough for what stands in them, within reason.
#[derive(Default)]
struct Widths(Vec<usize>);

impl Widths {
    const LEAST: usize = 8;
    const MOST: usize = 60;

    fn needs(&mut self, at: usize, chars: usize) {
        if self.0.len() <= at {
            self.0.resize(at + 1, Self::LEAST);
        }
        self.0[at] = self.0[at].max(chars.min(Self::MOST));
    }

    /// A head in bold, with room for the filter's arrow.
    fn head(&mut self, at: usize, title: &str) {
        self.needs(at, title.chars().count() + 4);
    }

    fn cell(&mut self, at: usize, value: &Cell<'_>) {
        match value {
            Cell::Text(words) if words.len() < Self::MOST => self.needs(at, words.chars().count() + 1),
            Cell::Text(_) => self.needs(at, Self::MOST),
            Cell::Day(_) => self.needs(at, 11),
            _ => {}
        }
    }

    fn set(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        for (at, chars) in self.0.iter().enumerate() {
            sheet.set_column_width(column(at), f64::from(u16::try_from(*chars).unwrap_or(60)))?;
        }
        Ok(())
    }
}

struct Formats {
    title: Format,
    section: Format,
    head: Format,
    /// Above numbers, which stand at the right of their cells.
    number_head: Format,
    wrapped: Format,
    hours: Format,
    share: Format,
    day: Format,
    time: Format,
}

impl Formats {
    fn new(language: Language) -> Self {
        let day = match language {
            Language::German => "dd.mm.yyyy",
            Language::English => "yyyy-mm-dd",
        };
        Self {
            title: Format::new().set_bold().set_font_size(16),
            section: Format::new().set_bold().set_font_size(12),
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            number_head: Format::new()
                .set_bold()
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::Right),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            hours: Format::new().set_num_format("#,##0.00"),
            share: Format::new().set_num_format("0.0%"),
            day: Format::new().set_num_format(day),
            time: Format::new().set_num_format("hh:mm"),
        }
    }
}
