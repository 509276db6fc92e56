//! The notebook on a device: one encrypted file, and sole owner of its connection and of change tracking.
//!
//! Everything a person or the city writes goes through [`Store::write`]; [`Store::read`] gives a snapshot. The store
//! knows no wire and no network: `sync` translates. What each table is for stands at the top of the first migration.

mod aside;
mod attached;
mod backup;
mod base;
mod begun;
mod beside;
mod change_id;
mod changes;
mod confirm;
mod connect;
mod days;
mod digest;
mod draft;
mod enrolment;
mod error;
mod follows;
mod forget;
mod giving_back;
mod identity;
mod index;
mod key;
mod key_file;
mod links;
mod list;
mod migrate;
mod outbox;
mod outline;
mod pass;
mod place;
mod reading;
mod redact;
mod rest;
mod row;
mod search;
mod status;
mod store;
mod text;
mod told;
mod untold;
mod vocabulary;
mod writing;

pub use aside::Untransferable;
pub use attached::{Arrival, Attached, Background, Contents, Download, Enclosed, SEAL_BYTES, Upload};
pub use changes::Changes;
pub use confirm::Applied;
pub use days::DayCount;
pub use draft::Draft;
pub use enrolment::Enrolment;
pub use error::{Error, Source};
pub use follows::{Arrived, tokens as index_tokens};
pub use identity::Identity;
pub use key::{DatabaseKey, KeyCost, Passphrase, Unlock};
pub use list::{Filter, Page};
pub use outbox::{InFlight, Pending};
pub use pass::PassKind;
pub use reading::Reading;
pub use row::{Confirmed, Key, Stored};
pub use status::{Met, Notice, Status};
pub use store::Store;
pub use told::Told;
pub use writing::{Stamp, Writing};
