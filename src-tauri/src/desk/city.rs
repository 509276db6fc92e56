//! Speaking with the city: one runtime, one lock, one translation of what goes wrong.

use super::{Error, Notebook, SyncLock};
use std::{future::Future, path::Path};
use store::Identity;
use sync::{CityClient, Counted, Machine, Verified};
use wire::Token;

/// What to do while another program syncs this notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Wait until it is done.
    Yes,
    /// Say that it is busy.
    No,
}

impl Notebook {
    /// Exchanges everything that can be exchanged now. Where the city says, and proves, that this device shall forget,
    /// the notebook is destroyed.
    ///
    /// # Errors
    /// [`Error::SyncBusy`], [`Error::Offline`], or what the city answers; everything saved stays saved.
    pub fn sync(&self, wait: Wait) -> Result<Counted, Error> {
        let identity = self.identity()?;
        let _lock = match wait {
            Wait::Yes => SyncLock::wait(self.folder())?,
            Wait::No => SyncLock::try_take(self.folder())?,
        };
        let city = client(&identity)?;
        let counted = block_on(sync::round(self.store(), &city, &Machine))??;
        if let Some(why) = counted.wipe {
            self.wipe(&identity)?;
            return Err(Error::Wiped(why));
        }
        Ok(counted)
    }

    /// Compares this device with the city, without changing anything.
    ///
    /// # Errors
    /// [`Error::Offline`], or what the city answers.
    pub fn verify(&self) -> Result<Verified, Error> {
        let city = client(&self.identity()?)?;
        Ok(block_on(sync::verify(self.store(), &city))??)
    }
}

/// The city of this identity.
pub fn client(identity: &Identity) -> Result<CityClient, Error> {
    Ok(CityClient::new(
        &identity.city_url,
        Some(Token(identity.token.clone())),
    )?)
}

/// Runs one conversation to its end.
pub(super) fn block_on<T>(conversation: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| Error::file(Path::new("-"), source))?;
    Ok(runtime.block_on(conversation))
}
