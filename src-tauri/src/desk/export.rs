//! The month: its figures, and its file.

use super::{Error, Notebook, catalogue, folder::create_private};
use domain::{DistrictId, Kind, calendar::MonthOf};
use reports::{Language, ListKind, Lists, Live, Month, Scope, Transfer};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    ops::ControlFlow,
    path::Path,
};

/// A month as somebody wants it.
#[derive(Clone, Debug)]
pub struct MonthExport {
    /// Which month.
    pub month: MonthOf,
    /// Only these districts; all of one's own where empty.
    pub districts: BTreeSet<DistrictId>,
    /// The file's format.
    pub format: Format,
    /// The month's records of this kind instead of its figures.
    pub list: Option<ListKind>,
    /// Lists with the texts of the notes.
    pub with_text: bool,
    /// The language of titles and labels.
    pub language: Language,
}

/// The formats a month may leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel.
    Xlsx,
    /// Text with semicolons.
    Csv,
    /// For programs.
    Json,
}

/// How far a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedSoFar {
    /// Records read.
    pub read: u64,
    /// Records that will be read.
    pub of: u64,
}

/// A month that was counted.
#[derive(Debug)]
pub struct CountedMonth {
    /// Its figures and lists.
    pub month: Month,
    /// How many records were read for it.
    pub records: u64,
}

/// A count says how far it is after so many records.
const STEP: u64 = 1_000;

impl Notebook {
    /// A month's report as the bytes of a file, and how many records stand in it.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the reason why the report could not be written.
    pub fn export_month(&self, export: &MonthExport) -> Result<(Vec<u8>, u64), Error> {
        let counted = self.count_month(export.month, export.scope(), |_| ControlFlow::Continue(()))?;
        // Nobody asked it to stop.
        let counted = counted.ok_or(Error::NotAMonth)?;
        Ok((export.bytes(&counted.month)?, export.records(&counted)))
    }

    /// Counts a month. `step` hears how far it is and may stop it; then there is nothing.
    ///
    /// Records stream from the notebook into the figures; a month of any length needs little memory.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn count_month(
        &self,
        of: MonthOf,
        scope: Scope,
        mut step: impl FnMut(CountedSoFar) -> ControlFlow<()>,
    ) -> Result<Option<CountedMonth>, Error> {
        let identity = self.identity()?;
        let scope = Scope {
            // The districts somebody answers for have a row even in a month without a conversation.
            named: identity.districts.clone(),
            ..scope
        };
        let (first, last) = (Some(of.first()), Some(of.last()));
        // A request counts in every month in which it was open, so its own day does not bound it.
        let spans = [
            (Kind::Note, first, last),
            (Kind::Activity, first, last),
            (Kind::Request, None, last),
        ];
        let districts = scope.only.clone();
        let mut stopped = false;
        let counted = self.store().read(|reading| {
            let mut month = Month::new(of, catalogue::for_reports(reading, identity.organisation)?, scope);
            let status = reading.status()?;
            month.stands(Transfer {
                at: status.last_sync_at,
                waiting: status.waiting,
            });
            let mut all = 0;
            for (kind, from, to) in &spans {
                all += reading.count(kind, *from, *to)?;
            }
            let (mut read, mut records) = (0, 0);
            for (kind, from, to) in &spans {
                reading.each(kind, *from, *to, &BTreeSet::new(), |told| {
                    read += 1;
                    if read % STEP == 0 && step(CountedSoFar { read, of: all }).is_break() {
                        stopped = true;
                        return Err(store::Error::Caller("stopped".into()));
                    }
                    if districts.is_empty() || !districts.is_disjoint(told.districts) {
                        month.add_live(&Live {
                            id: told.id,
                            kind,
                            districts: told.districts,
                            changed_at: Some(told.changed_at),
                            body: told.body,
                        });
                        records += 1;
                    }
                    Ok(())
                })?;
            }
            Ok(CountedMonth { month, records })
        });
        match counted {
            Err(_) if stopped => Ok(None),
            other => Ok(Some(other?)),
        }
    }
}

impl MonthExport {
    /// What has to be counted for it.
    pub fn scope(&self) -> Scope {
        Scope {
            language: self.language,
            only: self.districts.clone(),
            named: BTreeSet::new(),
            lists: if self.with_text {
                Lists::WithTexts
            } else {
                Lists::WithoutTexts
            },
        }
    }

    /// How many records stand in the file: the rows of a list, or what the figures were counted from.
    pub fn records(&self, counted: &CountedMonth) -> u64 {
        match self.list {
            Some(kind) if self.format != Format::Xlsx => counted.month.list(kind).count as u64,
            _ => counted.records,
        }
    }

    /// Whether the file holds what somebody wrote down about people.
    pub fn holds_texts(&self) -> bool {
        self.with_text && (self.list.is_some() || self.format == Format::Xlsx)
    }

    /// The file of a counted month.
    ///
    /// # Errors
    /// When the format cannot hold it.
    pub fn bytes(&self, month: &Month) -> Result<Vec<u8>, Error> {
        let bytes = match self.format {
            // A workbook has a sheet for each list anyway.
            Format::Xlsx => reports::xlsx::write(month),
            Format::Csv => reports::csv::write(month, self.list),
            Format::Json => reports::json::write(month, self.list),
        }?;
        Ok(bytes)
    }
}

/// Writes a file a person asked for: whole, or not at all, and for them alone; a list may hold texts.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_whole(path, |file| file.write_all(bytes))
}

/// The same, for what is written piece by piece.
pub(super) fn write_whole(path: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = create_private(&unfinished)
        .and_then(|mut file| write(&mut file).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&unfinished, path));
    written.map_err(|source| {
        // Nothing half-written stays behind; that it cannot be removed either adds nothing to the reason.
        let _ = fs::remove_file(&unfinished);
        Error::file(path, source)
    })
}
