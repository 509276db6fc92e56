//! Why a call ends without its answer.

use crate::Error;
use wire::{Failure, Problem, ProblemCode};

/// Either a problem that the caller is told, or a surprise that goes to the log.
#[derive(Debug)]
pub(crate) enum Stop {
    Problem(Box<Problem>),
    Error(Error),
}

impl Stop {
    pub(crate) fn into_failure(self) -> Failure {
        match self {
            Self::Problem(problem) => Failure::Problem(problem),
            Self::Error(error) => {
                tracing::error!(error = %error, "a call failed");
                ProblemCode::Unavailable.into()
            }
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<ProblemCode> for Stop {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(Box::new(code.problem()))
    }
}
