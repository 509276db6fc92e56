//! Pushing the outbox: frozen changes, repeated unchanged until their outcome is known.

use crate::{Counted, Error, Source, Watcher, apply, talk::Talk, translate};
use std::collections::BTreeSet;
use store::{InFlight, Store};
use wire::{
    Backend, Change, Failure, MAX_PUSH_BYTES, MAX_PUSH_CHANGES, Outcome, ProblemCode, PushRequest, PushResult, Refusal,
};

/// What stands around the changes in a push.
const FRAME_BYTES: usize = 1_024;
/// So many bytes of records are frozen at once; as JSON in JSON they grow by quotes and escapes.
const FREEZE_BYTES: usize = MAX_PUSH_BYTES * 3 / 4;

impl<B: Backend, S: Source> Talk<'_, B, S> {
    /// Repeats what was sent and not answered.
    pub(crate) async fn resolve_in_flight(&mut self) -> Result<(), Error> {
        let frozen = self.store.read(|reading| reading.in_flight())?;
        self.send_all(frozen).await
    }

    /// Sends everything that waits. Says whether there was anything.
    pub(crate) async fn push(&mut self) -> Result<bool, Error> {
        let mut sent = BTreeSet::new();
        loop {
            let freeze = |store: &Store| store.write_beside(|writing| writing.freeze(MAX_PUSH_CHANGES, FREEZE_BYTES));
            let (frozen, _) = self.at_the_notebook(move |store, _, _| Ok(freeze(store)?)).await?;
            // An answer that left a change in flight leaves it to the next round, not to an endless one.
            let fresh: Vec<_> = frozen
                .into_iter()
                .filter(|change| sent.insert(change.mutation_id))
                .collect();
            if fresh.is_empty() {
                return Ok(!sent.is_empty());
            }
            self.send_all(fresh).await?;
        }
    }

    async fn send_all(&mut self, frozen: Vec<InFlight>) -> Result<(), Error> {
        let mut parts = chunks(frozen.into_iter().map(translate::change).collect());
        parts.reverse();
        while let Some(mut part) = parts.pop() {
            let request = PushRequest {
                epoch: self.epoch.clone(),
                changes: part.clone(),
            };
            let results = match self.city.push(request).await {
                Ok(answer) => answered(&part, answer.results)?,
                // One change that the city cannot even read must not hold up those beside it.
                Err(failure) if blames_content(&failure) && part.len() > 1 => {
                    let rest = part.split_off(part.len() / 2);
                    parts.extend([rest, part]);
                    continue;
                }
                Err(failure) if blames_content(&failure) => vec![refusal(&part[0], &failure)],
                Err(failure) => return Err(failure.into()),
            };
            let counted = self
                .at_the_notebook(move |store, source, watcher| outcomes(store, results, source, watcher))
                .await?;
            self.count(counted);
        }
        Ok(())
    }
}

/// Parts of a push that keep within the city's bounds; the order stays.
fn chunks(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let mut parts: Vec<Vec<Change>> = Vec::new();
    let mut room = 0;
    for change in changes {
        let bytes = serde_json::to_string(&change).map_or(MAX_PUSH_BYTES, |json| json.len() + 1);
        match parts.last_mut() {
            Some(part) if part.len() < MAX_PUSH_CHANGES && bytes <= room => part.push(change),
            _ => {
                parts.push(vec![change]);
                room = MAX_PUSH_BYTES - FRAME_BYTES;
            }
        }
        room = room.saturating_sub(bytes);
    }
    parts
}

/// The results, if there is one for each change, in the order sent.
fn answered(sent: &[Change], results: Vec<PushResult>) -> Result<Vec<PushResult>, Error> {
    let ours = sent.iter().map(|change| (change.mutation_id, change.envelope.id));
    if ours.eq(results.iter().map(|result| (result.mutation_id, result.id))) {
        Ok(results)
    } else {
        Err(Failure::NotACity.into())
    }
}

fn blames_content(failure: &Failure) -> bool {
    matches!(failure.code(), Some(ProblemCode::Invalid | ProblemCode::TooLarge))
}

fn refusal(change: &Change, failure: &Failure) -> PushResult {
    let code = match failure.code() {
        Some(ProblemCode::TooLarge) => Refusal::TooLarge,
        _ => Refusal::Invalid,
    };
    PushResult {
        mutation_id: change.mutation_id,
        id: change.envelope.id,
        outcome: Outcome::Refused { code },
    }
}

/// Writes down what became of the changes. Blocks.
fn outcomes(
    store: &Store,
    results: Vec<PushResult>,
    source: &impl Source,
    watcher: &dyn Watcher,
) -> Result<Counted, Error> {
    let (counted, changes) = store.write_beside(|writing| {
        let mut counted = Counted::default();
        for result in results {
            counted += outcome(writing, result, source)?;
        }
        Ok(counted)
    })?;
    watcher.changed(&changes);
    Ok(counted)
}

fn outcome(
    writing: &mut store::Writing<'_>,
    result: PushResult,
    source: &impl Source,
) -> Result<Counted, store::Error> {
    let mut counted = Counted::default();
    match result.outcome {
        // A head that went on since comes by the feed as well: its place there is behind this device's cursor.
        Outcome::Accepted {
            version,
            changed_at,
            head: _,
        } => {
            if known(writing.accepted(result.mutation_id, version, changed_at))? {
                counted.pushed = 1;
            }
        }
        Outcome::Stale { head } => {
            counted += apply::record(writing, &translate::confirmed(*head), source)?;
        }
        Outcome::Gone => writing.forget(result.id, None)?,
        Outcome::Refused { code } => {
            if known(writing.refused(result.mutation_id, word(code)))? {
                counted.refused = 1;
            }
        }
    }
    Ok(counted)
}

/// An answer to a change that is no longer in flight says nothing new: another round was told it before.
fn known(written: Result<(), store::Error>) -> Result<bool, store::Error> {
    match written {
        Err(store::Error::NotInFlight(_)) => Ok(false),
        other => other.map(|()| true),
    }
}

/// The refusal as the notebook keeps it and the window words it.
fn word(code: Refusal) -> &'static str {
    match code {
        Refusal::Invalid => "invalid",
        Refusal::NotFound => "not_found",
        Refusal::LeftScope => "left_scope",
        Refusal::Forbidden => "forbidden",
        Refusal::TooLarge => "too_large",
        Refusal::Frozen => "frozen",
        Refusal::Other => "other",
    }
}
