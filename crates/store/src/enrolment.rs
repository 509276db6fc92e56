//! An enrolment that has begun and whose outcome may not be known.

use crate::{Error, Reading, Writing};
use domain::DeviceId;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroize;

/// What the device made for itself before it asked the city: written down first, so that a repeat after a lost answer
/// is the same attempt. The token is a secret and does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Where the city listens.
    pub city_url: String,
    /// Which code it was, without keeping it.
    pub code_hash: String,
    /// The device's id.
    pub device_id: DeviceId,
    /// The device's secret.
    pub token: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Enrolment({})", self.device_id)
    }
}

impl Drop for Enrolment {
    fn drop(&mut self) {
        self.token.zeroize();
    }
}

impl Reading<'_> {
    /// The enrolment that has begun, if one has and it is not complete.
    ///
    /// # Errors
    /// What the database says.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, Error> {
        let Some(json) = self.fact("enrolment")? else {
            return Ok(None);
        };
        serde_json::from_str(&json)
            .map(Some)
            .map_err(|_| Error::Unreadable("enrolment"))
    }
}

impl Writing<'_> {
    /// Remembers an enrolment before the city hears of it.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_enrolment(&mut self, enrolment: &Enrolment) -> Result<(), Error> {
        let json = serde_json::to_string(enrolment).expect("strings and ids write as JSON");
        self.set_fact("enrolment", &json)
    }

    /// The enrolment is complete, or given up.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_enrolment(&mut self) -> Result<(), Error> {
        self.drop_fact("enrolment")
    }
}
