//! What a command says to a person when it is done. Every text in German and English.

use super::language::Language;
use crate::desk::{Counted, Status};
use domain::{At, PartId, RecordId, calendar};
use std::path::PathBuf;

/// Something said to a person.
pub(super) enum Message {
    Enrolled {
        city: String,
        name: String,
        device_code: String,
    },
    NoKeychain,
    Saved(RecordId),
    Attached(PartId),
    /// A file was taken with whatever stands in it.
    AsItIs,
    SavedCopy(PathBuf),
    Synced(Counted),
    FirstSyncLater,
    Imported {
        taken: u64,
        again: u64,
        erased: u64,
        skipped: usize,
        dry_run: bool,
    },
    Written {
        path: PathBuf,
        count: u64,
    },
    Status(Status),
    Equal {
        count: u64,
    },
    Differs {
        here: u64,
        there: u64,
    },
    MovedOn,
    Mended {
        count: u64,
    },
    BackedUp,
    Restored {
        count: u64,
    },
    NothingFound,
    MoreThan(usize),
}

impl Message {
    /// What came of a comparison with the city.
    pub(super) fn compared(verified: &sync::Verified) -> Self {
        match verified.counts() {
            (count, _) if verified.equal => Self::Equal { count },
            (here, Some(there)) => Self::Differs { here, there },
            (_, None) => Self::MovedOn,
        }
    }

    pub(super) fn say(&self, language: Language) -> String {
        match language {
            Language::German => self.german(),
            Language::English => self.english(),
        }
    }

