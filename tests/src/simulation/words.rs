//! The words that people type in a history: each is unlike every other, so that one can tell where it is.

use domain::{Body, Record, Sealed};
use std::collections::BTreeSet;

/// The word of a number. It is base64url as well, so that it may stand in a sealed part.
pub fn word(number: u32) -> String {
    format!("wort{number}w")
}

/// A sealed part that says this word.
pub fn sealed(number: u32) -> Sealed {
    let mut text = word(number);
    while !text.len().is_multiple_of(4) {
        text.push('A');
    }
    Sealed::new(text)
}

/// The numbers of the words in a text.
pub fn words_in(text: &str) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find("wort") {
        rest = &rest[at + 4..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=9).contains(&digits) && rest[digits..].starts_with('w') {
            found.insert(rest[..digits].parse().expect("nine digits"));
        }
    }
    found
}

/// The numbers of the words in a record, variants included.
pub fn words(record: &Record) -> BTreeSet<u32> {
    let mut found = words_in(record.body.as_ref().map_or("", Body::as_str));
    found.extend(words_in(record.sealed.as_ref().map_or("", Sealed::as_str)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_side_by_side_and_nothing_else_is_taken_for_one() {
        assert_eq!(
            words_in(r#"{"a":"wort1w wort23w","b":"wwort7ww"}"#),
            BTreeSet::from([1, 7, 23])
        );
        assert_eq!(words_in("wort w1w wort1 1w wortxw"), BTreeSet::new());
        assert!(sealed(7).is_well_formed() && sealed(1_234).is_well_formed());
    }
}
