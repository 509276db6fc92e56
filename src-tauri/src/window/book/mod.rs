//! Address books: one looked at before it is taken in, and the one that leaves as a file.

pub(super) mod commands;
mod look;
mod place;
pub(super) mod shapes;
