//! What the window may ask of the address book.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::shapes::{Contact, ContactsPage, ContactsWish};
use crate::window::{
    session::Session,
    shapes::{Cause, Trouble},
};
use tauri::State;

type Answer<T> = Result<T, Trouble>;

/// Cards by name.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn contacts(session: State<'_, Session>, wish: ContactsWish) -> Answer<ContactsPage> {
    super::page(&session.notebook()?, &wish)
}

/// One card; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn contact(session: State<'_, Session>, id: String) -> Answer<Option<Contact>> {
    let id = id.parse().map_err(|_| Trouble::of(Cause::Invalid))?;
    super::one(&session.notebook()?, id)
}
