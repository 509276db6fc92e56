//! Counters.

use crate::words::Word;
use domain::DistrictId;
use std::{collections::HashMap, hash::Hash};

/// How often each key was counted.
pub(crate) struct Tally<K>(HashMap<K, u64>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Copy> Tally<K> {
    pub(crate) fn add(&mut self, key: K, count: u64) {
        *self.0.entry(key).or_default() += count;
    }

    pub(crate) fn of(&self, key: K) -> u64 {
        self.0.get(&key).copied().unwrap_or(0)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.0.keys().copied()
    }
}

/// Conversations with the people in them and the time they took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) talks: u64,
    pub(crate) people: u64,
    pub(crate) minutes: u64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.talks += other.talks;
        self.people += other.people;
        self.minutes += other.minutes;
    }
}

/// Sums by key.
pub(crate) struct Sums<K>(HashMap<K, Sum>);

impl<K> Default for Sums<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Copy> Sums<K> {
    pub(crate) fn add(&mut self, key: K, sum: Sum) {
        self.0.entry(key).or_default().add(sum);
    }

    pub(crate) fn of(&self, key: K) -> Sum {
        self.0.get(&key).copied().unwrap_or_default()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.0.keys().copied()
    }
}

/// How many people there were in a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Size {
    Single,
    Group,
    Unknown,
}

/// Everything a month counts of its conversations. `None` is what nobody filled in.
#[derive(Default)]
pub(crate) struct Talks {
    pub(crate) all: Sum,
    pub(crate) timed: u64,
    pub(crate) order: Sums<Option<Word>>,
    pub(crate) mode: Sums<Option<Word>>,
    pub(crate) place: Sums<Option<Word>>,
    /// `None`: the whole organisation's.
    pub(crate) district: Sums<Option<DistrictId>>,
    pub(crate) size: Tally<Size>,
    /// People by age band and gender.
    pub(crate) people: Tally<(Option<Word>, Option<Word>)>,
    /// Main topics with their sub-topics' conversations, and sub-topics.
    pub(crate) topic: Sums<Option<Word>>,
    pub(crate) topic_district: Tally<(Option<Word>, Option<DistrictId>)>,
    /// People by topic and age band.
    pub(crate) topic_age: Tally<(Option<Word>, Option<Word>)>,
    pub(crate) service: Tally<Option<Word>>,
    /// Where somebody was sent, by service.
    pub(crate) sent_to: Tally<(Word, Word)>,
}

/// What a month counts of its activities.
#[derive(Default)]
pub(crate) struct Activities {
    pub(crate) all: Sum,
    pub(crate) kind: Sums<Option<Word>>,
    /// People counted on a Rundgang, who were not all spoken to.
    pub(crate) tallied: Tally<Option<Word>>,
}

/// What a month counts of its requests.
#[derive(Clone, Copy, Default)]
pub(crate) struct Requests {
    pub(crate) new: u64,
    pub(crate) open: u64,
    pub(crate) closed: u64,
    pub(crate) told: u64,
    pub(crate) wanted: u64,
    /// Decided, and nobody was told yet: not closed, so the quota does not see them.
    pub(crate) untold: u64,
}
