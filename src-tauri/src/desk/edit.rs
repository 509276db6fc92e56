//! Changing a record that somebody opened: on the record as it was opened, never over what others wrote since.

mod step;

use super::{Error, Notebook, notebook::allowed, notebook::stamp};
use domain::{Action, Body, Fault, Mine, Record, RecordId, State, Waits, kinds, merge};
use step::Change;
use store::{Identity, Stored, Writing};

pub use step::{Deed, Step};

/// What shall become of a record, decided as it stands when it is written.
type Decide<'a> = Box<dyn Fn(&Identity, Option<&Stored>) -> Result<Outcome, Error> + 'a>;

/// What became of a change; of one that concerns several records, the first of them says where it lies.
#[derive(Clone, Debug)]
pub struct Written {
    /// The record.
    pub id: RecordId,
    /// Where it lies now: a change may have met the trash.
    pub state: State,
    /// Fields that stand in two versions now, because somebody else changed them meanwhile.
    pub in_two_versions: Vec<String>,
    /// It had been deleted meanwhile and lives again, because of what was typed.
    pub revived: bool,
    /// Takes it back; nothing where nothing changed.
    pub step: Option<Step>,
}

impl Written {
    /// Both as one change.
    fn and(self, next: &Self) -> Self {
        let mut in_two_versions = self.in_two_versions;
        in_two_versions.extend_from_slice(&next.in_two_versions);
        let step = match (self.step, &next.step) {
            (Some(step), Some(more)) => Some(step.and(more)),
            (step, more) => step.or_else(|| more.clone()),
        };
        Self {
            in_two_versions,
            revived: self.revived || next.revived,
            step,
            ..self
        }
    }
}

/// The body with exactly those members changed that differ between `before` and `after`, which are the same body
/// as a typed struct writes it before and after the person's changes. Every other member keeps its bytes; where
/// nothing changed, the whole body does.
///
/// # Errors
/// [`Error::Unreadable`] where one of them is no body.
pub fn over(base: &Body, before: &Body, after: &Body) -> Result<Body, Error> {
    let read = |body: &Body| body.members().map_err(|_| Error::Unreadable);
    let (mut members, before, after) = (read(base)?, read(before)?, read(after)?);
    if before == after {
        return Ok(base.clone());
    }
    let gone = before.names().filter(|name| !after.contains(name));
    gone.for_each(|name| drop(members.remove(name)));
    for (name, raw) in after.iter().filter(|(name, raw)| before.raw(name) != Some(raw.get())) {
        members.set_raw(name, raw.to_owned());
    }
    Ok(Body::from_members(&members))
}

impl Notebook {
    /// Saves a new record. `draft` names the draft it was typed in, which goes with it.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`] with the fields that are not right, or the store's own reason.
    pub fn create(&self, record: &Record, draft: Option<&str>) -> Result<Written, Error> {
        self.written(draft, record.envelope.id, |identity, stored| match stored {
            None => created(identity, record),
            // It was created before and the answer was lost: what was typed is an edit of nothing.
            Some(stored) => merged(identity, None, record, stored),
        })
    }

