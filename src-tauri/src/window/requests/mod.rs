//! Requests: the list by age and status, and one to read.

pub(super) mod acts;
pub(super) mod commands;
pub(super) mod course;
pub(super) mod form;
mod list;
mod read;
pub(super) mod shapes;

pub(super) use list::page;
pub(super) use read::one;

use super::shapes::{Mark, Trouble};
use domain::{At, calendar, kinds};
use store::Stored;

fn trouble(error: store::Error) -> Trouble {
    crate::desk::Error::from(error).into()
}

/// Today, where the city is.
fn today() -> chrono::NaiveDate {
    calendar::day_at(At::from(chrono::Utc::now()))
}

/// What is not as usual about a record.
pub(super) fn mark(stored: &Stored, variants: bool) -> Option<Mark> {
    if stored.refused.is_some() {
        Some(Mark::Refused)
    } else if variants {
        Some(Mark::Two)
    } else {
        stored.pending.then_some(Mark::Waiting)
    }
}

/// The request as this version understands it.
fn understood(stored: &Stored) -> Option<kinds::Request> {
    kinds::Request::read(stored.record.body.as_ref()?).ok()
}
