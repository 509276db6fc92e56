//! The time as it is, and as the clocks of devices and city show it.

use super::chance::Chance;
use domain::At;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicI64, Ordering},
};

/// 5 October 2026, 8:00 UTC.
const BEGINNING: i64 = 1_791_187_200_000;

/// The true time, which only a history moves.
#[derive(Clone, Debug)]
pub struct Time(Arc<AtomicI64>);

impl Default for Time {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(BEGINNING)))
    }
}

impl Time {
    /// Now, in milliseconds.
    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// So many milliseconds go by.
    pub fn pass(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

/// A clock, which may be wrong, and a source of chance: all that a device or a city draws from its machine.
#[derive(Clone, Debug)]
pub struct Machine {
    time: Time,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Debug)]
struct Inside {
    chance: Chance,
    wrong_by: i64,
    ticks: i64,
}

impl Machine {
    /// A machine whose clock is wrong by so many milliseconds.
    pub fn new(time: &Time, chance: Chance, wrong_by: i64) -> Self {
        let inside = Inside {
            chance,
            wrong_by,
            ticks: 0,
        };
        Self {
            time: time.clone(),
            inside: Arc::new(Mutex::new(inside)),
        }
    }

    /// From here on it draws these numbers, whatever it drew before.
    pub fn reseed(&self, chance: Chance) {
        let mut inside = self.inside();
        (inside.chance, inside.ticks) = (chance, 0);
    }

    /// Somebody sets the clock.
    pub fn set_clock(&self, wrong_by: i64) {
        self.inside().wrong_by = wrong_by;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self) -> At {
        let mut inside = self.inside();
        inside.ticks += 1;
        let millis = self.time.millis() + inside.wrong_by + inside.ticks;
        At::from_millis(millis).expect("within some decades")
    }
}

impl sync::Source for Machine {
    fn now(&self) -> At {
        self.at()
    }
    fn fill(&self, bytes: &mut [u8]) {
        self.inside().chance.fill(bytes);
    }
}

impl city::World for Machine {
    fn now(&self) -> At {
        self.at()
    }
    fn fill(&self, bytes: &mut [u8]) {
        self.inside().chance.fill(bytes);
    }
}
