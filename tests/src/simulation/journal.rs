//! What an onlooker at the city's door sees: who was told what, and what was taken. It judges while it looks.

use super::{counters::Counters, words::words};
use domain::{Action, Envelope, MutationId, Person, Record, RecordId, State, may};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};
use wire::{Changed, ChangesAnswer, Failure, Head, Outcome, PushAnswer, PushRequest};

/// Changes that were taken, by whom, and as which version.
pub type Taken = HashMap<(usize, MutationId), u64>;

/// The onlooker.
#[derive(Default)]
pub struct Journal(Mutex<Seen>);

/// What was seen so far.
#[derive(Default)]
pub struct Seen {
    /// What everybody may now.
    pub people: Vec<Person>,
    /// How every record stands.
    pub heads: BTreeMap<RecordId, Envelope>,
    /// Words that were in a change the city took, or that stood in its records.
    pub reached: BTreeSet<u32>,
    /// What happened on the way.
    pub counters: Counters,
    /// Promises that were broken.
    pub broken: Vec<String>,
    /// By device and cursor: what the page before that cursor brought.
    pages: HashMap<(usize, String), Vec<(RecordId, u64)>>,
    /// Every record that a person could ever see.
    visible: Vec<BTreeSet<RecordId>>,
    taken: Taken,
}

impl Journal {
    /// What was seen so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The city answered a push of this person's.
    pub fn pushed(&self, person: usize, request: &PushRequest, answer: &Result<PushAnswer, Failure>) {
        let Ok(answer) = answer else { return };
        let mut seen = self.seen();
        for (change, result) in request.changes.iter().zip(&answer.results) {
            match &result.outcome {
                Outcome::Accepted { version, head, .. } => {
                    seen.accepted(person, change, *version);
                    if let Some(head) = head {
                        seen.given(person, head);
                    }
                }
                Outcome::Stale { head } => {
                    seen.counters.note("promise: compare-and-set");
                    seen.given(person, head);
                }
                Outcome::Gone => seen.counters.note("outcome: gone"),
                Outcome::Refused { .. } => seen.counters.note("outcome: refused"),
            }
        }
    }

    /// The city gave a page to a device of this person's.
    pub fn paged(&self, device: usize, person: usize, answer: &Result<ChangesAnswer, Failure>) {
        let Ok(answer) = answer else { return };
        let mut seen = self.seen();
        let mut brought = Vec::new();
        for changed in &answer.changes {
            match changed {
                Changed::Record(head) => {
                    seen.given(person, head);
                    if !head.envelope.kind.is_catalogue() {
                        brought.push((head.envelope.id, head.envelope.version));
                    }
                }
                Changed::Left { id, .. } => seen.left(person, *id),
                Changed::Unreadable { .. } => {}
            }
        }
        seen.pages.insert((device, answer.cursor.0.clone()), brought);
    }
}

impl Seen {
    /// What everybody may at the beginning, and how records stand.
    pub fn begin(&mut self, people: Vec<Person>) {
        self.visible = vec![BTreeSet::new(); people.len()];
        self.people = people;
    }

    /// The rights of a person are others from now on.
    pub fn set_rights(&mut self, person: usize, rights: Person) {
        self.people[person] = rights;
        self.look_around();
    }

    /// How the records truly stand, after the city itself changed some.
    pub fn set_records(&mut self, records: &BTreeMap<RecordId, Record>) {
        self.heads = records
            .iter()
            .map(|(id, record)| (*id, record.envelope.clone()))
            .collect();
        self.look_around();
    }

    /// Which changes were taken so far.
    pub fn taken(&self) -> Taken {
        self.taken.clone()
    }

    /// The city begins another life: what it took after its backup it does not know any more.
    pub fn begin_anew(&mut self, records: &BTreeMap<RecordId, Record>, taken: Taken) {
        self.taken = taken;
        self.pages.clear();
        self.reached = records.values().flat_map(words).collect();
        self.set_records(records);
    }

    /// What a device's page brought that ended at this cursor.
    pub fn page(&self, device: usize, cursor: &str) -> &[(RecordId, u64)] {
        self.pages.get(&(device, cursor.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn look_around(&mut self) {
        for (person, visible) in self.people.iter().zip(&mut self.visible) {
            let sees = |envelope: &&Envelope| may(person, Action::Read, envelope);
            visible.extend(self.heads.values().filter(sees).map(|envelope| envelope.id));
        }
    }

    fn accepted(&mut self, person: usize, change: &wire::Change, version: u64) {
        let id = change.envelope.id;
        if let Some(first) = self.taken.get(&(person, change.mutation_id)) {
            self.counters.note("promise: a repeat gets the same outcome");
            if *first != version {
                self.broken.push(format!(
                    "exactly once: a change of {id} was version {first}, and {version} when it was repeated"
                ));
            }
            return;
        }
        self.taken.insert((person, change.mutation_id), version);
        let before = self.heads.get(&id);
        let expected = before.map_or(1, |envelope| envelope.version + 1);
        if version != expected {
            self.broken.push(format!(
                "exactly once: {id} went from version {} to {version}",
                expected - 1
            ));
        }
        if before.is_some_and(|envelope| envelope.state == State::Erased) {
            self.broken
                .push(format!("forgetting wins: a change of the erased {id} was taken"));
        }
        let (floor, redacted) = before.map_or_else(Default::default, |e| (e.floor_version, e.redacted.clone()));
        let envelope = change.envelope.clone().with(version, floor, redacted);
        self.reached.extend(words(&Record {
            envelope: envelope.clone(),
            body: change.body.clone(),
            sealed: change.sealed.clone(),
        }));
        for (person, visible) in self.people.iter().zip(&mut self.visible) {
            if may(person, Action::Read, &envelope) {
                visible.insert(id);
            }
        }
        self.heads.insert(id, envelope);
    }

    fn given(&mut self, person: usize, head: &Head) {
        self.counters.note("promise: only what one may see");
        let Some(rights) = self.people.get(person) else { return };
        if !may(rights, Action::Read, &head.envelope) && head.envelope.state != State::Erased {
            self.broken.push(format!(
                "scope: {} of kind {} was given to somebody who may not see it",
                head.envelope.id,
                head.envelope.kind.as_str()
            ));
        }
    }

    fn left(&mut self, person: usize, id: RecordId) {
        self.counters.note("promise: what moved away is told by its id");
        let known = self.visible.get(person).is_none_or(|visible| visible.contains(&id));
        if !known {
            self.broken.push(format!(
                "scope: somebody learnt that {id} exists, which they never could see"
            ));
        }
    }
}
