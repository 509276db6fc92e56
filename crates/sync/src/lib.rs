//! The conversation between a device and the city.
//!
//! [`round`] reads like the protocol: repeat what was in flight until its outcome is known, pull pages, push the
//! outbox, again until it is quiet. [`carry`] brings attachments, which no record waits for. It owns no table and speaks to [`wire::Backend`] only; what a page means for a
//! record is decided by a pure function and executed by one other in one transaction.

mod apply;
mod carry;
mod check;
mod client;
mod counted;
mod enrol;
mod error;
pub mod pace;
mod page_size;
mod pull;
mod push;
mod reconcile;
mod revoked;
mod round;
mod scope;
mod source;
mod talk;
mod translate;
mod untold;
mod verify;
mod watcher;
mod worker;

pub use carry::{Carried, carry};
pub use check::{Checked, check};
pub use client::{Address, AddressError, CityClient, ClientError};
pub use counted::{Counted, Wipe};
pub use enrol::{Door, enrol, meant_code};
pub use error::Error;
use page_size::PageSize;
pub use round::{report_wiped, round, round_watched};
pub use source::{Machine, Source};
pub use verify::{Slice, Sum, Verified, verify};
pub use watcher::Watcher;
pub use worker::{Phase, RoundDone, Setup, SyncState, Turn, Worker};
