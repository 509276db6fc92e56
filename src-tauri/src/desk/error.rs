//! Why something could not be done. Codes and fields, never prose: each face turns them into a sentence and a next step.

use domain::RecordId;
use std::{
    io,
    path::{Path, PathBuf},
};
use wire::{Failure, ProblemCode};

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system names no home and no option names a folder.
    #[error("no data folder is named")]
    NoFolder,
    /// There is no notebook in the folder yet.
    #[error("no notebook in this folder")]
    NoNotebook,
    /// The notebook is there, this device is not known to a city yet.
    #[error("not enrolled")]
    NotEnrolled,
    /// This device is enrolled already.
    #[error("enrolled already")]
    EnrolledAlready,
    /// The notebook was restored from a backup of somebody else's device.
    #[error("somebody else's notebook")]
    OtherPerson,
    /// No passphrase was given and no keychain has the key.
    #[error("locked")]
    Locked,
    /// The passphrase does not open the notebook.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The passphrase file is empty or too long.
    #[error("no passphrase in the file")]
    NoPassphraseInFile,
    /// The address is not one of a city that may be called.
    #[error("not an address of a city")]
    Address(sync::AddressError),
    /// Nothing of this name among one's own.
    #[error("unknown {0:?}", .what)]
    Unknown {
        /// What was asked for.
        what: Thing,
        /// As it was asked for.
        asked: String,
        /// What there is, by name.
        known: Vec<String>,
    },
    /// Several of this name.
    #[error("ambiguous {0:?}", .what)]
    Ambiguous {
        /// What was asked for.
        what: Thing,
        /// As it was asked for.
        asked: String,
        /// Which it may be.
        candidates: Vec<Candidate>,
    },
    /// No record of this id on this device.
    #[error("no such record")]
    NoRecord(RecordId),
    /// The record was erased; nothing can be written to it any more.
    #[error("the record was erased")]
    Gone(RecordId),
    /// A field has as many open versions as it takes; somebody has to settle some first.
    #[error("too many open versions")]
    TooManyVersions,
    /// A body that this version cannot read.
    #[error("a body cannot be read")]
    Unreadable,
    /// Fields that do not hold what they must.
    #[error("fields are not right")]
    Invalid(Vec<domain::Fault>),
    /// This person may not do this.
    #[error("not allowed")]
    Forbidden,
    /// A month that is none.
    #[error("not a month")]
    NotAMonth,
    /// The notebook was destroyed, because the city said so and proved it.
    #[error("the notebook was destroyed")]
    Wiped(sync::Wipe),
    /// Another program syncs this notebook.
    #[error("another program is syncing")]
    SyncBusy,
    /// The city was not reached.
    #[error("the city was not reached")]
    Offline(#[source] Failure),
    /// The city answered with a problem.
    #[error("the city answered: {}", .0.as_str())]
    City(ProblemCode),
    /// Something else answered at the address.
    #[error("the answer is not one of a city")]
    NotACity,
    /// No secure connection can be set up on this machine.
    #[error(transparent)]
    Client(sync::ClientError),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The store's own reason.
    #[error(transparent)]
    Store(store::Error),
    /// The sync's own reason.
    #[error(transparent)]
    Sync(sync::Error),
    /// A photo or file that is not taken in.
    #[error(transparent)]
    Refused(#[from] intake::attachment::Refused),
    /// A kind of record that has no attachments.
    #[error("this kind of record has no attachments")]
    NoAttachments,
    /// The record names no such attachment.
    #[error("no such attachment")]
    NoAttachment,
    /// The attachment is not on this device yet.
    #[error("the attachment is not here yet")]
    NotHere,
    /// The attachment cannot be opened with the record's key.
    #[error("the attachment cannot be opened")]
    AttachmentUnreadable,
    /// The file of an import cannot be understood.
    #[error(transparent)]
    Intake(#[from] intake::Error),
    /// A report could not be written.
    #[error(transparent)]
    Reports(#[from] reports::Error),
}

/// What a look-up looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A district.
    District,
    /// A topic.
    Topic,
}

/// One of several that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// Its id.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Its number or code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Error {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        Self::File { path, source }
    }
}

/// What a person acts on differently gets a case of its own; the rest stays the store's.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotCreated => Self::NoNotebook,
            store::Error::WrongPassphrase => Self::WrongPassphrase,
            store::Error::Erased(id) => Self::Gone(id),
            // The keychain kept another notebook's key: the passphrase is needed.
            store::Error::WrongKey => Self::Locked,
            other => Self::Store(other),
        }
    }
}

impl From<sync::Error> for Error {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::NotEnrolled => Self::NotEnrolled,
            sync::Error::Enrolled => Self::EnrolledAlready,
            sync::Error::OtherPerson => Self::OtherPerson,
            sync::Error::City(failure) => failure.into(),
            sync::Error::Store(error) => error.into(),
            other => Self::Sync(other),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Offline(_) => Self::Offline(failure),
            Failure::Problem(problem) => Self::City(problem.code),
            Failure::NotACity => Self::NotACity,
        }
    }
}

impl From<sync::ClientError> for Error {
    fn from(error: sync::ClientError) -> Self {
        match error {
            sync::ClientError::Address(address) => Self::Address(address),
            other => Self::Client(other),
        }
    }
}
