//! The window: one web view over the notebook. It shows what [`crate::desk`] answers and decides nothing.

mod aside;
mod backup;
mod beside;
mod book;
mod bridge;
mod choices;
mod commands;
mod contacts;
mod device;
mod drafts;
mod files;
mod find;
mod first;
mod forms;
mod linked;
mod locking;
mod news;
mod open;
mod preferences;
mod report;
mod requests;
mod session;
mod shapes;
mod size;
mod sleep;
mod strength;
mod talks;
mod trash;
mod trouble;
mod versions;
mod written;

use crate::desk::Options;
use first::Ahead;
use news::ToWindow;
use session::Session;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    process::ExitCode,
    sync::Arc,
    thread,
};
use tauri::{App, AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// The one window's name in capabilities and saved places.
const LABEL: &str = "main";

/// Opens the window and returns when it was closed.
pub fn open(options: &Options) -> ExitCode {
    let Some(folder) = options.folder() else {
        eprintln!("The system names no folder for this notebook; say --data-dir DIR.");
        return ExitCode::FAILURE;
    };
    let bridge = bridge::bridge();
    let instance = instance_of(&folder);
    let news = ToWindow::default();
    let session = Session::new(folder.clone(), options.passphrase_file.clone(), Arc::new(news.clone()));
    let built = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(|app, _arguments, _folder| to_the_front(app))
                .dbus_id(instance)
                .build(),
        )
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(bridge.invoke_handler())
        .manage(session)
        .manage(Ahead::default())
        .manage(report::export::Exports::default())
        .manage(backup::Chosen::default())
        .setup(move |app| {
            bridge.mount_events(app);
            news.carry(app.handle().clone());
            let handle = app.handle().clone();
            sleep::listen(move || handle.state::<Session>().lock_soon());
            open_beside(app.handle());
            show(app, &folder)?;
            Ok(())
        })
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the notebook while the web view starts, and works out what its page will ask first.
fn open_beside(app: &AppHandle) {
    let app = app.clone();
    let opening = thread::Builder::new().name("open".into()).spawn(move || {
        app.state::<Ahead>().work_out(&app.state::<Session>());
    });
    if let Err(error) = opening {
        // The page's first question opens it as well.
        tracing::warn!(%error, "no thread to open the notebook beside the window");
    }
}

/// Set while a test drives the window. A driven web view cannot be incognito, so its folder lies in the notebook's.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

fn show(app: &App, folder: &Path) -> tauri::Result<()> {
    let handle = app.handle().clone();
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Quartierbuch")
        .inner_size(1280.0, 800.0)
        .min_inner_size(320.0, 400.0)
        .disable_drag_drop_handler()
        .on_web_resource_request(move |asked, page| {
            handle
                .state::<Ahead>()
                .hand_over(&handle.state::<Session>(), &asked, page);
        })
        // A notebook shows its own pages and no others.
        .on_navigation(|to| matches!(to.scheme(), "tauri") || to.host_str() == Some("tauri.localhost"));
    // Nothing the web view sees may end in a cache or a database of its own.
    let window = match std::env::var_os(DRIVEN) {
        Some(_) => window.data_directory(folder.join("web")),
        None => window.incognito(true),
    };
    let window = window.build()?;
    size::apply(&window, size::chosen(folder));
    Ok(())
}

fn to_the_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A window manager may refuse; the window is there all the same.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// One window per notebook, not per machine: a demo folder and the real one may be open side by side.
fn instance_of(folder: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    std::path::absolute(folder)
        .as_deref()
        .unwrap_or(folder)
        .hash(&mut hasher);
    format!("de.quartierbuch.notebook.n{:016x}", hasher.finish())
}
