//! The address book: the list by name, and one card to read.

pub(super) mod commands;
mod form;
mod list;
mod read;
pub(super) mod shapes;
mod withdraw;

pub(super) use list::page;
pub(super) use read::one;

use super::shapes::Trouble;
use domain::kinds;
use store::Stored;

fn trouble(error: store::Error) -> Trouble {
    crate::desk::Error::from(error).into()
}

/// The card as this version understands it.
fn understood(stored: &Stored) -> Option<kinds::Contact> {
    kinds::Contact::read(stored.record.body.as_ref()?).ok()
}
