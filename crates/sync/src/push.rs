//! Pushing the outbox: frozen changes, repeated unchanged until their outcome is known.

use crate::{Counted, Error, Source, Watcher, apply, talk::Talk, translate};
use domain::{Action, may};
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
    ///
    /// While the city works on one part, the next is frozen.
    pub(crate) async fn push(&mut self) -> Result<bool, Error> {
        // What another round left in flight was resolved when this one began; it goes first all the same.
        let mut sent = BTreeSet::new();
        let left = self.store.read(|reading| reading.in_flight())?;
        let mut frozen = if left.is_empty() { self.freeze().await? } else { left };
        loop {
            // An answer that left a change in flight leaves it to the next round, not to an endless one.
            frozen.retain(|change| sent.insert(change.mutation_id));
            if frozen.is_empty() {
                return Ok(!sent.is_empty());
            }
            let next = self.freeze();
            let answered = self.send_all(frozen).await;
            // Also after a failure: what is frozen is in flight before the next round looks for it.
            frozen = next.await?;
            answered?;
            if frozen.is_empty() {
                // An answer may have let an edit go on that was made while its record was in flight.
                frozen = self.freeze().await?;
            }
        }
    }

    /// Freezes what waits, as much as one push takes; begins at once.
    fn freeze(&self) -> impl Future<Output = Result<Vec<InFlight>, Error>> + use<B, S> {
        let freeze =
            |store: &Store| store.write_beside(|writing| writing.freeze_waiting(MAX_PUSH_CHANGES, FREEZE_BYTES));
        self.at_the_notebook(move |store, _, _| Ok(freeze(store)?.0))
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
                .at_the_notebook(move |store, source, watcher| outcomes(store, part, results, source, watcher))
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
        let bytes = length(&change);
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

/// How long a change is as JSON, at most.
fn length(change: &Change) -> usize {
    /// Names of the members, the change's id, the longest version, quotes and commas.
    const FRAME: usize = 192;
    let envelope = serde_json::to_string(&change.envelope).map_or(MAX_PUSH_BYTES, |json| json.len());
    let body = change
        .body
        .as_ref()
        .map_or(0, |body| body.as_str().bytes().map(escaped).sum());
    let sealed = change.sealed.as_ref().map_or(0, |sealed| sealed.as_str().len());
    FRAME + envelope + body + sealed
}

/// The bytes of a byte in a JSON string.
fn escaped(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
        0..=0x1F => 6,
        _ => 1,
    }
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
    sent: Vec<Change>,
    results: Vec<PushResult>,
    source: &impl Source,
    watcher: &dyn Watcher,
) -> Result<Counted, Error> {
    let (counted, changes) = store.write_beside(|writing| {
        let person = writing.identity()?.map(|identity| identity.person());
        let mut counted = Counted::default();
        for (change, result) in sent.into_iter().zip(results) {
            let was_taken = matches!(result.outcome, Outcome::Accepted { .. });
            counted += outcome(writing, result, source)?;
            let envelope = change.envelope.with(0, 0, BTreeSet::new());
            if was_taken
                && person
                    .as_ref()
                    .is_some_and(|person| !may(person, Action::Read, &envelope))
            {
                // The last edit of a record that left the person's scope has arrived; nothing holds it here any more.
                writing.leave(envelope.id, source.now())?;
            }
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
            version, changed_at, ..
        } => {
            if known(writing.accepted(result.mutation_id, version, changed_at))? {
                counted.pushed = 1;
            }
        }
        Outcome::Stale { head } => {
            counted += apply::record(writing, &translate::confirmed(*head), source)?;
        }
        Outcome::Gone => writing.gone(result.id, source.now())?,
        Outcome::Refused { code } => {
            if known(writing.refused(result.mutation_id, word(code), source.now()))? {
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Body, MutationId};
    use uuid::Uuid;

    fn change(n: u128, body_bytes: usize) -> Change {
        let envelope = format!(
            r#"{{"id":"{}","kind":"note","organisation":null,"districts":[],"whole_organisation":true,
            "owner":"018f0000-0000-7000-8000-000000000002","confidential":false,"readers":[],"blobs":[],
            "retention":null,"state":"live"}}"#,
            Uuid::from_u128(n)
        );
        Change {
            mutation_id: MutationId(Uuid::from_u128(n)),
            base_version: 0,
            envelope: serde_json::from_str(&envelope).expect("an envelope"),
            body: Some(Body::new("x".repeat(body_bytes))),
            sealed: None,
        }
    }

    fn sizes(parts: &[Vec<Change>]) -> Vec<usize> {
        parts.iter().map(Vec::len).collect()
    }

    #[test]
    fn a_push_keeps_within_the_citys_bounds_and_the_order_stays() {
        let parts = chunks((0..2_500).map(|n| change(n, 10)).collect());
        assert_eq!(sizes(&parts), [1_000, 1_000, 500]);
        let order: Vec<_> = parts
            .iter()
            .flatten()
            .map(|change| change.mutation_id.0.as_u128())
            .collect();
        assert!(order.is_sorted(), "later edits never overtake earlier ones");
        let large = chunks((0..10).map(|n| change(n, 3 * 1024 * 1024)).collect());
        assert_eq!(sizes(&large), [2; 5], "two of 3 MiB fit, three do not");
        for part in large {
            let request = PushRequest {
                epoch: wire::Epoch("e".into()),
                changes: part,
            };
            assert!(serde_json::to_string(&request).expect("JSON").len() <= MAX_PUSH_BYTES);
        }
    }

    #[test]
    fn one_that_is_too_large_goes_alone_for_the_city_to_refuse() {
        let parts = chunks(vec![change(1, 10), change(2, MAX_PUSH_BYTES), change(3, 10)]);
        assert_eq!(sizes(&parts), [1, 1, 1]);
    }

    #[test]
    fn answers_to_other_changes_are_not_a_citys() {
        let sent = vec![change(1, 1), change(2, 1)];
        let gone = |change: &Change| PushResult {
            mutation_id: change.mutation_id,
            id: change.envelope.id,
            outcome: Outcome::Gone,
        };
        assert!(answered(&sent, sent.iter().map(gone).collect()).is_ok());
        assert!(
            answered(&sent, sent.iter().rev().map(gone).collect()).is_err(),
            "another order"
        );
        assert!(answered(&sent, vec![gone(&sent[0])]).is_err(), "one is missing");
    }
}
