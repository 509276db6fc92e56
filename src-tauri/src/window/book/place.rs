//! Which address book comes and where one goes: the system asks, in its own dialog.

use crate::window::{
    files::{self, place::dialog},
    report::place::with_ending,
    shapes::{Cause, Trouble},
};
use std::path::PathBuf;
use tauri::AppHandle;

/// What an address book's file is called at its end.
const ENDINGS: [&str; 6] = ["vcf", "vcard", "csv", "txt", "tsv", "xlsx"];

/// The file somebody chooses; nothing where they think better of it.
pub(super) fn chosen(app: &AppHandle) -> Option<PathBuf> {
    let dialog = dialog(app).add_filter("vCard, CSV, Excel", &ENDINGS);
    dialog.blocking_pick_file()?.into_path().ok()
}

/// Where the file goes; nothing where somebody thinks better of it.
pub(super) fn target(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, Trouble> {
    let Some(chosen) = files::place::target(app, name)? else {
        return Ok(None);
    };
    with_ending(chosen, name)
        .map(Some)
        .map_err(|_| Trouble::of(Cause::Target))
}
