//! Prepares what the window needs at compile time.

use std::{fs, path::Path};
use tauri_build::{AppManifest, Attributes};

/// Stands in where the window's files were not built, so that the command line compiles on its own.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Quartierbuch</title>\
<p>This program was built without its window. Run <code>make build</code>.</p></html>\n";

/// Names of our own commands; capabilities grant these and no others.
const COMMANDS: &str = include_str!("src/window/commands.list");

fn main() {
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("../ui/dist").expect("the clone can be written to");
        fs::write(page, NOT_BUILT).expect("the clone can be written to");
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=src/window/commands.list");
    let names: Vec<&'static str> = COMMANDS.lines().collect();
    let commands = AppManifest::new().commands(names.leak());
    tauri_build::try_build(Attributes::new().app_manifest(commands)).expect("tauri.conf.json and capabilities fit");
}
