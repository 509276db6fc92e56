//! Why a round ended early.

use wire::{Failure, ProblemCode};

/// A round that ended early. Whatever it did before stands, and the next one goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no city to speak to yet.
    #[error("this notebook is not enrolled")]
    NotEnrolled,
    /// The notebook belongs to a device that is enrolled already.
    #[error("this notebook is enrolled already")]
    Enrolled,
    /// The notebook was restored from a backup of somebody else's device.
    #[error("this notebook belongs to somebody else")]
    OtherPerson,
    /// The city was not reached, or answered with a problem.
    #[error(transparent)]
    City(#[from] Failure),
    /// The notebook could not be read or written.
    #[error("the notebook failed")]
    Store(#[from] store::Error),
    /// The thread that writes the notebook came to an end.
    #[error("the notebook's thread came to an end")]
    Thread(#[source] tokio::task::JoinError),
    /// The city's cursor expired, or its epoch changed, again and again.
    #[error("the city begins anew again and again")]
    Restless,
}

impl Error {
    /// The city was not reached, so that the next try may well succeed.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::City(Failure::Offline(_)))
    }

    /// The city's problem, if it answered with one.
    pub fn problem(&self) -> Option<ProblemCode> {
        match self {
            Self::City(failure) => failure.code(),
            _ => None,
        }
    }

    /// A stable word for the window, which turns it into a sentence and a next step.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::Enrolled => "enrolled",
            Self::OtherPerson => "other_person",
            Self::City(Failure::Offline(_)) => "offline",
            Self::City(Failure::NotACity) => "not_a_city",
            Self::City(Failure::Problem(problem)) => problem.code.as_str(),
            Self::Store(store::Error::DiskFull(_)) => "disk_full",
            Self::Store(store::Error::ReadOnly(_)) => "read_only",
            Self::Store(store::Error::Locked(_)) => "locked",
            Self::Store(_) | Self::Thread(_) => "notebook",
            Self::Restless => "unavailable",
        }
    }

    /// How long the city asked to be left alone.
    pub(crate) fn asked_pause(&self) -> Option<std::time::Duration> {
        match self {
            Self::City(Failure::Problem(problem)) => problem.retry_after.map(std::time::Duration::from_secs),
            _ => None,
        }
    }
}
