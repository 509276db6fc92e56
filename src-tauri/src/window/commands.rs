//! What the window may ask. Each command asks the session and answers; nothing is decided here.

use super::{session::Session, shapes::Standing};
use tauri::State;

/// How things stand: before the first start, locked, or open.
#[tauri::command]
#[specta::specta]
pub(super) fn standing(session: State<'_, Session>) -> Standing {
    session.standing()
}

/// Remembers the language the person chose.
#[tauri::command]
#[specta::specta]
pub(super) fn choose_language(session: State<'_, Session>, language: String) {
    session.choose_language(&language);
}
