//! What the window shows of sync: codes and figures, never prose.

use crate::{Counted, Wipe};
use domain::At;
use serde::Serialize;
use std::collections::VecDeque;

/// So many rounds are remembered for the window.
const REMEMBERED: usize = 10;

/// How sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SyncState {
    /// What it does now.
    pub phase: Phase,
    /// When a round last went well.
    pub last_success_at: Option<At>,
    /// Changes that wait for transfer.
    pub waiting: u64,
    /// Since when the oldest of them waits.
    pub oldest_waiting_at: Option<At>,
    /// Changes that were refused and wait for a person.
    pub refused: u64,
    /// Attachments that wait for transfer.
    pub files_waiting: u64,
    /// When the next try comes by itself; none while one runs or none is needed.
    pub next_try_at: Option<At>,
    /// Why the last round ended early, as a stable word.
    pub trouble: Option<&'static str>,
    /// The last rounds that did something, newest first.
    pub rounds: VecDeque<RoundDone>,
    /// The notebook is to be destroyed.
    pub wipe: Option<Wipe>,
}

/// What sync does now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Everything that could be exchanged is.
    #[default]
    Quiet,
    /// A round runs.
    Running,
    /// The city is not reached; work goes on.
    Offline,
    /// The city is reached and does not take part; `trouble` says why.
    Hindered,
    /// Another program works on the same notebook's sync.
    Elsewhere,
    /// Sync has come to an end on this device; `wipe` says why.
    Ended,
}

/// A round and when it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RoundDone {
    /// By the device's clock.
    pub at: At,
    /// What it did.
    #[serde(flatten)]
    pub counted: Counted,
}

impl SyncState {
    /// After a round that went well.
    pub(super) fn succeeded(&mut self, at: At, counted: Counted) {
        self.phase = if counted.wipe.is_some() {
            Phase::Ended
        } else {
            Phase::Quiet
        };
        self.wipe = counted.wipe;
        self.last_success_at = Some(at);
        self.trouble = None;
        self.next_try_at = None;
        if counted.pulled + counted.pushed + counted.merged + counted.refused + counted.set_aside > 0 {
            self.rounds.push_front(RoundDone { at, counted });
            self.rounds.truncate(REMEMBERED);
        }
    }

    /// How much waits, as the notebook says it.
    pub(super) fn waits(&mut self, status: Option<&store::Status>) {
        if let Some(status) = status {
            self.waiting = status.waiting;
            self.files_waiting = status.attachments_waiting;
            self.oldest_waiting_at = status.oldest_waiting_at;
            self.refused = status.refused;
        }
    }

    /// After a round that ended early.
    pub(super) fn failed(&mut self, error: &crate::Error, next_try_at: Option<At>) {
        self.phase = if error.is_offline() {
            Phase::Offline
        } else {
            Phase::Hindered
        };
        self.trouble = Some(error.code());
        self.next_try_at = next_try_at;
    }
}
