//! What the city's newer state means for an edit that waits here. Decided from values, executed elsewhere.

use domain::{Mine, MutationId, Record, merge};
use store::{Confirmed, Pending, Stamp};

/// What is to be done with an edit that met the city's state.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// It is the state that the edit was made on, or an older one: the edit waits on.
    Known,
    /// The state holds everything that was edited here: it stands, and nothing waits any more.
    Settled,
    /// The edit goes on, on this state as its new base.
    Push {
        /// What both sides come to.
        record: Box<Record>,
        /// The new change. Not the old id: what is sent is other content on another base.
        stamp: Stamp,
    },
}

/// Meets the city's state of a record with the edit that waits on it. Whatever was forgotten meanwhile has been taken
/// out of base and edit before.
pub(crate) fn reconcile(pending: &Pending, theirs: &Confirmed, id: impl FnOnce() -> MutationId) -> Plan {
    let base = pending.base.as_ref().map(|base| &base.record);
    if theirs.record.envelope.version <= base.map_or(0, |base| base.envelope.version) {
        return Plan::Known;
    }
    let edit = Mine {
        record: &pending.mine,
        mutation_id: pending.stamp.mutation_id,
        by: pending.stamp.by,
        at: pending.stamp.at,
    };
    let merged = merge(base, &edit, &theirs.record);
    if !merged.to_push {
        return Plan::Settled;
    }
    Plan::Push {
        record: Box::new(merged.record),
        stamp: Stamp {
            mutation_id: id(),
            by: pending.stamp.by,
            at: pending.stamp.at,
        },
    }
}
