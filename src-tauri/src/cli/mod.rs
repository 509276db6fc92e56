//! The command line.

use crate::{desk::Options, window};
use clap::Parser;
use std::{path::PathBuf, process::ExitCode};

/// The notebook of a district worker.
#[derive(Parser)]
#[command(name = "quartierbuch", version)]
struct Call {
    /// Where the notebook lies
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A file that holds the passphrase
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Reads the command line and does what it says.
pub fn start() -> ExitCode {
    let call = Call::parse();
    let options = Options {
        data_dir: call.data_dir,
        passphrase_file: call.passphrase_file,
    };
    window::open(&options)
}
