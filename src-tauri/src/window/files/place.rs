//! Which files come and where a copy goes: the system asks, in its own dialog.

use crate::window::shapes::{Cause, Trouble};
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// The system's dialog for files, over the window.
pub(in crate::window) fn dialog(app: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file();
    match app.get_webview_window(crate::window::LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// The files somebody chooses; none where they think better of it.
pub(super) fn chosen(app: &AppHandle) -> Vec<PathBuf> {
    let chosen = dialog(app).blocking_pick_files().unwrap_or_default();
    chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// Where a copy goes; `None` where somebody thinks better of it.
pub(in crate::window) fn target(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, Trouble> {
    let mut dialog = dialog(app).set_file_name(name);
    if let Ok(folder) = app.path().download_dir() {
        dialog = dialog.set_directory(folder);
    }
    let chosen = dialog.blocking_save_file();
    chosen
        .map(|path| path.into_path().map_err(|_| Trouble::of(Cause::Target)))
        .transpose()
}
