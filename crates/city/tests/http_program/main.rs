//! The program `city` as an operator runs it, and devices that call it over the network.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly, helpers included")]

mod certificate;
mod journal;
mod program;
mod story;
mod usage;
