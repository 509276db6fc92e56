//! Forms over records: opened as the record stands, kept while somebody types, and finished as one change.

use super::{
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use crate::desk::{Notebook, new_id};
use chrono::{NaiveDate, Utc};
use domain::{At, Body, DistrictId, Envelope, Kind, Record, RecordId, State};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use store::{Draft, Identity};

/// What a person fills in, for records of one kind.
pub(super) trait Form: Serialize + DeserializeOwned {
    /// The kind of its records.
    const KIND: Kind;
    /// As the record says; nothing where this version does not understand it.
    fn of(record: &Record) -> Option<Self>;
    /// The record as the person would have it: what they did not change stays byte for byte.
    fn onto(&self, base: &Record) -> Result<Record, Trouble>;
    /// A new record is about to be saved for the first time.
    fn begin(_notebook: &Notebook, _record: &mut Record) -> Result<(), Trouble> {
        Ok(())
    }
}

/// A form as it is opened.
pub(super) struct Opened<F> {
    /// Its fields.
    pub(super) form: F,
    /// Somebody began typing and did not finish.
    pub(super) typed: bool,
}

/// What is edited: a record, or a new one under the editor's name for it.
pub(super) enum Target {
    /// A record that is there.
    Record(RecordId),
    /// A new one.
    New(String),
}

impl Target {
    /// `new`, `new-…` for one that begins with another record, `new_…` for one with a name of its own, or an id.
    pub(super) fn read<F: Form>(id: &str) -> Result<Self, Trouble> {
        // A draft from before new ones had names of their own.
        let id = if id == "new_" { "new" } else { id };
        if id == "new" || id.starts_with("new-") || id.starts_with("new_") {
            return Ok(Self::New(format!("{}:{id}", F::KIND.as_str())));
        }
        id.parse().map(Self::Record).map_err(|_| Trouble::of(Cause::Invalid))
    }

    fn key(&self) -> String {
        match self {
            Self::Record(id) => id.to_string(),
            Self::New(key) => key.clone(),
        }
    }
}

/// The form of a record, or of a new one that begins as `blank`; as it was typed, where somebody did.
pub(super) fn open<F: Form>(
    notebook: &Notebook,
    target: &Target,
    blank: impl FnOnce() -> Result<F, Trouble>,
) -> Result<Opened<F>, Trouble> {
    let draft = notebook.draft(&target.key())?;
    let typed = draft.and_then(|draft| serde_json::from_str(&draft.form?).ok());
    if let Some(form) = typed {
        return Ok(Opened { form, typed: true });
    }
    let form = match target {
        Target::Record(id) => {
            let stored = notebook.record(*id)?;
            F::of(&stored.record).ok_or(Trouble::of(Cause::Newer))?
        }
        Target::New(_) => blank()?,
    };
    Ok(Opened { form, typed: false })
}

/// Keeps what was typed so far, on this device; nothing given drops it, and the record stays as it is.
pub(super) fn keep<F: Form>(notebook: &Notebook, target: &Target, form: Option<&F>) -> Result<(), Trouble> {
    let Some(form) = form else {
        return Ok(notebook.drop_draft(&target.key())?);
    };
    let base = base::<F>(notebook, target)?;
    // As far as it is a record already; what is not yet one stands in the form alone.
    let so_far = form.onto(&base).ok().and_then(|record| record.body);
    let body = so_far
        .or_else(|| base.body.clone())
        .unwrap_or_else(|| Body::new("{}".to_owned()));
    notebook.keep_draft(&Draft {
        key: target.key(),
        record: match target {
            Target::Record(id) => Some(*id),
            Target::New(_) => None,
        },
        kind: F::KIND,
        body,
        base: Some(base),
        form: Some(serde_json::to_string(form).map_err(|_| Trouble::of(Cause::Invalid))?),
        at: At::from(Utc::now()),
    })?;
    Ok(())
}

/// One change of what was typed.
pub(super) fn finish<F: Form>(session: &Session, target: &Target, form: &F) -> Result<Written, Trouble> {
    let notebook = session.notebook()?;
    let base = base::<F>(&notebook, target)?;
    let mut mine = form.onto(&base)?;
    let key = target.key();
    let written = match target {
        Target::Record(_) => notebook.change(&base, &mine, Some(&key))?,
        Target::New(_) => {
            F::begin(&notebook, &mut mine)?;
            notebook.create(&mine, Some(&key))?
        }
    };
    session.written(written)
}

/// The record as it was opened: the one the draft remembers, else as it stands.
fn base<F: Form>(notebook: &Notebook, target: &Target) -> Result<Record, Trouble> {
    if let Some(base) = notebook.draft(&target.key())?.and_then(|draft| draft.base) {
        return Ok(base);
    }
    match target {
        Target::Record(id) => Ok(notebook.record(*id)?.record),
        Target::New(_) => Ok(blank_record(&notebook.identity()?, F::KIND)),
    }
}

/// A record of one's own organisation that says nothing yet.
fn blank_record(identity: &Identity, kind: Kind) -> Record {
    Record {
        envelope: Envelope {
            id: new_id(),
            kind,
            organisation: Some(identity.organisation),
            districts: BTreeSet::new(),
            whole_organisation: false,
            owner: identity.person,
            confidential: false,
            readers: BTreeSet::new(),
            blobs: BTreeSet::new(),
            retention: None,
            state: State::Live,
            version: 0,
            floor_version: 0,
            redacted: BTreeSet::new(),
        },
        body: None,
        sealed: None,
    }
}

/// Where a record stands, as a form with one field for it has it: unchanged, several stay.
pub(super) fn place(record: &mut Record, was: &str, district: &str) -> Result<(), Trouble> {
    if was == district {
        return Ok(());
    }
    let id: DistrictId = district.parse().map_err(|_| Trouble::wrong("district"))?;
    record.envelope.districts = [id].into();
    Ok(())
}

/// The district a form shows.
pub(super) fn district(record: &Record) -> String {
    record
        .envelope
        .districts
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// A line or text; nothing where it is blank. What nobody changed stays as it was, blanks at its ends included.
pub(super) fn text(had: Option<&String>, typed: &str) -> Option<String> {
    if had.map_or("", String::as_str) == typed {
        return had.cloned();
    }
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// A day; nothing where it is blank.
pub(super) fn day(field: &'static str, typed: &str) -> Result<Option<NaiveDate>, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| Trouble::malformed(field))
}

/// A record's id; nothing where it is blank.
pub(super) fn id(field: &'static str, typed: &str) -> Result<Option<RecordId>, Trouble> {
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| Trouble::malformed(field))
}

/// Lines of a list, without the blank ones and each once.
pub(super) fn lines(typed: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in typed.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        if !lines.iter().any(|known| known == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}
