//! What a person fills in of a card.

use super::shapes::{Consent, ContactForm};
use crate::{
    desk::{self, Notebook},
    window::{
        forms::{self, Form},
        shapes::{Cause, Trouble},
    },
};
use domain::{
    Kind, PartId, Record,
    kinds::{self, ConsentForm, ContactType, Standing},
};
use uuid::Uuid;

impl Form for ContactForm {
    const KIND: Kind = Kind::Contact;

    fn of(record: &Record) -> Option<Self> {
        let contact = kinds::Contact::read(record.body.as_ref()?).ok()?;
        let said = |text: Option<String>| text.unwrap_or_default();
        let address = contact.address.clone().unwrap_or_default();
        Some(Self {
            contact_type: contact.contact_type.as_str().to_owned(),
            standing: contact.standing.as_str().to_owned(),
            consents: super::read::consents(&contact),
            name: contact.name,
            function: said(contact.function),
            organisation: said(contact.organisation),
            phones: with_room(contact.phones),
            emails: with_room(contact.emails),
            street: said(address.street),
            house_number: said(address.number),
            postcode: said(address.postcode),
            city: said(address.city),
            addition: said(address.addition),
            preferred_way: said(contact.preferred_way),
            languages: contact.languages,
            distribution_lists: with_room(contact.distribution_lists),
            source: said(contact.source),
            last_contact_on: contact.last_contact_on.map(|day| day.to_string()).unwrap_or_default(),
            district: forms::district(record),
            whole_organisation: record.envelope.whole_organisation,
        })
    }

    fn onto(&self, base: &Record) -> Result<Record, Trouble> {
        let mut record = base.clone();
        let before = match &base.body {
            Some(body) => kinds::Contact::read(body).map_err(|_| Trouble::of(Cause::Newer))?,
            None => kinds::Contact::default(),
        };
        if self.whole_organisation && self.district.is_empty() {
            record.envelope.districts.clear();
        } else if !self.district.is_empty() {
            forms::place(&mut record, &forms::district(base), &self.district)?;
        }
        record.envelope.whole_organisation = self.whole_organisation;
        let mut after = before.clone();
        after.contact_type = ContactType::from(self.contact_type.as_str());
        after.standing = Standing::from(self.standing.as_str());
        if self.name != before.name {
            self.name.trim().clone_into(&mut after.name);
        }
        after.function = forms::text(before.function.as_ref(), &self.function);
        after.organisation = forms::text(before.organisation.as_ref(), &self.organisation);
        after.phones = forms::lines(&self.phones);
        after.emails = forms::lines(&self.emails);
        after.address = self.address(before.address.as_ref());
        after.preferred_way = forms::text(before.preferred_way.as_ref(), &self.preferred_way);
        after.languages.clone_from(&self.languages);
        after.distribution_lists = forms::lines(&self.distribution_lists);
        after.source = forms::text(before.source.as_ref(), &self.source);
        after.last_contact_on = forms::day("last_contact_on", &self.last_contact_on)?;
        after.consents = consents(&before.consents, &self.consents)?;
        // What is agreed to concerns residents alone; a professional's card is kept by their office.
        let resident = after.standing == Standing::Resident;
        Trouble::missing(&[
            ("name", after.name.is_empty()),
            ("consents", resident && !after.has_consent()),
            (
                "district",
                record.envelope.districts.is_empty() && !self.whole_organisation,
            ),
        ])?;
        record.body = Some(match &base.body {
            Some(body) => desk::over(body, &before.to_body(), &after.to_body())?,
            None => after.to_body(),
        });
        Ok(record)
    }
}

/// A list that is empty has a line to write in.
fn with_room(mut lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

impl ContactForm {
    fn address(&self, before: Option<&kinds::Address>) -> Option<kinds::Address> {
        let had = before.cloned().unwrap_or_default();
        let address = kinds::Address {
            street: forms::text(had.street.as_ref(), &self.street),
            number: forms::text(had.number.as_ref(), &self.house_number),
            postcode: forms::text(had.postcode.as_ref(), &self.postcode),
            city: forms::text(had.city.as_ref(), &self.city),
            addition: forms::text(had.addition.as_ref(), &self.addition),
            unknown: had.unknown,
        };
        (!address.to_members().is_empty()).then_some(address)
    }
}

/// Consents as they were, in their order, with what was changed; new ones get an id.
fn consents(before: &[kinds::Consent], typed: &[Consent]) -> Result<Vec<kinds::Consent>, Trouble> {
    let mut consents: Vec<kinds::Consent> = Vec::new();
    for had in before {
        let id = had.id.to_string();
        if let Some(consent) = typed.iter().find(|consent| consent.id == id) {
            consents.push(consent_of(had.clone(), consent)?);
        }
    }
    for consent in typed.iter().filter(|consent| consent.id.is_empty()) {
        let new = kinds::Consent {
            id: PartId(Uuid::now_v7()),
            ..kinds::Consent::default()
        };
        consents.push(consent_of(new, consent)?);
    }
    Ok(consents)
}

fn consent_of(mut consent: kinds::Consent, typed: &Consent) -> Result<kinds::Consent, Trouble> {
    let missing = || Trouble::wrong("consents");
    typed.purpose.trim().clone_into(&mut consent.purpose);
    if consent.purpose.is_empty() {
        return Err(missing());
    }
    consent.given_on = forms::day("consents", &typed.given_on)?.ok_or_else(missing)?;
    consent.form = ConsentForm::from(typed.form.as_str());
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    consent.text_version = forms::text(consent.text_version.as_ref(), &said(&typed.text_version));
    consent.language = forms::text(consent.language.as_ref(), &said(&typed.language));
    consent.withdrawn_on = forms::day("consents", &said(&typed.withdrawn_on))?;
    Ok(consent)
}

/// A new card.
pub(super) fn blank(notebook: &Notebook) -> Result<ContactForm, Trouble> {
    let own = notebook.identity()?.districts.clone();
    let only = own.first().filter(|_| own.len() == 1);
    Ok(ContactForm {
        contact_type: ContactType::Person.as_str().to_owned(),
        standing: Standing::Professional.as_str().to_owned(),
        phones: with_room(Vec::new()),
        emails: with_room(Vec::new()),
        distribution_lists: with_room(Vec::new()),
        district: only.map(ToString::to_string).unwrap_or_default(),
        ..ContactForm::default()
    })
}
