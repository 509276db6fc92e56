//! Who this device is.

use crate::{Error, Reading, Writing};
use domain::{DeviceId, DistrictId, OrganisationId, PersonId, Role};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};
use zeroize::Zeroize;

/// What enrolment and `/v1/me` told this device. Token and id key are secrets: they do not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Where the city listens.
    pub city_url: String,
    /// The device's secret.
    pub token: String,
    /// Who works with this device.
    pub person: PersonId,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// A planner's Fachplanung.
    pub field: Option<String>,
    /// Their districts.
    pub districts: BTreeSet<DistrictId>,
    /// The city's name.
    pub city: String,
    /// The life of the city's database that versions here belong to.
    pub epoch: String,
    /// This device.
    pub device_id: DeviceId,
    /// Its part of numbers for people.
    pub device_code: String,
    /// The organisation's key for derived ids, base64url.
    pub id_key: String,
}

impl Identity {
    /// The person, as far as rights go.
    pub fn person(&self) -> domain::Person {
        domain::Person {
            id: self.person,
            role: self.role,
            organisation: self.organisation,
            districts: self.districts.clone(),
            field: self.field.clone(),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.device_id)
    }
}

impl Drop for Identity {
    fn drop(&mut self) {
        self.token.zeroize();
        self.id_key.zeroize();
    }
}

impl Reading<'_> {
    /// Which device this notebook was restored from, until it is enrolled anew.
    ///
    /// # Errors
    /// What the database says.
    pub fn identity_before(&self) -> Result<Option<Identity>, Error> {
        self.identity_in("identity_before")
    }

    pub(crate) fn identity_in(&self, fact: &str) -> Result<Option<Identity>, Error> {
        let Some(json) = self.fact(fact)? else {
            return Ok(None);
        };
        serde_json::from_str(&json)
            .map(Some)
            .map_err(|_| Error::Unreadable("identity"))
    }
}

impl Writing<'_> {
    /// The notebook lies on a device that the city does not know: two devices never speak under one name, and numbers
    /// for people are never given twice.
    pub(crate) fn become_unknown(&mut self) -> Result<(), Error> {
        if let Some(identity) = self.fact("identity")? {
            self.set_fact("identity_before", &identity)?;
        }
        for fact in ["identity", "enrolment", "reported"] {
            self.drop_fact(fact)?;
        }
        Ok(())
    }

    /// A restored notebook is enrolled again.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_identity_before(&mut self) -> Result<(), Error> {
        self.drop_fact("identity_before")
    }
}
