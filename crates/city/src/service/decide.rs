//! What becomes of one change. The checks stand in the order of the contract, and each says why it is where it is.

use super::scope::{Creator, Scope, Sight};
use crate::{
    Error,
    ledger::{Logged, Reading, Standing},
};
use domain::{Action, Body, Envelope, Kind, Person, Role, State, may};
use wire::{Change, Head, Proposal, Refusal};

/// What the ledger knows of the record a change is about.
pub(super) struct Current<'a> {
    /// How it stands, with what earlier changes of the same push did.
    pub(super) standing: Standing,
    /// Its content, where an earlier change of the same push wrote it.
    pub(super) written: Option<&'a Head>,
}

impl Current<'_> {
    fn head(&self, reading: &dyn Reading) -> Result<Head, Error> {
        self.written
            .map_or_else(|| reading.head(self.standing.n), |head| Ok(head.clone()))
    }
}

/// What shall become of it.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is the record's next version.
    Take(Box<Envelope>),
    /// It was taken before; the head, where it moved on since and is still in scope.
    Again {
        logged: Logged,
        head: Option<Box<Head>>,
    },
    Stale(Box<Head>),
    Gone,
    Refuse(Refusal),
}

use Verdict::Refuse;

/// Decides. `form` is the first check, done before the transaction began.
pub(super) fn decide(
    reading: &dyn Reading,
    scope: &Scope,
    change: &Change,
    form: Result<[u8; 32], Refusal>,
    logged: Option<&Logged>,
    current: Option<&Current<'_>>,
) -> Result<Verdict, Error> {
    let hash = match form {
        Ok(hash) => hash,
        Err(refusal) => return Ok(Refuse(refusal)),
    };
    if let Some(logged) = logged {
        return repeat(reading, scope, change, &hash, logged, current);
    }
    match current {
        None => Ok(create(scope, change)),
        Some(current) => edit(reading, scope, change, current),
    }
}

/// A repeat gets the same outcome; scope is looked at anew before a head is shown.
fn repeat(
    reading: &dyn Reading,
    scope: &Scope,
    change: &Change,
    hash: &[u8; 32],
    logged: &Logged,
    current: Option<&Current<'_>>,
) -> Result<Verdict, Error> {
    if logged.hash != *hash || logged.record != change.envelope.id {
        return Ok(Refuse(Refusal::Invalid));
    }
    let envelope = current.map(|current| &current.standing.envelope);
    if envelope.is_some_and(|envelope| envelope.state == State::Erased) {
        return Ok(Verdict::Gone);
    }
    let newer = current.filter(|current| {
        let envelope = &current.standing.envelope;
        envelope.version > logged.version && scope.sees(envelope)
    });
    let head = newer.map(|current| current.head(reading)).transpose()?.map(Box::new);
    Ok(Verdict::Again {
        logged: logged.clone(),
        head,
    })
}

fn create(scope: &Scope, change: &Change) -> Verdict {
    let envelope = change.envelope.clone().with(1, 0, std::collections::BTreeSet::new());
    if change.base_version != 0 {
        return Refuse(Refusal::NotFound);
    }
    match scope.creator(&envelope) {
        Creator::Allowed => Verdict::Take(Box::new(envelope)),
        Creator::TooLate => Refuse(Refusal::LeftScope),
        Creator::Forbidden => Refuse(Refusal::Forbidden),
    }
}

