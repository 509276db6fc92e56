//! What a failure says to a person: what happened, what is safe, what to do next. Every text in German and English.

use super::language::Language;
use crate::desk::{Candidate, Error, Thing};
use wire::ProblemCode;

/// The sentences for a failure.
pub(super) fn say(error: &Error, language: Language) -> String {
    let pick = |german: &str, english: &str| language.pick(german, english).to_owned();
    match error {
        Error::NoFolder => pick(
            "Es ist nicht bekannt, wo das Notizbuch liegt. Nennen Sie den Ordner mit --data-dir.",
            "It is not known where the notebook lies. Name the folder with --data-dir.",
        ),
        Error::NoNotebook => pick(
            "In diesem Ordner liegt noch kein Notizbuch. Legen Sie es mit „quartierbuch enrol“ und Ihrem Einladungscode an \
             (dazu --passphrase-file), oder nennen Sie mit --data-dir einen anderen Ordner.",
            "There is no notebook in this folder yet. Make it with 'quartierbuch enrol' and your invitation's code \
             (and --passphrase-file), or name another folder with --data-dir.",
        ),
        Error::NotEnrolled => pick(
            "Dieses Gerät ist noch nicht angemeldet. Melden Sie es mit „quartierbuch enrol“ und Ihrem Einladungscode an.",
            "This device is not enrolled yet. Enrol it with 'quartierbuch enrol' and your invitation's code.",
        ),
        Error::EnrolledAlready => pick(
            "Dieses Notizbuch ist schon angemeldet. Es wurde nichts geändert. Für eine zweite Anmeldung nennen Sie mit \
             --data-dir einen anderen Ordner.",
            "This notebook is enrolled already. Nothing was changed. For a second enrolment name another folder with --data-dir.",
        ),
        Error::OtherPerson => pick(
            "Diese Sicherung stammt vom Gerät einer anderen Person. Es wurde nichts geändert. Bitten Sie um eine Einladung für \
             die Person, deren Notizbuch es ist.",
            "This backup is of somebody else's device. Nothing was changed. Ask for an invitation for the person whose \
             notebook it is.",
        ),
        Error::Locked => pick(
            "Das Notizbuch ist verschlossen. Nennen Sie mit --passphrase-file eine Datei mit der Passphrase.",
            "The notebook is locked. Name a file that holds the passphrase with --passphrase-file.",
        ),
        Error::WrongPassphrase => pick(
            "Die Passphrase passt nicht. Es wurde nichts geändert. Prüfen Sie die Datei und versuchen Sie es noch einmal.",
            "The passphrase does not fit. Nothing was changed. Check the file and try again.",
        ),
        Error::NoPassphraseInFile => pick(
            "In der Passphrasen-Datei steht keine Passphrase (eine Zeile, höchstens 4.096 Bytes).",
            "The passphrase file holds no passphrase (one line, at most 4,096 bytes).",
        ),
        Error::Address(_) => pick(
            "Das ist keine Adresse einer Stadt. Sie beginnt mit https:// (nur auf diesem Rechner auch mit http://).",
            "This is not the address of a city. It begins with https:// (on this machine alone also with http://).",
        ),
        Error::Unknown { what, asked, known } => unknown(*what, asked, known, language),
        Error::Ambiguous {
            what,
            asked,
            candidates,
        } => ambiguous(*what, asked, candidates, language),
        Error::NoRecord(_) => pick(
            "Einen Eintrag mit dieser Kennung gibt es auf diesem Gerät nicht. Vielleicht ist er noch nicht übertragen: \
             „quartierbuch sync“.",
            "There is no record of this id on this device. It may not have been transferred yet: 'quartierbuch sync'.",
        ),
        Error::Gone(_) => pick(
            "Dieser Eintrag wurde endgültig gelöscht. Es lässt sich nichts mehr daran ändern.",
            "This record was erased. Nothing can be changed in it any more.",
        ),
        Error::TooManyVersions => pick(
            "Dieser Eintrag steht in zu vielen Fassungen. Entscheiden Sie im Fenster erst einige davon.",
            "This record stands in too many versions. Settle some of them in the window first.",
        ),
        Error::Unreadable => pick(
            "Dieser Eintrag stammt von einer neueren Fassung des Programms. Es wurde nichts verändert.",
            "This record was written by a newer version of the program. Nothing was changed.",
        ),
        Error::Invalid(faults) => {
            let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_ref()).collect();
            let begin = language.pick(
                "Nicht gespeichert, diese Angaben stimmen nicht: ",
                "Not saved, these fields are not right: ",
            );
            format!("{begin}{}.", fields.join(", "))
        }
        Error::Forbidden => pick(
            "Das dürfen Sie mit Ihrer Rolle und in Ihren Stadtteilen nicht. Es wurde nichts geändert. Fragen Sie Ihre Teamleitung.",
            "Your role and districts do not allow this. Nothing was changed. Ask your team lead.",
        ),
        Error::NotAMonth => pick(
            "Das ist kein Monat. Schreiben Sie ihn so: 2026-10.",
            "This is not a month. Write it like this: 2026-10.",
        ),
        Error::Wiped(sync::Wipe::Revoked) => pick(
            "Ihre Verwaltung hat dieses Gerät gesperrt. Das Notizbuch auf diesem Gerät wurde vernichtet. Was übertragen war, ist \
             in der Stadt sicher. Für ein neues Gerät bitten Sie um eine Einladung.",
            "Your administration revoked this device. The notebook on this device was destroyed. What had been transferred is \
             safe in the city. Ask for an invitation for a new device.",
        ),
        Error::Wiped(sync::Wipe::Left) => pick(
            "Alles ist übertragen und die Arbeit mit diesem Notizbuch beendet; es wurde von diesem Gerät entfernt.",
            "Everything was transferred and work with this notebook has ended; it was removed from this device.",
        ),
        Error::SyncBusy => pick(
            "Ein anderes Programm überträgt dieses Notizbuch gerade. Ihre Einträge sind gespeichert. Mit --wait wird gewartet.",
            "Another program is syncing this notebook right now. Your records are saved. --wait waits for it.",
        ),
        Error::Offline(_) => pick(
            "Die Stadt ist nicht erreichbar. Alles ist auf diesem Gerät gespeichert, Sie können weiterarbeiten. \
             Versuchen Sie es später noch einmal.",
            "The city cannot be reached. Everything is saved on this device, and you can go on working. Try again later.",
        ),
        Error::City(code) => city(*code, language),
        Error::NotACity => pick(
            "An dieser Adresse antwortet keine Stadt. Alles ist auf diesem Gerät gespeichert. Prüfen Sie die Adresse; \
             in einem fremden WLAN hilft oft, sich dort zuerst anzumelden.",
            "What answers at this address is not a city. Everything is saved on this device. Check the address; \
             in a foreign Wi-Fi it often helps to log in there first.",
        ),
        Error::Client(source) => {
            let begin = language.pick(
                "Auf diesem Rechner kommt keine sichere Verbindung zustande. Alles ist auf diesem Gerät gespeichert. Grund: ",
                "No secure connection can be set up on this machine. Everything is saved on this device. Reason: ",
            );
            format!("{begin}{source}")
        }
        Error::File { path, source } => {
            let begin = language.pick(
                "Die Datei lässt sich nicht öffnen oder schreiben: ",
                "The file cannot be opened or written: ",
            );
            format!("{begin}{} ({source})", path.display())
        }
        Error::Store(source) => super::trouble_store::say(source, language),
        Error::Sync(source) => {
            let begin = language.pick(
                "Die Übertragung ist nicht fertig geworden. Alles ist auf diesem Gerät gespeichert. Versuchen Sie es noch einmal. Grund: ",
                "The transfer did not finish. Everything is saved on this device. Try again. Reason: ",
            );
            format!("{begin}{source}")
        }
        Error::Refused(_)
        | Error::NoAttachments
        | Error::NoAttachment
        | Error::NotHere
        | Error::AttachmentUnreadable => super::attachment_trouble::say(error, language),
        Error::Intake(source) => super::import_trouble::say(source, language),
        Error::Reports(source) => {
            let begin = language.pick(
                "Der Bericht ist nicht entstanden. Ihre Einträge sind unverändert. Grund: ",
                "The report was not made. Your records are unchanged. Reason: ",
            );
            format!("{begin}{source}")
        }
    }
}

