//! XLSX: figures and lists as sheets that can be filtered, printed and read aloud.

use crate::{Cell, Error, Language, List, ListKind, Month, Table, text};
use chrono::{NaiveDate, NaiveTime, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Rows of a worksheet, its header included.
const MAX_ROWS: usize = 1_048_576;
/// UTF-16 units of one cell.
const MAX_CELL_UNITS: usize = 32_767;
/// A footer holds 255 characters, its codes included.
const MAX_FOOT: usize = 200;
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
        sheet.write_string_with_format(0, 0, &table.title, &formats.section)?;
        let rows = figures(sheet, 1, table, &formats, &mut widths)?;
        widths.set(sheet)?;
        sheet.set_repeat_rows(0, 1)?;
        sheet.set_freeze_panes(2, 1)?;
        sheet.autofilter(1, 0, rows, column(table.columns.len()))?;
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
    let foot: String = format!("{}\n{}", month.title(), month.basis_line())
        .chars()
        .take(MAX_FOOT)
        .collect();
    let foot = foot.replace('&', "&&");
    sheet.set_footer(format!("&L&8{foot}&R&8{page}"));
    Ok(sheet)
}

fn overview(sheet: &mut Worksheet, month: &Month, tables: &[Table], formats: &Formats) -> Result<(), Error> {
    sheet.write_string_with_format(0, 0, month.title(), &formats.title)?;
    sheet.write_string(1, 0, month.basis_line())?;
    sheet.write_string(2, 0, month.say(text::MAY_BE_MISSING))?;
    sheet.set_freeze_panes(1, 0)?;
    let mut widths = Widths::default();
    let mut row = 4;
    for table in tables {
        // Said at the top, with how the device stands with its city.
        if table.id == "basis" {
            continue;
        }
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
        let look = if line.head.id == "total" {
            &formats.total
        } else {
            &formats.cells
        };
        sheet.write_string_with_format(row, 0, cut(&line.head.title), &look.words)?;
        widths.needs(0, line.head.title.chars().count() + 2);
        for (at, value) in line.cells.iter().enumerate() {
            cell(sheet, row, column(at + 1), value, look)?;
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
            cell(sheet, row, column(at), value, &formats.cells)?;
            widths.cell(at, value);
        }
    }
    widths.set(sheet)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, row, column(shown.saturating_sub(1)))?;
    Ok(())
}

/// Text stays the text it is: a string cell is never a formula, whatever it begins with.
fn cell(sheet: &mut Worksheet, row: u32, at: u16, value: &Cell<'_>, look: &Look) -> Result<(), Error> {
    match value {
        Cell::Empty => {}
        Cell::Text(words) if words.len() > 60 => {
            sheet.write_string_with_format(row, at, cut(words), &look.wrapped)?;
        }
        Cell::Text(words) => {
            sheet.write_string_with_format(row, at, words.as_ref(), &look.words)?;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets know no other numbers; counts stay far below 2^53"
        )]
        Cell::Count(count) => {
            sheet.write_number_with_format(row, at, *count as f64, &look.number)?;
        }
        Cell::Hours { .. } => {
            sheet.write_number_with_format(row, at, decimal(value), &look.hours)?;
        }
        Cell::Share { whole: 0, .. } => {
            sheet.write_string_with_format(row, at, look.none, &look.number)?;
        }
        Cell::Share { .. } => {
            sheet.write_number_with_format(row, at, decimal(value), &look.share)?;
        }
        Cell::Day(day) => {
            sheet.write_number_with_format(row, at, serial(*day), &look.day)?;
        }
        Cell::Time(time) => {
            sheet.write_number_with_format(row, at, part_of_day(*time), &look.time)?;
        }
        Cell::Moment(moment) => {
            let at_once = serial(moment.date()) + part_of_day(moment.time());
            sheet.write_number_with_format(row, at, at_once, &look.moment)?;
        }
    }
    Ok(())
}

/// A day as spreadsheets count them.
fn serial(day: NaiveDate) -> f64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day of the calendar");
    #[expect(clippy::cast_precision_loss, reason = "days of a calendar")]
    let days = (day - zero).num_days() as f64;
    days
}

fn part_of_day(time: NaiveTime) -> f64 {
    f64::from(time.num_seconds_from_midnight()) / 86_400.0
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
    cells: Look,
    /// The same for sums.
    total: Look,
}

/// How a row of values looks.
struct Look {
    /// Set in a little, so that it does not touch the number before it.
    words: Format,
    wrapped: Format,
    number: Format,
    hours: Format,
    share: Format,
    day: Format,
    time: Format,
    moment: Format,
    none: &'static str,
}

impl Formats {
    fn new(language: Language) -> Self {
        let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
        let bold = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            section: Format::new().set_bold().set_font_size(12),
            head: head.clone().set_align(FormatAlign::Left).set_indent(1),
            number_head: head.set_align(FormatAlign::Right),
            cells: Look::new(language, &Format::new()),
            total: Look::new(language, &bold),
        }
    }
}

impl Look {
    fn new(language: Language, base: &Format) -> Self {
        let day = match language {
            Language::German => "dd.mm.yyyy",
            Language::English => "yyyy-mm-dd",
        };
        let words = base.clone().set_align(FormatAlign::Left).set_indent(1);
        let number = base.clone().set_align(FormatAlign::Right);
        Self {
            wrapped: words.clone().set_text_wrap().set_align(FormatAlign::Top),
            words,
            hours: number.clone().set_num_format("#,##0.00"),
            share: number.clone().set_num_format("0.0%"),
            day: number.clone().set_num_format(day),
            time: number.clone().set_num_format("hh:mm"),
            moment: number.clone().set_num_format(format!("{day} hh:mm")),
            number,
            none: language.pick(text::NONE),
        }
    }
}
