//! Conversations: the list, reading, typing, settling.

pub(super) mod commands;
mod edit;
mod form;
mod list;
mod read;
pub(super) mod shapes;
