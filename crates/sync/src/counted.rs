//! What a round did, in figures.

use serde::Serialize;
use std::ops::AddAssign;

/// The counted result of a round: "12 in, 3 out, 0 waiting".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Records that came in and were new here.
    pub pulled: u64,
    /// Changes that the city took.
    pub pushed: u64,
    /// Records in which an edit of this device met another's.
    pub merged: u64,
    /// Changes that were refused in this round, or could not be merged, and wait visibly.
    pub refused: u64,
    /// Changes that still wait after it, refused ones included.
    pub waiting: u64,
    /// Attachments that the city has since this round.
    #[serde(skip_serializing_if = "is_none")]
    pub files_sent: u64,
    /// Attachments that came in.
    #[serde(skip_serializing_if = "is_none")]
    pub files_fetched: u64,
    /// Attachments that still wait after it.
    #[serde(skip_serializing_if = "is_none")]
    pub files_waiting: u64,
    /// Entries that this version could not apply and set aside.
    #[serde(skip)]
    pub set_aside: u64,
    /// The notebook is to be destroyed now: the city said so, and proved it.
    #[serde(skip)]
    pub wipe: Option<Wipe>,
}

/// Whoever reads the figures of a round without attachments finds those of its records alone.
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// Why a notebook is to be destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wipe {
    /// The device was revoked; what waits here is lost to it.
    Revoked,
    /// The person left, and everything they wrote has reached the city.
    Left,
}

/// Adds what another page or push did; how many wait is not a sum and is counted once, at the end.
impl AddAssign for Counted {
    fn add_assign(&mut self, more: Self) {
        self.pulled += more.pulled;
        self.pushed += more.pushed;
        self.merged += more.merged;
        self.refused += more.refused;
        self.files_sent += more.files_sent;
        self.files_fetched += more.files_fetched;
        self.set_aside += more.set_aside;
        self.wipe = self.wipe.or(more.wipe);
    }
}
