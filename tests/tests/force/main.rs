//! By force, with the real programs: killed at any moment, cut off, out of room, set back to yesterday.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

mod first;
mod kills;
mod postgres;
mod room;
mod seed;
mod town;
mod typist;
mod yesterday;
