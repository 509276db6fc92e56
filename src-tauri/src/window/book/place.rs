//! Which address book comes and where one goes: the system asks, in its own dialog.

use crate::window::{
    files::place::dialog,
    report::place::with_ending,
    shapes::{Cause, Trouble},
};
use std::path::PathBuf;
use tauri::{AppHandle, Manager};

/// What an address book's file is called at its end.
const ENDINGS: [&str; 6] = ["vcf", "vcard", "csv", "txt", "tsv", "xlsx"];

/// The file somebody chooses; nothing where they think better of it.
pub(super) fn chosen(app: &AppHandle) -> Option<PathBuf> {
    let dialog = dialog(app).add_filter("vCard, CSV, Excel", &ENDINGS);
    dialog.blocking_pick_file()?.into_path().ok()
}

/// Where the file goes; nothing where somebody thinks better of it.
pub(super) fn target(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, Trouble> {
    let mut dialog = dialog(app).set_file_name(name);
    if let Ok(folder) = app.path().download_dir() {
        dialog = dialog.set_directory(folder);
    }
    let unusable = || Trouble::of(Cause::Target);
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let chosen = chosen.into_path().map_err(|_| unusable())?;
    with_ending(chosen, name).map(Some).map_err(|_| unusable())
}
