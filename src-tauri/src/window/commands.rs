//! What the window may ask. Each command asks the session and answers; nothing is decided here.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    session::Session,
    shapes::{Choices, SetUp, Standing, Transfer, Trouble},
    written::TakenBack,
};
use tauri::State;

/// What a command gives back.
type Answer<T> = Result<T, Trouble>;

/// How things stand: before the first start, locked, or open.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn standing(session: State<'_, Session>) -> Standing {
    session.standing()
}

/// Remembers the language the person chose.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn choose_language(session: State<'_, Session>, language: String) {
    session.choose_language(&language);
}

/// Makes the notebook and enrols it with its city.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn set_up(session: State<'_, Session>, wish: SetUp) -> Answer<()> {
    session.set_up(wish)
}

/// Opens the notebook.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn unlock(session: State<'_, Session>, passphrase: String) -> Answer<()> {
    session.unlock(passphrase)
}

/// Who works here, and what they may choose from.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn choices(session: State<'_, Session>) -> Answer<Choices> {
    session.choices()
}

/// Takes a change back: this one, or the newest.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn undo(session: State<'_, Session>, step: Option<u32>) -> Answer<TakenBack> {
    session.undo(step)
}

/// How the transfer goes.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn transfer(session: State<'_, Session>) -> Answer<Transfer> {
    session.transfer()
}

/// Transfers now.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn transfer_now(session: State<'_, Session>) -> Answer<()> {
    session.transfer_now()
}
