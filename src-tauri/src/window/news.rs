//! News the program sends to the window without being asked.

use super::shapes::Transfer;
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;

/// Records changed, here or by another process; lists look again.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct Changed;

/// The transfer moved on.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct Moved(pub(super) Transfer);

pub(super) fn carry(_app: &tauri::AppHandle) {}
