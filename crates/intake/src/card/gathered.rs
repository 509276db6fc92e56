//! What a card or a row says, before it is tidied into a contact.

use super::{
    CardDraft, CardWhy, LeftOut,
    name::{Naming, display},
    place::{Postal, PostalKind},
};
use crate::{Found, key};
use domain::{
    MAX_LINE,
    kinds::{Contact, ContactType, Standing},
};

/// So many numbers, addresses and lists one card may bring.
const MOST: usize = 30;
/// What programs put everybody into without being asked.
const EVERYBODY: [&str; 5] = ["mycontacts", "starred", "meine kontakte", "contacts", "kontakte"];

/// What was found of one person or organisation.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) naming: Naming,
    /// The card says itself that it is of an organisation.
    pub(super) says_organisation: bool,
    pub(super) organisation: Vec<String>,
    pub(super) function: Vec<String>,
    pub(super) phones: Vec<String>,
    pub(super) emails: Vec<String>,
    pub(super) postal: Vec<(PostalKind, Postal)>,
    pub(super) lists: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Gathered {
    pub(super) fn leave(&mut self, what: LeftOut) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    /// The card, where it names anybody.
    pub(super) fn finish(mut self, place: u32) -> Result<CardDraft, CardWhy> {
        let organisation = self.joined(|all| &all.organisation);
        let function = self.joined(|all| &all.function);
        let emails = self.emails();
        let phones = self.phones();
        let address = self.address();
        let named = display(&self.naming);
        let named = self.cut(&named);
        let named = (!named.is_empty()).then_some(named);
        let is_organisation = self.says_organisation
            || organisation.is_some() && named.as_ref().is_none_or(|name| Some(name) == organisation.as_ref());
        let name = match (is_organisation, &named, &organisation) {
            (true, Some(name), _) | (true, None, Some(name)) | (false, Some(name), _) => name.clone(),
            _ => emails.first().cloned().ok_or(CardWhy::NoName)?,
        };
        let organisation = organisation.filter(|organisation| *organisation != name);
        let by_office = is_organisation || organisation.is_some() || function.is_some();
        let lists = self.lines(
            |all| &all.lists,
            |list| !EVERYBODY.contains(&list.to_lowercase().as_str()),
        );
        let contact = Contact {
            contact_type: if is_organisation {
                ContactType::Organisation
            } else {
                ContactType::Person
            },
            standing: if by_office {
                Standing::Professional
            } else {
                Standing::Resident
            },
            name,
            function,
            organisation,
            phones,
            emails,
            address,
            languages: self.lines(|all| &all.languages, |_| true),
            distribution_lists: lists,
            ..Contact::default()
        };
        Ok(CardDraft {
            place,
            key_text: key_text(&contact),
            contact,
            left_out: self.left_out,
        })
    }

    fn joined(&mut self, of: impl Fn(&Self) -> &Vec<String>) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in of(self)
            .iter()
            .map(|part| one_line(part))
            .filter(|part| !part.is_empty())
        {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let joined = self.cut(&parts.join(", "));
        (!joined.is_empty()).then_some(joined)
    }

    /// Entries of a list, each once and none endless.
    fn lines(&mut self, of: impl Fn(&Self) -> &Vec<String>, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in of(self).clone() {
            let line = self.cut(&one_line(&line));
            if line.is_empty() || lines.contains(&line) || !wanted(&line) {
                continue;
            }
            if lines.len() == MOST {
                self.leave(LeftOut::Cut);
                break;
            }
            lines.push(line);
        }
        lines
    }

    fn emails(&mut self) -> Vec<String> {
        let found = self.lines(|all| &all.emails, |_| true);
        let (emails, others): (Vec<String>, Vec<String>) = found.into_iter().partition(|email| is_email(email));
        for other in others {
            self.leave(LeftOut::Email {
                found: Found::new(&other),
            });
        }
        emails
    }

    fn phones(&mut self) -> Vec<String> {
        let found = self.lines(|all| &all.phones, |_| true);
        let (phones, others): (Vec<String>, Vec<String>) = found
            .into_iter()
            .partition(|phone| phone.contains(|c: char| c.is_ascii_digit()));
        for other in others {
            self.leave(LeftOut::Phone {
                found: Found::new(&other),
            });
        }
        phones
    }

    /// A card has room for one: where somebody works, else where they live.
    fn address(&mut self) -> Option<domain::kinds::Address> {
        let mut postal: Vec<(PostalKind, Postal)> = std::mem::take(&mut self.postal);
        postal.retain(|(_, postal)| !postal.is_empty());
        postal.sort_by_key(|(kind, _)| *kind);
        if postal.len() > 1 {
            self.leave(LeftOut::Address);
        }
        let (_, postal) = postal.into_iter().next()?;
        Some(postal.address(|line| self.cut(line)))
    }

    fn cut(&mut self, line: &str) -> String {
        if line.chars().nth(MAX_LINE).is_none() {
            return line.to_owned();
        }
        self.leave(LeftOut::Cut);
        line.chars().take(MAX_LINE).collect()
    }
}

/// The same rule by which a card is checked.
fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.chars().any(char::is_whitespace)
}

/// One line without what no body takes: control characters, and blanks that say nothing.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_matches('\u{feff}')
        .to_owned()
}

/// **The tags and their set are frozen**, as those of a log's row are: a card imported once would come in a second time.
fn key_text(contact: &Contact) -> String {
    let address = contact.address.clone().unwrap_or_default();
    let postal = [address.street, address.number, address.postcode, address.city];
    key::text(&[
        ("name", contact.name.clone()),
        ("function", contact.function.clone().unwrap_or_default()),
        ("organisation", contact.organisation.clone().unwrap_or_default()),
        ("phones", contact.phones.join("\n")),
        ("emails", contact.emails.join("\n")),
        ("address", postal.into_iter().flatten().collect::<Vec<_>>().join("\n")),
    ])
}
