//! What two cards of the address book have in common that makes them probably one.

use crate::{
    fold::fold,
    kinds::{Contact, ContactType},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// What two cards share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// An e-mail address.
    Email,
    /// A phone number, however it is spaced and with or without the country's code.
    Phone,
    /// Name and organisation.
    Name,
}

/// Something by which a card is known again.
pub type Sign = (Shared, String);

/// Shorter numbers are extensions, and many have the same.
const SHORTEST_NUMBER: usize = 5;
/// What stands before a name and does not tell two people apart.
const TITLES: [&str; 9] = ["herr", "frau", "hr", "fr", "dr", "prof", "mr", "mrs", "ms"];

/// The signs of a card: two cards that share one are probably the same.
pub fn signs(contact: &Contact) -> BTreeSet<Sign> {
    let emails = contact.emails.iter().map(|email| (Shared::Email, fold(email.trim())));
    let phones = contact.phones.iter().filter_map(|phone| number(phone));
    let phones = phones.map(|phone| (Shared::Phone, phone));
    let name = name(contact).map(|name| (Shared::Name, name));
    emails.chain(phones).chain(name).collect()
}

/// The digits of a number as one dials it here: `+49 (0)361 1234`, `0049 361 1234` and `0361/1234` are one.
fn number(phone: &str) -> Option<String> {
    let is_international = phone.trim_start().starts_with('+');
    let digits: String = phone.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let abroad = match (is_international, digits.strip_prefix("00")) {
        (true, _) => Some(digits.as_str()),
        (false, abroad) => abroad,
    };
    let dialled = match abroad.map(|abroad| (abroad, abroad.strip_prefix("49"))) {
        None => digits,
        Some((_, Some(here))) => format!("0{}", here.trim_start_matches('0')),
        Some((abroad, None)) => format!("00{abroad}"),
    };
    (dialled.len() >= SHORTEST_NUMBER).then_some(dialled)
}

/// Name and organisation, whatever the order of the words. A person of no organisation needs more than one name:
/// there is more than one Herr Müller.
fn name(contact: &Contact) -> Option<String> {
    let mut names = words(&contact.name);
    names.retain(|word| !is_title(word));
    let organisation = contact.organisation.as_deref().map(words).unwrap_or_default();
    let is_organisation = contact.contact_type == ContactType::Organisation;
    let enough = if is_organisation || !organisation.is_empty() {
        1
    } else {
        2
    };
    if names.len() < enough {
        return None;
    }
    names.sort_unstable();
    Some(format!(
        "{} {}\n{}",
        contact.contact_type.as_str(),
        names.join(" "),
        organisation.join(" ")
    ))
}

/// Whether a word stands before a name without being one: `Frau`, `Dr.`
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&fold(word).trim_end_matches('.'))
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(name: &str, organisation: &str, phone: &str, email: &str) -> Contact {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Contact {
            name: name.to_owned(),
            organisation: some(organisation),
            phones: some(phone).into_iter().collect(),
            emails: some(email).into_iter().collect(),
            ..Contact::default()
        }
    }

    fn shared(one: &Contact, other: &Contact) -> Vec<Shared> {
        let other = signs(other);
        signs(one).intersection(&other).map(|(shared, _)| *shared).collect()
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let same = [
            "+49 (0)361 555-0101",
            "+49 361 5550101",
            "0049 361 555 01 01",
            "0361 / 555 01 01",
        ];
        for (one, other) in same.iter().zip(&same[1..]) {
            let (one, other) = (card("A B", "", one, ""), card("C D", "", other, ""));
            assert_eq!(shared(&one, &other), [Shared::Phone]);
        }
        let abroad = card("A B", "", "+43 361 5550101", "");
        assert_eq!(
            shared(&abroad, &card("C D", "", same[0], "")),
            [],
            "another country's number is another"
        );
        assert_eq!(
            shared(&card("A B", "", "0110", ""), &card("C D", "", "0110", "")),
            [],
            "an extension is no number"
        );
    }

    #[test]
    fn a_name_counts_with_its_organisation() {
        let here = card("Dr. Erika Kästner", "Kita Sonnenschein", "", "E.K@kita.example");
        assert_eq!(
            shared(&here, &card("Kästner, Erika", "KITA Sonnenschein", "", "")),
            [Shared::Name]
        );
        assert_eq!(
            shared(&here, &card("Erika Kästner", "Hort", "", "e.k@KITA.example")),
            [Shared::Email]
        );
        assert_eq!(shared(&here, &card("Erika Kästner", "", "", "")), []);
    }

    #[test]
    fn there_is_more_than_one_herr_mueller() {
        assert_eq!(
            shared(&card("Herr Müller", "", "", ""), &card("Herr Müller", "", "", "")),
            []
        );
        assert_eq!(
            shared(&card("Jan Müller", "", "", ""), &card("Jan Mueller", "", "", "")),
            []
        );
        assert_eq!(
            shared(&card("Jan Müller", "", "", ""), &card("Muller, Jan", "", "", "")),
            [Shared::Name]
        );
    }
}
