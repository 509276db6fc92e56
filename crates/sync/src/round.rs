//! A round, read like the protocol.

use crate::{Counted, Error, Source, Watcher, carry, revoked, scope, talk::Talk};
use domain::At;
use std::sync::Arc;
use store::{Identity, PassKind, Store};
use wire::{Backend, DeviceReport, DeviceState, Failure, Me, ProblemCode, Token};

/// After so many pushes that met newer states, the rest waits for the next round.
const MAX_TURNS: usize = 50;
/// A city that begins a new epoch so often within one round is not well.
const MAX_BEGINNINGS: usize = 3;
/// So long, in milliseconds, "Nicht übertragbar" keeps what was set aside: 30 days to hand it over.
const KEPT_ASIDE: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Exchanges everything that can be exchanged now: records, and then their attachments.
///
/// Asks who one is, repeats what was in flight, then pulls and pushes until it is quiet. May be dropped at any await
/// and called again: what was done stands, and what was not is done then. Attachments that could not be carried
/// wait, and the round went well all the same.
///
/// # Errors
/// When the city or the notebook fails; nothing is lost by it.
pub async fn round<B: Backend, S: Source>(store: &Store, city: &B, source: &S) -> Result<Counted, Error> {
    let nobody: Arc<dyn Watcher> = Arc::new(());
    let mut counted = round_watched(store, city, source, &nobody).await?;
    if counted.wipe.is_none() {
        match carry(store, city, source, &nobody).await {
            Ok(carried) => {
                counted.files_sent += carried.sent;
                counted.files_fetched += carried.fetched;
            }
            Err(error) => tracing::info!(code = error.code(), "attachments wait for the next round"),
        }
        counted.files_waiting = store.read(|reading| reading.attachments_waiting())?;
    }
    Ok(counted)
}

/// The records of a round, telling `watcher` what was written. Attachments are the business of [`carry`].
///
/// # Errors
/// As [`round`].
pub async fn round_watched<B: Backend, S: Source>(
    store: &Store,
    city: &B,
    source: &S,
    watcher: &Arc<dyn Watcher>,
) -> Result<Counted, Error> {
    let identity = store.read(|reading| reading.identity())?.ok_or(Error::NotEnrolled)?;
    let mut talk = Talk::begin(store, city, source, watcher)?;
    for _ in 0..MAX_BEGINNINGS {
        match talk.converse().await {
            Err(error) if begins_anew(&error) => {}
            Err(Error::City(Failure::Problem(problem)))
                if revoked::is_proven(&problem, &Token(identity.token.clone()), identity.device_id) =>
            {
                talk.counted.wipe = Some(crate::Wipe::Revoked);
                return Ok(talk.counted);
            }
            other => return other.map(|()| talk.counted),
        }
    }
    Err(Error::Restless)
}

/// The city says in the middle of a round that it was restored, or that the pass must begin again.
fn begins_anew(error: &Error) -> bool {
    matches!(
        error.problem(),
        Some(ProblemCode::NewEpoch | ProblemCode::CursorExpired)
    )
}

