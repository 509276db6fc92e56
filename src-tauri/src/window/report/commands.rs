//! What the window may ask of the month.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    export::{self, Exports},
    shapes::{FileEnd, FileWish, ReportMonth, ReportSpan, ReportWish},
};
use crate::window::{
    session::Session,
    shapes::{Cause, Trouble},
};
use tauri::{AppHandle, State};

type Answer<T> = Result<T, Trouble>;

/// Which months and districts there is something to say about.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn report_span(session: State<'_, Session>) -> Answer<ReportSpan> {
    super::span(&session.notebook()?)
}

/// A month's figures, counted now.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn report_month(session: State<'_, Session>, wish: ReportWish) -> Answer<ReportMonth> {
    super::month(&session.notebook()?, &wish)
}

/// Writes a month's file; answers when it is there, or was stopped.
#[tauri::command]
#[specta::specta]
pub(in crate::window) async fn export_report(
    app: AppHandle,
    session: State<'_, Session>,
    wish: FileWish,
) -> Answer<FileEnd> {
    let notebook = session.notebook()?;
    // A thread of its own: other questions of the window are answered meanwhile.
    let ended = tauri::async_runtime::spawn_blocking(move || export::run(&app, &notebook, &wish)).await;
    ended.unwrap_or(Err(Trouble::of(Cause::Other)))
}

/// Stops the export that runs.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn stop_export(exports: State<'_, Exports>) {
    exports.stop();
}

/// Shows the last file in the system's file manager.
#[tauri::command(async)]
#[specta::specta]
pub(in crate::window) fn show_export(exports: State<'_, Exports>) -> Answer<()> {
    exports.show()
}
