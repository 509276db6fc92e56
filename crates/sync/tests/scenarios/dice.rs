//! Chance that can be played again.

use chrono::TimeDelta;
use domain::At;
use std::sync::{Arc, Mutex};
use sync::Source;

/// Chance from a seed and a clock that moves by itself, and that a test may set forward.
#[derive(Clone)]
pub(crate) struct Dice(Arc<Mutex<u64>>, TimeDelta);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed)), TimeDelta::zero())
    }
    /// The same chance, so much later.
    pub(crate) fn after(&self, time: TimeDelta) -> Self {
        Self(Arc::clone(&self.0), self.1 + time)
    }
    /// splitmix64: every seed is a good one.
    pub(crate) fn next(&self) -> u64 {
        let mut state = self.0.lock().expect("nobody panics here");
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub(crate) fn below(&self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("below a usize")
    }
}

impl Source for Dice {
    fn now(&self) -> At {
        (chrono::Utc::now() + self.1).into()
    }
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.next().to_le_bytes()[3];
        }
    }
}
