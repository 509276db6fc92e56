//! A device: its notebook on a disk, a clock that may be wrong, and the round that runs on it.

use super::{
    Problem,
    chance::Chance,
    clock::Machine,
    folder::Lives,
    network::{Line, Wire},
};
use domain::{Body, Kind, Members, Record, RecordId, State};
use std::{
    future::poll_fn,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};
use store::{DatabaseKey, Filter, Identity, Page, Stamp, Store, Unlock};
use sync::{Counted, Door, Source, round};
use wire::Token;

type Round = Pin<Box<dyn Future<Output = Result<Counted, sync::Error>>>>;

/// A round of a history has some hundred steps.
const MOST_STEPS: usize = 100_000;

/// What became of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody works with it.
    InUse,
    /// Its person left or it was lost, and it has not heard of it yet, or has something left to send.
    Ending,
    /// Its key is destroyed.
    Wiped,
}

/// A device.
pub struct Device {
    /// Its number in a history.
    pub n: usize,
    /// Who works with it.
    pub person: usize,
    /// It runs a version that knows more than the others.
    pub newer: bool,
    /// It was restored from a copy; its counters may have been used before.
    pub rolled_back: bool,
    /// What became of it.
    pub standing: Standing,
    /// Its clock and chance.
    pub machine: Machine,
    line: Line,
    lives: Lives,
    key: DatabaseKey,
    store: Option<Store>,
    round: Option<Round>,
}

impl Device {
    /// A device whose files lie in the first life of `lives`.
    ///
    /// # Errors
    /// When the notebook does not open.
    pub fn open(
        n: usize,
        person: usize,
        lives: Lives,
        key: DatabaseKey,
        line: Line,
        machine: Machine,
    ) -> Result<Self, Problem> {
        let store = Store::open(&lives.here(), &Unlock::Key(key.clone()))?;
        Ok(Self {
            n,
            person,
            newer: false,
            rolled_back: false,
            standing: Standing::InUse,
            machine,
            line,
            lives,
            key,
            store: Some(store),
            round: None,
        })
    }

