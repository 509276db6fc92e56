//! What somebody could see, and when: scope decides before every other right (`contract.md`, Checks).

use super::who::earlier;
use crate::{
    Error,
    ledger::{Brought, Past, PersonRow, Reading, Standing},
};
use domain::{Action, At, Envelope, Person, PersonId, Placement, may};

/// An edit is taken if its base was visible under a scope that ended at most so many days ago.
const GRACE_DAYS: i64 = 30;

/// A person's scope today and before.
pub(super) struct Scope {
    pub(super) today: Person,
    history: Vec<Past>,
    grace: At,
}

/// How a record stands to a person.
#[derive(Clone, Debug)]
pub(super) enum Sight {
    /// Visible, under today's rights.
    Today,
    /// Visible until lately, under these rights.
    Lately(Box<Person>),
    /// It was visible once.
    Once,
    /// It never was, and they know of it: they brought it themselves.
    Told,
    /// It never was; they must not learn that it exists.
    Never,
}

impl Scope {
    pub(super) fn of(reading: &dyn Reading, person: &PersonRow, id: PersonId, now: At) -> Result<Self, Error> {
        Ok(Self {
            today: person.rights.clone(),
            history: reading.history(id)?,
            grace: earlier(now, GRACE_DAYS),
        })
    }

    pub(super) fn sees(&self, envelope: &Envelope) -> bool {
        may(&self.today, Action::Read, envelope)
    }

    /// Whether the person may bring an attachment of a record: under today's rights, or under such as ended lately, because
    /// the edit that named it was taken under those.
    pub(super) fn may_bring(&self, envelope: &Envelope) -> bool {
        let past = self.lately().map(|past| &past.rights);
        [&self.today]
            .into_iter()
            .chain(past)
            .any(|rights| may(rights, Action::Change, envelope))
    }

    /// How a record stands to the person.
    pub(super) fn sight(&self, reading: &dyn Reading, standing: &Standing) -> Result<Sight, Error> {
        if self.sees(&standing.envelope) {
            return Ok(Sight::Today);
        }
        // Only a state that was reached before the scope ended can be the base of an edit that is not stale.
        let lately = self.lately().find(|past| {
            past.to_seq.is_some_and(|to| standing.seq <= to) && may(&past.rights, Action::Read, &standing.envelope)
        });
        if let Some(past) = lately {
            return Ok(Sight::Lately(Box::new(past.rights.clone())));
        }
        Ok(if self.ever_saw(reading, standing)? {
            Sight::Once
        } else if reading.brought(self.today.id, standing.envelope.id)? == Some(Brought::Taken) {
            Sight::Told
        } else {
            Sight::Never
        })
    }

    /// Whether the person may hold words of the record: they saw it, brought it, or were refused a change of it, as whoever
    /// imports a row that a colleague of the same organisation imports as well.
    pub(super) fn knows(&self, reading: &dyn Reading, standing: &Standing) -> Result<bool, Error> {
        let envelope = &standing.envelope;
        let of_colleagues = |past: &Past| Some(past.rights.organisation) == envelope.organisation;
        Ok(match reading.brought(self.today.id, envelope.id)? {
            Some(Brought::Taken) => true,
            Some(Brought::Refused) if self.history.iter().any(of_colleagues) => true,
            _ => self.ever_saw(reading, standing)?,
        })
    }

    /// Whether the record was ever in the person's sight.
    fn ever_saw(&self, reading: &dyn Reading, standing: &Standing) -> Result<bool, Error> {
        for trace in reading.traces(standing)? {
            let (until, placement) = match trace.left {
                Some((until, class)) => (until, reading.class(class)?.placement),
                None => (u64::MAX, standing.envelope.placement()),
            };
            let envelope = placed(&standing.envelope, placement);
            if self.saw(&trace.key, trace.since, until, &envelope) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a record with this envelope was in the person's sight under a key, at any place from `since` up to `until`.
    pub(super) fn saw(&self, key: &crate::ledger::Key, since: u64, until: u64, envelope: &Envelope) -> bool {
        let mut history = self.history.iter();
        history.any(|past| past.saw(key, since, until) && may(&past.rights, Action::Read, envelope))
    }

    /// The rights under which somebody may have begun this record: today's, or such as ended lately.
    ///
    /// Whoever never could have is told `None`, whether or not a record of this id exists.
    pub(super) fn creator(&self, envelope: &Envelope) -> Creator {
        if may(&self.today, Action::Create, envelope) || self.may_begin_and_move(envelope) {
            Creator::Allowed
        } else if self.sees(envelope) {
            Creator::Forbidden
        } else if self.lately().any(|past| may(&past.rights, Action::Create, envelope)) {
            Creator::Allowed
        } else if self
            .history
            .iter()
            .any(|past| may(&past.rights, Action::Create, envelope))
        {
            Creator::TooLate
        } else {
            Creator::Forbidden
        }
    }

    /// Whoever may begin a record in districts of their own and then move it on may bring it where it stands at once. So a
    /// restored city gets back what stands in several districts from whoever works in one of them.
    fn may_begin_and_move(&self, envelope: &Envelope) -> bool {
        let own = envelope.districts.intersection(&self.today.districts).copied();
        let begun = Envelope {
            districts: own.collect(),
            ..envelope.clone()
        };
        !begun.districts.is_empty()
            && may(&self.today, Action::Create, &begun)
            && may(&self.today, Action::Move, envelope)
    }

    /// What the person could see at a version of their scope.
    pub(super) fn at_version(&self, version: u64) -> Option<&Past> {
        self.history.iter().find(|past| past.version == version)
    }

    fn lately(&self) -> impl Iterator<Item = &Past> {
        self.history
            .iter()
            .rev()
            .filter(|past| past.to_at.is_some_and(|to| to >= self.grace))
    }
}

/// Whether somebody may begin a record.
#[derive(Clone, Debug)]
pub(super) enum Creator {
    Allowed,
    TooLate,
    Forbidden,
}

/// The envelope as if it stood elsewhere.
pub(super) fn placed(envelope: &Envelope, placement: Placement) -> Envelope {
    Envelope {
        organisation: placement.organisation,
        districts: placement.districts,
        whole_organisation: placement.whole_organisation,
        readers: placement.readers,
        ..envelope.clone()
    }
}
