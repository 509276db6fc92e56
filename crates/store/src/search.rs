//! Search as one types: newest first, every word must occur, at the beginning of a word or inside a compound.

use crate::{Error, Reading, Stored, row, text, vocabulary};
use domain::{Kind, fold::fold};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// A word with so many places that may be an umlaut or two vowels is looked for in all its spellings.
const OPEN_SPELLINGS: usize = 4;

impl Reading<'_> {
    /// The newest `limit` live records that hold every word of `query`, of one kind or of all.
    ///
    /// A word of three letters or more is found anywhere inside a word ("platz" in "Spielplatz"), one of two at the
    /// beginning of a word, a single letter as a word. "ß" and "ss", "ä" and "a" and "ae" find each other.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(&self, query: &str, kind: Option<&Kind>, limit: usize) -> Result<Vec<Stored>, Error> {
        let terms = terms(query);
        if terms.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let Some(asked) = self.asked(&terms, kind)? else {
            return Ok(Vec::new());
        };
        let mut candidates = self
            .connection
            .prepare_cached("SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid DESC")?;
        let mut fetch = self
            .connection
            .prepare_cached(concat!(include_str!("sql/stored.sql"), " WHERE r.position = ?1"))?;
        let mut rows = candidates.query([asked.expression])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let position: i64 = row.get(0)?;
            let stored = fetch
                .query_row([position], |row| Ok(row::stored(row)))
                .optional()?
                .transpose()?;
            let Some(stored) = stored else { continue };
            if asked.is_exact || {
                let words = text::words(row::body(&stored.record));
                terms.iter().all(|term| term.is_in(&words))
            } {
                found.push(stored);
                if found.len() == limit {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// What the index is asked; `None` if a word occurs nowhere.
    fn asked(&self, terms: &[Term], kind: Option<&Kind>) -> Result<Option<Asked>, Error> {
        let (mut all, mut is_exact) = (Vec::new(), true);
        for term in terms {
            match self.words_holding(term)? {
                Some(words) if words.is_empty() => return Ok(None),
                Some(words) => all.push(format!("({})", words.join(" OR "))),
                None => {
                    is_exact = false;
                    all.push(term.expression());
                }
            }
        }
        all.extend(kind.map(|kind| format!("\"^{kind}\"")));
        Ok(Some(Asked {
            expression: all.join(" AND "),
            is_exact,
        }))
    }

    /// The tokens that stand for a term exactly, if they are few; `None` if its parts have to be asked for.
    fn words_holding(&self, term: &Term) -> Result<Option<Vec<String>>, Error> {
        let mut all = Vec::new();
        for spelling in &term.0 {
            if spelling.chars().count() < 3 {
                all.push(parts(spelling));
                continue;
            }
            let Some(words) = vocabulary::holding(self.connection, spelling)? else {
                return Ok(None);
            };
            all.extend(words.into_iter().map(|word| format!("\"={word}\"")));
        }
        Ok((all.len() <= vocabulary::FEW).then_some(all))
    }
}

/// An expression for the index.
struct Asked {
    expression: String,
    /// Whatever it names is right; nothing has to be verified on the text.
    is_exact: bool,
}

/// A word that was asked for, in each spelling that means the same.
#[derive(Debug, PartialEq, Eq)]
struct Term(Vec<String>);

impl Term {
    fn is_in(&self, words: &str) -> bool {
        self.0.iter().any(|spelling| words.contains(&needle(spelling)))
    }

    /// For FTS5: one of the spellings, each by all its parts.
    fn expression(&self) -> String {
        let spellings: Vec<String> = self.0.iter().map(|spelling| parts(spelling)).collect();
        format!("({})", spellings.join(" OR "))
    }
}

/// What a record's words must contain.
fn needle(spelling: &str) -> String {
    let begin = text::BEGIN;
    match spelling.chars().count() {
        1 => format!("{begin}{spelling}{begin}"),
        2 => format!("{begin}{spelling}"),
        _ => spelling.to_owned(),
    }
}

/// The tokens that every text with this spelling has.
pub(crate) fn parts(spelling: &str) -> String {
    let letters: Vec<char> = spelling.chars().collect();
    match letters.as_slice() {
        [_] => format!("\"={spelling}\""),
        [_, _] => format!("\"{}{spelling}\"", text::BEGIN),
        letters => {
            let distinct: BTreeSet<String> = letters
                .windows(3)
                .map(|three| format!("\"{}\"", three.iter().collect::<String>()))
                .collect();
            format!("({})", distinct.into_iter().collect::<Vec<_>>().join(" AND "))
        }
    }
}

/// The words of a query with their spellings.
fn terms(query: &str) -> Vec<Term> {
    let spelled = query
        .to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue");
    let split = |text: &str| -> Vec<String> {
        let folded = fold(text);
        folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (plain, long) = (split(query), split(&spelled));
    // Both were split at the same places, since an umlaut is as much a letter as its two vowels.
    plain
        .into_iter()
        .enumerate()
        .map(|(n, word)| {
            let mut spellings = spellings(&word);
            spellings.extend(long.get(n).into_iter().flat_map(|long| self::spellings(long)));
            Term(spellings.into_iter().collect())
        })
        .collect()
}

/// The word, and with every choice of "ae", "oe", "ue" in it read as an umlaut.
fn spellings(word: &str) -> BTreeSet<String> {
    let open: Vec<usize> = ["ae", "oe", "ue"]
        .iter()
        .flat_map(|pair| word.match_indices(pair).map(|(at, _)| at + 1))
        .collect();
    let choices = 1_usize << open.len().min(OPEN_SPELLINGS);
    (0..choices)
        .map(|choice| {
            let dropped = |at: usize| {
                open.iter()
                    .take(OPEN_SPELLINGS)
                    .enumerate()
                    .any(|(n, e)| *e == at && choice >> n & 1 == 1)
            };
            word.char_indices()
                .filter(|(at, _)| !dropped(*at))
                .map(|(_, c)| c)
                .collect()
        })
        .collect()
}
