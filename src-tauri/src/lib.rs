//! Quartierbuch, the district worker's notebook: one core with two faces.
//!
//! [`desk`] is what the program can do, without a window and without Tauri; [`cli`] and [`window`] only ask it and
//! show the answer.

use std::process::ExitCode;

pub mod cli;
pub mod desk;
pub mod window;

/// The program: a command where one is given, else the window.
pub fn start() -> ExitCode {
    cli::start()
}
