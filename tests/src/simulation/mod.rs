//! The simulation: whole histories of several devices with real notebooks, one real city, a network that fails in every
//! way, and machines that fall over, from one number each. `make sim SEED=n` replays one, `make sim COUNT=n` plays many.
//!
//! [`history`] chooses what happens; [`deeds`] is what people do, [`troubles`] what befalls them; [`witness`] knows every
//! word that was typed; [`journal`] watches the city's door; [`promises`] says what must hold in the end.

mod aside;
pub mod chance;
pub mod city;
pub mod clock;
pub mod counters;
mod deeds;
pub mod device;
pub mod folder;
pub mod history;
pub mod journal;
pub mod network;
pub mod place;
mod promises;
mod remains;
pub mod runs;
pub mod template;
mod troubles;
mod typing;
pub mod weather;
pub mod witness;
pub mod words;

pub use counters::Counters;
pub use history::play;
pub use place::Ledger;
pub use template::Template;

use std::{collections::BTreeSet, error::Error, fmt};
use tokio::runtime::{Builder, Runtime};

/// What ends a history early: a broken promise, or a part of the product that failed where it must not.
pub type Problem = Box<dyn Error + Send + Sync>;

/// How much happens in a history.
#[derive(Clone, Debug)]
pub struct Options {
    /// So many things happen.
    pub steps: usize,
    /// But for these.
    pub left_out: BTreeSet<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            steps: 45,
            left_out: BTreeSet::new(),
        }
    }
}

/// A history in which every promise held.
#[derive(Debug)]
pub struct Played {
    /// How often what happened.
    pub counters: Counters,
    /// What happened, in order.
    pub tale: Vec<String>,
}

/// A promise that was broken.
#[derive(Debug)]
pub struct Violation {
    /// In which history.
    pub seed: u64,
    /// Which promise, and how.
    pub what: String,
    /// What had happened.
    pub tale: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "history {}: {}", self.seed, self.what)?;
        for line in &self.tale {
            writeln!(f, "  {line}")?;
        }
        write!(f, "play it again with: make sim SEED={}", self.seed)
    }
}

impl Error for Violation {}

/// One thread for what waits and one for what works, so that a history runs the same way each time.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread()
        .max_blocking_threads(1)
        .enable_time()
        .build()
        .expect("a runtime needs no more than a thread")
}
