//! The text of a row from which its record's id is made.
//!
//! The same row must give the same text from a CSV and from an XLSX file, with its columns in another order, and after
//! an entry of the catalogue was renamed. So it is made of what stands in the row, dates and numbers in one form, and
//! not of what we understood by it.
//!
//! **The tags and their set are frozen.** A column that a later version learns to read must not enter here, or a log
//! imported once would come in a second time after an update.

use unicode_normalization::UnicodeNormalization;

/// Parts in their fixed order. U+001F cannot come from a cell's text by typing.
const BETWEEN: char = '\u{1f}';

/// The row's text: `tag=value` for what is filled.
pub(crate) fn text(parts: &[(&str, String)]) -> String {
    let mut key = String::new();
    for (tag, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        if !key.is_empty() {
            key.push(BETWEEN);
        }
        key.push_str(tag);
        key.push('=');
        key.extend(value.nfc().filter(|c| *c != BETWEEN));
    }
    key
}
