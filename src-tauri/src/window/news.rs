//! News the program sends to the window without being asked.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event;

/// Records changed, here or by another process; lists look again.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(super) struct Changed;

/// Lets the window hear of changes.
pub(super) fn carry(_app: &AppHandle) {}
