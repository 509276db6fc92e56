//! The notebook as the window holds it: closed, then open with its transfer beside it.

use super::{
    choices,
    device::{Round, Rounds},
    news::News,
    open::Open,
    preferences,
    shapes::{Cause, Choices, Ended, Place, SetUp, Stage, Standing, Transfer, Trouble},
    strength::{Strength, judged},
    written::Steps,
};
use crate::desk::{BookPreview, Enrolment, Error, Keychain, Notebook, Options};
use domain::Record;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, atomic::AtomicBool, atomic::Ordering},
    time::Duration,
};
use store::{Error as StoreError, Passphrase, Store, Unlock};

/// What the window holds while it is there.
pub(super) struct Session {
    folder: PathBuf,
    passphrase_file: Option<PathBuf>,
    news: Arc<dyn News>,
    /// A passphrase file or the keychain is asked once; after that the person is.
    asked: AtomicBool,
    open: Mutex<Option<Open>>,
    /// Somebody waits until it is closed.
    closed: Condvar,
    /// The rounds of the transfer before the notebook was locked, newest first: they hold figures, no content.
    rounds: Mutex<Vec<Round>>,
    /// Why nothing is left of it.
    ended: Mutex<Option<Ended>>,
}

/// So long the window may keep what is being typed before it is locked; the system waits five seconds at most.
const PARTING: Duration = Duration::from_secs(2);

/// So many rounds of the transfer are told.
const REMEMBERED: usize = 10;

impl Session {
    pub(super) fn new(folder: PathBuf, passphrase_file: Option<PathBuf>, news: Arc<dyn News>) -> Self {
        Self {
            folder,
            passphrase_file,
            news,
            asked: AtomicBool::new(false),
            open: Mutex::new(None),
            closed: Condvar::new(),
            rounds: Mutex::default(),
            ended: Mutex::new(None),
        }
    }

