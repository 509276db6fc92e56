//! Every distinct word of the index, and in which words a part of one occurs.
//!
//! The parts of a long compound are common even if the compound is rare: asked by its parts alone, the index names
//! thousands of records that do not hold it. So a search first asks which words hold what was typed. If they are few,
//! the index is asked for these words and answers exactly; if they are many, what was typed is common enough to be met soon.

use crate::{Error, search::parts};
use rusqlite::Connection;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher},
    ops::Range,
};

/// Up to so many words are asked for one by one.
pub(crate) const FEW: usize = 64;

/// So many words are remembered as known; beyond, remembering begins anew.
const REMEMBERED: usize = 1_000_000;

/// Which words are in the vocabulary for sure, so that a sync page does not look up the same word a thousand times.
#[derive(Default)]
pub(crate) struct Known {
    words: HashSet<u64, BuildHasherDefault<Hashed>>,
    data_version: i64,
}

/// What is looked up is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The tokens of a record, with the whole words among them hashed: the part of [`add`] that needs no file.
#[derive(Default)]
pub(crate) struct Tokens {
    pub(crate) text: String,
    words: Vec<Word>,
}

/// A whole word: where it stands, and its hash.
struct Word {
    place: Range<usize>,
    hash: u64,
}

impl Tokens {
    pub(crate) fn of(text: String) -> Self {
        let words = words(&text)
            .map(|word| {
                let begin = word.as_ptr().addr() - text.as_ptr().addr();
                Word {
                    place: begin..begin + word.len(),
                    hash: hash(word),
                }
            })
            .collect();
        Self { text, words }
    }
}

impl Known {
    /// Another process may have taken words out: then nothing is known for sure. Called inside a transaction.
    pub(crate) fn refresh(&mut self, connection: &Connection) -> Result<(), Error> {
        let version = connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?;
        if version != self.data_version || self.words.len() > REMEMBERED {
            self.words.clear();
            self.data_version = version;
        }
        Ok(())
    }

    /// Nothing is known for sure: a transaction was undone.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }
}

/// The whole words among the tokens of the index.
fn words(tokens: &str) -> impl Iterator<Item = &str> {
    tokens.split(' ').filter_map(|token| token.strip_prefix('='))
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// The words of these tokens join the vocabulary.
pub(crate) fn add(connection: &Connection, known: &mut Known, tokens: &Tokens) -> Result<(), Error> {
    let mut add = connection.prepare_cached("INSERT OR IGNORE INTO vocabulary (word) VALUES (?1)")?;
    let mut index = connection.prepare_cached("INSERT INTO part (rowid, tokens) VALUES (?1, ?2)")?;
    for Word { place, hash } in &tokens.words {
        if !known.words.insert(*hash) {
            continue;
        }
        let word = &tokens.text[place.clone()];
        if add.execute([word])? == 1 {
            let letters = letters(word);
            if !letters.is_empty() {
                index.execute((connection.last_insert_rowid(), letters))?;
            }
        }
    }
    Ok(())
}

/// The words among these tokens leave the vocabulary, unless another record still holds them.
pub(crate) fn remove(connection: &Connection, known: &mut Known, tokens: &BTreeSet<String>) -> Result<(), Error> {
    let mut is_held = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM found WHERE found MATCH ?1)")?;
    let mut drop = connection.prepare_cached("DELETE FROM vocabulary WHERE word = ?1 RETURNING id")?;
    let mut gone = BTreeMap::new();
    let distinct: BTreeSet<&str> = tokens.iter().flat_map(|tokens| words(tokens)).collect();
    for word in distinct {
        if is_held.query_row([format!("\"={word}\"")], |row| row.get(0))? {
            continue;
        }
        known.words.remove(&hash(word));
        let ids = drop.query_map([word], |row| row.get::<_, i64>(0))?;
        for id in ids {
            gone.insert(id?, letters(word));
        }
    }
    // In rising order: each step back would be a segment of its own.
    let mut cut = connection.prepare_cached("INSERT INTO part (part, rowid, tokens) VALUES ('delete', ?1, ?2)")?;
    for (id, letters) in gone.iter().filter(|(_, letters)| !letters.is_empty()) {
        cut.execute((id, letters))?;
    }
    Ok(())
}

/// The words that hold this spelling; `None` if they are more than a few.
pub(crate) fn holding(connection: &Connection, spelling: &str) -> Result<Option<Vec<String>>, Error> {
    let mut statement = connection.prepare_cached(include_str!("sql/words_holding.sql"))?;
    let limit = i64::try_from(FEW + 1).expect("a small number");
    let found = statement.query_map((parts(spelling), spelling, limit), |row| row.get(0))?;
    let found: Vec<String> = found.collect::<Result<_, _>>()?;
    Ok((found.len() <= FEW).then_some(found))
}

/// The parts of a word, apart by blanks; none if it is shorter than three letters.
fn letters(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let parts: BTreeSet<String> = letters.windows(3).map(|three| three.iter().collect()).collect();
    parts.into_iter().collect::<Vec<_>>().join(" ")
}
