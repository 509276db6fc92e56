//! What the window may ask. Each command asks the session and answers; nothing is decided here.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    session::Session,
    shapes::{Choices, NewTalk, SetUp, Standing, Talk, TalkPage, TalkRow, Transfer, Trouble},
    written::{TakenBack, Written},
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

/// Conversations, newest first, from the beginning or after a page.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn talks(session: State<'_, Session>, after: Option<String>, limit: u32) -> Answer<TalkPage> {
    session.talks(after.as_deref(), limit)
}

/// Conversations that hold all these words, newest first.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn find_talks(session: State<'_, Session>, query: String, limit: u32) -> Answer<Vec<TalkRow>> {
    session.find_talks(&query, limit)
}

/// One conversation; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn talk(session: State<'_, Session>, id: String) -> Answer<Option<Talk>> {
    session.talk(&id)
}

/// Logs a conversation and answers with its id.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn add_talk(session: State<'_, Session>, talk: NewTalk) -> Answer<Written> {
    session.add_talk(&talk)
}

/// What was being typed when the window last closed.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn draft(session: State<'_, Session>) -> Answer<Option<NewTalk>> {
    session.draft()
}

/// Keeps what is being typed on this device; nothing given drops it.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn keep_draft(session: State<'_, Session>, talk: Option<NewTalk>) -> Answer<()> {
    session.keep_draft(talk.as_ref())
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
