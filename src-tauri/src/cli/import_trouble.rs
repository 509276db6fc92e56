//! Why a file cannot be taken in, and what to do next.

use super::language::Language;
use intake::Error;

/// The sentences for a file that is no log and no address book.
pub(super) fn say(error: &Error, language: Language) -> String {
    let begin = language.pick("Es wurde nichts übernommen. ", "Nothing was taken. ");
    let next = match language {
        Language::German => german(error),
        Language::English => english(error),
    };
    format!("{begin}{next}")
}

fn titles(columns: &[intake::Column]) -> String {
    columns
        .iter()
        .map(|column| column.title())
        .collect::<Vec<_>>()
        .join(", ")
}

fn german(error: &Error) -> String {
    match error {
        Error::TooLarge { limit } => format!(
            "Die Datei ist größer als {} MB. Teilen Sie sie, oder lassen Sie Fotos beim Export weg.",
            limit / 1024 / 1024
        ),
        Error::TooManyRows { limit } => format!("Die Tabelle hat mehr als {limit} Zeilen. Teilen Sie sie auf."),
        Error::TooManyCards { limit } => {
            format!("In der Datei stehen mehr als {limit} Kontakte. Exportieren Sie sie in Teilen.")
        }
        Error::Encoding { encoding } => format!(
            "Die Schrift der Datei ist beschädigt (sie soll {encoding} sein). Exportieren Sie sie noch einmal."
        ),
        Error::Unpack(_) | Error::Workbook(_) | Error::Read(_) => {
            "Die Datei lässt sich nicht lesen. Öffnen Sie sie in dem Programm, aus dem sie stammt, und speichern Sie sie neu."
                .to_owned()
        }
        Error::MissingColumns { columns } => format!(
            "In der Kopfzeile fehlen Spalten: {}. Ergänzen Sie sie und versuchen Sie es noch einmal.",
            titles(columns)
        ),
        Error::DoubledColumn { column } => {
            format!("Die Spalte „{}“ steht zweimal da. Entfernen Sie eine davon.", column.title())
        }
        Error::NotAnAddressBook => "Das ist kein Adressbuch, das dieses Programm lesen kann. Exportieren Sie Ihre Kontakte als \
                                    vCard (.vcf) oder als CSV; eine Tabelle braucht in der Kopfzeile einen Namen oder eine \
                                    Organisation und eine weitere Angabe."
            .to_owned(),
    }
}

fn english(error: &Error) -> String {
    match error {
        Error::TooLarge { limit } => format!(
            "The file is larger than {} MB. Split it, or leave photos out when exporting.",
            limit / 1024 / 1024
        ),
        Error::TooManyRows { limit } => format!("The table has more than {limit} rows. Split it."),
        Error::TooManyCards { limit } => format!("The file holds more than {limit} contacts. Export them in parts."),
        Error::Encoding { encoding } => {
            format!("The file's letters are damaged (it should be {encoding}). Export it once more.")
        }
        Error::Unpack(_) | Error::Workbook(_) | Error::Read(_) => {
            "The file cannot be read. Open it in the program it comes from and save it anew.".to_owned()
        }
        Error::MissingColumns { columns } => {
            format!(
                "Columns are missing in the header: {}. Add them and try again.",
                titles(columns)
            )
        }
        Error::DoubledColumn { column } => {
            format!(
                "The column '{}' stands there twice. Remove one of them.",
                column.title()
            )
        }
        Error::NotAnAddressBook => {
            "This is no address book that this program can read. Export your contacts as vCard (.vcf) or as \
                                    CSV; a table needs a name or an organisation in its header, and one more column."
                .to_owned()
        }
    }
}
