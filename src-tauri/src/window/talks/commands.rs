//! What the window may ask about conversations.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    edit::record_id,
    list, read,
    shapes::{Talk, TalkDraft, TalkEditing, TalkFilter, TalkForm, TalkList, TalkRow},
};
use crate::window::{session::Session, shapes::Trouble, written::Written};
use tauri::State;

type Answer<T> = Result<T, Trouble>;

/// The list: which days it has, how many conversations stand on each, and the `limit` rows from the one numbered `first` on.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn talk_list(
    session: State<'_, Session>,
    filter: TalkFilter,
    first: u32,
    limit: u32,
) -> Answer<TalkList> {
    list::list(&session.notebook()?, &filter, first, limit)
}

/// A further piece of the list: from a day on towards the older ones.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn talk_rows(
    session: State<'_, Session>,
    filter: TalkFilter,
    day: String,
    skip: u32,
    limit: u32,
) -> Answer<Vec<TalkRow>> {
    list::piece(&session.notebook()?, &filter, &day, skip, limit)
}

/// The newest conversations that hold all these words.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn find_talks(
    session: State<'_, Session>,
    query: String,
    filter: TalkFilter,
    limit: u32,
) -> Answer<Vec<TalkRow>> {
    list::find(&session.notebook()?, &query, &filter, limit)
}

/// One conversation; nothing if it is no longer here.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn talk(session: State<'_, Session>, id: String) -> Answer<Option<Talk>> {
    read::one(&session.notebook()?, record_id(&id)?)
}

/// What was typed and not finished.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn talk_drafts(session: State<'_, Session>) -> Answer<Vec<TalkDraft>> {
    session.talk_drafts()
}

/// Opens a conversation or a draft to type in it.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn open_talk(session: State<'_, Session>, key: String) -> Answer<TalkEditing> {
    session.open_talk(&key)
}

/// Keeps what is being typed on this device.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn keep_talk(session: State<'_, Session>, key: String, form: TalkForm) -> Answer<()> {
    session.keep_talk(&key, &form)
}

/// Makes one change of what was typed.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn finish_talk(session: State<'_, Session>, key: String, form: TalkForm) -> Answer<Written> {
    session.finish_talk(&key, &form)
}

/// Keeps what was typed as a new conversation of its own, to be finished later.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn put_talk_aside(session: State<'_, Session>, key: String, form: TalkForm) -> Answer<String> {
    session.put_talk_aside(&key, &form)
}

/// Drops what was typed.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn drop_talk(session: State<'_, Session>, key: String) -> Answer<()> {
    session.drop_talk(&key)
}

/// Puts a conversation into the trash.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn trash_talk(session: State<'_, Session>, id: String) -> Answer<Written> {
    session.trash_talk(&id)
}

/// Its follow-up is done as of this day, or is not.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn follow_up_done(
    session: State<'_, Session>,
    id: String,
    day: Option<String>,
) -> Answer<Written> {
    session.follow_up_done(&id, day)
}
