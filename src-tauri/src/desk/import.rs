//! Taking in an old log.

use super::{Error, Notebook, catalogue, note::note_record, notebook::allowed, notebook::stamp};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{Action, Record, RecordId, State, derived_id};
use intake::{NoteDraft, Notice, Row, Why};
use std::{fs::File, io::Read, path::Path};
use store::Identity;

/// So many rows are saved in one transaction; a stopped import begins anew and finds them again.
const ROWS_A_SAVE: usize = 1_000;

/// What became of a log's rows.
#[derive(Debug, Default)]
pub struct Taken {
    /// Rows that became notes.
    pub taken: u64,
    /// Rows that were taken before, on this device or another.
    pub again: u64,
    /// Rows whose note was erased since; they are not taken a second time.
    pub erased: u64,
    /// Rows that are no notes, and why.
    pub skipped: Vec<Skipped>,
    /// What a person should know about the rest.
    pub notices: Vec<Notice>,
}

/// A row that was not taken.
#[derive(Debug)]
pub struct Skipped {
    /// Its number as Excel shows it.
    pub row: u32,
    /// Why.
    pub why: Why,
}

impl Notebook {
    /// Takes in a CSV or XLSX log of conversations. Each row's id is derived from its text, so that importing it again,
    /// here or on a second device, takes nothing twice.
    ///
    /// # Errors
    /// When the file cannot be read as a log. A row that cannot be taken is no error, it is counted.
    pub fn import_notes(&self, file: &Path, dry_run: bool) -> Result<Taken, Error> {
        let identity = self.identity()?;
        let lists = self.store().read(|reading| catalogue::for_import(reading, &identity))?;
        let sheet = intake::read(&read_bounded(file)?, &lists)?;
        let mut taken = Taken {
            notices: sheet.notices,
            ..Taken::default()
        };
        let id_key = id_key(&identity)?;
        let mut drafts = Vec::new();
        for row in sheet.rows {
            match row {
                Row::Skipped { row, why } => taken.skipped.push(Skipped { row, why }),
                Row::Note(draft) => drafts.push(record(&identity, &id_key, &draft)?),
            }
        }
        for part in drafts.chunks(ROWS_A_SAVE) {
            self.take(&identity, part, dry_run, &mut taken)?;
        }
        Ok(taken)
    }

    fn take(&self, identity: &Identity, records: &[Record], dry_run: bool, taken: &mut Taken) -> Result<(), Error> {
        if dry_run {
            return Ok(self.store().read(|reading| {
                for record in records {
                    taken.count(
                        reading
                            .record(record.envelope.id)?
                            .map(|known| known.record.envelope.state),
                    );
                }
                Ok(())
            })?);
        }
        let (counted, _) = self.store().write(|writing| {
            let mut counted = Taken::default();
            for record in records {
                let known = writing
                    .record(record.envelope.id)?
                    .map(|known| known.record.envelope.state);
                if known.is_none() {
                    writing.save(record, stamp(identity))?;
                }
                counted.count(known);
            }
            Ok(counted)
        })?;
        taken.taken += counted.taken;
        taken.again += counted.again;
        taken.erased += counted.erased;
        Ok(())
    }
}

impl Taken {
    fn count(&mut self, known: Option<State>) {
        match known {
            None => self.taken += 1,
            Some(State::Erased) => self.erased += 1,
            Some(_) => self.again += 1,
        }
    }
}

/// The organisation's key for derived ids. A city gives it at enrolment; one that cannot be read would double an import.
pub(super) fn id_key(identity: &Identity) -> Result<Vec<u8>, Error> {
    BASE64_URL_SAFE_NO_PAD
        .decode(&identity.id_key)
        .map_err(|_| Error::NotACity)
}

fn record(identity: &Identity, id_key: &[u8], draft: &NoteDraft) -> Result<Record, Error> {
    let id: RecordId = derived_id(id_key, "import", &[&draft.key_text, &draft.nth.to_string()]);
    let record = note_record(identity, id, [draft.district].into(), &draft.note)?;
    allowed(identity, Action::Create, &record.envelope)?;
    Ok(record)
}

/// Reads at most so many bytes as an import may have, whatever the file's size says.
pub(super) fn read_bounded(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |source| Error::file(path, source);
    let mut bytes = Vec::new();
    let limit = intake::limits::MAX_FILE_BYTES as u64 + 1;
    File::open(path)
        .map_err(unreadable)?
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(bytes)
}
