//! What is done to a request: a step, a status, the feedback. What somebody types for it is kept like any draft, and is
//! done when they say so.

use super::course::{self, StatusChange, StepTaken};
use super::shapes::Feedback;
use crate::{
    desk::{Draft, Notebook},
    window::{
        drafts::DraftRow,
        linked::beginning,
        session::Session,
        shapes::{Cause, Trouble},
        written::Written,
    },
};
use chrono::Utc;
use domain::{At, Body, Kind, RecordId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// So much of a text names a draft.
const BEGINNING: usize = 120;

/// What can be done to a request, each in a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(in crate::window) enum Act {
    /// It goes to whoever is responsible.
    Forward,
    /// Something was done on the way.
    Step,
    /// It stands elsewhere now.
    Status,
    /// What became of telling the resident.
    Feedback,
}

impl Act {
    const ALL: [(Self, &str); 4] = [
        (Self::Forward, "forward"),
        (Self::Step, "step"),
        (Self::Status, "status"),
        (Self::Feedback, "feedback"),
    ];

    fn key(self, id: RecordId) -> String {
        let name = Self::ALL
            .iter()
            .find(|(act, _)| *act == self)
            .map_or("", |(_, name)| name);
        format!("request:{id}:{name}")
    }

    fn of_key(key: &str) -> Option<Self> {
        let name = key.rsplit_once(':')?.1;
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(act, _)| *act)
    }
}

/// What the fields of such a form hold, each form its own. No Debug: it holds what was confided.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(in crate::window) struct ActForm {
    /// `forwarded`, `reminded`, `answered`, `told`.
    pub(in crate::window) step: String,
    /// The day.
    pub(in crate::window) on: String,
    /// To whom, or by whom.
    pub(in crate::window) whom: String,
    /// What was said.
    pub(in crate::window) text: String,
    /// Where it goes.
    pub(in crate::window) status: String,
    /// Why.
    pub(in crate::window) reason: String,
    /// What came of it.
    pub(in crate::window) result: String,
    /// The number of the request it doubles.
    pub(in crate::window) duplicate_of: String,
    /// `given`, `public_notice`, `not_wanted`, `not_possible`.
    pub(in crate::window) feedback: String,
    /// `contact_mode`, by code.
    pub(in crate::window) way: String,
}

/// What somebody typed and did not finish.
pub(super) fn begun(notebook: &Notebook, id: RecordId, act: Act) -> Result<Option<ActForm>, Trouble> {
    let draft = notebook.draft(&act.key(id))?;
    Ok(draft.and_then(|draft| serde_json::from_str(&draft.form?).ok()))
}

/// Keeps what was typed so far; nothing given drops it.
pub(super) fn keep(notebook: &Notebook, id: RecordId, act: Act, form: Option<&ActForm>) -> Result<(), Trouble> {
    let key = act.key(id);
    let Some(form) = form else {
        return Ok(notebook.drop_draft(&key)?);
    };
    Ok(notebook.keep_draft(&Draft {
        key,
        record: Some(id),
        kind: Kind::Request,
        // It changes no member until it is done.
        body: Body::new("{}".to_owned()),
        base: None,
        form: Some(serde_json::to_string(form).map_err(|_| Trouble::of(Cause::Invalid))?),
        at: At::from(Utc::now()),
    })?)
}

/// Does it; the draft goes with it.
pub(super) fn act(session: &Session, id: RecordId, act: Act, form: &ActForm) -> Result<Written, Trouble> {
    let draft = act.key(id);
    match act {
        Act::Forward | Act::Step => course::step(
            session,
            id,
            &draft,
            &StepTaken {
                step: form.step.clone(),
                on: form.on.clone(),
                whom: form.whom.clone(),
                text: form.text.clone(),
            },
        ),
        Act::Status => course::status(
            session,
            id,
            &draft,
            &StatusChange {
                status: form.status.clone(),
                reason: form.reason.clone(),
                result: form.result.clone(),
                duplicate_of: form.duplicate_of.clone(),
            },
        ),
        Act::Feedback => course::feedback(
            session,
            id,
            &draft,
            &Feedback {
                kind: form.feedback.clone(),
                on: Some(form.on.clone()),
                way: Some(form.way.clone()),
                reason: Some(form.reason.clone()),
            },
            &form.text,
        ),
    }
}

/// What was begun and not done, of one request.
pub(super) fn open_acts(drafts: &[Draft], id: RecordId) -> Vec<Act> {
    let of_it = drafts.iter().filter(|draft| draft.record == Some(id));
    of_it.filter_map(|draft| Act::of_key(&draft.key)).collect()
}

/// What was begun and not done, as the list shows it.
pub(super) fn rows(notebook: &Notebook) -> Result<Vec<DraftRow>, Trouble> {
    let drafts = notebook.drafts(&Kind::Request)?.into_iter().filter_map(|draft| {
        Act::of_key(&draft.key)?;
        let form: ActForm = serde_json::from_str(draft.form.as_deref()?).ok()?;
        let said = [form.text, form.result, form.reason, form.whom];
        let said = said.into_iter().find(|said| !said.trim().is_empty());
        Some(DraftRow {
            id: draft.record?.to_string(),
            title: beginning(&said.unwrap_or_default(), BEGINNING),
            at: draft.at.to_string(),
        })
    });
    Ok(drafts.collect())
}
