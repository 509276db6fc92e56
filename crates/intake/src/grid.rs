//! The sheet as rows of cells, whatever file it came from.

use chrono::{NaiveDate, NaiveTime};

/// Rows in the order and with the numbers that Excel shows.
pub(crate) struct Grid {
    pub(crate) rows: Vec<GridRow>,
}

pub(crate) struct GridRow {
    /// From 1; a quoted cell of several lines is still one row.
    pub(crate) number: u32,
    pub(crate) cells: Vec<Cell>,
}

impl GridRow {
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }

    /// How far to the right the row is filled.
    pub(crate) fn width(&self) -> usize {
        self.cells
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1)
    }
}

/// One cell. What cannot be read in its place is a matter of the column, not of the cell.
#[derive(Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    /// Trimmed, line ends as `\n`.
    Text(String),
    Number(f64),
    /// A date, a time of day, or both, as a spreadsheet stores them.
    Moment {
        day: Option<NaiveDate>,
        time: NaiveTime,
    },
    /// `#REF!` and its like.
    Fault,
}

impl Cell {
    /// Line ends differ between the two formats and between systems; the text they hold is the same.
    pub(crate) fn text(raw: &str) -> Self {
        let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        if trimmed.is_empty() {
            return Self::Empty;
        }
        // NUL says nothing to anybody, and a body that holds one is taken nowhere.
        Self::Text(if trimmed.contains(['\r', '\0']) {
            trimmed.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
        } else {
            trimmed.to_owned()
        })
    }

    /// A spreadsheet's serial number: days since 30 December 1899, the time as a fraction of the day.
    pub(crate) fn serial(value: f64) -> Self {
        const DAY: i64 = 24 * 60 * 60;
        if !(0.0..2_958_466.0).contains(&value) {
            return Self::Number(value);
        }
        // Fractions of a day are binary: 09:15 lies a hair beside the second it means.
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the range above")]
        let seconds = (value * 86_400.0).round() as i64;
        let (days, rest) = (seconds / DAY, seconds % DAY);
        let day = NaiveDate::from_ymd_opt(1899, 12, 30)
            .and_then(|zero| zero.checked_add_signed(chrono::TimeDelta::days(days)))
            .filter(|_| days > 0);
        let time = u32::try_from(rest)
            .ok()
            .and_then(|rest| NaiveTime::from_num_seconds_from_midnight_opt(rest, 0));
        time.map_or(Self::Number(value), |time| Self::Moment { day, time })
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as text, as a person reads it: whole numbers without a fraction, others with a comma.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Moment { day: Some(day), time } if *time == NaiveTime::MIN => day.format("%d.%m.%Y").to_string(),
            Self::Moment { day: Some(day), time } => format!("{} {}", day.format("%d.%m.%Y"), time.format("%H:%M")),
            Self::Moment { day: None, time } => time.format("%H:%M").to_string(),
            Self::Fault => "#".to_owned(),
        }
    }
}
