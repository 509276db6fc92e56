//! The month as a file: counted and written beside everything else, stopped when somebody says so.

use super::{
    number, place,
    shapes::{Exporting, FileEnd, FileWish, FileWritten},
    wanted,
};
use crate::{
    desk::{self, Error, Notebook, write_file},
    window::shapes::{Cause, Trouble},
};
use reports::Language;
use std::{
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tauri_specta::Event;

/// The exports of this program: at most one at a time, and the last file for showing it.
#[derive(Default)]
pub(in crate::window) struct Exports {
    running: AtomicBool,
    stop: AtomicBool,
    last: Mutex<Option<PathBuf>>,
}

impl Exports {
    /// The one that runs ends without a file.
    pub(in crate::window) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Shows the last file where it lies, in the system's own file manager.
    pub(in crate::window) fn show(&self) -> Result<(), Trouble> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let path = last.ok_or(Trouble::of(Cause::NotShown))?;
        tauri_plugin_opener::reveal_item_in_dir(path).map_err(|_| Trouble::of(Cause::NotShown))
    }
}

/// Counts and writes. It takes as long as it takes: whoever calls waits on a thread of its own.
pub(in crate::window) fn run(app: &AppHandle, notebook: &Notebook, wish: &FileWish) -> Result<FileEnd, Trouble> {
    let exports = app.state::<Exports>();
    if exports.running.swap(true, Ordering::Acquire) {
        return Err(Trouble::of(Cause::Exporting));
    }
    exports.stop.store(false, Ordering::Relaxed);
    let end = written(app, &exports, notebook, wish);
    exports.running.store(false, Ordering::Release);
    end
}

fn written(app: &AppHandle, exports: &Exports, notebook: &Notebook, wish: &FileWish) -> Result<FileEnd, Trouble> {
    let wanted = wanted(wish)?;
    let names = notebook.lists()?.districts;
    let named = names.into_iter().filter(|(id, _)| wanted.districts.contains(id));
    let districts: Vec<String> = named.map(|(_, district)| district.name).collect();
    let name = place::name(&wanted, wish.content, wish.format, &districts);
    let folder = place::downloads(app);
    // Asked before the counting: who waits for the figures need not be asked anything afterwards.
    let path = if wish.ask_where {
        match asked(app, &name, folder.as_deref(), wanted.language)? {
            Some(path) => path,
            None => return Ok(FileEnd::Stopped),
        }
    } else {
        let folder = folder.ok_or(Trouble::of(Cause::Target))?;
        place::free(&folder, &name).map_err(|error| Trouble::of(target(&error)))?
    };
    let counted = notebook.count_month(wanted.month, wanted.scope(), |so_far| {
        let moved = Exporting {
            read: number(so_far.read),
            of: number(so_far.of),
        };
        // A closing window hears nothing any more.
        let _ = moved.emit(app);
        if exports.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    let Some(counted) = counted else {
        return Ok(FileEnd::Stopped);
    };
    let bytes = wanted.bytes(&counted.month).map_err(unwritable)?;
    if exports.stop.load(Ordering::Relaxed) {
        return Ok(FileEnd::Stopped);
    }
    write_file(&path, &bytes).map_err(unwritable)?;
    let file = FileWritten {
        name: said(path.file_name().map(Path::new)),
        folder: said(path.parent()),
        records: number(wanted.records(&counted)),
        is_list: wanted.list.is_some(),
        with_texts: wanted.holds_texts(),
    };
    *exports.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    Ok(FileEnd::Written { file })
}

/// The system asks where, and about a file that is there already.
fn asked(app: &AppHandle, name: &str, folder: Option<&Path>, language: Language) -> Result<Option<PathBuf>, Trouble> {
    let title = match language {
        Language::German => "Datei speichern",
        Language::English => "Save file",
    };
    let mut dialog = app.dialog().file().set_title(title).set_file_name(name);
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = app.get_webview_window(crate::window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let chosen = chosen.into_path().map_err(|_| Trouble::of(Cause::Target))?;
    let path = place::with_ending(chosen, name).map_err(|error| Trouble::of(target(&error)))?;
    Ok(Some(path))
}

fn said(path: Option<&Path>) -> String {
    path.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Why a file could not be written; the notebook itself is well.
pub(in crate::window) fn unwritable(error: Error) -> Trouble {
    match error {
        Error::File { source, .. } => Trouble::of(target(&source)),
        Error::Reports(reports::Error::TooManyRows { .. }) => Trouble::of(Cause::TooManyRows),
        other => desk::Error::into(other),
    }
}

fn target(error: &io::Error) -> Cause {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Cause::TargetFull,
        _ => Cause::Target,
    }
}
