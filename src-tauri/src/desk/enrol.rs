//! Making a device known to its city.

use super::{Error, Notebook, Options, SyncLock, city::block_on, passphrase_from};
use store::{Identity, Store};
use sync::{CityClient, Machine};

/// An enrolment as a person asks for it.
pub struct Enrolment {
    /// The city's address.
    pub city: String,
    /// The invitation's code.
    pub code: String,
    /// What its owner calls the device.
    pub device_name: String,
}

impl Options {
    /// Makes the notebook where there is none, and enrols it.
    ///
    /// # Errors
    /// [`Error::EnrolledAlready`], or what the city answers; then the same call may be made again.
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<(Notebook, Identity), Error> {
        // Before a folder is made: a mistyped address leaves nothing behind.
        let city = CityClient::new(&enrolment.city, None)?;
        let folder = self.folder().ok_or(Error::NoFolder)?;
        let notebook = if Store::exists(&folder) {
            Notebook::open(self)?
        } else {
            let file = self.passphrase_file.as_ref().ok_or(Error::Locked)?;
            Notebook::make(&folder, &passphrase_from(file)?)?
        };
        let identity = notebook.enrol(&city, enrolment)?;
        Ok((notebook, identity))
    }
}

impl Notebook {
    /// Enrols this notebook. After a lost answer the same call succeeds.
    ///
    /// # Errors
    /// [`Error::EnrolledAlready`], or what the city answers.
    pub fn enrol(&self, city: &CityClient, enrolment: &Enrolment) -> Result<Identity, Error> {
        let _lock = SyncLock::wait(self.folder())?;
        let version = env!("CARGO_PKG_VERSION");
        let Enrolment { code, device_name, .. } = enrolment;
        Ok(block_on(sync::enrol(
            self.store(),
            city,
            code,
            device_name,
            version,
            &Machine,
        ))??)
    }
}
