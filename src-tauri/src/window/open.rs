//! An open notebook, its transfer in the background, and an eye on what other processes write.

use super::{
    device::{Round, Rounds},
    news::News,
    shapes::{Cause, Ended, Pace, Transfer, Trouble},
    written::Steps,
};
use crate::desk::{BookPreview, Notebook, SyncLock, client};
use domain::{At, Record};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};
use store::{Changes, Identity, Store};
use sync::{Counted, Machine, Phase, RoundDone, Setup, SyncState, Turn, Watcher, Wipe, Worker};

/// How often the notebook is looked at for what another process wrote.
const LOOK: Duration = Duration::from_millis(700);
/// So many quiet looks after a write, and the index may be merged.
const CALM: u32 = 5;

pub(super) struct Open {
    pub(super) notebook: Notebook,
    pulse: Arc<Mutex<Pulse>>,
    worker: Option<Worker>,
    written: Sender<()>,
    /// What can be taken back, until the notebook is locked.
    pub(super) steps: Steps,
    /// Records that stand open in an editor, as they were opened.
    pub(super) editing: BTreeMap<String, Record>,
    /// An address book that is looked at before it is taken in.
    pub(super) book: Option<BookPreview>,
}

/// How the transfer goes, and since when it does not.
#[derive(Default)]
struct Pulse {
    state: SyncState,
    since: Option<At>,
    /// What the round that runs has done so far.
    so_far: Counted,
    /// The notebook was destroyed, because the city said so and proved it.
    ended: Option<Ended>,
}

impl Open {
    /// Starts the transfer, where a city knows this device.
    pub(super) fn start(notebook: Notebook, news: &Arc<dyn News>) -> Result<Self, Trouble> {
        let pulse = Arc::new(Mutex::new(Pulse::default()));
        let worker = match notebook.identity() {
            Ok(identity) => {
                let city = client(&identity)?;
                let setup = setup(notebook.clone(), identity, &pulse, news);
                let worker = Worker::start(notebook.store().clone(), city, setup);
                Some(worker.map_err(|_| Trouble::of(Cause::Other))?)
            }
            Err(crate::desk::Error::NotEnrolled) => None,
            Err(error) => return Err(error.into()),
        };
        let (written, heard) = channel();
        let (store, news) = (notebook.store().clone(), Arc::clone(news));
        // Ends by itself when the sender goes with this notebook.
        let started = thread::Builder::new()
            .name("watch".into())
            .spawn(move || watch(&store, &heard, &*news));
        started.map_err(|_| Trouble::of(Cause::Other))?;
        Ok(Self {
            notebook,
            pulse,
            worker,
            written,
            steps: Steps::default(),
            editing: BTreeMap::new(),
            book: None,
        })
    }

    pub(super) fn is_enrolled(&self) -> bool {
        self.worker.is_some()
    }

    /// Why there is nothing left to show, if there is not.
    pub(super) fn ended(&self) -> Option<Ended> {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner).ended
    }

    /// Something was written here: it goes to the city, and the index rests when it is quiet.
    pub(super) fn wrote(&self) {
        // Nobody listens only while the program ends.
        let _ = self.written.send(());
        self.wake();
    }

    /// Transfers as soon as the pace allows.
    pub(super) fn wake(&self) {
        if let Some(worker) = &self.worker {
            worker.wake();
        }
    }

    pub(super) fn transfer(&self) -> Result<Transfer, Trouble> {
        let status = self.notebook.status()?;
        let notices = self.notebook.store().read(|reading| reading.notices())?.len();
        let pulse = self.pulse.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Transfer {
            pace: pace(&pulse.state),
            since: pulse.since.map(|at| at.to_string()),
            waiting: count(status.waiting),
            files: count(status.attachments_waiting),
            refused: count(status.refused),
            two_versions: count(status.in_two_versions),
            last_at: status.last_sync_at.map(|at| at.to_string()),
            received: count(pulse.so_far.pulled),
            sent: count(pulse.so_far.pushed),
            next_at: pulse.state.next_try_at.map(|at| at.to_string()),
            aside: count(status.untransferable),
            notices: u32::try_from(notices).unwrap_or(u32::MAX),
        })
    }

    /// The last rounds that did something, newest first.
    pub(super) fn rounds(&self) -> Rounds {
        let pulse = self.pulse.lock().unwrap_or_else(PoisonError::into_inner);
        let round = |done: &RoundDone| Round {
            at: done.at.to_string(),
            received: count(done.counted.pulled),
            sent: count(done.counted.pushed),
            merged: count(done.counted.merged),
            refused: count(done.counted.refused),
            unreadable: count(done.counted.set_aside),
        };
        Rounds {
            rounds: pulse.state.rounds.iter().map(round).collect(),
        }
    }
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn setup(notebook: Notebook, identity: Identity, pulse: &Arc<Mutex<Pulse>>, news: &Arc<dyn News>) -> Setup<Machine> {
    let folder = notebook.folder().to_owned();
    let (pulse, told) = (Arc::clone(pulse), Arc::clone(news));
    Setup {
        turn: Box::new(move || SyncLock::try_take(&folder).ok().map(|lock| Box::new(lock) as Turn)),
        watcher: Arc::new(Onlooker {
            news: Arc::clone(news),
            pulse: Arc::clone(&pulse),
        }),
        on_state: Box::new(move |state| {
            let mut pulse = pulse.lock().unwrap_or_else(PoisonError::into_inner);
            pulse.become_state(state);
            if let Some(why) = state.wipe
                && destroyed(&notebook, &identity)
            {
                pulse.ended = Some(match why {
                    Wipe::Revoked => Ended::Revoked,
                    Wipe::Left => Ended::Left,
                });
            }
            drop(pulse);
            told.moved();
        }),
        ..Setup::new(Machine)
    }
}

