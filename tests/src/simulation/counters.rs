//! How often each fault happened and each promise was put to the test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::AddAssign,
};

/// What some history must have come upon, so that a change of the chances is noticed that leaves one of them out.
pub const EXPECTED: &[&str] = &[
    "fault: a clock is wrong by years",
    "fault: a device is killed",
    "fault: a device is killed in a round",
    "fault: a device is restored from a copy",
    "fault: a push arrives after later ones",
    "fault: a request arrives twice",
    "fault: a request is lost",
    "fault: an answer takes its time",
    "fault: an entry nobody here can read",
    "fault: cut after the city applied it",
    "fault: power is cut",
    "fault: power is cut in the middle of a write",
    "fault: the city is killed",
    "fault: the city is unavailable",
    "fault: the client is too old",
    "fault: the cursor expired",
    "fault: too many requests",
    "promise: a database behind its forget log does not start",
    "promise: a draft stays",
    "promise: a number is given once",
    "promise: a refused change waits with its reason",
    "promise: a repeat gets the same outcome",
    "promise: a restored city gets back what devices have",
    "promise: a revoked device destroys its key",
    "promise: an edit met another's",
    "promise: compare-and-set",
    "promise: convergence",
    "promise: derived ids meet",
    "promise: digests are equal",
    "promise: forgotten words are in no file",
    "promise: no cursor runs ahead of its data",
    "promise: no edit is lost",
    "promise: only what one may see",
    "promise: scope follows the districts",
    "promise: the trash is emptied after 30 days",
    "promise: unknown members travel unharmed",
    "promise: variants are settled once for all",
    "promise: what cannot be transferred is kept",
    "promise: what is erased is forgotten",
    "promise: what is redacted is forgotten",
    "promise: what moved away is told by its id",
    "promise: who leaves empties the outbox first",
];

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

    /// What came up less often than 1,000 times in 100,000 histories.
    pub fn rare(&self) -> impl Iterator<Item = &'static str> {
        let histories = self.get("history");
        EXPECTED
            .iter()
            .copied()
            .filter(move |name| self.get(name) * 100 < histories)
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
        let names: BTreeSet<&str> = self.names().chain(EXPECTED.iter().copied()).collect();
        names
            .iter()
            .try_for_each(|name| writeln!(f, "{:>10}  {name}", self.get(name)))
    }
}
