//! Sync beside the window: a thread of its own that wakes on a local change, on time and when the city calls.

mod network;
mod run;
mod state;

pub use state::{Phase, RoundDone, SyncState};

use crate::{Source, Watcher};
use run::Run;
use std::{any::Any, io, sync::Arc, thread, time::Duration};
use store::Store;
use tokio::sync::{Notify, watch};
use wire::Backend;

/// The right to sync this notebook, given back when dropped. The program's lock file stands behind it.
pub type Turn = Box<dyn Any + Send>;

/// What a worker needs beside store and city.
pub struct Setup<S> {
    /// Time and randomness.
    pub source: S,
    /// Takes the turn; `None` while another program has it.
    pub turn: Box<dyn Fn() -> Option<Turn> + Send>,
    /// Told of records that changed, so that the window can refresh.
    pub watcher: Arc<dyn Watcher>,
    /// Told of each new state.
    pub on_state: Box<dyn Fn(&SyncState) + Send>,
    /// A round comes at least this often.
    pub every: Duration,
}

impl<S> Setup<S> {
    /// Without lock, watcher and callback, a round every five minutes.
    pub fn new(source: S) -> Self {
        Self {
            source,
            turn: Box::new(|| Some(Box::new(()))),
            watcher: Arc::new(()),
            on_state: Box::new(|_| {}),
            every: Duration::from_secs(300),
        }
    }
}

/// The background thread. Dropping it stops sync at its next step and waits for the thread.
pub struct Worker {
    wake: Arc<Notify>,
    stop: watch::Sender<bool>,
    state: watch::Receiver<SyncState>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Worker {
    /// Starts it; the first round begins at once.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start<B, S>(store: Store, city: B, setup: Setup<S>) -> io::Result<Self>
    where
        B: Backend + 'static,
        S: Source,
    {
        let wake = Arc::new(Notify::new());
        let (stop, stopped) = watch::channel(false);
        let (states, state) = watch::channel(SyncState::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let run = Run {
            store,
            city,
            setup,
            wake: Arc::clone(&wake),
            carry: Notify::new(),
            states,
        };
        let thread = thread::Builder::new().name("sync".into()).spawn(move || {
            runtime.block_on(run.until(stopped));
        })?;
        Ok(Self {
            wake,
            stop,
            state,
            thread: Some(thread),
        })
    }

    /// Something was saved, or a person asks for it: a round begins as soon as the pace allows.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// How it stands now.
    pub fn state(&self) -> SyncState {
        self.state.borrow().clone()
    }

    /// To await the next state.
    pub fn states(&self) -> watch::Receiver<SyncState> {
        self.state.clone()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported by the thread itself; here there is nothing left to save.
            let _ = thread.join();
        }
    }
}