/// Tells the city that this device destroyed its key: the last thing that is heard of it.
///
/// # Errors
/// When the city is not reached; the call may be repeated.
pub async fn report_wiped<B: Backend>(city: &B) -> Result<(), Failure> {
    let report = DeviceReport {
        cursor: None,
        waiting: 0,
        oldest_waiting_at: None,
        forgotten_through: None,
        wiped: true,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    city.report_state(report).await
}

impl<B: Backend, S: Source> Talk<'_, B, S> {
    async fn converse(&mut self) -> Result<(), Error> {
        let me = self.who_am_i().await?;
        if me.state == DeviceState::Leaving {
            return self.leave().await;
        }
        if self.store.read(|reading| reading.pass())? != Some(PassKind::NewEpoch) {
            // Bases of an earlier life of the city prove nothing: there the pull comes first and finds new ones.
            self.resolve_in_flight().await?;
        }
        for _ in 0..MAX_TURNS {
            if self.pull().await? {
                self.who_am_i().await?;
            }
            if !self.push().await? {
                break;
            }
        }
        self.ask_what_was_forgotten().await?;
        self.report().await
    }

    /// Asks the city, and brings identity, epoch and scope of this device in line with the answer.
    pub(crate) async fn who_am_i(&mut self) -> Result<Me, Error> {
        let me = self.city.me().await?;
        if let Some(now) = me.now {
            self.count_aside(now).await?;
        }
        let known = self.identity()?;
        self.epoch = me.epoch.clone();
        if scope::differs(&known, &me) {
            let me = me.clone();
            self.at_the_notebook(move |store, source, watcher| scope::adopt(store, &me, source.now(), watcher))
                .await?;
        }
        Ok(me)
    }

    /// The days of what rests under "Nicht übertragbar" are the city's: this device's clock may be wrong by years. A round
    /// may last, and a lid be closed in the midst of it, so what is set aside in this one begins to count with the next.
    async fn count_aside(&self, now: At) -> Result<(), Error> {
        if self.store.read(|reading| reading.untransferable())?.is_empty() {
            return Ok(());
        }
        let last = At::from_millis(now.millis() - KEPT_ASIDE).unwrap_or(now);
        self.at_the_notebook(move |store, _, watcher| {
            let ((), changes) = store.write_beside(|writing| writing.count_aside(now, last))?;
            watcher.changed(&changes);
            Ok(())
        })
        .await
    }

    /// Push only; once nothing waits, the notebook has served.
    async fn leave(&mut self) -> Result<(), Error> {
        if self.store.read(|reading| reading.pass())? == Some(PassKind::NewEpoch) {
            // Who leaves pulls no more, and this device may be the last that has what the restored city lost.
            let offer = |store: &Store| store.write_beside(|writing| writing.offer_unseen());
            self.at_the_notebook(move |store, _, _| Ok(offer(store)?)).await?;
        }
        self.resolve_in_flight().await?;
        for _ in 0..MAX_TURNS {
            if !self.push().await? {
                break;
            }
        }
        self.counted.files_sent += self.send_attachments().await?;
        self.ask_what_was_forgotten().await?;
        self.report().await?;
        // Counted once more: somebody may have typed while the report was under way. What cannot be transferred has to be
        // looked at by a person first, as what was refused has.
        let status = self.store.read(|reading| reading.status())?;
        self.counted.waiting = status.waiting;
        self.counted.files_waiting = status.attachments_waiting;
        if status.waiting == 0 && status.attachments_waiting == 0 && status.untransferable == 0 {
            self.counted.wipe = Some(crate::Wipe::Left);
        }
        Ok(())
    }

    /// Tells the city how far this device is, unless it was told the same before; by it others see that a month's
    /// numbers are complete, and that what was to be forgotten is. Then notes that the round went well.
    async fn report(&mut self) -> Result<(), Error> {
        let read = |reading: &store::Reading<'_>| {
            let (waiting, oldest) = reading.waiting_count()?;
            Ok((waiting, oldest, reading.cursor()?, reading.reported()?))
        };
        let (waiting, oldest_waiting_at, cursor, told) = self.store.read(read)?;
        self.counted.waiting = waiting;
        let cursor = cursor.map(wire::Cursor);
        let report = DeviceReport {
            forgotten_through: cursor.clone(),
            cursor,
            waiting,
            oldest_waiting_at,
            wiped: false,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let words = serde_json::to_string(&report).expect("a report holds strings and numbers");
        let is_news = told.as_deref() != Some(&words);
        if is_news {
            self.city.report_state(report).await?;
        }
        let noted = move |store: &Store, at: At| {
            store.write_beside(|writing| {
                if is_news {
                    writing.set_reported(&words)?;
                }
                writing.expire_attachments(at)?;
                writing.set_last_sync_at(at)
            })
        };
        self.at_the_notebook(move |store, source, _| Ok(noted(store, source.now())?))
            .await?;
        Ok(())
    }

    fn identity(&self) -> Result<Identity, Error> {
        self.store.read(|reading| reading.identity())?.ok_or(Error::NotEnrolled)
    }
}
