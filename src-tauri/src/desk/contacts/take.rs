//! Taking in what somebody chose of an address book, as one change.

use super::{BookPreview, Known};
use crate::desk::{Error, Notebook, Written, note::envelope};
use chrono::NaiveDate;
use domain::{
    DistrictId, Kind, PartId, Record,
    kinds::{Consent, ConsentForm, Contact, Standing},
};
use std::collections::BTreeSet;
use store::Identity;
use uuid::Uuid;

/// What shall be taken.
#[derive(Clone, Debug, Default)]
pub struct TakeContacts {
    /// Which cards, by their place in [`BookPreview::cards`], and as whom each is kept.
    pub chosen: Vec<(usize, Standing)>,
    /// Where they belong; for everybody of the organisation where empty.
    pub districts: BTreeSet<DistrictId>,
    /// What the residents among them agreed to. Without it none of them may be kept.
    pub consent: Option<ConsentGiven>,
}

/// A consent that somebody has from everybody they take as a resident.
#[derive(Clone, Debug)]
pub struct ConsentGiven {
    /// To what.
    pub purpose: String,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// Written or spoken.
    pub form: ConsentForm,
}

/// What became of them.
#[derive(Debug)]
pub struct TakenContacts {
    /// So many are new.
    pub taken: u64,
    /// So many were in the notebook already.
    pub again: u64,
    /// So many were erased since they were taken, and stay so.
    pub erased: u64,
    /// The change; nothing where there was none.
    pub written: Option<Written>,
}

impl Notebook {
    /// Takes the chosen cards in, all of them or none; it can be taken back as one.
    ///
    /// # Errors
    /// [`Error::Invalid`] with `consents` where a resident's is missing, [`Error::Forbidden`], or the store's own reason.
    pub fn take_contacts(&self, preview: &BookPreview, wish: &TakeContacts) -> Result<TakenContacts, Error> {
        let identity = self.identity()?;
        let mut taken = TakenContacts {
            taken: 0,
            again: 0,
            erased: 0,
            written: None,
        };
        let mut records = Vec::new();
        for (place, standing) in &wish.chosen {
            let Some(card) = preview.cards.get(*place) else {
                continue;
            };
            match card.known {
                Known::Here => taken.again += 1,
                Known::Erased => taken.erased += 1,
                Known::New => {
                    let contact = contact(&card.draft.contact, standing, wish, &preview.source);
                    records.push(record(&identity, card.id, &contact, &wish.districts));
                }
            }
        }
        taken.taken = records.len() as u64;
        taken.written = self.create_all(&records)?;
        Ok(taken)
    }
}

fn contact(draft: &Contact, standing: &Standing, wish: &TakeContacts, source: &str) -> Contact {
    let consent = wish.consent.as_ref().filter(|_| *standing == Standing::Resident);
    let consents = consent.map(|given| Consent {
        id: PartId(Uuid::now_v7()),
        purpose: given.purpose.trim().to_owned(),
        given_on: given.given_on,
        form: given.form.clone(),
        ..Consent::default()
    });
    Contact {
        standing: standing.clone(),
        consents: consents.into_iter().collect(),
        // Whoever is asked where an address comes from must be able to say it (Art. 14 DSGVO).
        source: Some(format!("Import: {source}").chars().take(domain::MAX_LINE).collect()),
        ..draft.clone()
    }
}

fn record(identity: &Identity, id: domain::RecordId, contact: &Contact, districts: &BTreeSet<DistrictId>) -> Record {
    let mut envelope = envelope(identity, id, Kind::Contact, districts.clone());
    envelope.whole_organisation = districts.is_empty();
    Record {
        envelope,
        body: Some(contact.to_body()),
        sealed: None,
    }
}
