//! What the window may ask of requests.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::shapes::{Request, RequestsPage, RequestsWish};
use crate::window::{
    session::Session,
    shapes::{Cause, Trouble},
};
use tauri::State;

type Answer<T> = Result<T, Trouble>;

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
    let id = id.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    super::one(&session.notebook()?, id)
}
