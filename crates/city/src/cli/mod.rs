//! The command line of the city: arguments in, one answer out, exit 0 done, 1 failed, 2 wrong usage.

mod admin;
mod args;
mod print;
mod sentences;
mod serve;
mod tongue;

use args::{Arguments, Command, Place};
use clap::Parser;
use print::Printer;
use std::process::ExitCode;
use tongue::Tongue;

use crate::{DatabaseUrl, Error, LedgerOptions, http::OpenError};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    City(#[from] Error),
    #[error(transparent)]
    Door(#[from] OpenError),
    #[error("the network failed")]
    Network(#[source] std::io::Error),
    #[error("a folder and a database are named")]
    TwoPlaces,
    #[error("no folder for data")]
    NoFolder,
    #[error("the check found differences")]
    Differs,
}

impl Failed {
    /// Wrong usage is what another spelling of the command would mend.
    fn exit(&self) -> u8 {
        match self {
            Self::City(
                Error::Unknown { .. }
                | Error::Ambiguous { .. }
                | Error::Invalid { .. }
                | Error::TooMuch { .. }
                | Error::DatabaseUrl(_),
            )
            | Self::Door(OpenError::InTheClear(_) | OpenError::MetricsOutside(_))
            | Self::TwoPlaces => 2,
            _ => 1,
        }
    }
}

/// Does what the arguments of this process say.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let tongue = Tongue::of_the_environment();
    let printer = Printer {
        json: arguments.json,
        tongue,
    };
    let done = match &arguments.command {
        Command::Serve(serving) => options(&arguments.place).and_then(|options| serve::serve(&options, serving)),
        Command::Admin(command) => {
            options(&arguments.place).and_then(|options| admin::administer(&options, command, printer))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            Printer::complain(&sentences::sentence(&failed, tongue));
            ExitCode::from(failed.exit())
        }
    }
}

/// Where the ledger lies, by the arguments or by this machine's custom.
fn options(place: &Place) -> Result<LedgerOptions, Failed> {
    // clap sees it only where both stand on the same side of the command.
    if place.data_dir.is_some() && place.database_url.is_some() {
        return Err(Failed::TwoPlaces);
    }
    let custom = || dirs::data_dir().map(|folder| folder.join("quartierbuch-city"));
    let data_dir = place.data_dir.clone().or_else(custom).ok_or(Failed::NoFolder)?;
    Ok(LedgerOptions {
        data_dir,
        database_url: place.database_url.clone().map(DatabaseUrl::new),
        key_file: place.key_file.clone(),
        forget_log: place.forget_log.clone(),
    })
}
