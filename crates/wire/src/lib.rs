//! What travels between a device and the city, and the one trait that both ends implement.
//!
//! The HTTP client in `sync`, the service in `city` and the faulty network of the simulation implement [`Backend`];
//! the types here are the JSON of `docs/protocol.md`, written once.

mod backend;
mod blob;
mod change;
mod enrol;
mod erase;
mod problem;
mod state;
mod verify;

pub use backend::Backend;
pub use blob::{BlobHeld, BlobPiece, BlobPlace};
pub use change::{
    Change, Changed, ChangesAnswer, ChangesQuery, Cursor, Head, Outcome, Proposal, PushAnswer, PushRequest, PushResult,
    Refusal, WaitAnswer,
};
pub use enrol::{DeviceState, EnrolAnswer, EnrolRequest, Epoch, IdKey, Me, Restore, Role, Token};
pub use erase::{ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Forgotten, ForgottenAnswer, ForgottenQuery};
pub use problem::{Failure, Problem, ProblemCode};
pub use state::{DeviceReport, DeviceSeen};
pub use verify::{Digest, VerifyAnswer, VerifyQuery};

/// The protocol this version speaks; sent as `Quartierbuch-Protocol` on every call.
pub const PROTOCOL: u32 = 1;
/// The oldest protocol the city still answers; below it a device is told `too_old`.
pub const OLDEST_PROTOCOL: u32 = 1;
/// A push holds at most so many changes.
pub const MAX_PUSH_CHANGES: usize = 1_000;
/// A push is at most so many bytes after decompression: 8 MiB.
pub const MAX_PUSH_BYTES: usize = 8 * 1024 * 1024;
/// A page of changes holds so many records where the device does not say.
pub const DEFAULT_PAGE: u32 = 1_000;
/// A page of changes never holds more records.
pub const MAX_PAGE: u32 = 5_000;
/// A cursor is at most so many ASCII characters.
pub const MAX_CURSOR: usize = 512;
/// `/v1/wait` answers after so many seconds at the latest.
pub const MAX_WAIT_SECONDS: u64 = 30;
/// The ciphertext of one attachment is at most so many bytes: 25 MiB.
pub const MAX_BLOB_BYTES: u64 = 25 * 1024 * 1024;
/// One call carries at most so many bytes of an attachment, either way: 1 MiB.
pub const MAX_BLOB_PIECE: usize = 1024 * 1024;