fn edit(reading: &dyn Reading, scope: &Scope, change: &Change, current: &Current<'_>) -> Result<Verdict, Error> {
    let standing = &current.standing;
    let had = &standing.envelope;

    // scope
    let (acting, visible) = match scope.sight(reading, standing)? {
        Sight::Today => (scope.today.clone(), true),
        Sight::Lately(rights) => (*rights, false),
        // Whoever saw it once may still hold words of it, and shall hear that they are to be forgotten.
        Sight::Once | Sight::Told if had.state == State::Erased => return Ok(Verdict::Gone),
        Sight::Once => return Ok(Refuse(Refusal::LeftScope)),
        Sight::Told if change.base_version > 0 => return Ok(Refuse(Refusal::LeftScope)),
        // An earlier change of the same push moved it away.
        Sight::Never if current.written.is_some() => return Ok(Refuse(Refusal::LeftScope)),
        Sight::Told | Sight::Never => return Ok(unseen(scope, change, had)),
    };
    // erased
    if had.state == State::Erased {
        return Ok(Verdict::Gone);
    }
    // may
    // Two people import the same row: each proposes to create it as its owner, and the later one shall meet the head.
    let created_twice = change.base_version == 0;
    if had.kind != change.envelope.kind || had.owner != change.envelope.owner && !created_twice {
        return Ok(Refuse(Refusal::Invalid));
    }
    let will = change
        .envelope
        .clone()
        .with(had.version + 1, had.floor_version, had.redacted.clone());
    let content = Content {
        reading,
        current,
        change,
    };
    if !allowed(&acting, had, &will, &content)? {
        return Ok(Refuse(Refusal::Forbidden));
    }
    // frozen: a closed month is re-opened by its state and closed anew, its figures never change in place
    if had.kind == Kind::Month && had.state.has_body() && will.state.has_body() && !content.is_kept()? {
        return Ok(Refuse(Refusal::Frozen));
    }
    // base_version
    if change.base_version != had.version {
        return Ok(if visible {
            Verdict::Stale(Box::new(current.head(reading)?))
        } else {
            Refuse(Refusal::LeftScope)
        });
    }
    Ok(Verdict::Take(Box::new(will)))
}

/// The answer about a record that was never in sight: the one that would be given if it did not exist, as far as it can be.
fn unseen(scope: &Scope, change: &Change, had: &Envelope) -> Verdict {
    match create(scope, change) {
        // Two people of an organisation import the same row, and it was erased with one of them: forgetting wins.
        Verdict::Take(will) if had.state == State::Erased && had.organisation == will.organisation => Verdict::Gone,
        // The id is taken, so it cannot be created; ids cannot be guessed (`domain::derived_id`).
        Verdict::Take(_) => Refuse(Refusal::NotFound),
        other => other,
    }
}

/// The content before and after, read only where a right depends on it.
struct Content<'a> {
    reading: &'a dyn Reading,
    current: &'a Current<'a>,
    change: &'a Change,
}

impl Content<'_> {
    /// Body and sealed part stay as they are.
    fn is_kept(&self) -> Result<bool, Error> {
        let head = self.current.head(self.reading)?;
        Ok(head.body == self.change.body && head.sealed == self.change.sealed)
    }

    /// Nothing but these members of the body differs.
    fn only(&self, free: &[&str]) -> Result<bool, Error> {
        let head = self.current.head(self.reading)?;
        let same = same_but(free, head.body.as_ref(), self.change.body.as_ref());
        Ok(same && head.sealed == self.change.sealed)
    }
}

fn allowed(acting: &Person, had: &Envelope, will: &Envelope, content: &Content<'_>) -> Result<bool, Error> {
    let action = match (had.state, will.state) {
        (State::Live, State::Live) | (State::Trashed, State::Trashed) => Action::Change,
        (State::Trashed | State::Deleted, State::Live) | (State::Deleted, State::Trashed) => Action::Restore,
        _ => Action::Trash,
    };
    let same = Proposal::from(had.clone()) == Proposal::from(will.clone());
    if had.kind == Kind::Person && acting.role != Role::Admin {
        // A person's own device sets their public key; name, organisation and leaving are the admin's word.
        return Ok(same && may(acting, Action::Change, had) && content.only(&["public_key"])?);
    }
    let moved = had.placement() != will.placement();
    if may(acting, action, had) && (!moved || may(acting, Action::Move, will)) {
        // Whoever may withdraw but not change leaves the content as it is.
        let changes = action == Action::Change || may(acting, Action::Change, had);
        return Ok(changes || !will.state.has_body() || content.is_kept()?);
    }
    Ok(same && had.state == State::Live && may(acting, Action::Answer, had) && content.only(&["answer", "status"])?)
}

/// Every other member keeps its raw slice.
fn same_but(free: &[&str], before: Option<&Body>, after: Option<&Body>) -> bool {
    let members = |body: Option<&Body>| body.and_then(|body| body.members().ok());
    let (Some(mut before), Some(mut after)) = (members(before), members(after)) else {
        return false;
    };
    for member in free {
        before.remove(member);
        after.remove(member);
    }
    before == after
}
