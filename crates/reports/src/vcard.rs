//! Cards of the address book as vCard 4.0 (RFC 6350), for any other program.
//!
//! What leaves is what one needs to reach somebody. Consents, sources and links stay in the notebook.

use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameter, VCardProperty, VCardType, VCardValue, VCardValueType, VCardVersion,
};
use domain::{
    RecordId,
    alike::is_title,
    kinds::{Address, Contact, ContactType},
};

/// All cards as one file. The same card has the same `UID` in every file, so that programs know it again.
pub fn write(cards: &[(RecordId, Contact)]) -> String {
    let mut file = String::new();
    for (id, contact) in cards {
        let written = card(*id, contact).write_to(&mut file, VCardVersion::V4_0);
        written.expect("a text takes every letter");
    }
    file
}

fn card(id: RecordId, contact: &Contact) -> VCard {
    let is_organisation = contact.contact_type == ContactType::Organisation;
    let kind = if is_organisation {
        VCardKind::Org
    } else {
        VCardKind::Individual
    };
    let mut entries = vec![
        VCardEntry::new(VCardProperty::Kind).with_value(VCardValue::Kind(kind)),
        line(VCardProperty::Uid, &format!("urn:uuid:{id}")),
        line(VCardProperty::Fn, &contact.name),
    ];
    if !is_organisation {
        entries.push(VCardEntry::new(VCardProperty::N).with_values(name(&contact.name)));
    }
    let organisation = contact
        .organisation
        .as_ref()
        .or(is_organisation.then_some(&contact.name));
    entries.extend(organisation.map(|name| line(VCardProperty::Org, name)));
    entries.extend(
        contact
            .function
            .iter()
            .map(|function| line(VCardProperty::Title, function)),
    );
    for phone in &contact.phones {
        let entry = line(VCardProperty::Tel, phone).with_param(VCardParameter::value(VCardValueType::Text));
        entries.push(entry.with_param(VCardParameter::typ(VCardType::Voice)));
    }
    entries.extend(contact.emails.iter().map(|email| line(VCardProperty::Email, email)));
    entries.extend(contact.address.iter().map(address));
    entries.extend(
        contact
            .languages
            .iter()
            .map(|language| line(VCardProperty::Lang, language)),
    );
    if !contact.distribution_lists.is_empty() {
        let lists = contact.distribution_lists.iter().cloned().map(VCardValue::Text);
        entries.push(VCardEntry::new(VCardProperty::Categories).with_values(lists.collect()));
    }
    VCard { entries }
}

fn line(property: VCardProperty, text: &str) -> VCardEntry {
    VCardEntry::new(property).with_value(VCardValue::Text(text.to_owned()))
}

/// Family and given name, as far as a name says which is which: its last word is the family's.
fn name(name: &str) -> Vec<VCardValue> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let (titles, names) = words.split_at(titles.min(words.len().saturating_sub(1)));
    let (family, given) = names
        .split_last()
        .map_or(("", &names[..0]), |(last, given)| (*last, given));
    [family, &given.join(" "), "", &titles.join(" "), ""]
        .map(|part| VCardValue::Text(part.to_owned()))
        .into()
}

/// RFC 6350, 6.3.1: the box and the extended address stay empty; programs show what stands there in odd places.
fn address(address: &Address) -> VCardEntry {
    let said = |part: &Option<String>| part.clone().unwrap_or_default();
    let joined = |parts: [&Option<String>; 2], between: &str| {
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        parts.join(between)
    };
    let street = Some(joined([&address.street, &address.number], " ")).filter(|street| !street.is_empty());
    let parts = [
        String::new(),
        String::new(),
        joined([&street, &address.addition], "\n"),
        said(&address.city),
        String::new(),
        said(&address.postcode),
        String::new(),
    ];
    VCardEntry::new(VCardProperty::Adr).with_values(parts.into_iter().map(VCardValue::Text).collect())
}