    /// The open notebook.
    ///
    /// # Panics
    /// When it was wiped.
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("a wiped device is not asked")
    }

    /// Its wire.
    pub fn wire(&self) -> &Wire {
        self.line.wire()
    }

    /// The city as it speaks to it.
    ///
    /// # Errors
    /// When the notebook cannot be read.
    pub fn city(&self) -> Result<Line, Problem> {
        Ok(self.line.with_token(Token(self.identity()?.token.clone())))
    }

    /// Who it is.
    ///
    /// # Errors
    /// When the notebook cannot be read.
    pub fn identity(&self) -> Result<Identity, Problem> {
        let identity = self.store().read(|r| r.identity())?;
        Ok(identity.ok_or("an enrolled device has an identity")?)
    }

    /// Where its files lie now.
    pub fn folder(&self) -> PathBuf {
        self.lives.here()
    }

    /// Whether a round is under way.
    pub fn is_talking(&self) -> bool {
        self.round.is_some()
    }

    /// Begins a round; it goes on as it is stepped.
    ///
    /// # Errors
    /// When the notebook cannot be read.
    pub fn begin_round(&mut self) -> Result<(), Problem> {
        let (store, city, machine) = (self.store().clone(), self.city()?, self.machine.clone());
        self.round = Some(Box::pin(async move { round(&store, &city, &machine).await }));
        Ok(())
    }

    /// Lets the round take one step, and everything that this started come to its end. `Some` when the round is over.
    pub async fn step(&mut self) -> Option<Result<Counted, sync::Error>> {
        let round = self.round.as_mut()?;
        // Work that this step asks for begins after it: else a quick disk would let the round go on in the same step.
        let gate = Arc::new(Mutex::new(()));
        let polled = poll_fn(|context| {
            let closed = gate.lock().unwrap_or_else(PoisonError::into_inner);
            let waiting = Arc::clone(&gate);
            drop(tokio::task::spawn_blocking(move || drop(waiting.lock())));
            let polled = round.as_mut().poll(context);
            drop(closed);
            Poll::Ready(polled)
        })
        .await;
        self.settle().await;
        match polled {
            Poll::Ready(done) => {
                self.round = None;
                Some(done)
            }
            Poll::Pending => None,
        }
    }

    /// Lets the round go on to its end; nothing befalls it on the way, so nobody has to look between its steps. `None` where
    /// there is no round, or it comes to no end.
    pub async fn finish(&mut self) -> Option<Result<Counted, sync::Error>> {
        let mut round = self.round.take()?;
        let mut left = MOST_STEPS;
        let done = poll_fn(|context| {
            left -= 1;
            match left {
                0 => Poll::Ready(None),
                _ => round.as_mut().poll(context).map(Some),
            }
        })
        .await;
        self.settle().await;
        done
    }

    /// Waits until the notebook's thread and the city have done what they were asked. All blocking work of a history runs
    /// on one thread in the order asked, so that each step begins from one and the same state whenever it is replayed.
    pub async fn settle(&self) {
        loop {
            tokio::task::spawn_blocking(|| ())
                .await
                .expect("an empty task ends well");
            if !self.wire().is_busy() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// What was under way over its wire arrives now.
    pub async fn deliver_late(&self) {
        self.line.deliver_late().await;
        self.settle().await;
    }

    /// Is killed this instant, and started again on what its disk holds.
    ///
    /// # Errors
    /// When the notebook does not open again.
    pub fn crash(&mut self) -> Result<(), Problem> {
        let from = self.folder();
        self.begin_life(&from)
    }

    /// Its power is cut in the middle of the next step of its round. False where that step wrote nothing, and is done.
    ///
    /// What a step writes is on the disk before the next begins (`synchronous = FULL`, which a test of the store holds);
    /// of what the step itself wrote, the disk keeps any part. So no hook below SQLite is needed.
    ///
    /// # Errors
    /// When the notebook does not open again.
    pub async fn cut_power(&mut self, chance: &mut Chance) -> Result<bool, Problem> {
        let (before, after) = (self.lives.beside("before"), self.lives.beside("after"));
        let torn = self.lives.beside("torn");
        for folder in [&before, &after, &torn] {
            let _ = std::fs::remove_dir_all(folder);
        }
        super::folder::copy(&self.folder(), &before)?;
        // If the round is over with it, nobody hears of that.
        let _ = self.step().await;
        super::folder::copy(&self.folder(), &after)?;
        let from = match super::folder::torn(&before, &after, &torn, chance)? {
            Some(()) => torn,
            None => after,
        };
        self.begin_life(&from)?;
        Ok(from == self.lives.beside("torn"))
    }

    /// Keeps a copy of its files.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn back_up(&self) -> Result<PathBuf, Problem> {
        let to = self.lives.beside("backup");
        let _ = std::fs::remove_dir_all(&to);
        super::folder::copy(&self.folder(), &to)?;
        Ok(to)
    }

    /// Goes on with these files.
    ///
    /// # Errors
    /// When the notebook does not open.
    pub fn begin_life(&mut self, from: &std::path::Path) -> Result<(), Problem> {
        let here = self.lives.begin(from)?;
        self.round = None;
        // Closing the old life cleanly writes to its own files only.
        self.store = None;
        self.store = Some(Store::open(&here, &Unlock::Key(self.key.clone()))?);
        Ok(())
    }

    /// Destroys its key and its files.
    pub fn wipe(&mut self) {
        self.standing = Standing::Wiped;
        self.round = None;
        self.store = None;
        self.wire().weather().late.clear();
        let _ = std::fs::remove_dir_all(self.folder());
    }

    /// A record as it stands here.
    ///
    /// # Errors
    /// When the notebook cannot be read.
    pub fn record(&self, id: RecordId) -> Result<Option<Record>, Problem> {
        Ok(self.store().read(|r| r.record(id))?.map(|stored| stored.record))
    }

    /// Every record that lives or lies in the trash here, but the catalogue, in the order of their ids.
    ///
    /// # Errors
    /// When the notebook cannot be read.
    pub fn records(&self) -> Result<Vec<Record>, Problem> {
        let mut records = self.store().read(|r| {
            let mut records = Vec::new();
            for kind in kinds() {
                for state in [State::Live, State::Trashed] {
                    let filter = Filter {
                        state,
                        ..Filter::of(kind.clone())
                    };
                    let found = r.list(&filter, Page::first(10_000))?;
                    records.extend(found.into_iter().map(|stored| stored.record));
                }
            }
            Ok(records)
        })?;
        records.sort_by_key(|record| record.envelope.id);
        Ok(records)
    }

    /// Saves a record as its editor does.
    ///
    /// # Errors
    /// What the notebook says.
    pub fn save(&self, record: &Record) -> Result<(), Problem> {
        let stamp = Stamp {
            mutation_id: self.machine.mutation_id(),
            by: self.identity()?.person,
            at: self.machine.now(),
        };
        self.store().write(|w| w.save(record, stamp))?;
        Ok(())
    }
}

/// The members of a record's body.
pub fn members(record: &Record) -> Members {
    record
        .body
        .as_ref()
        .and_then(|body: &Body| body.members().ok())
        .unwrap_or_default()
}

/// A line of its own for each device.
pub fn wire(n: usize, person: usize, journal: &Arc<super::journal::Journal>) -> Arc<Wire> {
    Arc::new(Wire::new(n, person, journal))
}

/// The kinds that a history makes, the last one of a newer version.
pub fn kinds() -> [Kind; 6] {
    [
        Kind::Note,
        Kind::Request,
        Kind::Meeting,
        Kind::Contact,
        Kind::Board,
        Kind::Other("beobachtung".to_owned()),
    ]
}
