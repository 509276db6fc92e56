//! A window with nothing in it: what `make bench` sets the start of the real one against.

use std::path::PathBuf;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).unwrap_or_default();
    tauri::Builder::default()
        .setup(|app| {
            let nothing = "about:blank".parse().map(WebviewUrl::External)?;
            WebviewWindowBuilder::new(app, "main", nothing)
                .inner_size(1280.0, 800.0)
                .data_directory(folder)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
