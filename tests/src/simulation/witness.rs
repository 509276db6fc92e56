//! The naive model: every word anybody typed, and where it must be found.

use super::words::words;
use domain::{Record, RecordId};
use std::collections::BTreeSet;

/// Why a word may be gone from where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// Somebody who saw it put this word in its place. It counts only as far as that word got.
    Word(u32),
    /// Somebody who saw it took it away: settled, deleted, cut out.
    Deed,
}

/// A word that somebody typed.
#[derive(Debug)]
pub struct Typed {
    /// Into which record.
    pub record: RecordId,
    /// Into which field.
    pub field: String,
    /// On which device.
    pub device: usize,
    /// The newest forgetting of that field which the device knew of, as a version.
    pub knew: u64,
    removed: Vec<Cause>,
    excused: Option<&'static str>,
}

/// All that was typed.
#[derive(Debug, Default)]
pub struct Witness {
    typed: Vec<Typed>,
}

impl Witness {
    /// The number of the next word.
    pub fn next(&self) -> u32 {
        u32::try_from(self.typed.len()).expect("a history is short")
    }

    /// Somebody typed the next word.
    pub fn typed(&mut self, device: usize, record: &Record, field: &str) {
        let known = record
            .envelope
            .redacted
            .iter()
            .filter(|redaction| redaction.field == field);
        self.typed.push(Typed {
            record: record.envelope.id,
            field: field.to_owned(),
            device,
            knew: known.map(|redaction| redaction.version).max().unwrap_or_default(),
            removed: Vec::new(),
            excused: None,
        });
    }

    /// Somebody saw `before` and left `after`, in which `new` was typed, if anything.
    pub fn changed(&mut self, before: &Record, after: &Record, new: Option<u32>) {
        let stays = words(after);
        let cause = new.map_or(Cause::Deed, Cause::Word);
        for word in words(before).difference(&stays) {
            self.typed[*word as usize].removed.push(cause);
        }
    }

    /// These words may be gone, for this reason.
    pub fn excuse(&mut self, which: impl IntoIterator<Item = u32>, why: &'static str) {
        for word in which {
            self.typed[word as usize].excused = Some(why);
        }
    }

    /// Everything that was typed, by number.
    pub fn all(&self) -> impl Iterator<Item = (u32, &Typed)> {
        (0..).zip(&self.typed)
    }

    /// Which record a word was typed into.
    pub fn home(&self, word: u32) -> RecordId {
        self.typed[word as usize].record
    }

    /// The words that are lost: not present, and nobody who saw them took them away.
    pub fn lost(&self, present: &BTreeSet<u32>) -> Vec<u32> {
        let all = self.all().map(|(word, _)| word);
        all.filter(|word| {
            let excused = self.typed[*word as usize].excused.is_some();
            !excused && !self.is_accounted_for(*word, present)
        })
        .collect()
    }

    fn is_accounted_for(&self, word: u32, present: &BTreeSet<u32>) -> bool {
        let mut asked = BTreeSet::new();
        let mut open = vec![word];
        while let Some(word) = open.pop() {
            if present.contains(&word) {
                return true;
            }
            for cause in &self.typed[word as usize].removed {
                match cause {
                    Cause::Deed => return true,
                    Cause::Word(by) if asked.insert(*by) => open.push(*by),
                    Cause::Word(_) => {}
                }
            }
        }
        false
    }
}
