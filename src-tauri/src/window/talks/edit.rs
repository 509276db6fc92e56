//! Typing a conversation: opened, kept while one types, finished, put aside.

use super::{
    form::{empty_body, form_of, typed},
    list,
    shapes::{TalkDraft, TalkEditing, TalkForm},
};
use crate::{
    desk::{self, Draft, Notebook},
    window::{
        session::Session,
        shapes::{Cause, Trouble},
        written::Written,
    },
};
use domain::{At, Kind, Record, RecordId, State};
use store::Stored;

/// A draft's name, by the record it changes or will become.
fn key_of(id: RecordId) -> String {
    format!("note:{id}")
}

impl Session {
    /// Opens a conversation, a draft, or a new conversation with the form as the window suggests it.
    pub(super) fn open_talk(&self, key: &str) -> Result<TalkEditing, Trouble> {
        let notebook = self.notebook()?;
        let kept = notebook.draft(key)?;
        let id: Option<RecordId> = match &kept {
            Some(draft) => draft.record,
            None => key.strip_prefix("note:").and_then(|id| id.parse().ok()),
        };
        let stored = match id {
            Some(id) => found(&notebook, id)?,
            None => None,
        };
        let base = match (&kept, &stored) {
            (Some(Draft { base: Some(base), .. }), _) => base.clone(),
            (_, Some(stored)) => stored.record.clone(),
            _ => blank(&notebook)?,
        };
        let form = match &kept {
            None => form_of(&base),
            Some(draft) => shown(draft, &base),
        };
        let is_gone = id.is_some()
            && stored.is_none_or(|stored| matches!(stored.record.envelope.state, State::Erased | State::Deleted));
        self.editing(|editing| editing.insert(key.to_owned(), base))?;
        Ok(TalkEditing {
            key: key.to_owned(),
            id: id.map(|id| id.to_string()),
            form,
            kept: kept.is_some(),
            gone: is_gone,
        })
    }

    /// Keeps what the form holds on this device.
    pub(super) fn keep_talk(&self, key: &str, form: &TalkForm) -> Result<(), Trouble> {
        let notebook = self.notebook()?;
        let base = self.base_of(&notebook, key)?;
        let (mine, _) = typed(&base, form)?;
        Ok(notebook.keep_draft(&draft(key, &base, mine, form))?)
    }

    /// One change of what the form holds.
    pub(super) fn finish_talk(&self, key: &str, form: &TalkForm) -> Result<Written, Trouble> {
        let notebook = self.notebook()?;
        let base = self.base_of(&notebook, key)?;
        let (mine, faults) = typed(&base, form)?;
        if !faults.is_empty() {
            return Err(desk::Error::Invalid(faults).into());
        }
        let written = if is_new(&base) {
            notebook.create(&mine, Some(key))?
        } else {
            notebook.change(&base, &mine, Some(key))?
        };
        self.editing(|editing| editing.remove(key))?;
        self.written(written)
    }

    /// What is typed becomes a draft of a new conversation under a name of its own, which leaves `key` free.
    pub(super) fn put_talk_aside(&self, key: &str, form: &TalkForm) -> Result<String, Trouble> {
        let notebook = self.notebook()?;
        let base = blank(&notebook)?;
        let (mine, _) = typed(&base, form)?;
        let aside = key_of(mine.envelope.id);
        let written = notebook.store().write(|writing| {
            writing.put_draft(&draft(&aside, &base, mine, form))?;
            writing.drop_draft(key)
        });
        written.map_err(desk::Error::from)?;
        self.editing(|editing| editing.remove(key))?;
        self.news().changed();
        Ok(aside)
    }

    /// Drops what was typed.
    pub(super) fn drop_talk(&self, key: &str) -> Result<(), Trouble> {
        self.notebook()?.drop_draft(key)?;
        self.editing(|editing| editing.remove(key))?;
        self.news().changed();
        Ok(())
    }

    /// What was typed and not finished, the latest first.
    pub(in crate::window) fn talk_drafts(&self) -> Result<Vec<TalkDraft>, Trouble> {
        let notebook = self.notebook()?;
        let mut drafts = Vec::new();
        for kept in notebook.drafts(&Kind::Note)? {
            let base = match &kept.base {
                Some(base) => base.clone(),
                None => blank(&notebook)?,
            };
            drafts.push(TalkDraft {
                row: list::of_form(&shown(&kept, &base), kept.at),
                id: kept.record.map(|id| id.to_string()),
                key: kept.key,
            });
        }
        Ok(drafts)
    }

    /// Puts a conversation into the trash.
    pub(super) fn trash_talk(&self, id: &str) -> Result<Written, Trouble> {
        let written = self.notebook()?.put(record_id(id)?, State::Trashed)?;
        self.written(written)
    }

    /// Its follow-up is done, as of this local day.
    pub(super) fn follow_up_done(&self, id: &str, day: Option<String>) -> Result<Written, Trouble> {
        let notebook = self.notebook()?;
        let base = notebook.record(record_id(id)?)?.record;
        let form = TalkForm {
            follow_up_done_on: day,
            ..form_of(&base)
        };
        let (mine, _) = typed(&base, &form)?;
        self.written(notebook.change(&base, &mine, None)?)
    }

    /// The state a conversation was opened in. After a restart the draft says it.
    fn base_of(&self, notebook: &Notebook, key: &str) -> Result<Record, Trouble> {
        if let Some(base) = self.editing(|editing| editing.get(key).cloned())? {
            return Ok(base);
        }
        self.open_talk(key)?;
        let base = self.editing(|editing| editing.get(key).cloned())?;
        base.map_or_else(|| blank(notebook), Ok)
    }
}

pub(super) fn record_id(id: &str) -> Result<RecordId, Trouble> {
    id.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

fn found(notebook: &Notebook, id: RecordId) -> Result<Option<Stored>, Trouble> {
    match notebook.record(id) {
        Ok(stored) => Ok(Some(stored)),
        Err(desk::Error::NoRecord(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// It was never saved: nobody has placed it yet.
fn is_new(base: &Record) -> bool {
    base.envelope.version == 0 && base.envelope.districts.is_empty()
}

fn blank(notebook: &Notebook) -> Result<Record, Trouble> {
    Ok(notebook.blank(Kind::Note, empty_body())?)
}

/// What the fields showed; where that was dropped, what the body says.
fn shown(draft: &Draft, base: &Record) -> TalkForm {
    let kept = draft.form.as_ref().and_then(|form| serde_json::from_str(form).ok());
    kept.unwrap_or_else(|| {
        form_of(&Record {
            body: Some(draft.body.clone()),
            ..base.clone()
        })
    })
}

fn draft(key: &str, base: &Record, mine: Record, form: &TalkForm) -> Draft {
    let record = (!is_new(base)).then_some(base.envelope.id);
    Draft {
        key: key.to_owned(),
        record,
        kind: Kind::Note,
        body: mine.body.unwrap_or_else(empty_body),
        base: Some(base.clone()),
        form: serde_json::to_string(form).ok(),
        at: At::from(chrono::Utc::now()),
    }
}