    pub(super) fn standing(&self) -> Standing {
        let mut open = self.held();
        if open.is_none() && !self.asked.swap(true, Ordering::Relaxed) {
            *open = Notebook::open(&self.options())
                .ok()
                .and_then(|notebook| self.take_up(notebook).ok());
        }
        let ended = open.as_ref().and_then(Open::ended);
        if ended.is_some() {
            *open = None;
            *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = ended;
        }
        let stage = match open.as_ref() {
            Some(open) if open.is_enrolled() => Stage::Open,
            None if Store::exists(&self.folder) => Stage::Locked,
            _ => Stage::Fresh,
        };
        Standing {
            stage,
            language: preferences::language(&self.folder),
            restored: open.as_ref().is_some_and(|open| !open.is_enrolled()),
            ended: *self.ended.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    pub(super) fn choose_language(&self, language: &str) {
        if let Err(error) = preferences::set_language(&self.folder, language) {
            tracing::warn!(%error, "the chosen language could not be kept");
        }
    }

    /// Makes the notebook; until the city has answered, every try may bring another passphrase.
    pub(super) fn set_up(&self, wish: SetUp) -> Result<(), Trouble> {
        let mut open = self.held();
        if open.as_ref().is_some_and(|open| !open.is_enrolled()) {
            return self.go_on(&mut open, wish);
        }
        if judged(&wish.passphrase, &[wish.city.clone(), wish.code.clone()]).strength == Strength::Weak {
            return Err(Trouble::at(Cause::Weak, Place::Passphrase));
        }
        let passphrase = Passphrase::new(wish.passphrase);
        let enrolment = Enrolment {
            city: wish.city,
            code: wish.code,
            device_name: device_name(),
        };
        let (notebook, _) = enrolment.set_up(&self.folder, &passphrase)?;
        if wish.remember {
            // A keychain that refuses is no obstacle: the passphrase opens the notebook as well.
            Keychain::of(&self.folder).keep(&notebook.store().database_key());
        }
        *open = Some(self.take_up(notebook)?);
        Ok(())
    }

    /// What came from a backup is enrolled as it is: the passphrase it was locked with stays.
    fn go_on(&self, open: &mut Option<Open>, wish: SetUp) -> Result<(), Trouble> {
        let notebook = open.as_ref().ok_or(Trouble::locked())?.notebook.clone();
        let enrolment = Enrolment {
            city: wish.city,
            code: wish.code,
            device_name: device_name(),
        };
        enrolment.go_on(&notebook)?;
        if wish.remember {
            Keychain::of(&self.folder).keep(&notebook.store().database_key());
        }
        *open = Some(self.take_up(notebook)?);
        Ok(())
    }

    /// Makes the notebook from a backup; a city does not know it yet.
    pub(super) fn restore_from(&self, backup: &Path, passphrase: String) -> Result<(), Trouble> {
        let notebook = Notebook::restore(backup, &self.folder, &Passphrase::new(passphrase)).map_err(unrestored)?;
        *self.held() = Some(self.take_up(notebook)?);
        self.news.stood();
        Ok(())
    }

    pub(super) fn unlock(&self, passphrase: String) -> Result<(), Trouble> {
        let mut open = self.held();
        let unlock = Unlock::Passphrase(Passphrase::new(passphrase));
        let notebook = Notebook::unlock(&self.folder, &unlock)?;
        *open = Some(self.take_up(notebook)?);
        Ok(())
    }

    pub(super) fn choices(&self) -> Result<Choices, Trouble> {
        choices::choices(&self.notebook()?)
    }

    pub(super) fn transfer(&self) -> Result<Transfer, Trouble> {
        self.held().as_ref().ok_or(Trouble::locked())?.transfer()
    }

    /// The last rounds that did something, newest first.
    pub(super) fn rounds(&self) -> Result<Rounds, Trouble> {
        let mut done = self.held().as_ref().ok_or(Trouble::locked())?.rounds();
        done.rounds.extend(self.rounds_before().iter().cloned());
        done.rounds.truncate(REMEMBERED);
        Ok(done)
    }

    pub(super) fn transfer_now(&self) -> Result<(), Trouble> {
        self.held().as_ref().ok_or(Trouble::locked())?.wake();
        Ok(())
    }

    /// Lists look again, and the transfer begins.
    pub(super) fn wrote(&self) -> Result<(), Trouble> {
        self.held().as_ref().ok_or(Trouble::locked())?.wrote();
        self.news.changed();
        Ok(())
    }

    fn take_up(&self, notebook: Notebook) -> Result<Open, Trouble> {
        Open::start(notebook, &self.news)
    }

    /// The open notebook.
    pub(super) fn notebook(&self) -> Result<Notebook, Trouble> {
        let open = self.held();
        let open = open.as_ref().ok_or(Trouble::locked())?;
        Ok(open.notebook.clone())
    }

    /// What can be taken back.
    pub(super) fn steps<T>(&self, look: impl FnOnce(&mut Steps) -> T) -> Result<T, Trouble> {
        let mut open = self.held();
        let open = open.as_mut().ok_or(Trouble::of(Cause::Locked))?;
        Ok(look(&mut open.steps))
    }

    /// The address book that is looked at, until the notebook is locked.
    pub(super) fn book<T>(&self, look: impl FnOnce(&mut Option<BookPreview>) -> T) -> Result<T, Trouble> {
        let mut open = self.held();
        let open = open.as_mut().ok_or(Trouble::locked())?;
        Ok(look(&mut open.book))
    }

    /// Where the notebook lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Closes the notebook: the transfer stops, and only the passphrase opens it again.
    pub(super) fn lock(&self) {
        // Taken out first: nobody who asks meanwhile waits for the last step of the transfer.
        let open = self.held().take();
        if let Some(open) = &open {
            let mut before = self.rounds_before();
            before.splice(0..0, open.rounds().rounds);
            before.truncate(REMEMBERED);
        }
        drop(open);
        self.closed.notify_all();
        self.news.stood();
    }

    /// Locks in a moment: the window first keeps what is being typed. Returns when it is locked.
    pub(super) fn lock_soon(&self) {
        if self.held().is_none() {
            return;
        }
        self.news.lock_asked();
        let waited = self
            .closed
            .wait_timeout_while(self.held(), PARTING, |open| open.is_some());
        let is_open = waited.is_ok_and(|(open, _)| open.is_some());
        if is_open {
            // A page that does not answer must not keep the notebook open.
            self.lock();
        }
    }

    /// Records that stand open in an editor, as they were opened.
    pub(super) fn editing<T>(&self, look: impl FnOnce(&mut BTreeMap<String, Record>) -> T) -> Result<T, Trouble> {
        let mut open = self.held();
        let open = open.as_mut().ok_or(Trouble::of(Cause::Locked))?;
        Ok(look(&mut open.editing))
    }

    pub(super) fn news(&self) -> &dyn News {
        &*self.news
    }

    fn options(&self) -> Options {
        Options {
            data_dir: Some(self.folder.clone()),
            passphrase_file: self.passphrase_file.clone(),
        }
    }

    fn rounds_before(&self) -> MutexGuard<'_, Vec<Round>> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A panic in another command leaves the notebook as it was: every write is whole or absent.
    fn held(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a backup could not be taken; whatever lay here is as it was.
fn unrestored(error: Error) -> Trouble {
    let cause = match &error {
        Error::File { .. } => Cause::NoBackup,
        Error::Store(stored) => match stored {
            StoreError::NotABackup
            | StoreError::Damaged(_)
            | StoreError::DamagedKeyFile
            | StoreError::MissingKeyFile
            | StoreError::WrongKey => Cause::NoBackup,
            StoreError::Exists => Cause::Exists,
            StoreError::DiskFull(_) => Cause::RestoreFull,
            _ => return error.into(),
        },
        _ => return error.into(),
    };
    Trouble::of(cause)
}

/// What the city's list of devices calls this one: the machine's name where the system tells it.
fn device_name() -> String {
    let told = std::fs::read_to_string("/etc/hostname")
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok());
    let name = told.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| std::env::consts::OS.to_owned())
}

impl Trouble {
    /// Something that stands at no field.
    pub(super) fn of(code: Cause) -> Self {
        Self {
            code,
            field: None,
            faults: Vec::new(),
        }
    }

    /// Something a person can mend at a field.
    pub(super) fn at(code: Cause, field: Place) -> Self {
        Self {
            code,
            field: Some(field),
            faults: Vec::new(),
        }
    }
}
