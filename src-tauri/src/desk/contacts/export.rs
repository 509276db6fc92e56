//! The cards that may leave as a file.

use super::book;
use crate::desk::{Error, Notebook};
use domain::{
    fold::fold,
    kinds::{Contact, Standing},
};
use std::collections::BTreeMap;

/// Which cards shall leave.
#[derive(Clone, Debug, Default)]
pub struct ContactsExport {
    /// Residents too, as far as they agreed to this; without it only who stands there by office.
    pub purpose: Option<String>,
}

/// What leaves. No Debug: it holds the cards.
pub struct ExportedContacts {
    /// The file: vCard 4.0.
    pub bytes: Vec<u8>,
    /// So many by office.
    pub professionals: u64,
    /// So many residents, whose consent covers it.
    pub residents: u64,
    /// So many residents stay, since they agreed to nothing of the kind.
    pub left: u64,
}

impl Notebook {
    /// The address book as vCards: who stands there by office, and residents whose consent names the purpose and holds.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or the store's own reason.
    pub fn export_contacts(&self, wish: &ContactsExport) -> Result<ExportedContacts, Error> {
        self.identity()?;
        let mut cards = Vec::new();
        let (mut professionals, mut residents, mut left) = (0, 0, 0);
        self.store().read(|reading| {
            book::each(reading, |id, contact| {
                let leaves = match contact.standing {
                    Standing::Professional => true,
                    _ => wish.purpose.as_deref().is_some_and(|purpose| agreed(&contact, purpose)),
                };
                match (leaves, &contact.standing) {
                    (false, _) => left += 1,
                    (true, Standing::Professional) => professionals += 1,
                    (true, _) => residents += 1,
                }
                if leaves {
                    cards.push((id, contact));
                }
            })
        })?;
        cards.sort_by_cached_key(|(id, contact)| (fold(&contact.name), *id));
        Ok(ExportedContacts {
            bytes: reports::vcard::write(&cards).into_bytes(),
            professionals,
            residents,
            left,
        })
    }

    /// What residents agreed to, as their consents name it, and how many of each hold; by name.
    ///
    /// # Errors
    /// As [`Notebook::export_contacts`].
    pub fn consent_purposes(&self) -> Result<Vec<(String, u64)>, Error> {
        self.identity()?;
        let mut purposes: BTreeMap<String, (String, u64)> = BTreeMap::new();
        self.store().read(|reading| {
            book::each(reading, |_, contact| {
                let holds = contact.consents.iter().filter(|consent| consent.withdrawn_on.is_none());
                let mut named: Vec<(String, String)> = holds
                    .map(|consent| (fold(consent.purpose.trim()), consent.purpose.trim().to_owned()))
                    .collect();
                named.sort();
                named.dedup_by(|a, b| a.0 == b.0);
                if contact.standing == Standing::Resident {
                    for (key, purpose) in named {
                        purposes.entry(key).or_insert((purpose, 0)).1 += 1;
                    }
                }
            })
        })?;
        Ok(purposes.into_values().collect())
    }
}

/// Whether a consent that holds names the purpose.
fn agreed(contact: &Contact, purpose: &str) -> bool {
    let purpose = fold(purpose.trim());
    let mut holds = contact.consents.iter().filter(|consent| consent.withdrawn_on.is_none());
    holds.any(|consent| fold(consent.purpose.trim()) == purpose)
}
