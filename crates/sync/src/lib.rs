//! The conversation between a device and the city.
//!
//! [`round`] reads like the protocol: repeat what was in flight until its outcome is known, pull pages, push the
//! outbox, again until it is quiet. It owns no table and speaks to [`wire::Backend`] only; what a page means for a
//! record is decided by a pure function and executed by one other in one transaction.

mod client;
pub mod pace;
mod revoked;
mod source;

pub use client::{Address, AddressError, CityClient, ClientError};
pub use source::{Machine, Source};