    /// Saves new records as one change, all of them or none. What is here already stays as it is, and what lies in the
    /// trash comes back as it is given. Nothing where there is nothing to save.
    ///
    /// # Errors
    /// As [`Notebook::create`]; [`Error::Gone`] where one was erased.
    pub fn create_all(&self, records: &[Record]) -> Result<Option<Written>, Error> {
        let changes = records.iter().map(|record| {
            let decide = move |identity: &Identity, stored: Option<&Stored>| match stored.map(|stored| &stored.record) {
                None => created(identity, record),
                Some(here) if here.envelope.state == State::Live => Ok(Outcome::of(here.clone())),
                Some(away) => {
                    let mut back = away.clone();
                    back.envelope.state = State::Live;
                    back.envelope.districts.clone_from(&record.envelope.districts);
                    back.envelope.whole_organisation = record.envelope.whole_organisation;
                    back.body.clone_from(&record.body);
                    may_become(identity, away, &back)?;
                    Ok(Outcome::of(back))
                }
            };
            (record.envelope.id, Box::new(decide) as Decide<'_>)
        });
        self.all_written(None, &changes.collect::<Vec<_>>())
    }

    /// Changes a record that was opened as `base` to `mine`. Where it moved on since, both come together by the same rules
    /// as two devices' edits: what cannot, stands in two versions. `draft` goes with it.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where it is no longer here, [`Error::Gone`] where it was erased, [`Error::Forbidden`],
    /// [`Error::Invalid`] with the fields that are not right, [`Error::TooManyVersions`], or the store's own reason.
    pub fn change(&self, base: &Record, mine: &Record, draft: Option<&str>) -> Result<Written, Error> {
        self.written(draft, base.envelope.id, |identity, stored| {
            let stored = stored.ok_or(Error::NoRecord(base.envelope.id))?;
            merged(identity, Some(base), mine, stored)
        })
    }

    /// Puts a record into the trash or takes it out.
    ///
    /// # Errors
    /// As [`Notebook::change`].
    pub fn put(&self, id: RecordId, state: State) -> Result<Written, Error> {
        self.written(None, id, |identity, stored| {
            let stored = stored.ok_or(Error::NoRecord(id))?;
            let mut record = stored.record.clone();
            record.envelope.state = state;
            may_become(identity, &stored.record, &record)?;
            Ok(Outcome::of(record))
        })
    }

    /// Takes a change back: a new record goes to the trash, a trashed one comes back, an edit gives way to what stood
    /// before. What somebody wrote since is kept as in any other change.
    ///
    /// # Errors
    /// As [`Notebook::change`].
    pub fn take_back(&self, step: &Step) -> Result<Written, Error> {
        let changes = step.changes.iter().rev().map(|change| {
            let decide = move |identity: &Identity, stored: Option<&Stored>| taken_back(identity, change, stored);
            (change.id(), Box::new(decide) as Decide<'_>)
        });
        let written = self.all_written(None, &changes.collect::<Vec<_>>())?;
        written.ok_or(Error::NoRecord(step.id()))
    }

    /// Decides and writes in one transaction, so that nothing comes between.
    fn written(
        &self,
        draft: Option<&str>,
        id: RecordId,
        decide: impl Fn(&Identity, Option<&Stored>) -> Result<Outcome, Error>,
    ) -> Result<Written, Error> {
        let written = self.all_written(draft, &[(id, Box::new(decide))])?;
        written.ok_or(Error::NoRecord(id))
    }

    /// The same for several records: all of them are written, or none.
    fn all_written(&self, draft: Option<&str>, changes: &[(RecordId, Decide<'_>)]) -> Result<Option<Written>, Error> {
        let identity = self.identity()?;
        let mut refused = None;
        let done = self.store().write(|writing| {
            let mut done: Option<Written> = None;
            for (id, decide) in changes {
                match one_written(writing, &identity, *id, decide)? {
                    Ok(written) => done = Some(done.map_or_else(|| written.clone(), |done| done.and(&written))),
                    Err(error) => {
                        refused = Some(error);
                        return Err(store::Error::Caller("refused".into()));
                    }
                }
            }
            if let Some(key) = draft {
                writing.drop_draft(key)?;
            }
            Ok(done)
        });
        match refused {
            Some(error) => Err(error),
            None => Ok(done?.0),
        }
    }
}

fn created(identity: &Identity, record: &Record) -> Result<Outcome, Error> {
    allowed(identity, Action::Create, &record.envelope)?;
    Ok(Outcome::of(record.clone()))
}

fn taken_back(identity: &Identity, change: &Change, stored: Option<&Stored>) -> Result<Outcome, Error> {
    let stored = stored.ok_or(Error::NoRecord(change.id()))?;
    match &change.before {
        Some(before) => merged(identity, Some(&change.after), before, stored),
        None => {
            let mut record = stored.record.clone();
            record.envelope.state = State::Trashed;
            may_become(identity, &stored.record, &record)?;
            Ok(Outcome::of(record))
        }
    }
}

/// One record's change: what it came to, or why it is refused.
fn one_written(
    writing: &mut Writing<'_>,
    identity: &Identity,
    id: RecordId,
    decide: &Decide<'_>,
) -> Result<Result<Written, Error>, store::Error> {
    let stored = writing.record(id)?;
    if let Some(stored) = &stored
        && stored.record.envelope.state == State::Erased
    {
        return Ok(Err(Error::Gone(id)));
    }
    let decided = decide(identity, stored.as_ref());
    let before = stored.map(|stored| stored.record);
    let outcome = match decided.and_then(|outcome| outcome.checked(before.as_ref())) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(Err(error)),
    };
    let change = save(writing, identity, before, &outcome.record)?;
    Ok(Ok(Written {
        id,
        state: outcome.record.envelope.state,
        in_two_versions: outcome.in_two_versions,
        revived: outcome.revived,
        step: change.map(Step::of),
    }))
}

fn save(
    writing: &mut Writing<'_>,
    identity: &Identity,
    before: Option<Record>,
    record: &Record,
) -> Result<Option<Change>, store::Error> {
    if before.as_ref() == Some(record) {
        return Ok(None);
    }
    writing.save(record, stamp(identity))?;
    let after = writing.record(record.envelope.id)?.map(|stored| stored.record);
    Ok(after
        .filter(|after| before.as_ref() != Some(after))
        .map(|after| Change { before, after }))
}

/// What the edit and the record as it stands here come to.
fn merged(identity: &Identity, base: Option<&Record>, mine: &Record, stored: &Stored) -> Result<Outcome, Error> {
    let stamp = stamp(identity);
    let edit = Mine {
        record: mine,
        mutation_id: stamp.mutation_id,
        by: stamp.by,
        at: stamp.at,
    };
    let outcome = if base.is_some_and(|base| says_the_same(base, &stored.record)) {
        Outcome::of(mine.clone())
    } else {
        let merged = merge(base, &edit, &stored.record);
        match merged.waits {
            None => {}
            Some(Waits::TooManyVariants { .. }) => return Err(Error::TooManyVersions),
            Some(_) => return Err(Error::Unreadable),
        }
        Outcome {
            record: merged.record,
            in_two_versions: merged.in_two_versions,
            revived: merged.revived,
        }
    };
    may_become(identity, &stored.record, &outcome.record)?;
    Ok(outcome)
}

/// The same but for what the city counts.
fn says_the_same(a: &Record, b: &Record) -> bool {
    let (one, other) = (&a.envelope, &b.envelope);
    let mut counted = one.clone();
    (counted.version, counted.floor_version) = (other.version, other.floor_version);
    counted == *other && a.body == b.body && a.sealed == b.sealed
}

/// A change of state, place and content, as the city will ask.
fn may_become(identity: &Identity, had: &Record, will: &Record) -> Result<(), Error> {
    let action = match (had.envelope.state, will.envelope.state) {
        (State::Live, State::Live) | (State::Trashed, State::Trashed) => Action::Change,
        (_, State::Live) | (State::Deleted, State::Trashed) => Action::Restore,
        _ => Action::Trash,
    };
    allowed(identity, action, &had.envelope)?;
    if had.body != will.body && action != Action::Change {
        allowed(identity, Action::Change, &had.envelope)?;
    }
    if had.envelope.placement() != will.envelope.placement() {
        allowed(identity, Action::Move, &will.envelope)?;
    }
    Ok(())
}

/// What a change comes to, before it is written.
struct Outcome {
    record: Record,
    in_two_versions: Vec<String>,
    revived: bool,
}

impl Outcome {
    fn of(record: Record) -> Self {
        Self {
            record,
            in_two_versions: Vec::new(),
            revived: false,
        }
    }

    /// Refuses fields that do not hold what they must. What was wrong before, as an import may have left it, does not
    /// stand in the way of mending something else.
    fn checked(self, before: Option<&Record>) -> Result<Self, Error> {
        // What goes to the trash need not be whole: a card may go because its consent went.
        if self.record.envelope.state != State::Live {
            return Ok(self);
        }
        let known = before.map(faults).transpose().unwrap_or_default().unwrap_or_default();
        let mut found = faults(&self.record)?;
        found.retain(|fault| !known.contains(fault));
        if found.is_empty() {
            Ok(self)
        } else {
            Err(Error::Invalid(found))
        }
    }
}

fn faults(record: &Record) -> Result<Vec<Fault>, Error> {
    match &record.body {
        Some(body) => kinds::check(&record.envelope.kind, body).map_err(|_| Error::Unreadable),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests;
