//! Conversations: the list, reading, typing, settling.

pub(super) mod commands;
mod edit;
mod form;
mod list;
mod read;
pub(super) mod shapes;

use super::shapes::Trouble;
use crate::desk::Notebook;

/// The list as it begins: without a filter, and so many of its rows.
pub(super) fn first(notebook: &Notebook, rows: u32) -> Result<shapes::TalkList, Trouble> {
    list::list(notebook, &shapes::TalkFilter::default(), 0, rows)
}
