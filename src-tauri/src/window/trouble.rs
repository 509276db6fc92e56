//! What the core could not do, as a code the window has a sentence for.

use super::shapes::{Cause, FieldFault, Place, Trouble, WrongWith};
use crate::desk::Error;
use domain::{Fault, Wrong};
use store::Error as StoreError;
use wire::ProblemCode;

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let trouble = match &error {
            Error::WrongPassphrase => Self::at(Cause::Passphrase, Place::Passphrase),
            Error::Address(_) => Self::at(Cause::Address, Place::City),
            Error::NotACity => Self::at(Cause::NotACity, Place::City),
            Error::Offline(_) => Self::at(Cause::Offline, Place::City),
            Error::City(ProblemCode::CodeInvalid) => Self::at(Cause::Code, Place::Code),
            Error::City(ProblemCode::TooMany) => Self::of(Cause::TooMany),
            Error::NoFolder | Error::File { .. } => Self::of(Cause::Folder),
            Error::OtherPerson => Self::at(Cause::OtherPerson, Place::Code),
            Error::EnrolledAlready => Self::of(Cause::Enrolled),
            Error::Forbidden => Self::at(Cause::Forbidden, Place::District),
            Error::Invalid(faults) => Self {
                faults: faults.iter().map(fault).collect(),
                ..Self::of(Cause::Invalid)
            },
            Error::NoRecord(_) | Error::Gone(_) => Self::of(Cause::Gone),
            Error::TooManyVersions => Self::of(Cause::TooManyVersions),
            Error::Unreadable => Self::of(Cause::Newer),
            Error::NotHere => Self::of(Cause::NotHere),
            Error::SyncBusy => Self::of(Cause::Busy),
            Error::Locked | Error::NoNotebook | Error::NotEnrolled | Error::Wiped(_) => Self::of(Cause::Locked),
            Error::Store(error) => Self::of(stored(error)),
            _ => Self::of(Cause::Other),
        };
        if trouble.code == Cause::Other {
            tracing::warn!(%error, "something the window has no words for");
        }
        trouble
    }
}

fn fault(fault: &Fault) -> FieldFault {
    FieldFault {
        field: fault.field.clone(),
        wrong: match fault.fault {
            Wrong::Empty => WrongWith::Empty,
            Wrong::TooLong { .. } => WrongWith::TooLong,
            Wrong::OutOfRange { .. } => WrongWith::OutOfRange,
            Wrong::Malformed => WrongWith::Malformed,
            Wrong::Doubled => WrongWith::Doubled,
            Wrong::EndsBeforeStart => WrongWith::EndsBeforeStart,
            Wrong::Itself => WrongWith::Itself,
            Wrong::Needs { .. } => WrongWith::Needs,
        },
    }
}

fn stored(error: &StoreError) -> Cause {
    match error {
        StoreError::WrongPassphrase | StoreError::WrongKey => Cause::Passphrase,
        StoreError::Newer { .. } => Cause::Newer,
        StoreError::Damaged(_) | StoreError::DamagedKeyFile | StoreError::MissingKeyFile => Cause::Damaged,
        StoreError::DiskFull(_) => Cause::Full,
        StoreError::ReadOnly(_) => Cause::Folder,
        StoreError::Locked(_) => Cause::Busy,
        _ => Cause::Other,
    }
}

impl Trouble {
    /// A field where something must be and nothing is.
    pub(super) fn wrong(field: &str) -> Self {
        Self::in_field(field, WrongWith::Empty)
    }

    /// Several of them, where any is missing.
    pub(super) fn missing(fields: &[(&str, bool)]) -> Result<(), Self> {
        let missing = fields.iter().filter(|(_, missing)| *missing);
        let faults: Vec<FieldFault> = missing.flat_map(|(field, _)| Self::wrong(field).faults).collect();
        if faults.is_empty() {
            return Ok(());
        }
        Err(Self {
            faults,
            ..Self::of(Cause::Invalid)
        })
    }

    /// A field that cannot be understood.
    pub(super) fn malformed(field: &str) -> Self {
        Self::in_field(field, WrongWith::Malformed)
    }

    fn in_field(field: &str, wrong: WrongWith) -> Self {
        let fault = FieldFault {
            field: field.to_owned(),
            wrong,
        };
        Self {
            faults: vec![fault],
            ..Self::of(Cause::Invalid)
        }
    }
}