fn thing(what: Thing, language: Language) -> &'static str {
    match what {
        Thing::District => language.pick("Stadtteil", "district"),
        Thing::Topic => language.pick("Thema", "topic"),
    }
}

fn unknown(what: Thing, asked: &str, known: &[String], language: Language) -> String {
    let thing = thing(what, language);
    let begin = match language {
        Language::German => format!("„{asked}“ ist bei Ihnen kein {thing}. Es wurde nichts geändert."),
        Language::English => format!("'{asked}' is no {thing} of yours. Nothing was changed."),
    };
    if known.is_empty() {
        let next = language.pick(
            " Es ist noch keiner bekannt: „quartierbuch sync“ holt sie.",
            " None is known yet: 'quartierbuch sync' brings them.",
        );
        return begin + next;
    }
    let names = known.join(" · ");
    match language {
        Language::German => format!("{begin} Bekannt sind: {names}"),
        Language::English => format!("{begin} Known are: {names}"),
    }
}

fn ambiguous(what: Thing, asked: &str, candidates: &[Candidate], language: Language) -> String {
    let thing = thing(what, language);
    let begin = match language {
        Language::German => {
            format!(
                "„{asked}“ ist nicht eindeutig ({thing}). Es wurde nichts geändert. Nennen Sie Nummer oder Kennung:"
            )
        }
        Language::English => {
            format!("'{asked}' may be more than one {thing}. Nothing was changed. Give the number or id:")
        }
    };
    candidates.iter().fold(begin, |text, candidate| {
        let code = candidate.code.as_deref().unwrap_or("-");
        format!("{text}\n  {code}  {}  {}", candidate.name, candidate.id)
    })
}

