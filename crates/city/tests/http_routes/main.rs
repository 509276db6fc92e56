//! The city over a real socket, with a city behind it that fails on purpose: every status, header rule and limit.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly, helpers included")]

mod agreement;
mod anything;
mod blobs;
mod bodies;
mod headers;
mod limits;
mod problems;
mod pushes;
mod scripted;
mod tls;
mod waiting;
