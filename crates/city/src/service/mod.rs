//! The city's answers, without HTTP.

mod bell;
mod blobs;
mod caller;
mod changes;
mod cursor;
mod decide;
mod enrol;
mod erase;
mod forgotten;
mod form;
mod line;
mod push;
mod scope;
pub(crate) mod scribe;
mod state;
mod stop;
mod tend;
mod verify;
mod wait;
mod who;

pub use caller::Caller;
pub(crate) use enrol::{CODE_LENGTH, code_hash, group_code};
pub(crate) use erase::{Order, forget, founder};
pub(crate) use stop::Stop;
pub(crate) use who::{LEAVING_DAYS, later, new_epoch, restores};

pub(crate) use crate::ledger::Ring;
use crate::{
    Error, LedgerOptions, World,
    ledger::{self, ForgetLog, Forgotten, Ledger, Reading, Writing},
};
use bell::Bell;
use line::Line;
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use wire::{Failure, ProblemCode, Token};

/// The city behind its calls. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    ledger: Box<dyn Ledger>,
    world: Arc<dyn World>,
    forget: ForgetLog,
    bell: Arc<Bell>,
    /// Calls queue here, in order, and not as threads that wait for a lock.
    writing: Semaphore,
    line: Line,
    reading: Semaphore,
    /// Small questions: they do not stand behind those who read whole pages.
    glancing: Semaphore,
    /// Pieces of attachments on their way into the ledger: so few that a push never queues behind many.
    carrying: Semaphore,
}

/// So many calls read pages at once.
const READERS: usize = 2;
/// So many small questions are answered at once.
const GLANCES: usize = 2;
/// So many pieces of attachments are on their way into the ledger at once.
const CARRIERS: usize = 2;

impl Service {
    /// Opens the ledger with the machine's clock. Blocks.
    ///
    /// # Errors
    /// When there is no city, or the ledger cannot be opened.
    pub fn open(options: &LedgerOptions) -> Result<Self, Error> {
        Self::open_in(options, Arc::new(crate::System))
    }

    /// Opens the ledger in a given world. Blocks.
    ///
    /// # Errors
    /// When there is no city, or the ledger cannot be opened, or it is older than its forget log.
    pub fn open_in(options: &LedgerOptions, world: Arc<dyn World>) -> Result<Self, Error> {
        let service = Self::open_restored(options, world)?;
        if service.ledger().is_elsewhere()? {
            return Err(Error::Elsewhere);
        }
        service.face_forget_log()?;
        Ok(service)
    }

    /// Opens a ledger however it came here; only [`crate::admin::restored`] may look at it then.
    pub(crate) fn open_restored(options: &LedgerOptions, world: Arc<dyn World>) -> Result<Self, Error> {
        Self::with(ledger::open(options)?, options, world)
    }

    /// A database behind its log was taken from a backup: what was forgotten since lies in it again.
    fn face_forget_log(&self) -> Result<(), Error> {
        // The log is read first: a running city may write both in between, and then the database is ahead, not behind.
        let newest = self.forget_log().newest()?;
        let (epoch, seq) = self
            .ledger()
            .read(|reading| Ok::<_, Error>((reading.fact("epoch")?, reading.kept()?)))?;
        match newest {
            Some((noted, place)) if epoch.as_ref() == Some(&noted) && place > seq => Err(Error::Behind),
            _ => Ok(()),
        }
    }

    /// Makes an empty ledger; [`crate::admin::init`] fills it.
    pub(crate) fn create(options: &LedgerOptions, world: Arc<dyn World>) -> Result<Self, Error> {
        Self::with(ledger::create(options, &*world)?, options, world)
    }