    fn german(&self) -> String {
        match self {
            Self::Enrolled {
                city,
                name,
                device_code,
            } => {
                format!("Angemeldet bei {city} als {name}, Gerät {device_code}.")
            }
            Self::NoKeychain => {
                "Auf diesem Rechner nimmt kein Schlüsselbund den Schlüssel an. Das Notizbuch öffnet sich \
                                 weiterhin mit der Passphrase."
                    .to_owned()
            }
            Self::Saved(id) => format!("Gespeichert: {id}"),
            Self::Attached(id) => format!("Hinzugefügt: {id}"),
            Self::AsItIs => {
                "Diese Datei wurde unverändert übernommen. Was in ihr selbst steht, etwa wer sie geschrieben hat, \
                             steht weiterhin darin."
                    .to_owned()
            }
            Self::SavedCopy(path) => format!("Kopie gespeichert: {}", path.display()),
            Self::Synced(c) => {
                let sum = format!(
                    "{} empfangen, {} gesendet, {} zusammengeführt, {} abgelehnt, {} warten.",
                    c.pulled, c.pushed, c.merged, c.refused, c.waiting
                );
                match (c.files_sent, c.files_fetched, c.files_waiting) {
                    (0, 0, 0) => sum,
                    (sent, fetched, waiting) => {
                        format!("{sum} Fotos und Dateien: {fetched} empfangen, {sent} gesendet, {waiting} warten.")
                    }
                }
            }
            Self::FirstSyncLater => {
                "Die erste Übertragung ist nicht fertig geworden; das Gerät ist trotzdem angemeldet. \
                                     Holen Sie sie mit „quartierbuch sync“ nach."
                    .to_owned()
            }
            Self::Imported {
                taken,
                again,
                erased,
                skipped,
                dry_run,
            } => {
                let begin = if *dry_run {
                    "Probelauf, nichts gespeichert. "
                } else {
                    ""
                };
                format!(
                    "{begin}{taken} übernommen, {again} schon vorhanden, {erased} früher gelöscht, {skipped} übersprungen."
                )
            }
            Self::Written { path, count } => format!("{} ausgewertet: {}", entries(*count), path.display()),
            Self::Status(status) => {
                let last = status.last_sync_at.map_or_else(|| "noch nie".to_owned(), local);
                let files = match status.attachments_waiting {
                    0 => String::new(),
                    1 => " 1 Foto oder Datei wartet.".to_owned(),
                    count => format!(" {count} Fotos oder Dateien warten."),
                };
                format!(
                    "{} auf diesem Gerät, die Verzeichnisse der Stadt mitgezählt. {} warten, {} abgelehnt, {} in zwei Fassungen.{files} Zuletzt übertragen: {last}.",
                    entries(status.records),
                    status.waiting,
                    status.refused,
                    status.in_two_versions
                )
            }
            Self::Equal { count } => format!("Gerät und Stadt haben dasselbe: {}.", entries(*count)),
            Self::Differs { here, there } => format!(
                "Gerät und Stadt unterscheiden sich: hier {}, dort {}. Es wurde nichts geändert. \
                 Mit „quartierbuch verify --repair“ wird alles neu geholt.",
                entries(*here),
                entries(*there)
            ),
            Self::MovedOn => "In der Stadt hat sich seit der letzten Übertragung etwas geändert. Übertragen Sie mit \
                              „quartierbuch sync“ und prüfen Sie noch einmal."
                .to_owned(),
            Self::Mended { count } => format!(
                "Es gab Abweichungen. Alles wurde neu von der Stadt geholt, richtiggestellt: {}. Was hier wartete, blieb.",
                entries(*count)
            ),
            Self::BackedUp => {
                "Gesichert. Ihre Passphrase öffnet die Sicherung. Was später endgültig gelöscht wird, steht noch \
                               in ihr: Bewahren Sie sie nicht länger auf als nötig."
                    .to_owned()
            }
            Self::Restored { count } => format!(
                "Wiederhergestellt: {}. Melden Sie dieses Gerät mit „quartierbuch enrol“ und einem neuen Einladungscode an; \
                 dann wird übertragen, was noch wartet.",
                entries(*count)
            ),
            Self::NothingFound => "Nichts gefunden.".to_owned(),
            Self::MoreThan(limit) => format!("Gezeigt werden die neuesten {limit}. Mehr mit --limit."),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Enrolled { city, name, device_code } => {
                format!("Enrolled with {city} as {name}, device {device_code}.")
            }
            Self::NoKeychain => "No keychain on this machine takes the key. The passphrase opens the notebook as before.".to_owned(),
            Self::Saved(id) => format!("Saved: {id}"),
            Self::Attached(id) => format!("Added: {id}"),
            Self::AsItIs => "This file was taken as it is. What stands in it, such as who wrote it, stands in it still.".to_owned(),
            Self::SavedCopy(path) => format!("Copy saved: {}", path.display()),
            Self::Synced(c) => {
                let sum = format!(
                    "{} received, {} sent, {} merged, {} refused, {} waiting.",
                    c.pulled, c.pushed, c.merged, c.refused, c.waiting
                );
                match (c.files_sent, c.files_fetched, c.files_waiting) {
                    (0, 0, 0) => sum,
                    (sent, fetched, waiting) => {
                        format!("{sum} Photos and files: {fetched} received, {sent} sent, {waiting} waiting.")
                    }
                }
            }
            Self::FirstSyncLater => {
                "The first transfer did not finish; the device is enrolled all the same. Finish it with 'quartierbuch sync'."
                    .to_owned()
            }
            Self::Imported { taken, again, erased, skipped, dry_run } => {
                let begin = if *dry_run { "Trial run, nothing saved. " } else { "" };
                format!(
                    "{begin}{taken} taken, {again} here already, {erased} erased earlier, {skipped} skipped."
                )
            }
            Self::Written { path, count } => format!("{} counted: {}", records(*count), path.display()),
            Self::Status(status) => {
                let last = status.last_sync_at.map_or_else(|| "never".to_owned(), local);
                let files = match status.attachments_waiting {
                    0 => String::new(),
                    1 => " 1 photo or file waiting.".to_owned(),
                    count => format!(" {count} photos or files waiting."),
                };
                format!(
                    "{} on this device, the city's lists among them. {} waiting, {} refused, {} in two versions.{files} Last transfer: {last}.",
                    records(status.records),
                    status.waiting,
                    status.refused,
                    status.in_two_versions
                )
            }
            Self::Equal { count } => format!("Device and city hold the same: {}.", records(*count)),
            Self::Differs { here, there } => format!(
                "Device and city differ: {} here, {} there. Nothing was changed. \
                 'quartierbuch verify --repair' fetches everything anew.",
                records(*here),
                records(*there)
            ),
            Self::MovedOn => "Something changed in the city since the last transfer. Run 'quartierbuch sync' and compare again.".to_owned(),
            Self::Mended { count } => format!(
                "There were differences. Everything was fetched from the city anew, put right: {}. What waited here stayed.",
                records(*count)
            ),
            Self::BackedUp => "Backed up. Your passphrase opens the backup. What is erased later is still in it: do not keep it \
                               longer than you need."
                .to_owned(),
            Self::Restored { count } => format!(
                "Restored: {}. Enrol this device with 'quartierbuch enrol' and a new invitation's code; then what still waits \
                 is transferred.",
                records(*count)
            ),
            Self::NothingFound => "Nothing found.".to_owned(),
            Self::MoreThan(limit) => format!("These are the newest {limit}. More with --limit."),
        }
    }
}

fn entries(count: u64) -> String {
    match count {
        1 => "1 Eintrag".to_owned(),
        _ => format!("{count} Einträge"),
    }
}

fn records(count: u64) -> String {
    match count {
        1 => "1 record".to_owned(),
        _ => format!("{count} records"),
    }
}

/// An instant as the clock on the wall shows it.
fn local(at: At) -> String {
    calendar::with_offset(at).format("%d.%m.%Y %H:%M").to_string()
}
