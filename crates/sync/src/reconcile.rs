//! What the city's newer state means for an edit that waits here. Decided from values, executed elsewhere.

use domain::{Merged, Mine, MutationId, Record, Waits, merge};
use store::{Confirmed, Met, Pending, Stamp};

/// What is to be done with an edit that met the city's state.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// It is the state that the edit was made on, or an older one: the edit waits on.
    Known,
    /// The state holds everything that was edited here: it stands, and nothing waits any more.
    Settled {
        /// What the person is to be told.
        met: Vec<Met>,
    },
    /// Both cannot be brought together now. The edit stays on the base it was made on, visibly, and is tried again when
    /// it or the record changes: on this state as its base it would undo what the others wrote.
    Wait {
        /// The reason, as the notebook keeps it and the window words it.
        code: &'static str,
    },
    /// The edit goes on, on this state as its new base.
    Push {
        /// What both sides come to.
        record: Box<Record>,
        /// The new change. Not the old id: what is sent is other content on another base.
        stamp: Stamp,
        /// What the person is to be told.
        met: Vec<Met>,
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
        // A variant keeps the id of the change in which it was typed, however often it was merged since.
        mutation_id: pending.typed_id,
        by: pending.stamp.by,
        at: pending.stamp.at,
    };
    let merged = merge(base, &edit, &theirs.record);
    if let Some(waits) = &merged.waits {
        return Plan::Wait { code: word(waits) };
    }
    if !merged.to_push {
        return Plan::Settled { met: met(&merged) };
    }
    Plan::Push {
        met: met(&merged),
        record: Box::new(merged.record),
        stamp: Stamp {
            mutation_id: id(),
            by: pending.stamp.by,
            at: pending.stamp.at,
        },
    }
}

/// What a person is to be told, because the record does not say it by itself.
fn met(merged: &Merged) -> Vec<Met> {
    let told = [
        (merged.revived, Met::Deletion),
        (merged.amended, Met::AgreedMinutes),
        (!merged.forgotten.is_empty(), Met::Forgetting),
    ];
    told.into_iter().filter(|(is, _)| *is).map(|(_, met)| met).collect()
}

/// The reason as the notebook keeps it and the window words it, beside the city's refusals.
fn word(waits: &Waits) -> &'static str {
    match waits {
        Waits::TooManyVariants { .. } => "too_many_variants",
        Waits::Frozen => "frozen",
        Waits::Form(_) => "form",
        Waits::Unreadable => "unreadable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{At, Body, PersonId};
    use uuid::Uuid;

    const SETTLED: Plan = Plan::Settled { met: Vec::new() };

    fn record(version: u64, body: &str) -> Record {
        let envelope = format!(
            r#"{{"id":"018f0000-0000-7000-8000-000000000001","kind":"note","organisation":null,"districts":[],
            "whole_organisation":true,"owner":"018f0000-0000-7000-8000-000000000002","confidential":false,"readers":[],
            "blobs":[],"retention":null,"state":"live","version":{version}}}"#
        );
        Record {
            envelope: serde_json::from_str(&envelope).expect("an envelope"),
            body: Some(Body::new(body.to_owned())),
            sealed: None,
        }
    }

    fn confirmed(version: u64, body: &str) -> Confirmed {
        Confirmed {
            record: record(version, body),
            changed_at: At::from_millis(1).expect("an instant"),
            changed_by: PersonId(Uuid::from_u128(1)),
        }
    }

    fn edit(base: Option<Confirmed>, body: &str) -> Pending {
        let version = base.as_ref().map_or(0, |base| base.record.envelope.version);
        Pending {
            base,
            mine: record(version, body),
            stamp: Stamp {
                mutation_id: MutationId(Uuid::from_u128(7)),
                by: PersonId(Uuid::from_u128(2)),
                at: At::from_millis(5).expect("an instant"),
            },
            typed_id: MutationId(Uuid::from_u128(7)),
            in_flight: false,
            refused: None,
        }
    }

    fn plan(pending: &Pending, theirs: &Confirmed) -> Plan {
        reconcile(pending, theirs, || MutationId(Uuid::from_u128(8)))
    }

    #[test]
    fn the_state_that_was_edited_or_an_older_one_changes_nothing() {
        let pending = edit(Some(confirmed(3, r#"{"place":"a"}"#)), r#"{"place":"b"}"#);
        for version in 1..=3 {
            assert_eq!(plan(&pending, &confirmed(version, r#"{"place":"c"}"#)), Plan::Known);
        }
    }

    #[test]
    fn what_arrives_as_it_was_typed_here_settles_the_edit() {
        let pending = edit(Some(confirmed(3, r#"{"place":"a"}"#)), r#"{"place":"b"}"#);
        assert_eq!(plan(&pending, &confirmed(4, r#"{"place":"b"}"#)), SETTLED);
    }

    #[test]
    fn a_merged_change_is_a_new_one_by_the_same_person_of_the_same_time() {
        let pending = edit(
            Some(confirmed(3, r#"{"place":"a"}"#)),
            r#"{"language":"ar","place":"a"}"#,
        );
        let Plan::Push { record, stamp, .. } = plan(&pending, &confirmed(5, r#"{"place":"c"}"#)) else {
            panic!("the edit is not in what arrived");
        };
        assert_eq!(
            stamp.mutation_id,
            MutationId(Uuid::from_u128(8)),
            "other content never goes under the old id"
        );
        assert_eq!((stamp.by, stamp.at), (pending.stamp.by, pending.stamp.at));
        assert_eq!(
            record.body.as_ref().map(Body::as_str),
            Some(r#"{"language":"ar","place":"c"}"#)
        );
    }

    #[test]
    fn a_record_made_on_both_sides_is_brought_together_without_a_base() {
        let pending = edit(None, r#"{"place":"a"}"#);
        assert_eq!(
            plan(&pending, &confirmed(1, r#"{"place":"a"}"#)),
            SETTLED,
            "the same on both sides"
        );
        assert!(
            matches!(plan(&pending, &confirmed(1, r#"{"place":"b"}"#)), Plan::Push { .. }),
            "nothing is lost"
        );
    }

    #[test]
    fn what_cannot_be_brought_together_is_not_taken_for_settled() {
        let pending = edit(Some(confirmed(3, r#"{"place":"a"}"#)), r#"{"place":"b"}"#);
        assert_eq!(
            plan(&pending, &confirmed(4, r#"{"place":"c","variants":7}"#)),
            Plan::Wait { code: "unreadable" },
            "nobody could say whose values those are"
        );
    }
}
