//! What the window may ask of requests.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    acts::{self, Act, ActForm},
    form::{self, RequestForm},
    shapes::{Request, RequestEdit, RequestsPage, RequestsWish},
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
        linked: form::linked(&notebook, &opened.form)?,
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
    forms::keep(&session.notebook()?, &Target::read::<RequestForm>(&id)?, form.as_ref())
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
    let notebook = session.notebook()?;
    let mut rows = drafts::of(&notebook, &Kind::Request, |form: &RequestForm| form.description.clone())?;
    rows.extend(acts::rows(&notebook)?);
    Ok(rows)
}

/// What somebody typed to do to a request and did not finish; nothing where they did.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn open_act(session: State<'_, Session>, id: String, act: Act) -> Answer<Option<ActForm>> {
    acts::begun(&session.notebook()?, read(&id)?, act)
}

/// Keeps what was typed so far; nothing given drops it.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn keep_act(
    session: State<'_, Session>,
    id: String,
    act: Act,
    form: Option<ActForm>,
) -> Answer<()> {
    acts::keep(&session.notebook()?, read(&id)?, act, form.as_ref())
}

/// Notes a step, moves a request on, or notes what became of the feedback.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn act(session: State<'_, Session>, id: String, act: Act, form: ActForm) -> Answer<Written> {
    acts::act(&session, read(&id)?, act, &form)
}
