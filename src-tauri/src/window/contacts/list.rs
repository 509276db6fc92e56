//! The list of cards. An address book has thousands at most: each is looked at.

use super::{
    shapes::{ContactRow, ContactsPage, ContactsWish},
    trouble, understood,
};
use crate::{
    desk::Notebook,
    window::{
        requests::mark,
        shapes::{Cause, Trouble},
    },
};
use domain::{DistrictId, Kind, fold::fold, kinds};
use store::{Filter, Page, Stored};

/// More than one page of the store is never held at once.
const PAGE: usize = 1_000;

pub(in crate::window) fn page(notebook: &Notebook, wish: &ContactsWish) -> Result<ContactsPage, Trouble> {
    notebook.identity()?;
    let district: Option<DistrictId> = match &wish.district {
        Some(id) => Some(id.parse().map_err(|_| Trouble::of(Cause::Invalid))?),
        None => None,
    };
    let filter = Filter {
        district,
        ..Filter::of(Kind::Contact)
    };
    let words: Vec<String> = wish.query.split_whitespace().map(fold).collect();
    let (mut rows, mut any, mut after) = (Vec::new(), false, None);
    loop {
        let page = Page { after, limit: PAGE };
        let stored = notebook
            .store()
            .read(|reading| reading.list(&filter, page))
            .map_err(trouble)?;
        after = stored.last().map(|last| last.key);
        for each in &stored {
            any = true;
            let Some(contact) = understood(each) else { continue };
            let row = row(each, &contact);
            let is = |asked: &Option<String>, value: &str| asked.as_ref().is_none_or(|asked| asked == value);
            if is(&wish.contact_type, &row.contact_type) && is(&wish.standing, &row.standing) && holds(&contact, &words)
            {
                rows.push(row);
            }
        }
        if stored.len() < PAGE {
            break;
        }
    }
    rows.sort_by_cached_key(|row| (fold(&row.name), row.id.clone()));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    rows.truncate(wish.limit as usize);
    Ok(ContactsPage { rows, total, any })
}

/// Whether every word stands somewhere on the card; a number is found however it is spaced.
fn holds(contact: &kinds::Contact, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let named = [
        Some(&contact.name),
        contact.function.as_ref(),
        contact.organisation.as_ref(),
    ];
    let lists = contact.emails.iter().chain(&contact.distribution_lists);
    let texts: Vec<&str> = named.into_iter().flatten().chain(lists).map(String::as_str).collect();
    let texts = fold(&texts.join("\n"));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let phones: Vec<String> = contact.phones.iter().map(|phone| digits(phone)).collect();
    words.iter().all(|word| {
        let number = digits(word);
        texts.contains(word) || !number.is_empty() && phones.iter().any(|phone| phone.contains(&number))
    })
}

pub(super) fn row(stored: &Stored, contact: &kinds::Contact) -> ContactRow {
    let envelope = &stored.record.envelope;
    ContactRow {
        id: envelope.id.to_string(),
        contact_type: contact.contact_type.as_str().to_owned(),
        standing: contact.standing.as_str().to_owned(),
        name: contact.name.clone(),
        function: contact.function.clone(),
        organisation: contact.organisation.clone(),
        reached_by: contact.phones.first().or(contact.emails.first()).cloned(),
        districts: envelope.districts.iter().map(ToString::to_string).collect(),
        lacks_consent: contact.standing == kinds::Standing::Resident && !contact.has_consent(),
        mark: mark(stored, contact.variants.values().any(|open| !open.is_empty())),
    }
}
