//! Making a device known to its city.

use super::{Error, Notebook, Options, SyncLock, city::block_on, passphrase_from};
use std::path::Path;
use store::{Identity, KeyCost, Passphrase, Store, Unlock};
use sync::{CityClient, Machine};
use wire::ProblemCode;

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
    /// Makes the notebook and enrols it; the passphrase comes from the options' file.
    ///
    /// # Errors
    /// As [`Enrolment::set_up`].
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<(Notebook, Identity), Error> {
        let folder = self.folder().ok_or(Error::NoFolder)?;
        let file = self.passphrase_file.as_ref().ok_or(Error::Locked)?;
        enrolment.set_up(&folder, &passphrase_from(file)?)
    }
}

impl Enrolment {
    /// Makes a notebook in a folder and enrols it. Only with the city's answer does the passphrase lock it: until then the
    /// last one counts, and after a lost answer the same code succeeds, whatever the passphrase was.
    ///
    /// # Errors
    /// [`Error::EnrolledAlready`], or what the city answers; then the same call may be made again.
    pub fn set_up(&self, folder: &Path, passphrase: &Passphrase) -> Result<(Notebook, Identity), Error> {
        // Before a folder is made: a mistyped address leaves nothing behind.
        let city = CityClient::new(&self.city, None)?;
        Store::make_folder(folder)?;
        // Two that begin at once would each give up the other's attempt.
        let _lock = SyncLock::wait(folder)?;
        if Store::exists(folder) {
            return self.take_up(folder, passphrase, &city);
        }
        let notebook = Notebook::begin(folder, &self.code)?;
        let identity = match notebook.identity() {
            // Interrupted between the city's answer and the passphrase.
            Ok(identity) => identity,
            Err(Error::NotEnrolled) => self.ask(notebook.store(), &city)?,
            Err(error) => return Err(error),
        };
        notebook.store().finish(passphrase, KeyCost::default())?;
        Ok((notebook, identity))
    }

    /// A notebook that was restored from a backup, and is open, goes on as a new device.
    ///
    /// # Errors
    /// As [`Self::set_up`].
    pub fn go_on(&self, notebook: &Notebook) -> Result<Identity, Error> {
        let city = CityClient::new(&self.city, None)?;
        let _lock = SyncLock::wait(notebook.folder())?;
        self.ask(notebook.store(), &city)
    }

    /// The same for one that its passphrase opens.
    fn take_up(
        &self,
        folder: &Path,
        passphrase: &Passphrase,
        city: &CityClient,
    ) -> Result<(Notebook, Identity), Error> {
        let notebook = Notebook::unlock(folder, &Unlock::Passphrase(passphrase.clone()))?;
        let identity = self.ask(notebook.store(), city)?;
        Ok((notebook, identity))
    }

    fn ask(&self, store: &Store, city: &CityClient) -> Result<Identity, Error> {
        let version = env!("CARGO_PKG_VERSION");
        let asked = sync::enrol(store, city, &self.code, &self.device_name, version, &Machine);
        block_on(asked)?.map_err(unknown_path)
    }
}

/// A city that does not know its own call was asked below a path that is not its own.
fn unknown_path(error: sync::Error) -> Error {
    match error.into() {
        Error::City(ProblemCode::NotFound) => Error::NotACity,
        other => other,
    }
}
