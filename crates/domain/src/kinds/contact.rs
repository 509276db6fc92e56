//! Kontakt.

use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{body, part, rule, unit, wire_name, words};
use crate::{PartId, RecordId};
use chrono::NaiveDate;
use uuid::Uuid;

words! {
    /// Whether a card is of a person or of an organisation.
    pub enum ContactType {
        /// A person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
    }
}

words! {
    /// In which part somebody stands in the address book; fields and retention differ.
    pub enum Standing {
        /// Akteur/in: by their office.
        Professional = "professional",
        /// Bewohner/in: only with consent.
        Resident = "resident",
    }
}

words! {
    /// How a consent was given.
    pub enum ConsentForm {
        /// In writing.
        Written = "written",
        /// By word of mouth.
        Spoken = "spoken",
    }
}

body! {
    /// A card of the address book.
    pub struct Contact: Contact {
        /// Person or organisation.
        contact_type as "type": ContactType => Scalar,
        /// Professional or resident.
        standing: Standing => Scalar,
        /// Name.
        name: String => Scalar,
        /// What they do there.
        function: Option<String> => Scalar,
        /// Where they work, in words.
        organisation: Option<String> => Scalar,
        /// Phone numbers.
        phones: Vec<String> => Set,
        /// E-mail addresses.
        emails: Vec<String> => Set,
        /// Postal address, merged as one.
        address: Option<Address> => Scalar,
        /// How they like to be reached: a code of the list contact_mode.
        preferred_way: Option<String> => Scalar,
        /// Languages: codes of the list language.
        languages: Vec<String> => Set,
        /// Boards they belong to.
        boards: Vec<RecordId> => Set,
        /// Distribution lists, by name.
        distribution_lists: Vec<String> => Set,
        /// What they agreed to, and what they took back.
        consents: Vec<Consent> => Parts(Consent),
        /// Where the card comes from.
        source: Option<String> => Scalar,
        /// Day of the last contact.
        last_contact_on: Option<NaiveDate> => Scalar,
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// A postal address.
    pub struct Address {
        /// Street.
        street: Option<String> => Scalar in "street",
        /// House number.
        number: Option<String> => Scalar in "street",
        /// Postcode.
        postcode: Option<String> => Scalar in "city",
        /// Town.
        city: Option<String> => Scalar in "city",
        /// c/o, floor, back house.
        addition: Option<String> => Scalar,
    }
}

part! {
    /// One consent.
    pub struct Consent {
        /// The part's id.
        id: PartId => Scalar,
        /// To what.
        purpose: String => Scalar,
        /// The day it was given.
        given_on: NaiveDate => Scalar in "given",
        /// Written or spoken.
        form: ConsentForm => Scalar in "given",
        /// Version of the text that was read or read out.
        text_version: Option<String> => Scalar in "given",
        /// The language it was given in: a code of the list language.
        language: Option<String> => Scalar in "given",
        /// The day it was withdrawn.
        withdrawn_on: Option<NaiveDate> => Scalar,
    }
}

impl Contact {
    /// What is wrong with the card.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.optional_line("function", self.function.as_ref());
        faults.optional_line("organisation", self.organisation.as_ref());
        faults.once("phones", &self.phones);
        faults.each("phones", &self.phones, |faults, phone| faults.line("", phone));
        faults.once("emails", &self.emails);
        for (place, email) in self.emails.iter().enumerate() {
            let well = email
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            if !well || email.chars().any(char::is_whitespace) {
                faults.add(&format!("emails/{place}"), Wrong::Malformed);
            }
        }
        faults.optional_code("preferred_way", self.preferred_way.as_ref());
        faults.codes("languages", &self.languages);
        faults.once("boards", &self.boards);
        faults.once("distribution_lists", &self.distribution_lists);
        faults.each("consents", &self.consents, |faults, consent| {
            faults.line("purpose", &consent.purpose);
            faults.span("withdrawn_on", Some(consent.given_on), consent.withdrawn_on);
        });
        faults.optional_line("source", self.source.as_ref());
        if self.standing == Standing::Resident && !self.has_consent() {
            faults.add("consents", Wrong::Empty);
        }
        faults.found()
    }

    /// Whether a consent holds. A resident's card without one may not be kept.
    pub fn has_consent(&self) -> bool {
        self.consents.iter().any(|consent| consent.withdrawn_on.is_none())
    }
}
