//! vCard 2.1, 3.0 and 4.0, by calcard: folded lines, quoted-printable, several values and groups are its own business.

use super::{
    CardWhy, Cards, LeftOut, SkippedCard,
    gathered::Gathered,
    place::{Postal, PostalKind},
};
use crate::{Error, limits};
use calcard::{
    Entry, Parser,
    common::IanaString,
    vcard::{
        VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty, VCardType, VCardValue,
    },
};

const BEGINS: &[u8] = b"BEGIN:VCARD";

/// Whether a file is one of vCards: it begins like one, behind blanks and a byte order mark.
pub(super) fn is_vcard(bytes: &[u8]) -> bool {
    // In UTF-16 every letter has a NUL beside it.
    let mut letters = bytes
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii() && *byte != 0)
        .skip_while(u8::is_ascii_whitespace);
    BEGINS
        .iter()
        .all(|byte| letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(byte)))
}

pub(super) fn read(text: &str) -> Result<Cards, Error> {
    let mut parser = Parser::new(text);
    let mut cards = Cards::default();
    let mut place = 0;
    loop {
        let card = match parser.entry() {
            Entry::Eof => break,
            Entry::VCard(card) => card,
            // A line between two cards, or something else than a card, is nobody.
            _ => continue,
        };
        place += 1;
        if place as usize > limits::MAX_CARDS {
            return Err(Error::TooManyCards {
                limit: limits::MAX_CARDS,
            });
        }
        match gather(&card).and_then(|gathered| gathered.finish(place)) {
            Ok(draft) => cards.cards.push(draft),
            Err(why) => cards.skipped.push(SkippedCard { place, why }),
        }
    }
    if place == 0 {
        return Err(Error::NotAnAddressBook);
    }
    Ok(cards)
}

fn gather(card: &VCard) -> Result<Gathered, CardWhy> {
    let mut all = Gathered::default();
    for entry in &card.entries {
        match &entry.name {
            VCardProperty::Fn if all.naming.full.is_empty() => all.naming.full = text(entry),
            VCardProperty::N => {
                let mut parts = components(entry).into_iter();
                let mut next = || parts.next().unwrap_or_default();
                all.naming.family = next();
                all.naming.given = next();
                all.naming.middle = next();
                all.naming.prefix = next();
                all.naming.suffix = next();
            }
            VCardProperty::Org => all.organisation.extend(components(entry)),
            VCardProperty::Title => all.function.insert(0, text(entry)),
            VCardProperty::Role => all.function.push(text(entry)),
            VCardProperty::Tel if is(entry, &VCardType::Fax) || is(entry, &VCardType::Pager) => all.leave(LeftOut::Fax),
            VCardProperty::Tel => all.phones.push(phone(&text(entry))),
            VCardProperty::Email => all.emails.push(without(&text(entry), "mailto:").to_owned()),
            VCardProperty::Adr => all.postal.push((postal_kind(entry), postal(entry))),
            VCardProperty::Categories => all.lists.extend(components(entry)),
            VCardProperty::Lang => all.languages.extend(language(&text(entry))),
            VCardProperty::Kind => kind(entry, &mut all)?,
            VCardProperty::Photo | VCardProperty::Logo => all.leave(LeftOut::Photo),
            VCardProperty::Bday | VCardProperty::Anniversary => all.leave(LeftOut::Birthday),
            VCardProperty::Note if !text(entry).trim().is_empty() => all.leave(LeftOut::Note),
            VCardProperty::Url | VCardProperty::Impp | VCardProperty::Socialprofile => all.leave(LeftOut::Link),
            VCardProperty::Other(name) => other(name, entry, &mut all)?,
            _ => {}
        }
    }
    Ok(all)
}

/// What a card says it is of.
fn kind(entry: &VCardEntry, all: &mut Gathered) -> Result<(), CardWhy> {
    match entry.values.first() {
        Some(VCardValue::Kind(VCardKind::Org)) => all.says_organisation = true,
        Some(VCardValue::Kind(VCardKind::Individual)) | Some(VCardValue::Text(_)) | None => {}
        _ => return Err(CardWhy::Group),
    }
    Ok(())
}

/// What Apple and others say in words of their own.
fn other(name: &str, entry: &VCardEntry, all: &mut Gathered) -> Result<(), CardWhy> {
    if name.eq_ignore_ascii_case("X-ABShowAs") {
        all.says_organisation |= text(entry).eq_ignore_ascii_case("COMPANY");
    } else if name.eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND") && text(entry).eq_ignore_ascii_case("group") {
        return Err(CardWhy::Group);
    } else if name.eq_ignore_ascii_case("X-SOCIALPROFILE") || name.eq_ignore_ascii_case("X-SKYPE") {
        all.leave(LeftOut::Link);
    }
    Ok(())
}

/// The first value in words.
fn text(entry: &VCardEntry) -> String {
    components(entry).into_iter().next().unwrap_or_default()
}

/// The parts of a value; several in one part with a blank between them.
fn components(entry: &VCardEntry) -> Vec<String> {
    let part = |value: &VCardValue| match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(several) => several.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        _ => String::new(),
    };
    entry.values.iter().map(part).collect()
}

/// Whether a value is marked so: `TYPE=fax` of 3.0 and 4.0, a bare `FAX` of 2.1.
fn is(entry: &VCardEntry, wanted: &VCardType) -> bool {
    entry.params.iter().any(|param| match (&param.name, &param.value) {
        (VCardParameterName::Type, VCardParameterValue::Type(found)) => found == wanted,
        (VCardParameterName::Type, VCardParameterValue::Text(found)) => found
            .split(',')
            .any(|each| each.trim().eq_ignore_ascii_case(wanted.as_str())),
        _ => false,
    })
}

/// `tel:+49-361-1;ext=5` is a number with its extension.
fn phone(text: &str) -> String {
    match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text[4..].replace(";ext=", "-"),
        _ => text.to_owned(),
    }
}

fn without<'a>(text: &'a str, scheme: &str) -> &'a str {
    match text.get(..scheme.len()) {
        Some(begins) if begins.eq_ignore_ascii_case(scheme) => &text[scheme.len()..],
        _ => text,
    }
}

fn postal_kind(entry: &VCardEntry) -> PostalKind {
    if is(entry, &VCardType::Work) {
        PostalKind::Work
    } else if is(entry, &VCardType::Home) {
        PostalKind::Home
    } else {
        PostalKind::Other
    }
}

/// RFC 6350, 6.3.1: post office box, extended address, street, locality, region, code, country.
fn postal(entry: &VCardEntry) -> Postal {
    let mut parts = components(entry).into_iter();
    let mut next = || parts.next().unwrap_or_default();
    let (post_box, extended, street) = (next(), next(), next());
    let (city, _region, postcode, country) = (next(), next(), next(), next());
    let boxed = (!post_box.trim().is_empty()).then(|| format!("Postfach {}", post_box.trim_start_matches("Postfach ")));
    let (street, addition) = match boxed {
        Some(boxed) if street.trim().is_empty() => (boxed, extended),
        Some(boxed) => (street, format!("{extended} {boxed}")),
        None => (street, extended),
    };
    Postal {
        street,
        addition,
        postcode,
        city,
        country,
        ..Postal::default()
    }
}

/// `de-DE` is `de`, as the city's list of languages has it.
fn language(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next()?.trim().to_lowercase();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(primary)
}
