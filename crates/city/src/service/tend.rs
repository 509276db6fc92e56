//! What a running city does by itself.

use super::{
    Ring, Service, Stop,
    erase::founder,
    scribe::Scribe,
    who::{earlier, epoch},
};
use crate::{Error, ledger::Forgotten};
use domain::State;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use wire::Failure;

/// The trash keeps records so long.
const TRASH_DAYS: i64 = 30;
/// Notes of accepted changes are kept so long; compare-and-set prevents a double effect after that.
const LOG_DAYS: i64 = 180;
/// Attachments that are not whole wait so long for their next piece.
const PARTIAL_DAYS: i64 = 1;
/// One transaction of a sweep takes so many records, so that nobody waits long behind it.
const SWEEP: usize = 500;

impl Service {
    /// What a running city does by itself, until it is dropped: looks for other processes' writes, empties the trash,
    /// destroys what was dropped of attachments, notes its position in the forget log. One for each instance.
    pub async fn tend(&self) {
        let mut ticks = interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut looked = None;
        let mut noted = None;
        for second in 0u64.. {
            ticks.tick().await;
            // Nobody is told; the next second tries again, and the log says what is wrong.
            let _ = self.look(&mut looked).await;
            if second % 60 == 0 {
                let _ = self.note_position(&mut noted).await;
                let _ = self.destroy_dropped().await;
            }
            if second % 3_600 == 0 {
                let _ = self.sweep().await;
                let _ = self.gather().await;
            }
        }
    }

    /// Rings for everybody if another process wrote.
    async fn look(&self, before: &mut Option<i64>) -> Result<(), Failure> {
        if !self.bell().is_awaited() {
            return Ok(());
        }
        let now = self
            .apart(&self.inner.writing, |service| Ok(service.ledger().look()?))
            .await?;
        // The first look has nothing to compare with, and somebody may have written since the waiting ones looked.
        if before.replace(now) != Some(now) {
            self.bell().ring(Ring::All, 0);
        }
        Ok(())
    }

    /// Notes epoch and place in the forget log, if the place is another one.
    async fn note_position(&self, noted: &mut Option<u64>) -> Result<(), Failure> {
        let (epoch, seq) = self.read(|reading| Ok((epoch(reading)?, reading.kept()?))).await?;
        if noted.replace(seq) != Some(seq) {
            let now = self.world().now();
            self.apart(&self.inner.reading, move |service| {
                Ok(service.forget_log().append(now, &epoch.0, seq, Forgotten::Position)?)
            })
            .await?;
        }
        Ok(())
    }

    /// Empties the trash of what lay in it for 30 days, and drops old notes of changes and attachments that nobody went on
    /// with. Answers how many records went.
    ///
    /// # Errors
    /// `unavailable` when the ledger does not answer.
    pub async fn sweep(&self) -> Result<usize, Failure> {
        let mut swept = 0;
        loop {
            let round = self.write(|service, writing| sweep_once(service, writing)).await?;
            swept += round;
            if round < SWEEP {
                break;
            }
        }
        self.destroy_dropped().await?;
        Ok(swept)
    }

    /// Gathers what writing leaves lying about in the ledger.
    ///
    /// # Errors
    /// `unavailable` when the ledger does not answer.
    pub async fn gather(&self) -> Result<(), Failure> {
        self.apart(&self.inner.writing, |service| Ok(service.ledger().gather()?))
            .await
    }

    /// Leaves nothing of what was forgotten in the files, and notes how far the database is now.
    pub(super) async fn scrub(&self) -> Result<(), Failure> {
        self.apart(&self.inner.writing, |service| {
            service.note_place()?;
            Ok(service.ledger().scrub()?)
        })
        .await
    }
}

fn sweep_once(service: &Service, writing: &mut dyn crate::ledger::Writing) -> Result<(usize, Ring), Stop> {
    let now = service.world().now();
    writing.drop_logged_before(earlier(now, LOG_DAYS))?;
    writing.drop_partial_blobs_before(earlier(now, PARTIAL_DAYS))?;
    let ids = writing.trashed_before(earlier(now, TRASH_DAYS), SWEEP)?;
    if ids.is_empty() {
        return Ok((0, Ring::Nobody));
    }
    let city = founder(writing)?;
    let mut standings = writing.standings(&ids)?;
    let mut scribe = Scribe::begin(writing)?;
    for id in &ids {
        let standing = standings.remove(id).ok_or(Error::Row("record.id"))?;
        scribe.revise(
            standing,
            |envelope| envelope.state = State::Deleted,
            (None, None),
            city,
            now,
        );
    }
    let touched = scribe.finish(writing)?;
    Ok((ids.len(), Ring::Keys(touched)))
}
