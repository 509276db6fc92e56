//! The month: its figures on the screen, and its file.

pub(super) mod commands;
pub(super) mod export;
pub(super) mod place;
pub(super) mod shapes;

use super::shapes::{Cause, Trouble};
use crate::desk::{Format, MonthExport, Notebook};
use chrono::Utc;
use domain::{
    At, DistrictId, Kind,
    calendar::{self, MonthOf},
};
use reports::{Cell, Heading, Language, Line, ListKind, Lists, Scope, Table};
use shapes::{
    FileContent, FileFormat, FileWish, ReportCell, ReportDistrict, ReportHead, ReportLine, ReportMonth, ReportSpan,
    ReportTable, ReportWish,
};
use std::{collections::BTreeSet, ops::ControlFlow};

/// Which months and districts there is something to say about.
pub(super) fn span(notebook: &Notebook) -> Result<ReportSpan, Trouble> {
    let identity = notebook.identity()?;
    let lists = notebook.lists()?;
    let today = calendar::day_at(At::from(Utc::now()));
    let (days, mut districts) = notebook
        .store()
        .read(|reading| {
            let mut districts = Vec::new();
            for (id, district) in &lists.districts {
                let own = identity.districts.contains(id);
                if own || reading.is_anything_in(&Kind::Note, *id)? {
                    districts.push(ReportDistrict {
                        id: id.to_string(),
                        name: district.name.clone(),
                        own,
                    });
                }
            }
            Ok((reading.first_and_last_day(&Kind::Note, today)?, districts))
        })
        .map_err(crate::desk::Error::from)?;
    districts.sort_by_cached_key(|district| domain::fold::fold(&district.name));
    let month = |day| MonthOf::of(day).to_string();
    Ok(ReportSpan {
        first: days.map(|(first, _)| month(first)),
        last: days.map(|(_, last)| month(last)),
        today: month(today),
        districts,
    })
}

/// A month's figures, counted now.
pub(super) fn month(notebook: &Notebook, wish: &ReportWish) -> Result<ReportMonth, Trouble> {
    let asked = Asked::read(wish)?;
    let scope = Scope {
        language: asked.language,
        only: asked.districts,
        lists: Lists::None,
        ..Scope::default()
    };
    let counted = notebook.count_month(asked.month, scope, |_| ControlFlow::Continue(()))?;
    let counted = counted.ok_or(Trouble::of(Cause::Other))?;
    Ok(ReportMonth {
        month: asked.month.to_string(),
        records: number(counted.records),
        tables: counted.month.figures().into_iter().map(table).collect(),
    })
}

/// A wish that can be understood.
struct Asked {
    month: MonthOf,
    districts: BTreeSet<DistrictId>,
    language: Language,
}

impl Asked {
    fn read(wish: &ReportWish) -> Result<Self, Trouble> {
        let invalid = || Trouble::of(Cause::Invalid);
        let districts: Result<_, _> = wish.districts.iter().map(|id| id.parse()).collect();
        Ok(Self {
            month: wish.month.parse().map_err(|_| invalid())?,
            districts: districts.map_err(|_| invalid())?,
            language: match wish.language.as_str() {
                "en" => Language::English,
                _ => Language::German,
            },
        })
    }
}

/// What the core is asked for.
fn wanted(wish: &FileWish) -> Result<MonthExport, Trouble> {
    let asked = Asked::read(&wish.report)?;
    Ok(MonthExport {
        month: asked.month,
        districts: asked.districts,
        format: match wish.format {
            FileFormat::Xlsx => Format::Xlsx,
            FileFormat::Csv => Format::Csv,
            FileFormat::Json => Format::Json,
        },
        list: match wish.content {
            FileContent::Figures => None,
            FileContent::Conversations => Some(ListKind::Conversations),
            FileContent::Requests => Some(ListKind::Requests),
            FileContent::Activities => Some(ListKind::Activities),
        },
        with_text: wish.with_texts,
        language: asked.language,
    })
}

fn number(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn table(table: Table) -> ReportTable {
    ReportTable {
        id: table.id.to_owned(),
        title: table.title,
        rows_are: table.rows_are,
        columns: table.columns.into_iter().map(head).collect(),
        rows: table.rows.into_iter().map(line).collect(),
    }
}

fn head(heading: Heading) -> ReportHead {
    ReportHead {
        id: heading.id,
        title: heading.title,
    }
}

fn line(line: Line) -> ReportLine {
    ReportLine {
        head: head(line.head),
        cells: line.cells.iter().map(cell).collect(),
    }
}

fn cell(cell: &Cell<'_>) -> ReportCell {
    match cell {
        Cell::Empty => ReportCell::Nothing,
        Cell::Text(words) => ReportCell::Words {
            words: words.clone().into_owned(),
        },
        Cell::Count(count) => ReportCell::Count { count: number(*count) },
        Cell::Hours { minutes } => ReportCell::Hours {
            minutes: number(*minutes),
        },
        Cell::Share { of, whole } => ReportCell::Share {
            of: number(*of),
            whole: number(*whole),
        },
        // Figures hold neither; lists do.
        Cell::Day(day) => ReportCell::Words { words: day.to_string() },
        Cell::Time(time) => ReportCell::Words {
            words: time.format("%H:%M").to_string(),
        },
        Cell::Moment(at) => ReportCell::Moment {
            moment: at.format("%Y-%m-%dT%H:%M").to_string(),
        },
    }
}
