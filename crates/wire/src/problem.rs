//! What can go wrong on the way, as a stable code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An RFC 9457 problem as the city answers it (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// `urn:quartierbuch:problem:CODE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: ProblemCode,
    /// One English line for whoever reads the traffic; never a record's content.
    pub title: String,
    /// What is wrong with this very request, in English; never a record's content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Seconds to wait before trying again, as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// With `revoked`: base64url of HMAC-SHA256(sha256(token), "revoked" + device_id), the proof a device wants
    /// before it destroys its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:literal, $wire:literal, $title:literal;)+) => {
        /// The stable codes of `contract.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $wire)] $name,)+
            /// A code of a newer city.
            #[serde(other, rename = "other")]
            Other,
        }

        impl ProblemCode {
            /// The HTTP status that carries it.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ Self::Other => 500 }
            }
            /// The code's name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ Self::Other => "other" }
            }
            /// One English line.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ Self::Other => "Something this version does not know" }
            }
        }
    };
}

codes! {
    /// No token, or one the city does not know.
    Unauthorised = 401, "unauthorised", "The token is missing or unknown";
    /// The device was revoked.
    Revoked = 403, "revoked", "This device was revoked";
    /// This person may not do this.
    Forbidden = 403, "forbidden", "Not allowed for this person";
    /// The code is unknown, used or expired; which of them is not said.
    CodeInvalid = 403, "code_invalid", "The invitation code does not work";
    /// There is nothing of that name that this person may know of.
    NotFound = 404, "not_found", "Not found";
    /// The city's database was restored from a backup.
    NewEpoch = 409, "new_epoch", "The city's database begins a new epoch";
    /// The slice changed after the cursor.
    MovedOn = 409, "moved_on", "The records changed after the cursor";
    /// The cursor is too old or of another epoch: pull from the beginning.
    CursorExpired = 410, "cursor_expired", "The cursor is no longer known";
    /// More than allowed in one call.
    TooLarge = 413, "too_large", "The request is too large";
    /// The form is wrong.
    Invalid = 422, "invalid", "The request is not well formed";
    /// The device must be updated.
    TooOld = 426, "too_old", "This version is too old";
    /// Too many tries.
    TooMany = 429, "too_many", "Too many requests";
    /// The city cannot answer now.
    Unavailable = 503, "unavailable", "Not available now";
}

impl ProblemCode {
    /// The problem with this code and nothing more to say.
    pub fn problem(self) -> Problem {
        Problem {
            kind: format!("urn:quartierbuch:problem:{}", self.as_str()),
            status: self.status(),
            code: self,
            title: self.title().to_owned(),
            detail: None,
            retry_after: None,
            proof: None,
        }
    }
}

/// Why a call brought no answer of its own.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The city was not reached, or the connection was cut; whether it applied the call is unknown.
    #[error("the city was not reached")]
    Offline(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The city answered with a problem.
    #[error("the city answered: {}", .0.code.as_str())]
    Problem(Box<Problem>),
    /// Something else answered at this address.
    #[error("the answer is not one of a city")]
    NotACity,
}

impl From<ProblemCode> for Failure {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(Box::new(code.problem()))
    }
}

impl Failure {
    /// The problem's code, if the city answered.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }
}
