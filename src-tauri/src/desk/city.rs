//! Speaking with the city: one runtime, one lock, one translation of what goes wrong.

use super::{Error, Notebook, SyncLock};
use std::{future::Future, io, panic::resume_unwind, path::Path, sync::Arc, thread};
use store::Identity;
use sync::{Checked, CityClient, Counted, Machine, Verified, Watcher};
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
        self.heed(&counted, &identity)?;
        Ok(counted)
    }

    /// Compares this device with the city, and where they differ fetches everything anew; what waits here stays. Waits
    /// while another program syncs this notebook.
    ///
    /// # Errors
    /// As [`Notebook::sync`].
    pub fn check(&self) -> Result<Checked, Error> {
        let nobody: Arc<dyn Watcher> = Arc::new(());
        let identity = self.identity()?;
        let _lock = SyncLock::wait(self.folder())?;
        let city = client(&identity)?;
        let checked = block_on(sync::check(self.store(), &city, &Machine, &nobody))??;
        self.heed(&checked.counted, &identity)?;
        Ok(checked)
    }

    /// Destroys the notebook where the city said, and proved, that this device shall forget.
    fn heed(&self, counted: &Counted, identity: &Identity) -> Result<(), Error> {
        let Some(why) = counted.wipe else { return Ok(()) };
        self.wipe(identity)?;
        Err(Error::Wiped(why))
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

/// Runs one conversation to its end, whoever asks: a thread that drives tasks already, as the window's and the worker's
/// do, must not wait for others, so there the conversation gets a thread of its own.
pub(super) fn block_on<T: Send>(conversation: impl Future<Output = T> + Send) -> Result<T, Error> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(conversation))
    };
    let ran = if tokio::runtime::Handle::try_current().is_err() {
        run()
    } else {
        thread::scope(|scope| {
            let talking = thread::Builder::new().name("talk".into()).spawn_scoped(scope, run)?;
            talking.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    };
    ran.map_err(|source: io::Error| Error::file(Path::new("-"), source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_held_from_a_plain_thread_and_from_one_that_drives_tasks() {
        assert_eq!(block_on(async { 1 }).expect("a runtime"), 1);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        assert_eq!(runtime.block_on(async { block_on(async { 2 }) }).expect("a runtime"), 2);
    }
}
