//! What is said about an address book: why somebody was not taken, and what stayed behind of those who were.

use super::{book::Skipped, language::Language};
use crate::desk::{Alike, ExportedContacts};
use domain::alike::Shared;
use intake::card::{CardWhy, LeftOut};

/// Why a card was not taken, for a person.
pub(super) fn skipped(row: u32, why: &Skipped, language: Language) -> String {
    let why = match why {
        Skipped::Card(CardWhy::NoName) => language
            .pick("niemand ist genannt.", "nobody is named.")
            .to_owned(),
        Skipped::Card(CardWhy::Group) => language
            .pick("das ist eine Gruppe oder ein Ort, keine Person.", "this is a group or a place and nobody.")
            .to_owned(),
        Skipped::Card(CardWhy::Twice) => language
            .pick("dieselbe Karte steht schon weiter oben.", "the same card stands further up already.")
            .to_owned(),
        Skipped::NeedsConsent => language
            .pick(
                "weder Funktion noch Organisation, also Bewohner/in: Nur mit Einwilligung aufheben (--consent, --consent-on).",
                "neither function nor organisation, so a resident: keep with a consent only (--consent, --consent-on).",
            )
            .to_owned(),
        Skipped::Alike(alike) => self::alike(alike, language),
    };
    match language {
        Language::German => format!("Karte {row} übersprungen: {why}"),
        Language::English => format!("Card {row} skipped: {why}"),
    }
}

fn alike(alike: &Alike, language: Language) -> String {
    let shared = alike.shared.iter().map(|shared| match shared {
        Shared::Email => language.pick("E-Mail-Adresse", "e-mail address"),
        Shared::Phone => language.pick("Telefonnummer", "phone number"),
        Shared::Name => language.pick("Name und Organisation", "name and organisation"),
    });
    let shared = shared.collect::<Vec<_>>().join(", ");
    match language {
        Language::German => format!(
            "wahrscheinlich schon da: „{}“ (gleich: {shared}). Mit --also-alike trotzdem übernehmen.",
            alike.name
        ),
        Language::English => format!(
            "probably here already: '{}' (the same: {shared}). --also-alike takes it all the same.",
            alike.name
        ),
    }
}

/// What of a card stayed behind, for a person.
pub(super) fn left_out(row: u32, what: &[LeftOut], language: Language) -> String {
    let what: Vec<String> = what.iter().map(|what| left(what, language)).collect();
    let what = what.join(", ");
    match language {
        Language::German => format!("Karte {row}: nicht übernommen: {what}."),
        Language::English => format!("Card {row}: not taken: {what}."),
    }
}

fn left(what: &LeftOut, language: Language) -> String {
    let plain = match what {
        LeftOut::Photo => ("Foto", "photo"),
        LeftOut::Birthday => ("Geburtstag", "birthday"),
        LeftOut::Note => ("Notiz zur Person", "note about the person"),
        LeftOut::Address => ("weitere Anschrift", "further address"),
        LeftOut::Fax => ("Fax", "fax"),
        LeftOut::Link => ("Internetadresse", "web address"),
        LeftOut::Cut => ("was länger ist als das Feld", "what is longer than the field"),
        LeftOut::Email { found } => {
            return match language {
                Language::German => format!("„{}“ (keine E-Mail-Adresse)", found.as_str()),
                Language::English => format!("'{}' (no e-mail address)", found.as_str()),
            };
        }
        LeftOut::Phone { found } => {
            return match language {
                Language::German => format!("„{}“ (keine Telefonnummer)", found.as_str()),
                Language::English => format!("'{}' (no phone number)", found.as_str()),
            };
        }
    };
    language.pick(plain.0, plain.1).to_owned()
}

/// What left as a file, and who stayed.
pub(super) fn exported(exported: &ExportedContacts, file: &str, language: Language) -> String {
    let ExportedContacts {
        professionals,
        residents,
        left,
        ..
    } = exported;
    match language {
        Language::German => {
            let begin = format!("{professionals} Akteur*innen und {residents} Bewohner*innen: {file}");
            match left {
                0 => begin,
                _ => format!(
                    "{begin}\n{left} Bewohner*innen blieben hier: Ihre Einwilligung deckt diese Weitergabe nicht."
                ),
            }
        }
        Language::English => {
            let begin = format!("{professionals} professionals and {residents} residents: {file}");
            match left {
                0 => begin,
                _ => format!("{begin}\n{left} residents stayed here: their consent does not cover passing them on."),
            }
        }
    }
}
