//! The exit codes of the contract, and the stable code of a failure for scripts.

use crate::desk::Error;
use domain::RecordId;
use serde::Serialize;
use wire::ProblemCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Failed, also: not enrolled.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Locked or wrong passphrase.
    Locked = 3,
    /// Offline where the network was needed.
    Offline = 4,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::Locked | Error::WrongPassphrase | Error::NoPassphraseInFile => Self::Locked,
            Error::Offline(_) | Error::City(ProblemCode::Unavailable) => Self::Offline,
            Error::Unknown { .. }
            | Error::Ambiguous { .. }
            | Error::NotAMonth
            | Error::Invalid(_)
            | Error::Address(_) => Self::Usage,
            _ => Self::Failed,
        }
    }
}

/// A failure as the one JSON document on stdout.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    error: Reason<'a>,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<&'a [crate::desk::Candidate]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<RecordId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<&'a str>,
}

impl<'a> From<&'a Error> for Failed<'a> {
    fn from(error: &'a Error) -> Self {
        let mut reason = Reason {
            code: code(error),
            candidates: None,
            known: None,
            id: None,
            fields: Vec::new(),
        };
        match error {
            Error::Ambiguous { candidates, .. } => reason.candidates = Some(candidates),
            Error::Unknown { known, .. } => reason.known = Some(known),
            Error::NoRecord(id) => reason.id = Some(*id),
            Error::Invalid(faults) => reason.fields = faults.iter().map(|fault| fault.field.as_ref()).collect(),
            _ => {}
        }
        Self { error: reason }
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::NoFolder => "no_folder",
        Error::NoNotebook => "no_notebook",
        Error::NotEnrolled => "not_enrolled",
        Error::EnrolledAlready => "enrolled_already",
        Error::OtherPerson => "other_person",
        Error::Locked => "locked",
        Error::WrongPassphrase => "wrong_passphrase",
        Error::NoPassphraseInFile => "no_passphrase_in_file",
        Error::Address(_) => "address",
        Error::Unknown { .. } => "unknown",
        Error::Ambiguous { .. } => "ambiguous",
        Error::NoRecord(_) => "no_record",
        Error::Gone(_) => "erased",
        Error::TooManyVersions => "too_many_versions",
        Error::Unreadable => "unreadable",
        Error::Invalid(_) => "invalid",
        Error::Forbidden => "forbidden",
        Error::NotAMonth => "not_a_month",
        Error::Wiped(_) => "wiped",
        Error::SyncBusy => "sync_busy",
        Error::Offline(_) => "offline",
        Error::City(code) => code.as_str(),
        Error::NotACity => "not_a_city",
        Error::Client(_) => "tls",
        Error::File { .. } => "file",
        Error::Store(_) => "store",
        Error::Sync(_) => "sync",
        Error::Refused(refused) => refused.code(),
        Error::NoAttachments => "no_attachments",
        Error::NoAttachment => "no_attachment",
        Error::NotHere => "not_here",
        Error::AttachmentUnreadable => "attachment_unreadable",
        Error::Intake(_) => "import_file",
        Error::Reports(_) => "report",
    }
}
