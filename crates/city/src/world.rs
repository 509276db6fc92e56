//! What the city takes from outside: the time and chance. Both are passed in, so that a test can hold them.

use domain::At;

/// The time, and random bytes.
pub trait World: Send + Sync + 'static {
    /// Now, by the city's clock.
    fn now(&self) -> At;

    /// Fills `bytes` with chance that nobody can foresee.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's own clock and random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl World for System {
    fn now(&self) -> At {
        chrono::Utc::now().into()
    }

    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system that gives no random bytes cannot keep secrets");
    }
}
