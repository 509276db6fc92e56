//! The tables of legal transitions. A record of another version may stand where this one knows no way; from and to
//! words it does not know every way is open.

use crate::Kind;
use crate::kinds::{MeetingStatus, ReferralStatus, RequestStatus, TaskStatus};

macro_rules! table {
    ($(#[doc = $doc:literal])* $status:ident { $($from:ident => $($to:ident)|+;)+ }) => {
        impl $status {
            $(#[doc = $doc])*
            pub fn next(&self) -> &'static [Self] {
                match self {
                    $(Self::$from => &[$(Self::$to),+],)+
                    Self::Other(_) => Self::KNOWN,
                }
            }

            /// Whether it may become `to`; staying where it is is always legal.
            pub fn may_become(&self, to: &Self) -> bool {
                self == to || matches!(to, Self::Other(_)) || self.next().contains(to)
            }
        }
    };
}

table! {
    /// Where a request may go from here. Forwarded never becomes done at once: somebody has to look at the answer.
    /// Every end may be opened again.
    RequestStatus {
        Recorded => Examined | Forwarded | InProgress | Done | NotFeasible | NotResponsible | Duplicate | Withdrawn;
        Examined => Forwarded | InProgress | Done | NotFeasible | NotResponsible | Duplicate | Withdrawn;
        Forwarded => Examined | InProgress | NotFeasible | NotResponsible | Duplicate | Withdrawn;
        InProgress => Examined | Forwarded | Done | NotFeasible | NotResponsible | Duplicate | Withdrawn;
        Done => Examined | InProgress;
        NotFeasible => Examined | InProgress;
        NotResponsible => Examined | Forwarded | InProgress;
        Duplicate => Examined | InProgress;
        Withdrawn => Examined | InProgress;
    }
}

table! {
    /// Where a task may go from here; what is done or discarded may be opened again.
    TaskStatus {
        Open => InProgress | Done | Postponed | Discarded;
        InProgress => Open | Done | Postponed | Discarded;
        Postponed => Open | InProgress | Done | Discarded;
        Done => Open | InProgress;
        Discarded => Open;
    }
}

table! {
    /// Where a meeting may go from here. Agreed minutes are opened again only to held.
    MeetingStatus {
        Planned => Invited | Held;
        Invited => Planned | Held;
        Held => Invited | Agreed;
        Agreed => Held;
    }
}

table! {
    /// Where a referral may go from here; an answer may be asked for again.
    ReferralStatus {
        Sent => Received | InProgress | Answered | Declined | Withdrawn;
        Received => InProgress | Answered | Declined | Withdrawn;
        InProgress => Answered | Declined | Withdrawn;
        Answered => InProgress | Sent;
        Declined => InProgress | Sent;
        Withdrawn => Sent;
    }
}

/// Whether a record of this kind may go from one status to the other. Kinds without a table may go anywhere.
pub fn may_become(kind: &Kind, from: &str, to: &str) -> bool {
    match kind {
        Kind::Request => RequestStatus::from(from).may_become(&to.into()),
        Kind::Task => TaskStatus::from(from).may_become(&to.into()),
        Kind::Meeting => MeetingStatus::from(from).may_become(&to.into()),
        Kind::Referral => ReferralStatus::from(from).may_become(&to.into()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_is_never_done_at_once() {
        assert!(!RequestStatus::Forwarded.may_become(&RequestStatus::Done));
        assert!(RequestStatus::InProgress.may_become(&RequestStatus::Done));
    }

    #[test]
    fn every_end_may_be_opened_again_and_every_status_reached() {
        for end in RequestStatus::KNOWN.iter().filter(|status| status.is_final()) {
            assert!(
                end.next().iter().all(|next| !next.is_final()) && !end.next().is_empty(),
                "{end:?} reopens"
            );
        }
        for status in &RequestStatus::KNOWN[1..] {
            assert!(
                RequestStatus::KNOWN.iter().any(|from| from.next().contains(status)),
                "{status:?} is reached"
            );
        }
        assert!(TaskStatus::Done.may_become(&TaskStatus::Open));
        assert!(MeetingStatus::Agreed.may_become(&MeetingStatus::Held));
        assert!(
            !MeetingStatus::Planned.may_become(&MeetingStatus::Agreed),
            "nobody agrees to minutes of no meeting"
        );
    }

    #[test]
    fn words_of_a_newer_version_block_no_way() {
        assert!(may_become(&Kind::Task, "waiting", "done") && may_become(&Kind::Task, "done", "waiting"));
        assert!(may_become(&Kind::Note, "a", "b"));
    }
}
