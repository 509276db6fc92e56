//! Where a file goes and what it is called. The web view names neither.

use super::shapes::{FileContent, FileFormat};
use crate::desk::MonthExport;
use reports::Language;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use tauri::{AppHandle, Manager};

/// A name longer than this is of no use to anybody who looks for the file.
const LONGEST_DISTRICT: usize = 60;

/// The folder that a person's downloads go to.
pub(super) fn downloads(app: &AppHandle) -> Option<PathBuf> {
    let paths = app.path();
    // A system without a list of its folders names none; it is called like this on every desktop.
    let folder = paths
        .download_dir()
        .or_else(|_| paths.home_dir().map(|home| home.join("Downloads")));
    folder.ok()
}

/// What the file is called: what it holds, the month, and the districts where it is about some.
pub(super) fn name(wanted: &MonthExport, content: FileContent, format: FileFormat, districts: &[String]) -> String {
    let german = wanted.language == Language::German;
    let pick = |de, en| if german { de } else { en };
    let what = match content {
        FileContent::Figures => pick("Monatsbericht", "Monthly report"),
        FileContent::Conversations => pick("Gespräche", "Conversations"),
        FileContent::Requests => pick("Anliegen", "Requests"),
        FileContent::Activities => pick("Aktivitäten", "Activities"),
    };
    let of = match districts {
        [] => String::new(),
        [one] => format!(" {}", harmless(one)),
        several => format!(" {} {}", several.len(), pick("Stadtteile", "districts")),
    };
    // Whoever passes the file on sees it without opening it.
    let texts = match wanted.holds_texts() {
        true => pick(" mit Texten", " with texts"),
        false => "",
    };
    let ending = match format {
        FileFormat::Xlsx => "xlsx",
        FileFormat::Csv => "csv",
        FileFormat::Json => "json",
    };
    format!("{what} {}{of}{texts}.{ending}", wanted.month)
}

/// A district's name as part of a file's name on every system.
fn harmless(name: &str) -> String {
    let kept = |c: char| {
        if c.is_control() || "/\\:*?\"<>|".contains(c) {
            '-'
        } else {
            c
        }
    };
    let name: String = name.chars().map(kept).take(LONGEST_DISTRICT).collect();
    name.trim_matches(['.', ' ']).to_owned()
}

/// The place a person named, with the ending that tells other programs what it is; without it nothing opens the file.
/// Where the ending was added the system has not asked about a file of that name: it stays as it is.
pub(in crate::window) fn with_ending(chosen: PathBuf, name: &str) -> io::Result<PathBuf> {
    let ending = Path::new(name).extension().unwrap_or_default();
    let has_it = chosen.extension().is_some_and(|has| has.eq_ignore_ascii_case(ending));
    let (Some(folder), Some(stem)) = (chosen.parent(), chosen.file_name()) else {
        return Ok(chosen);
    };
    if has_it {
        return Ok(chosen);
    }
    free(
        folder,
        &format!("{}.{}", stem.to_string_lossy(), ending.to_string_lossy()),
    )
}

/// A path in the folder that is not taken yet: a file that is there stays as it is, the new one gets a number.
pub(super) fn free(folder: &Path, name: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut path = folder.join(name);
    let mut number = 2;
    while path.try_exists()? {
        path = folder.join(format!("{stem} ({number}).{ending}"));
        number += 1;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Format;

    fn wanted(language: Language) -> MonthExport {
        MonthExport {
            month: "2026-10".parse().expect("a month"),
            districts: [].into(),
            format: Format::Csv,
            list: None,
            with_text: false,
            language,
        }
    }

    #[test]
    fn a_file_is_called_after_what_it_holds() {
        let german = |content, districts: &[&str]| {
            let districts: Vec<String> = districts.iter().map(|&name| name.to_owned()).collect();
            name(&wanted(Language::German), content, FileFormat::Csv, &districts)
        };
        assert_eq!(german(FileContent::Figures, &[]), "Monatsbericht 2026-10.csv");
        assert_eq!(
            german(FileContent::Conversations, &["Rieth"]),
            "Gespräche 2026-10 Rieth.csv"
        );
        assert_eq!(
            german(FileContent::Figures, &["a", "b"]),
            "Monatsbericht 2026-10 2 Stadtteile.csv"
        );
        assert_eq!(
            german(FileContent::Figures, &["../x: \"y\""]),
            "Monatsbericht 2026-10 -x- -y-.csv"
        );
        let with_texts = MonthExport {
            with_text: true,
            ..wanted(Language::German)
        };
        assert_eq!(
            name(&with_texts, FileContent::Figures, FileFormat::Csv, &[]),
            "Monatsbericht 2026-10.csv",
            "figures hold no texts"
        );
        let list = MonthExport {
            list: Some(reports::ListKind::Conversations),
            ..with_texts
        };
        assert_eq!(
            name(&list, FileContent::Conversations, FileFormat::Csv, &[]),
            "Gespräche 2026-10 mit Texten.csv"
        );
        let english = name(&wanted(Language::English), FileContent::Requests, FileFormat::Xlsx, &[]);
        assert_eq!(english, "Requests 2026-10.xlsx");
    }

    #[test]
    fn a_name_without_its_ending_gets_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let chosen = |name: &str| with_ending(folder.path().join(name), "Bericht.xlsx").expect("a folder");
        assert_eq!(chosen("Oktober.XLSX"), folder.path().join("Oktober.XLSX"));
        assert_eq!(chosen("Team v1.2"), folder.path().join("Team v1.2.xlsx"));
        fs::write(folder.path().join("Oktober.xlsx"), "1").expect("a new file");
        assert_eq!(
            chosen("Oktober"),
            folder.path().join("Oktober (2).xlsx"),
            "nothing is written over unasked"
        );
    }

    #[test]
    fn a_file_that_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let below = folder.path().join("Downloads");
        let first = free(&below, "a b.csv").expect("a folder");
        assert_eq!(first, below.join("a b.csv"), "the folder is made where it is missing");
        fs::write(&first, "1").expect("a new file");
        let second = free(&below, "a b.csv").expect("a folder");
        assert_eq!(second, below.join("a b (2).csv"));
    }
}
