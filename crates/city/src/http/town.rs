//! What all calls share: the city itself, the limits, and the sign that it is closing.

use super::{admission::Gate, measure::Measure};
use std::{future::Future, num::NonZeroU32, sync::Arc, time::Duration};
use tokio::sync::{Semaphore, watch};
use wire::{Backend, Token};

/// A city that can be put on the network.
pub trait City: Clone + Send + Sync + 'static {
    /// The city as one caller sees it.
    type Caller: Backend + 'static;

    /// Stands for the holder of this token; without one only [`Backend::enrol`] answers.
    fn caller(&self, token: Option<Token>) -> Self::Caller;

    /// Whether calls can be answered now, for `/readyz`.
    fn ready(&self) -> impl Future<Output = bool> + Send;

    /// How long devices have been told of nothing new because somebody's transaction stands open in the database.
    fn held_back(&self) -> Option<Duration> {
        None
    }
}

/// How much one city takes on at once.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Tries to enrol a minute from one address.
    pub enrols_by_address: NonZeroU32,
    /// Tries to enrol a minute in all. With it the 60 bits of a code outlast any guessing from many addresses.
    pub enrols_in_all: NonZeroU32,
    /// Bodies being received or pushed at the same time; each may hold 8 MiB.
    pub bodies: usize,
    /// Pieces of attachments being received at the same time; each holds at most 1 MiB. They have places of their own, so that
    /// photos on slow lines keep no record waiting.
    pub pieces: usize,
    /// Devices that wait in `/v1/wait` at the same time.
    pub waiters: usize,
    /// Connections at the same time; further ones are closed at once.
    pub connections: usize,
    /// A call waits at most so long for its turn before it is told to come again.
    pub turn: Duration,
    /// A push must have arrived after this time: 8 MiB at half a megabit a second.
    pub push_time: Duration,
    /// Any other body must have arrived after this time.
    pub call_time: Duration,
    /// A call is answered after this time, its body and the ledger's work included.
    pub call_time_in_all: Duration,
    /// Head of a request, and TLS handshake.
    pub head_time: Duration,
    /// `/readyz` warns when nothing new was told for so long.
    pub held_back: Duration,
    /// How long open calls may go on when the city closes.
    pub closing_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            enrols_by_address: count(10),
            enrols_in_all: count(120),
            bodies: 32,
            pieces: 64,
            waiters: 10_000,
            connections: 16_384,
            turn: Duration::from_secs(10),
            push_time: Duration::from_secs(150),
            call_time: Duration::from_secs(30),
            call_time_in_all: Duration::from_secs(180),
            head_time: Duration::from_secs(15),
            held_back: Duration::from_secs(60),
            closing_time: Duration::from_secs(10),
        }
    }
}

/// The state behind every route.
pub(crate) struct Town<C> {
    pub(crate) city: C,
    pub(crate) gate: Gate,
    pub(crate) bodies: Semaphore,
    pub(crate) pieces: Semaphore,
    pub(crate) waiters: Semaphore,
    /// Pages being read and packed: as many as there is something to do it with. More at once would be done no sooner, and
    /// take the ledger's writer its processor.
    pub(crate) paging: Semaphore,
    /// Places of those who fetch pages while there is no crowd.
    pub(crate) uncrowded: Semaphore,
    /// Pushes being unpacked and sorted, in the same way.
    pub(crate) sorting: Semaphore,
    pub(crate) limits: Limits,
    pub(crate) measure: Measure,
    /// Becomes true when the city closes; whoever waits is answered then.
    pub(crate) closing: watch::Receiver<bool>,
    pub(crate) openapi: String,
}

impl<C: City> Town<C> {
    pub(crate) fn new(city: C, limits: Limits, behind_proxy: bool, closing: watch::Receiver<bool>) -> Arc<Self> {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Arc::new(Self {
            city,
            gate: Gate::new(&limits, behind_proxy),
            bodies: Semaphore::new(limits.bodies),
            pieces: Semaphore::new(limits.pieces),
            waiters: Semaphore::new(limits.waiters),
            paging: Semaphore::new(processors),
            uncrowded: Semaphore::new(8 * processors),
            sorting: Semaphore::new(processors),
            measure: Measure::new(),
            closing,
            openapi: super::describe::document(&super::routes::all::<C>()),
            limits,
        })
    }

    /// Resolves when the city closes.
    pub(crate) async fn closed(&self) {
        let mut closing = self.closing.clone();
        // An error means that the door itself is gone, which is closing too.
        let _ = closing.wait_for(|closing| *closing).await;
    }
}

impl City for crate::Service {
    type Caller = crate::Caller;

    fn caller(&self, token: Option<Token>) -> Self::Caller {
        Self::caller(self, token)
    }

    async fn ready(&self) -> bool {
        Self::ready(self).await.is_ok()
    }

    fn held_back(&self) -> Option<Duration> {
        Self::held_back(self)
    }
}
