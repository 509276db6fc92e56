//! Codes and other short texts, each kept once.

use std::collections::HashMap;

/// A text that was seen; equal texts are equal words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(u32);

#[derive(Default)]
pub(crate) struct Words {
    by_text: HashMap<Box<str>, Word>,
    texts: Vec<Box<str>>,
}

impl Words {
    /// The word of a text, known or new.
    pub(crate) fn word(&mut self, text: &str) -> Word {
        if let Some(word) = self.by_text.get(text) {
            return *word;
        }
        let word = Word(u32::try_from(self.texts.len()).expect("fewer different words than records"));
        self.by_text.insert(text.into(), word);
        self.texts.push(text.into());
        word
    }

    pub(crate) fn maybe(&mut self, text: Option<&str>) -> Option<Word> {
        text.filter(|text| !text.trim().is_empty())
            .map(|text| self.word(text.trim()))
    }

    /// The word of a text that was seen.
    pub(crate) fn seen(&self, text: &str) -> Option<Word> {
        self.by_text.get(text).copied()
    }

    pub(crate) fn text(&self, word: Word) -> &str {
        &self.texts[word.0 as usize]
    }
}
