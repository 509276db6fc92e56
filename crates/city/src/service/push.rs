//! Push: each change for itself, in the order sent, all in one transaction.

use super::{
    Ring, Service, Stop,
    decide::{Current, Verdict, decide},
    erase, form,
    scope::Scope,
    scribe::Scribe,
    who::{Who, epoch},
};
use crate::ledger::{Barred, Brought, Logged, Writing};
use domain::{At, MutationId, PersonId, RecordId};
use std::collections::HashMap;
use wire::{Change, Head, MAX_PUSH_CHANGES, Outcome, ProblemCode, PushAnswer, PushRequest, PushResult, Refusal, Token};

/// A change with the verdict on its form.
pub(super) struct Formed {
    change: Change,
    form: Result<[u8; 32], Refusal>,
}

/// Checks forms before anything is locked: it is most of a push's work.
pub(super) fn formed(request: PushRequest) -> Result<Vec<Formed>, Stop> {
    if request.changes.len() > MAX_PUSH_CHANGES {
        return Err(ProblemCode::TooLarge.into());
    }
    let form = |change: Change| {
        let form = form::check(&change).map(|()| form::hash(&change));
        Formed { change, form }
    };
    Ok(request.changes.into_iter().map(form).collect())
}

/// Answers a push.
pub(super) fn push(
    service: &Service,
    writing: &mut dyn Writing,
    token: Option<&Token>,
    named: &wire::Epoch,
    changes: &[Formed],
) -> Result<(PushAnswer, Ring), Stop> {
    let now = service.world().now();
    let who = Who::of(writing, token, now)?;
    if epoch(writing)? != *named {
        return Err(ProblemCode::NewEpoch.into());
    }
    let person = who.device.person;
    let mut push = Push {
        scope: Scope::of(writing, &who.person, person, now)?,
        standings: {
            let ids: Vec<RecordId> = changes.iter().map(|formed| formed.change.envelope.id).collect();
            writing.standings(&ids)?
        },
        barred: {
            let ids: Vec<RecordId> = changes.iter().map(|formed| formed.change.envelope.id).collect();
            writing.barred(&ids)?
        },
        known: {
            let ids: Vec<MutationId> = changes.iter().map(|formed| formed.change.mutation_id).collect();
            writing.logged(person, &ids)?
        },
        taken: Vec::new(),
        brought: HashMap::new(),
        scribe: Scribe::begin(writing)?,
        person,
        now,
    };
    let mut results = Vec::with_capacity(changes.len());
    for formed in changes {
        results.push(push.one(writing, formed)?);
    }
    writing.log(person, &push.taken)?;
    if !push.brought.is_empty() {
        writing.bring(person, &push.brought)?;
    }
    let renamed = push.renamed();
    for (id, name) in renamed {
        if let Some(row) = writing.person(id)? {
            writing.put_person(id, &name, row.leaving_since)?;
        }
    }
    let touched = push.scribe.finish(writing)?;
    Ok((PushAnswer { results }, Ring::Keys(touched)))
}

struct Push {
    scope: Scope,
    standings: HashMap<RecordId, crate::ledger::Standing>,
    barred: HashMap<RecordId, Barred>,
    known: HashMap<MutationId, Logged>,
    taken: Vec<(MutationId, Logged)>,
    /// Records of which this person holds words without seeing them.
    brought: HashMap<RecordId, Brought>,
    scribe: Scribe,
    person: PersonId,
    now: At,
}

impl Push {
    fn one(&mut self, writing: &dyn Writing, formed: &Formed) -> Result<PushResult, Stop> {
        let Formed { change, form } = formed;
        let form = *form;
        let (mutation_id, id) = (change.mutation_id, change.envelope.id);
        let current = self.current(id);
        let logged = self.known.get(&mutation_id);
        let verdict = match form {
            Ok(_) if self.barred.get(&id) == Some(&Barred::Whole) => Verdict::Gone,
            _ => decide(writing, &self.scope, change, form, logged, current.as_ref())?,
        };
        let outcome = match verdict {
            Verdict::Take(envelope) => {
                let version = envelope.version;
                let logged = Logged {
                    hash: form.expect("only a well-formed change is taken"),
                    record: id,
                    version,
                    changed_at: self.now,
                };
                let head = Head {
                    envelope: *envelope,
                    body: change.body.clone(),
                    sealed: change.sealed.clone(),
                    changed_at: self.now,
                    changed_by: self.person,
                };
                let begins = current.is_none();
                if begins && !self.scope.sees(&head.envelope) {
                    self.brought.insert(id, Brought::Taken);
                }
                // What was forgotten of a record that the backup did not hold is cut out at once, as the version after
                // the one that was taken; whoever brought the record hears of it by the feed.
                let written = match self.barred.get(&id) {
                    Some(Barred::Fields(fields)) if begins => erase::without(head, fields)?,
                    _ => head,
                };
                self.scribe.write(self.standings.get(&id).cloned(), written);
                self.known.insert(mutation_id, logged.clone());
                self.taken.push((mutation_id, logged));
                Outcome::Accepted {
                    version,
                    changed_at: self.now,
                    head: None,
                }
            }
            Verdict::Again { logged, head } => Outcome::Accepted {
                version: logged.version,
                changed_at: logged.changed_at,
                head,
            },
            Verdict::Stale(head) => Outcome::Stale { head },
            Verdict::Gone => Outcome::Gone,
            Verdict::Refuse(code) => {
                let sees = |current: &Current<'_>| self.scope.sees(&current.standing.envelope);
                if !current.as_ref().is_some_and(sees) {
                    self.brought.entry(id).or_insert(Brought::Refused);
                }
                Outcome::Refused { code }
            }
        };
        Ok(PushResult {
            mutation_id,
            id,
            outcome,
        })
    }

    /// The record as the changes before this one left it.
    fn current(&self, id: RecordId) -> Option<Current<'_>> {
        let stored = self.standings.get(&id);
        match self.scribe.written(id) {
            Some(put) => {
                let standing = crate::ledger::Standing {
                    n: stored.map_or(0, |standing| standing.n),
                    envelope: put.head.envelope.clone(),
                    seq: put.seq,
                    line: None,
                    trashed_at: None,
                };
                Some(Current {
                    standing,
                    written: Some(&put.head),
                })
            }
            None => stored.map(|standing| Current {
                standing: standing.clone(),
                written: None,
            }),
        }
    }

    /// People whose card names them anew.
    fn renamed(&self) -> Vec<(PersonId, String)> {
        let cards = self
            .taken
            .iter()
            .filter_map(|(_, logged)| self.scribe.written(logged.record));
        cards
            .filter(|put| put.head.envelope.kind == domain::Kind::Person)
            .filter_map(|put| {
                let name = put.head.body.as_ref()?.members().ok()?.read::<String>("name")?;
                Some((put.head.envelope.id.into(), name))
            })
            .collect()
    }
}
