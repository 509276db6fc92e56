//! What the window may ask of requests.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    course::{self, StatusChange, StepTaken},
    form::{self, RequestForm},
    shapes::{Feedback, Request, RequestEdit, RequestsPage, RequestsWish},
};
use crate::window::{
    drafts::{self, DraftRow},
    forms::{self, Target},
    session::Session,
    shapes::{Cause, Trouble},
    written::Written,
};
use domain::{Kind, RecordId};
use tauri::State;

type Answer<T> = Result<T, Trouble>;

fn read(id: &str) -> Result<RecordId, Trouble> {
    id.parse().map_err(|_| Trouble::of(Cause::Invalid))
}

/// Requests, those who wait longest first unless wished otherwise.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn requests(session: State<'_, Session>, wish: RequestsWish) -> Answer<RequestsPage> {
    super::page(&session.notebook()?, &wish)
}

/// One request; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn request(session: State<'_, Session>, id: String) -> Answer<Option<Request>> {
    super::one(&session.notebook()?, read(&id)?)
}

/// The form of a request, of a new one (`new`), or of one that comes from a conversation (`new-` and its id).
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn open_request(session: State<'_, Session>, id: String) -> Answer<RequestEdit> {
    let notebook = session.notebook()?;
    let from = id.strip_prefix("new-").map(read).transpose()?;
    let target = Target::read::<RequestForm>(&id)?;
    let opened = forms::open(&notebook, &target, || form::blank(&notebook, from))?;
    Ok(RequestEdit {
        form: opened.form,
        typed: opened.typed,
    })
}

/// Keeps what was typed so far; nothing given drops it.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn keep_request(
    session: State<'_, Session>,
    id: String,
    form: Option<RequestForm>,
) -> Answer<()> {
    let notebook = session.notebook()?;
    let target = Target::read::<RequestForm>(&id)?;
    match form {
        Some(form) => forms::keep(&notebook, &target, &form),
        None => forms::discard(&notebook, &target),
    }
}

/// One change of what was typed.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn save_request(session: State<'_, Session>, id: String, form: RequestForm) -> Answer<Written> {
    forms::finish(&session, &Target::read::<RequestForm>(&id)?, &form)
}

/// Requests somebody began and did not finish.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn request_drafts(session: State<'_, Session>) -> Answer<Vec<DraftRow>> {
    drafts::of(&session.notebook()?, &Kind::Request, |form: &RequestForm| {
        form.description.clone()
    })
}

/// Notes a step on the way.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn request_step(session: State<'_, Session>, id: String, step: StepTaken) -> Answer<Written> {
    course::step(&session, read(&id)?, &step)
}

/// Moves a request on, where that is a way to go.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn request_status(
    session: State<'_, Session>,
    id: String,
    change: StatusChange,
) -> Answer<Written> {
    course::status(&session, read(&id)?, &change)
}

/// Notes what became of the feedback to the resident.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn request_feedback(
    session: State<'_, Session>,
    id: String,
    feedback: Feedback,
    text: String,
) -> Answer<Written> {
    course::feedback(&session, read(&id)?, &feedback, &text)
}