fn city(code: ProblemCode, language: Language) -> String {
    let (german, english) = match code {
        ProblemCode::CodeInvalid => (
            "Der Einladungscode gilt nicht (mehr). Bitten Sie um einen neuen.",
            "The invitation's code does not work (any more). Ask for a new one.",
        ),
        ProblemCode::Unauthorised | ProblemCode::Revoked => (
            "Die Stadt kennt dieses Gerät nicht mehr. Ihre Einträge liegen noch hier. Sprechen Sie mit Ihrer Verwaltung.",
            "The city does not know this device any more. Your records are still here. Speak with your administration.",
        ),
        ProblemCode::Forbidden => (
            "Das dürfen Sie in dieser Stadt nicht. Es wurde nichts geändert.",
            "You may not do this in this city. Nothing was changed.",
        ),
        ProblemCode::TooOld => (
            "Dieses Programm ist zu alt für die Stadt. Sie können hier weiterarbeiten; aktualisieren Sie es, um zu übertragen.",
            "This program is too old for the city. You can go on working here; update it to transfer.",
        ),
        ProblemCode::TooMany => (
            "Die Stadt hat zu viele Anfragen bekommen. Alles ist hier gespeichert. Versuchen Sie es in einer Minute noch einmal.",
            "The city got too many requests. Everything is saved here. Try again in a minute.",
        ),
        ProblemCode::MovedOn => (
            "Inzwischen hat sich etwas geändert. Übertragen Sie zuerst: „quartierbuch sync“.",
            "Something changed meanwhile. Sync first: 'quartierbuch sync'.",
        ),
        ProblemCode::Unavailable => (
            "Die Stadt kann gerade nicht antworten. Alles ist hier gespeichert. Versuchen Sie es später noch einmal.",
            "The city cannot answer right now. Everything is saved here. Try again later.",
        ),
        _ => {
            let begin = language.pick(
                "Die Stadt hat abgelehnt. Alles ist auf diesem Gerät gespeichert. Grund: ",
                "The city refused. Everything is saved on this device. Reason: ",
            );
            return format!("{begin}{}", code.as_str());
        }
    };
    language.pick(german, english).to_owned()
}
