//! The month as a file.

use super::{Error, Notebook, catalogue, folder::create_private};
use domain::{DistrictId, Kind, calendar::MonthOf};
use reports::{Language, ListKind, Lists, Month, Scope};
use std::{collections::BTreeSet, fs, io::Write, path::Path};

/// A month as somebody wants it.
#[derive(Clone, Debug)]
pub struct MonthExport {
    /// Which month.
    pub month: MonthOf,
    /// Only this district; all of one's own where absent.
    pub district: Option<DistrictId>,
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

impl Notebook {
    /// A month's report as the bytes of a file, and how many records it counted.
    ///
    /// Records stream from the notebook into the figures; a month of any length needs little memory.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the reason why the report could not be written.
    pub fn export_month(&self, export: &MonthExport) -> Result<(Vec<u8>, u64), Error> {
        self.identity()?;
        let (first, last) = (Some(export.month.first()), Some(export.month.last()));
        let scope = Scope {
            language: export.language,
            only: export.district,
            lists: if export.with_text {
                Lists::WithTexts
            } else {
                Lists::WithoutTexts
            },
        };
        let districts: BTreeSet<DistrictId> = export.district.into_iter().collect();
        let (month, count) = self.store().read(|reading| {
            let mut month = Month::new(export.month, catalogue::for_reports(reading)?, scope);
            let mut count = 0;
            // A request counts in every month in which it was open, so its own day does not bound it.
            for (kind, from, to) in [
                (Kind::Note, first, last),
                (Kind::Activity, first, last),
                (Kind::Request, None, last),
            ] {
                reading.each(&kind, from, to, &districts, |envelope, body| {
                    month.add(envelope, body);
                    count += 1;
                    Ok(())
                })?;
            }
            Ok((month, count))
        })?;
        let bytes = match export.format {
            // A workbook has a sheet for each list anyway.
            Format::Xlsx => reports::xlsx::write(&month),
            Format::Csv => reports::csv::write(&month, export.list),
            Format::Json => reports::json::write(&month, export.list),
        }?;
        Ok((bytes, count))
    }
}

/// Writes a file a person asked for: whole, or not at all, and for them alone; a list may hold texts.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = create_private(&unfinished)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&unfinished, path));
    written.map_err(|source| {
        // Nothing half-written stays behind; that it cannot be removed either adds nothing to the reason.
        let _ = fs::remove_file(&unfinished);
        Error::file(path, source)
    })
}
