//! How often each fault happened and each promise was put to the test.

use std::{collections::BTreeMap, fmt, ops::AddAssign};

/// Counts by name; `fault …`, `deed …` and `promise …`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters(BTreeMap<&'static str, u64>);

impl Counters {
    /// It happened once more.
    pub fn note(&mut self, name: &'static str) {
        self.add(name, 1);
    }

    /// It happened so many times more.
    pub fn add(&mut self, name: &'static str, times: u64) {
        *self.0.entry(name).or_default() += times;
    }

    /// How often.
    pub fn get(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// What happened, by name.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

impl AddAssign for Counters {
    fn add_assign(&mut self, more: Self) {
        for (name, times) in more.0 {
            self.add(name, times);
        }
    }
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, times) in &self.0 {
            writeln!(f, "{times:>10}  {name}")?;
        }
        Ok(())
    }
}
