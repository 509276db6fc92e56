//! Address books of other programs in, cards out: vCard 2.1 to 4.0, and the tables that Outlook, Google and Thunderbird
//! write.
//!
//! [`read`] takes the bytes of a file and gives a [`CardDraft`] for everybody in it, or why somebody was left out. Only
//! what an address book of a district needs is taken: photos, birthdays and notes about people stay behind, and a draft
//! says so. Whether somebody may be kept at all, and where, is asked of the person who imports.
//!
//! ```text
//! bytes -> vcard.rs | table.rs (heads.rs) -> Gathered (gathered.rs, name.rs, place.rs) -> CardDraft
//! ```

mod gathered;
mod heads;
mod name;
mod place;
mod table;
mod vcard;

use crate::{Error, Found, Notice, limits, text};
use domain::kinds::Contact;
use serde::Serialize;
use std::collections::HashSet;

/// Everybody in a file, in its order. No Debug: it holds people who are not in the notebook.
#[derive(Default)]
pub struct Cards {
    /// Who can be taken.
    pub cards: Vec<CardDraft>,
    /// Who cannot.
    pub skipped: Vec<SkippedCard>,
    /// What a person should know about the file.
    pub notices: Vec<Notice>,
}

/// A card that waits for its id, its district and, for a resident, a consent. No Debug: it says who somebody is.
pub struct CardDraft {
    /// The how-manieth card of the file it is, or the row as Excel shows it, from 1.
    pub place: u32,
    /// Its content. The standing is what the card suggests: who has a function or an organisation, or is one, stands
    /// there by office; of anybody else the person who imports has to say.
    pub contact: Contact,
    /// What stood on the card and is not taken.
    pub left_out: Vec<LeftOut>,
    /// The card's canonical text: input of the keyed id.
    pub key_text: String,
}

impl CardDraft {
    /// Whether somebody stands in the file by their office, so that no consent is needed to keep them.
    pub fn is_by_office(&self) -> bool {
        self.contact.standing == domain::kinds::Standing::Professional
    }
}

/// A card that was not taken.
#[derive(Debug, PartialEq, Eq)]
pub struct SkippedCard {
    /// As [`CardDraft::place`].
    pub place: u32,
    /// Why.
    pub why: CardWhy,
}

/// Why a card was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardWhy {
    /// Nobody is named: no name, no organisation, no e-mail address.
    NoName,
    /// A distribution list or group of the other program, a place or a device, and nobody in particular.
    Group,
    /// The very same card stood in the file before.
    Twice,
}

/// Something that stood on a card and is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum LeftOut {
    /// A photo or logo.
    Photo,
    /// A birthday or anniversary.
    Birthday,
    /// A note about the person.
    Note,
    /// An address beyond the one a card has room for.
    Address,
    /// A fax number or pager.
    Fax,
    /// A web address, a messenger or a profile.
    Link,
    /// Something that stands where an e-mail address should and is none.
    Email {
        /// What stands there.
        found: Found,
    },
    /// Something that stands where a phone number should and has no digits.
    Phone {
        /// What stands there.
        found: Found,
    },
    /// More than a field takes; the rest was cut.
    Cut,
}

/// Reads an address book. What kind of file it is, its bytes say and not its name.
///
/// # Errors
/// When the file as a whole is none, or holds more than a file may ([`limits`]).
pub fn read(bytes: &[u8]) -> Result<Cards, Error> {
    if bytes.len() > limits::MAX_FILE_BYTES {
        return Err(Error::TooLarge {
            limit: limits::MAX_FILE_BYTES as u64,
        });
    }
    let read = if vcard::is_vcard(bytes) {
        vcard::read(&text::decode(bytes)?)?
    } else {
        table::read(bytes)?
    };
    Ok(once_each(read))
}

/// Exports hold the same card twice where somebody stands in two folders of the other program.
fn once_each(read: Cards) -> Cards {
    let mut seen = HashSet::new();
    let mut once = Cards {
        cards: Vec::new(),
        ..read
    };
    for card in read.cards {
        if seen.insert(card.key_text.clone()) {
            once.cards.push(card);
        } else {
            once.skipped.push(SkippedCard {
                place: card.place,
                why: CardWhy::Twice,
            });
        }
    }
    once.skipped.sort_by_key(|skipped| skipped.place);
    once
}
