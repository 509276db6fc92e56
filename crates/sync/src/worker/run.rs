//! The worker's life: a round, then waiting for a reason for the next.

use super::{Phase, Setup, SyncState, network::Routes};
use crate::{Carried, Counted, Source, carry, pace, round_watched};
use std::{sync::Arc, time::Duration};
use store::Store;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep, sleep_until},
};
use wire::{Backend, Cursor, Failure, ProblemCode};

/// Another program has the turn: look again soon, a command line's round is short.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Rounds never follow each other faster, whatever calls for them.
const BREATH: Duration = Duration::from_millis(200);
/// A photo that somebody waits for, and that the city lacked, is looked for this often.
const AWAITED_AGAIN: Duration = Duration::from_secs(15);
/// How often the routing table is looked at while the city is not reached.
const LOOK_FOR_NETWORK: Duration = Duration::from_secs(3);

pub(super) struct Run<B, S> {
    pub(super) store: Store,
    pub(super) city: B,
    pub(super) setup: Setup<S>,
    pub(super) wake: Arc<Notify>,
    /// A round went well: attachments may be carried.
    pub(super) carry: Notify,
    pub(super) states: watch::Sender<SyncState>,
}

/// How a round went, as far as waiting for the next one goes.
enum Went {
    Well(Counted),
    Badly { offline: bool, until: Instant },
    Elsewhere,
}

impl<B: Backend, S: Source> Run<B, S> {
    pub(super) async fn until(self, mut stopped: watch::Receiver<bool>) {
        tokio::select! {
            // Every step of a round may be its last; the next start goes on from there.
            _ = stopped.wait_for(|stop| *stop) => {}
            () = self.forever() => {}
            () = self.carrying() => {}
        }
    }

    /// Attachments are carried beside the rounds, so that no record waits for a photo.
    async fn carrying(&self) {
        loop {
            self.carry.notified().await;
            while self.carry_once().await {
                // Somebody looks at a record whose photo is still on a colleague's device.
                sleep(AWAITED_AGAIN).await;
            }
        }
    }

    /// Says whether it is worth trying again soon.
    async fn carry_once(&self) -> bool {
        let carried = carry(&self.store, &self.city, &self.setup.source, &self.setup.watcher).await;
        let status = self.store.read(|reading| reading.status()).ok();
        self.publish(|state| state.waits(status.as_ref()));
        match carried {
            Ok(Carried { awaited, .. }) => awaited,
            Err(error) => {
                // The rounds notice what it is, and say so; a city that wants peace gets it.
                tracing::info!(code = error.code(), "attachments wait");
                sleep(pace::pause(1, error.asked_pause(), self.setup.source.chance())).await;
                !error.is_offline()
            }
        }
    }

    async fn forever(&self) {
        let mut failures = 0;
        loop {
            let began = Instant::now();
            match self.once(failures).await {
                Went::Well(Counted { wipe: Some(_), .. }) => return,
                Went::Well(_) => {
                    failures = 0;
                    self.carry.notify_one();
                    self.rest(began).await;
                }
                Went::Badly { offline, until } => {
                    failures = failures.saturating_add(1);
                    self.sit_out(offline, until).await;
                }
                Went::Elsewhere => sleep(LOOK_AGAIN).await,
            }
            sleep_until(began + BREATH).await;
        }
    }

    async fn once(&self, failures: u32) -> Went {
        let Some(_turn) = (self.setup.turn)() else {
            self.publish(|state| state.phase = Phase::Elsewhere);
            return Went::Elsewhere;
        };
        self.publish(|state| state.phase = Phase::Running);
        let result = round_watched(&self.store, &self.city, &self.setup.source, &self.setup.watcher).await;
        let now = self.setup.source.now();
        let status = self.store.read(|reading| reading.status()).ok();
        match result {
            Ok(counted) => {
                self.publish(|state| {
                    state.succeeded(now, counted);
                    state.waits(status.as_ref());
                });
                Went::Well(counted)
            }
            Err(error) => {
                let pause = pace::pause(failures + 1, error.asked_pause(), self.setup.source.chance());
                let pause_millis = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
                let next = domain::At::from_millis(now.millis().saturating_add(pause_millis));
                tracing::info!(code = error.code(), failures, "a round ended early");
                self.publish(|state| {
                    state.failed(&error, next);
                    state.waits(status.as_ref());
                });
                Went::Badly {
                    offline: error.is_offline(),
                    until: Instant::now() + pause,
                }
            }
        }
    }

    /// Everything is exchanged: until a save, until the city calls, or until it is time.
    async fn rest(&self, began: Instant) {
        let cursor = self.store.read(|reading| reading.cursor()).ok().flatten();
        tokio::select! {
            () = self.wake.notified() => {}
            () = sleep_until(began + self.setup.every) => {}
            () = self.called(cursor.map(Cursor)) => {}
        }
    }

    /// Returns when the city has something, or is no longer reached.
    async fn called(&self, cursor: Option<Cursor>) {
        let Some(cursor) = cursor else {
            return std::future::pending().await;
        };
        loop {
            match self.city.wait(cursor.clone()).await {
                Ok(answer) if answer.more || answer.scope_changed || answer.leaving => return,
                // Half a minute of nothing: ask again, but never in a tight circle.
                Ok(_) => sleep(BREATH).await,
                // A cut line is how a lost network is noticed: the next round says so, or finds it back.
                Err(Failure::Offline(_)) => return sleep(LOOK_AGAIN).await,
                // The city has something to say about this device itself: the next round hears it, and acts on it.
                Err(failure) if failure.code().is_some_and(concerns_the_device) => return,
                Err(_) => return std::future::pending().await,
            }
        }
    }

    /// After a failure: until the pause is over; when offline also when something was saved or a network came.
    async fn sit_out(&self, offline: bool, until: Instant) {
        if !offline {
            // The city is there and said what is wrong; a save does not change that, and it asked for peace.
            return sleep_until(until).await;
        }
        tokio::select! {
            () = sleep_until(until) => {}
            () = async { sleep(LOOK_AGAIN).await; self.wake.notified().await } => {}
            () = network_came() => {}
        }
    }

    fn publish(&self, change: impl FnOnce(&mut SyncState)) {
        self.states.send_if_modified(|state| {
            let before = state.clone();
            change(state);
            let modified = *state != before;
            if modified {
                (self.setup.on_state)(state);
            }
            modified
        });
    }
}

/// What a city may say at any time, and no retry changes.
fn concerns_the_device(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::Revoked | ProblemCode::Unauthorised | ProblemCode::NewEpoch | ProblemCode::TooOld
    )
}

async fn network_came() {
    let before = Routes::now();
    loop {
        sleep(LOOK_FOR_NETWORK).await;
        let now = Routes::now();
        if now != before && now != Routes::default() {
            return;
        }
    }
}
