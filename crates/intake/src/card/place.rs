//! Postal addresses: the parts of other programs as street, number, postcode and town.

use super::gathered::one_line;
use domain::kinds::Address;

/// Whose address it is, the one a card should have first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PostalKind {
    Work,
    Other,
    Home,
}

/// An address as it was found.
#[derive(Default)]
pub(super) struct Postal {
    /// Street with its number; further lines below it.
    pub(super) street: String,
    /// The number, where it stands by itself.
    pub(super) number: String,
    pub(super) addition: String,
    pub(super) postcode: String,
    pub(super) city: String,
    pub(super) country: String,
}

/// The country that every address is in where nothing else is said.
const HERE: [&str; 5] = ["deutschland", "germany", "de", "bundesrepublik deutschland", "d"];

impl Postal {
    pub(super) fn is_empty(&self) -> bool {
        let said = [&self.street, &self.number, &self.addition, &self.postcode, &self.city];
        said.iter().all(|part| one_line(part).is_empty())
    }

    pub(super) fn address(self, mut cut: impl FnMut(&str) -> String) -> Address {
        let mut lines = self
            .street
            .lines()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>();
        let first = if lines.is_empty() {
            String::new()
        } else {
            lines.remove(0)
        };
        let (street, number) = match one_line(&self.number) {
            number if number.is_empty() => numbered(&first),
            number => (first, number),
        };
        lines.push(one_line(&self.addition));
        let country = one_line(&self.country);
        let abroad = !country.is_empty() && !HERE.contains(&country.to_lowercase().as_str());
        let city = [one_line(&self.city), if abroad { country } else { String::new() }];
        let mut said = |text: String| {
            let text = cut(&text);
            (!text.is_empty()).then_some(text)
        };
        let joined = |parts: &[String]| {
            let parts: Vec<&str> = parts
                .iter()
                .map(String::as_str)
                .filter(|part| !part.is_empty())
                .collect();
            parts.join(", ")
        };
        Address {
            street: said(street),
            number: said(number),
            postcode: said(one_line(&self.postcode)),
            city: said(joined(&city)),
            addition: said(joined(&lines)),
            ..Address::default()
        }
    }
}

/// `Große Straße 12 a` is `Große Straße` and `12 a`; a street without a number stays whole.
fn numbered(line: &str) -> (String, String) {
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.len() <= 8
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "-/+".contains(c))
    };
    let words: Vec<&str> = line.split(' ').collect();
    let letter = |word: &str| word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let from = match words.as_slice() {
        [.., number, last] if letter(last) && is_number(number) => words.len() - 2,
        [.., last] if is_number(last) => words.len() - 1,
        _ => return (line.to_owned(), String::new()),
    };
    if from == 0 {
        return (line.to_owned(), String::new());
    }
    (words[..from].join(" "), words[from..].join(" "))
}
