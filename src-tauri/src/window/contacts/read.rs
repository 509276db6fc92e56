//! One card to read.

use super::{
    list::row,
    shapes::{Address, Consent, Contact},
    trouble, understood,
};
use crate::{
    desk::Notebook,
    window::{linked, shapes::Trouble, trash},
};
use domain::{Action, RecordId, State, kinds};

/// A card; nothing where it is no longer here.
pub(in crate::window) fn one(notebook: &Notebook, id: RecordId) -> Result<Option<Contact>, Trouble> {
    let identity = notebook.identity()?;
    let found = notebook.store().read(|reading| {
        let stored = reading.record(id)?;
        let Some(stored) = stored.filter(|stored| matches!(stored.record.envelope.state, State::Live | State::Trashed))
        else {
            return Ok(None);
        };
        let Some(contact) = understood(&stored) else {
            return Ok(None);
        };
        let named_by = reading.naming(id, linked::MOST)?;
        Ok(Some(Contact {
            row: row(&stored, &contact),
            boards: linked::named(reading, &contact.boards)?,
            links: linked::named(reading, &named_by)?,
            whole_organisation: stored.record.envelope.whole_organisation,
            trashed: trash::in_trash(reading, &identity, &stored)?,
            may_change: stored.record.envelope.state == State::Live
                && domain::may(&identity.person(), Action::Change, &stored.record.envelope),
            changed_at: stored.changed_at.to_string(),
            address: contact.address.as_ref().map(address),
            consents: consents(&contact),
            phones: contact.phones,
            emails: contact.emails,
            preferred_way: contact.preferred_way,
            languages: contact.languages,
            distribution_lists: contact.distribution_lists,
            source: contact.source,
            last_contact_on: contact.last_contact_on.map(|day| day.to_string()),
        }))
    });
    found.map_err(trouble)
}

fn address(address: &kinds::Address) -> Address {
    Address {
        street: address.street.clone(),
        number: address.number.clone(),
        postcode: address.postcode.clone(),
        city: address.city.clone(),
        addition: address.addition.clone(),
    }
}

/// Those that hold come first, the newest above.
pub(super) fn consents(contact: &kinds::Contact) -> Vec<Consent> {
    let mut consents: Vec<&kinds::Consent> = contact.consents.iter().collect();
    consents.sort_by_key(|consent| {
        (
            consent.withdrawn_on.is_some(),
            std::cmp::Reverse(consent.given_on),
            consent.id,
        )
    });
    consents
        .into_iter()
        .map(|consent| Consent {
            id: consent.id.to_string(),
            purpose: consent.purpose.clone(),
            given_on: consent.given_on.to_string(),
            form: consent.form.as_str().to_owned(),
            text_version: consent.text_version.clone(),
            language: consent.language.clone(),
            withdrawn_on: consent.withdrawn_on.map(|day| day.to_string()),
        })
        .collect()
}
