//! From a command to the core and back.

use super::{
    answer::Answer,
    args::{Command, Enrol, Export, Import, Note, NoteAdd},
    attach, book, export,
    language::Language,
    message::Message,
    read, rows,
};
use crate::desk::{Enrolment, Error, Keychain, NewNote, Notebook, Options, Taken, Wait};
use serde::Serialize;
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// More than any code or text of a person; a wrong pipe is not read to its end.
const MAX_STDIN_BYTES: u64 = 1024 * 1024;

pub(super) fn run(command: Command, options: &Options, language: Language) -> Result<Answer, Error> {
    if let Command::Enrol(call) = command {
        return enrol(call, options);
    }
    if let Command::Restore { file } = command {
        return restore(&file, options);
    }
    let notebook = Notebook::open(options)?;
    match command {
        Command::Enrol(_) | Command::Restore { .. } => unreachable!("answered above"),
        Command::Backup { file } => back_up(&file, &notebook),
        Command::Note(Note::Add(call)) => add_note(call, &notebook),
        Command::List(call) => read::list(&call, &notebook),
        Command::Search(call) => read::search(&call, &notebook),
        Command::Show { id } => read::show(id, &notebook),
        Command::Attach(call) => attach::attach(&call, &notebook),
        Command::Attachments(call) => attach::attachments(&call, &notebook),
        Command::Status => read::status(&notebook),
        Command::Verify { repair: false } => read::verify(&notebook),
        Command::Verify { repair: true } => repair(&notebook),
        Command::Sync { wait } => sync(wait, &notebook),
        Command::Export(Export::Contacts(call)) => book::export(&call, &notebook),
        Command::Import(Import::Contacts(call)) => book::import(&call, &notebook),
        Command::Export(Export::Month(call)) => export::month(&call, &notebook, language),
        Command::Import(Import::Notes(call)) => {
            let taken = notebook.import_notes(&call.file, call.dry_run)?;
            Ok(imported(taken, call.dry_run))
        }
    }
}

fn back_up(file: &Path, notebook: &Notebook) -> Result<Answer, Error> {
    #[derive(Serialize)]
    struct Document {
        file: PathBuf,
        bytes: u64,
    }
    notebook.back_up(file)?;
    let bytes = std::fs::metadata(file).map_or(0, |facts| facts.len());
    let file = file.to_owned();
    Ok(Answer::saying(Document { file, bytes }, Message::BackedUp))
}

fn restore(file: &Path, options: &Options) -> Result<Answer, Error> {
    #[derive(Serialize)]
    struct Document {
        records: u64,
        waiting: u64,
    }
    let status = options.restore(file)?;
    let document = Document {
        records: status.records,
        waiting: status.waiting,
    };
    let message = Message::Restored { count: status.records };
    Ok(Answer::saying(document, message))
}

fn repair(notebook: &Notebook) -> Result<Answer, Error> {
    let checked = notebook.check()?;
    let message = Message::compared(&checked.verified);
    let mended = checked.mended.map(|count| Message::Mended { count });
    let mut answer = Answer::saying(checked, message);
    if let Some(mended) = mended {
        answer = answer.with(mended);
    }
    Ok(answer)
}

fn enrol(call: Enrol, options: &Options) -> Result<Answer, Error> {
    let code = given_or_stdin(call.code)?.trim().to_owned();
    let device_name = call.device_name.unwrap_or_else(|| std::env::consts::OS.to_owned());
    let (notebook, identity) = options.enrol(&Enrolment {
        city: call.city,
        code,
        device_name,
    })?;
    #[derive(Serialize)]
    struct Document {
        city: String,
        person: domain::PersonId,
        organisation: domain::OrganisationId,
        device: domain::DeviceId,
        device_code: String,
        synced: Option<crate::desk::Counted>,
    }
    // The districts and topics come with the first transfer. The device is enrolled even if it fails.
    let synced = notebook.sync(Wait::Yes).ok();
    let message = Message::Enrolled {
        city: identity.city.clone(),
        name: identity.name.clone(),
        device_code: identity.device_code.clone(),
    };
    let document = Document {
        city: identity.city.clone(),
        person: identity.person,
        organisation: identity.organisation,
        device: identity.device_id,
        device_code: identity.device_code.clone(),
        synced,
    };
    let mut answer = Answer::saying(document, message);
    if synced.is_none() {
        answer = answer.with(Message::FirstSyncLater);
    }
    if call.keychain && !Keychain::of(notebook.folder()).keep(&notebook.store().database_key()) {
        answer = answer.with(Message::NoKeychain);
    }
    Ok(answer)
}

fn add_note(call: NoteAdd, notebook: &Notebook) -> Result<Answer, Error> {
    let text = call.text.map(given_or_stdin).transpose()?;
    let text = text
        .map(|text| text.trim_end().to_owned())
        .filter(|text| !text.is_empty());
    let new = NewNote {
        districts: notebook.districts(&call.district)?,
        topics: notebook.topics(&call.topic)?,
        at: call.at,
        text,
    };
    let id = notebook.add_note(&new)?;
    #[derive(Serialize)]
    struct Document {
        id: domain::RecordId,
    }
    Ok(Answer::saying(Document { id }, Message::Saved(id)))
}

fn sync(wait: bool, notebook: &Notebook) -> Result<Answer, Error> {
    let counted = notebook.sync(if wait { Wait::Yes } else { Wait::No })?;
    Ok(Answer::saying(counted, Message::Synced(counted)))
}

fn imported(taken: Taken, dry_run: bool) -> Answer {
    Answer::new(rows::document(&taken), move |language| {
        let sum = Message::Imported {
            taken: taken.taken,
            again: taken.again,
            erased: taken.erased,
            skipped: taken.skipped.len(),
            dry_run,
        };
        let skipped = taken.skipped.iter().map(|row| rows::skipped(row, language));
        let notices = taken.notices.iter().map(|notice| rows::notice(notice, language));
        skipped.chain(notices).chain([sum.say(language)]).collect()
    })
}

/// The option's value, or stdin where it is `-`.
fn given_or_stdin(value: String) -> Result<String, Error> {
    if value != "-" {
        return Ok(value);
    }
    let unreadable = |source| Error::file("-".as_ref(), source);
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(MAX_STDIN_BYTES)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    Ok(text)
}
