//! The city over HTTP: `contract.md`, HTTP of the city, and nothing of what the calls mean.
//!
//! Everything here is written over [`wire::Backend`], so that limits, headers and problems are tried against a city
//! that fails on purpose as well as against the real one. Every route stands once, in [`routes`]: the router and the
//! OpenAPI document are made from the same list.

mod admission;
mod answer;
mod app;
mod blobs;
mod connections;
mod describe;
mod door;
mod log;
mod measure;
mod push;
mod receive;
mod routes;
mod schema;
mod tls;
mod town;
mod trouble;
mod visitor;

pub use door::{Door, Doorstep, OpenError};
pub use log::log_to_stderr;
pub use tls::{TlsError, TlsFiles};
pub use town::{City, Limits};
