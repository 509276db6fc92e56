//! The commands and their options: exactly those of the contract.

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Kind, PartId, RecordId};
use std::path::PathBuf;

use super::language::Language;

/// The notebook of a district worker: works offline, syncs with the city when it is there.
#[derive(Parser)]
#[command(name = "quartierbuch", version, max_term_width = 100)]
pub(super) struct Call {
    /// Where the notebook lies (or QUARTIERBUCH_DATA_DIR)
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data_dir: Option<PathBuf>,
    /// A file that holds the passphrase, for scripts
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// One JSON document on stdout, messages on stderr
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// The language of the messages; the system's where absent
    #[arg(long, global = true, value_enum)]
    pub(super) language: Option<Language>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make this device known to the city with an invitation's code
    Enrol(Enrol),
    /// Conversation notes
    #[command(subcommand)]
    Note(Note),
    /// Records of a kind, newest first
    List(List),
    /// Records that hold the words, newest first
    Search(Search),
    /// One record
    Show {
        /// Its id
        id: RecordId,
    },
    /// Put a photo or file onto a record; a photo loses what the camera wrote beside it
    Attach(Attach),
    /// The photos and files of a record, or a copy of one of them
    Attachments(Attachments),
    /// What waits for transfer, and since when
    Status,
    /// Compare this device with the city
    Verify {
        /// Where they differ, fetch everything anew; what waits here stays
        #[arg(long)]
        repair: bool,
    },
    /// Exchange changes with the city
    Sync {
        /// Wait while another program syncs this notebook
        #[arg(long)]
        wait: bool,
    },
    /// Write a report or the address book to a file
    #[command(subcommand)]
    Export(Export),
    /// Write the whole notebook to one encrypted file
    Backup {
        /// The file
        file: PathBuf,
    },
    /// Make a notebook from a backup, in a folder that holds none
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Take in an old log or an address book
    #[command(subcommand)]
    Import(Import),
}

#[derive(Args)]
pub(super) struct Enrol {
    /// The city's address, for example https://quartierbuch.example.org
    #[arg(long, value_name = "URL")]
    pub(super) city: String,
    /// The invitation's code; - reads it from stdin
    #[arg(long, value_name = "CODE")]
    pub(super) code: String,
    /// What you call this device
    #[arg(long, value_name = "NAME")]
    pub(super) device_name: Option<String>,
    /// Keep the key in the system's keychain, so that the notebook opens without the passphrase
    #[arg(long)]
    pub(super) keychain: bool,
}

#[derive(Subcommand)]
pub(super) enum Note {
    /// Log a conversation
    Add(NoteAdd),
}

#[derive(Args)]
pub(super) struct NoteAdd {
    /// Where it was: a name, number or id among your districts; may be given several times
    #[arg(long, value_name = "NAME", required = true)]
    pub(super) district: Vec<String>,
    /// What it was about: a name, code or id; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) topic: Vec<String>,
    /// When it was, for example 2026-10-05T09:15:00+02:00; now where absent
    #[arg(long, value_name = "RFC3339")]
    pub(super) at: Option<DateTime<FixedOffset>>,
    /// What was said; - reads it from stdin
    #[arg(long, value_name = "TEXT")]
    pub(super) text: Option<String>,
}

#[derive(Args)]
pub(super) struct List {
    /// note, activity, contact, request ...
    pub(super) kind: Kind,
    /// Only from this district; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) district: Vec<String>,
    /// From this local day on
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<NaiveDate>,
    /// Up to this local day, included
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<NaiveDate>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,
}

#[derive(Args)]
pub(super) struct Attach {
    /// The record's id
    pub(super) id: RecordId,
    /// The photo or file
    pub(super) file: PathBuf,
    /// What is to be seen on it, for those who cannot see it
    #[arg(long, value_name = "TEXT")]
    pub(super) caption: Option<String>,
}

#[derive(Args)]
pub(super) struct Attachments {
    /// The record's id
    pub(super) id: RecordId,
    /// Write a copy of the one with this id
    #[arg(long, value_name = "ID", requires = "out")]
    pub(super) save: Option<PartId>,
    /// The file to write
    #[arg(long, value_name = "FILE", requires = "save")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Search {
    /// Words, beginnings of words or parts of compounds
    pub(super) query: String,
    /// Only records of this kind
    #[arg(long)]
    pub(super) kind: Option<Kind>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,
}

#[derive(Subcommand)]
pub(super) enum Export {
    /// The figures of a month, for example 2026-10
    Month(ExportMonth),
    /// The address book as vCard 4.0: who stands there by office, and residents as far as they agreed
    Contacts(ExportContacts),
}

#[derive(Args)]
pub(super) struct ExportContacts {
    /// Residents too whose consent names this purpose and holds
    #[arg(long, value_name = "PURPOSE")]
    pub(super) purpose: Option<String>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
}

#[derive(Args)]
pub(super) struct ExportMonth {
    /// The month, for example 2026-10
    pub(super) month: String,
    /// Only this district
    #[arg(long, value_name = "NAME")]
    pub(super) district: Option<String>,
    /// The file's format
    #[arg(long, value_enum)]
    pub(super) format: Format,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// The month's records of this kind instead of its figures
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) list: Option<MonthList>,
    /// With the texts of the notes, which lists leave out otherwise
    #[arg(long)]
    pub(super) with_text: bool,
}

/// The lists a month may leave as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MonthList {
    /// Conversation notes
    Note,
    /// Activities
    Activity,
    /// Requests
    Request,
}

/// The formats a month may leave in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Excel
    Xlsx,
    /// Text with semicolons, as Excel in German opens it
    Csv,
    /// For programs
    Json,
}

#[derive(Subcommand)]
pub(super) enum Import {
    /// Conversation notes from a CSV or Excel file
    Notes(ImportNotes),
    /// Contacts from an address book: vCard, or a CSV or Excel table as Outlook, Google and Thunderbird write it
    Contacts(ImportContacts),
}

#[derive(Args)]
pub(super) struct ImportContacts {
    /// The file
    pub(super) file: PathBuf,
    /// Only say what would be taken
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Where they belong; for everybody of the organisation where absent. May be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) district: Vec<String>,
    /// Take also who is probably in the notebook already
    #[arg(long)]
    pub(super) also_alike: bool,
    /// Who has no function and no organisation is a resident, and may be kept with a consent only: to what they agreed
    #[arg(long, value_name = "PURPOSE", requires = "consent_on")]
    pub(super) consent: Option<String>,
    /// The day on which each of them agreed
    #[arg(long, value_name = "DATE", requires = "consent")]
    pub(super) consent_on: Option<NaiveDate>,
    /// How they agreed
    #[arg(long, value_enum, default_value_t = Consented::Written, requires = "consent")]
    pub(super) consent_form: Consented,
}

/// How a consent was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Consented {
    /// In writing
    Written,
    /// By word of mouth
    Spoken,
}

#[derive(Args)]
pub(super) struct ImportNotes {
    /// The file
    pub(super) file: PathBuf,
    /// Only say what would be taken
    #[arg(long)]
    pub(super) dry_run: bool,
}