    fn with(ledger: Box<dyn Ledger>, options: &LedgerOptions, world: Arc<dyn World>) -> Result<Self, Error> {
        let bell = Arc::new(Bell::default());
        let rings = Arc::clone(&bell);
        ledger.follow(Box::new(move |ring, seq| rings.ring(ring, seq)))?;
        let inner = Inner {
            writing: Semaphore::new(ledger.writers()),
            line: Line::default(),
            ledger,
            world,
            forget: ForgetLog::at(options.forget()),
            bell,
            reading: Semaphore::new(READERS),
            glancing: Semaphore::new(GLANCES),
            carrying: Semaphore::new(CARRIERS),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whoever holds this token; without one, only enrolment is answered.
    pub fn caller(&self, token: Option<Token>) -> Caller {
        Caller::new(self.clone(), token)
    }

    /// Whether the ledger answers: `/readyz`.
    ///
    /// # Errors
    /// `unavailable` when it does not.
    pub async fn ready(&self) -> Result<(), Failure> {
        self.glance(|reading| Ok(reading.seq().map(|_| ())?)).await
    }

    /// How long the same open transaction, ours or another program's, has held the feed back; none where nothing does.
    pub fn held_back(&self) -> Option<Duration> {
        self.ledger().stands()
    }

    pub(crate) fn ledger(&self) -> &dyn Ledger {
        &*self.inner.ledger
    }

    pub(crate) fn world(&self) -> &dyn World {
        &*self.inner.world
    }

    pub(crate) fn forget_log(&self) -> &ForgetLog {
        &self.inner.forget
    }

    /// Notes the place that a forgetting has brought the database to, before it is acknowledged: a backup from just
    /// before is behind it, even if nothing else is ever written.
    pub(crate) fn note_place(&self) -> Result<(), Error> {
        let (epoch, seq) = self
            .ledger()
            .read(|reading| Ok::<_, Error>((who::epoch(reading)?, reading.kept()?)))?;
        let now = self.world().now();
        self.forget_log().append(now, &epoch.0, seq, Forgotten::Position)
    }

    pub(crate) fn bell(&self) -> &Bell {
        &self.inner.bell
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Reading) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Failure> {
        self.apart(&self.inner.reading, |service| service.ledger().read(work))
            .await
    }

    /// A small question.
    async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Reading) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Failure> {
        self.apart(&self.inner.glancing, |service| service.ledger().read(work))
            .await
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self, &mut dyn Writing) -> Result<(T, Ring), Stop> + Send + 'static,
    ) -> Result<T, Failure> {
        self.apart(&self.inner.writing, |service| {
            service.commit(|writing| work(service, writing))
        })
        .await
    }

    /// Writes about so many changes beside others, perhaps in one transaction with them. The work runs again from the
    /// beginning if somebody was there before it, or failed beside it.
    async fn write_beside<T: Send + 'static>(
        &self,
        changes: usize,
        work: impl FnMut(&Self, &mut dyn Writing) -> Result<(T, Ring), Stop> + Send + 'static,
    ) -> Result<T, Failure> {
        let unavailable = || Failure::from(ProblemCode::Unavailable);
        let mut answer = self.inner.line.join(changes, work);
        loop {
            let turn = tokio::select! {
                biased;
                answered = &mut answer => return answered.unwrap_or_else(|_| Err(unavailable())),
                turn = self.inner.writing.acquire() => turn.map_err(|_| unavailable())?,
            };
            let errands = self.inner.line.first(self.ledger().together());
            if errands.is_empty() {
                // Somebody who writes now has taken it along.
                drop(turn);
                return answer.await.unwrap_or_else(|_| Err(unavailable()));
            }
            let service = self.clone();
            let done = tokio::task::spawn_blocking(move || line::run(&service, errands)).await;
            done.map_err(|_| unavailable())?;
        }
    }

    /// Writes in one transaction, alone, and tells those who wait once it is kept. Blocks.
    pub(crate) fn commit<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut dyn Writing) -> Result<(T, Ring), E>,
    ) -> Result<T, E> {
        self.ledger().write(|writing| told(writing, work))
    }

    /// Runs blocking work on a thread of its own.
    async fn apart<T: Send + 'static>(
        &self,
        turn: &Semaphore,
        work: impl FnOnce(&Self) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Failure> {
        let unavailable = || Failure::from(ProblemCode::Unavailable);
        let _turn = turn.acquire().await.map_err(|_| unavailable())?;
        let service = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&service)).await;
        done.map_err(|_| unavailable())?.map_err(Stop::into_failure)
    }
}

/// Does the work and hands on whom it concerns.
fn told<T, E: From<Error>>(
    writing: &mut dyn Writing,
    work: impl FnOnce(&mut dyn Writing) -> Result<(T, Ring), E>,
) -> Result<T, E> {
    let (answer, ring) = work(writing)?;
    writing.tell(ring)?;
    Ok(answer)
}
