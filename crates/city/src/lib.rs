//! The city: orders changes, enforces rights, forgets on request.
//!
//! [`Service`] answers as [`wire::Backend`] for a [`Caller`] and knows no HTTP; [`admin`] holds what the command line
//! asks for; [`ledger`] is the seam behind which the database stands.

pub mod admin;
pub mod cli;
mod error;
pub mod http;
pub mod ledger;
mod options;
pub mod service;
mod world;

pub use error::Error;
pub use options::{DatabaseUrl, LedgerOptions};
pub use service::{Caller, Service};
pub use world::{System, World};
