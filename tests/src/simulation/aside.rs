//! Since when words rest under "Nicht übertragbar", by the true time.

use std::collections::{BTreeMap, BTreeSet};

/// Device and word, and since when.
#[derive(Debug, Default)]
pub(super) struct Aside(BTreeMap<(usize, u32), i64>);

impl Aside {
    /// Notes a word that is there now. True if it was not there before.
    pub(super) fn insert_new(&mut self, place: (usize, u32), now: i64) -> bool {
        let known = self.0.contains_key(&place);
        self.0.entry(place).or_insert(now);
        !known
    }

    /// Words of a device that are gone since the last look, and had been there since `since` or before.
    pub(super) fn gone(&mut self, device: usize, here: &BTreeSet<u32>, since: i64) -> Vec<u32> {
        let gone: Vec<(u32, i64)> = self
            .0
            .range((device, 0)..=(device, u32::MAX))
            .filter(|((_, word), _)| !here.contains(word))
            .map(|((_, word), at)| (*word, *at))
            .collect();
        for (word, _) in &gone {
            self.0.remove(&(device, *word));
        }
        gone.into_iter()
            .filter(|(_, at)| *at <= since)
            .map(|(word, _)| word)
            .collect()
    }
}
