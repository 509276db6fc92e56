//! The command line: the second face of the core. It reads the call, asks the core, and shows the answer.

mod answer;
mod args;
mod attach;
mod attachment_trouble;
mod book;
mod book_words;
mod exit;
mod export;
mod import_trouble;
mod language;
mod message;
mod read;
mod rows;
mod run;
mod trouble;
mod trouble_store;

use crate::{desk::Options, window};
use args::Call;
use clap::Parser;
use exit::{Exit, Failed};
use language::Language;
use std::process::ExitCode;

/// Reads the command line and does what it says; without a command the window opens.
pub fn start() -> ExitCode {
    let call = Call::parse();
    let options = Options {
        data_dir: call.data_dir,
        passphrase_file: call.passphrase_file,
    };
    let Some(command) = call.command else {
        return window::open(&options);
    };
    let language = call
        .language
        .unwrap_or_else(|| Language::of_system(|name| std::env::var(name).ok()));
    let exit = match run::run(command, &options, language) {
        Ok(answer) => {
            for message in &answer.messages {
                eprintln!("{}", message.say(language));
            }
            match if call.json {
                answer.print_json()
            } else {
                answer.print_text(language)
            } {
                Ok(()) => Exit::Done,
                // Nobody reads on, for example `| head`: what was done is done.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
                Err(_) => Exit::Failed,
            }
        }
        Err(error) => {
            eprintln!("{}", trouble::say(&error, language));
            if call.json {
                // The sentence stands on stderr already; a closed stdout changes nothing.
                let _ = answer::print(&Failed::from(&error));
            }
            Exit::of(&error)
        }
    };
    exit.into()
}
