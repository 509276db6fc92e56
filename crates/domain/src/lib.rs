//! The vocabulary of the district notebook and the rules that hold everywhere.
//!
//! No SQL, no HTTP, no Tauri, no clock and no randomness stand here: times and ids are arguments.
//! Window, device store, city and simulation speak of records in these words and ask these rules,
//! so that a right or a merge is decided in one place.

pub mod alike;
mod at;
mod body;
pub mod calendar;
mod derived;
mod envelope;
mod fault;
pub mod fields;
pub mod fold;
mod form;
mod id;
mod kind;
pub mod kinds;
mod may;
mod members;
pub mod merge;
mod record;
mod role;
mod schema;
mod shape;
pub mod transition;

pub use at::At;
pub use body::{Body, FormError, MAX_BODY_BYTES, MAX_CLOSED_BODY_BYTES, MAX_DEPTH, Sealed};
pub use derived::derived_id;
pub use envelope::{BlobHash, Envelope, MAX_BLOBS, MAX_READERS, Placement, Reader, Redaction, Retention, State};
pub use fault::{Fault, MAX_COUNT, MAX_ENTRIES, MAX_LINE, MAX_TEXT, Wrong};
pub use id::{DeviceId, DistrictId, MutationId, OrganisationId, PartId, PersonId, RecordId};
pub use kind::Kind;
pub use may::may;
pub use members::Members;
pub use merge::{MAX_VARIANTS, Merged, Mine, Waits, forget, merge, redact};
pub use record::Record;
pub use role::{Action, Person, Role};
pub use schema::schema;
pub use shape::{Raw, ReadError};