/// Destroys the notebook on the transfer's own thread, which still holds its turn.
fn destroyed(notebook: &Notebook, identity: &Identity) -> bool {
    let done = notebook.wipe(identity);
    if let Err(error) = &done {
        tracing::warn!(%error, "the notebook could not be destroyed; the next start tries again");
    }
    done.is_ok()
}

impl Pulse {
    fn become_state(&mut self, state: &SyncState) {
        let lost = |phase: Phase| matches!(phase, Phase::Offline | Phase::Hindered);
        // A try in between is part of the same outage.
        if state.phase == Phase::Quiet || state.phase == Phase::Ended {
            self.since = None;
        } else if lost(state.phase) && self.since.is_none() {
            self.since = Some(At::from(chrono::Utc::now()));
        }
        if state.phase == Phase::Running && self.state.phase != Phase::Running {
            self.so_far = Counted::default();
        }
        self.state = state.clone();
    }
}

fn pace(state: &SyncState) -> Pace {
    match (state.phase, state.trouble) {
        (Phase::Quiet, _) => Pace::Resting,
        (Phase::Running | Phase::Elsewhere, _) => Pace::Running,
        (Phase::Offline, _) => Pace::Offline,
        (Phase::Ended, _) | (Phase::Hindered, Some("unauthorised" | "revoked")) => Pace::SignedOut,
        (Phase::Hindered, Some("too_old")) => Pace::TooOld,
        (Phase::Hindered, Some("disk_full")) => Pace::Full,
        (Phase::Hindered, Some("read_only")) => Pace::ReadOnly,
        (Phase::Hindered, Some("notebook" | "locked")) => Pace::Notebook,
        (Phase::Hindered, _) => Pace::Unavailable,
    }
}

/// Tells the window what a round brought.
struct Onlooker {
    news: Arc<dyn News>,
    pulse: Arc<Mutex<Pulse>>,
}

impl Watcher for Onlooker {
    fn changed(&self, _changes: &Changes) {
        self.news.changed();
    }

    fn progress(&self, counted: &Counted) {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner).so_far = *counted;
        self.news.moved();
    }
}

/// Looks for what other processes wrote, and lets the store rest in quiet moments, until the notebook is closed.
fn watch(store: &Store, heard: &Receiver<()>, news: &dyn News) {
    let mut known = store.data_version().ok();
    let mut quiet = 0;
    loop {
        match heard.recv_timeout(LOOK) {
            Ok(()) => quiet = 0,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => quiet += 1,
        }
        let now = store.data_version().ok();
        if now != known {
            known = now;
            quiet = 0;
            news.changed();
        }
        if quiet == CALM
            && let Err(error) = store.rest()
        {
            tracing::debug!(%error, "the index rests another time");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(phase: Phase, trouble: Option<&'static str>) -> SyncState {
        SyncState {
            phase,
            trouble,
            ..SyncState::default()
        }
    }

    #[test]
    fn an_outage_began_when_it_began_and_not_at_the_last_try() {
        let mut pulse = Pulse::default();
        pulse.become_state(&state(Phase::Offline, Some("offline")));
        let since = pulse.since;
        pulse.become_state(&state(Phase::Running, Some("offline")));
        pulse.become_state(&state(Phase::Offline, Some("offline")));
        assert!(
            since.is_some() && pulse.since == since,
            "the tries in between change nothing"
        );
        pulse.become_state(&state(Phase::Quiet, None));
        assert_eq!(pulse.since, None, "the connection is back");
    }

    #[test]
    fn each_hindrance_has_its_own_words() {
        assert_eq!(pace(&state(Phase::Hindered, Some("too_old"))), Pace::TooOld);
        assert_eq!(pace(&state(Phase::Hindered, Some("revoked"))), Pace::SignedOut);
        assert_eq!(pace(&state(Phase::Hindered, Some("disk_full"))), Pace::Full);
        assert_eq!(pace(&state(Phase::Hindered, Some("read_only"))), Pace::ReadOnly);
        assert_eq!(pace(&state(Phase::Hindered, Some("unavailable"))), Pace::Unavailable);
    }
}
