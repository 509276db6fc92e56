//! Aufgabe; the printed list of a board is its Maßnahmenliste.

use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{body, part, rule, unit, wire_name, words};
use crate::{PartId, RecordId};
use chrono::NaiveDate;
use uuid::Uuid;

words! {
    /// Where a task stands.
    pub enum TaskStatus {
        /// Offen.
        Open = "open",
        /// In Arbeit.
        InProgress = "in_progress",
        /// Erledigt.
        Done = "done",
        /// Verschoben.
        Postponed = "postponed",
        /// Verworfen.
        Discarded = "discarded",
    }
}

body! {
    /// Who does what until when.
    pub struct Task: Task {
        /// The number for people, as in `26-K7-042`.
        number: Option<String> => Scalar,
        /// Where it comes from.
        origin: Option<Origin> => Scalar,
        /// The board whose list it stands on.
        board: Option<RecordId> => Scalar,
        /// What is to be done.
        what: String => Text,
        /// Who does it.
        responsible: Option<String> => Scalar,
        /// Until when.
        due_on: Option<NaiveDate> => Scalar,
        /// Where it stands.
        status: TaskStatus => State in "status",
        /// Why it stands there.
        status_reason: Option<String> => Scalar in "status",
        /// The day it was done.
        done_on: Option<NaiveDate> => Scalar in "status",
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// Where a task comes from. A task that others may read names no note.
    pub struct Origin {
        /// A meeting ...
        meeting: Option<RecordId> => Scalar,
        /// ... and its agenda item.
        item: Option<PartId> => Scalar,
        /// A request.
        request: Option<RecordId> => Scalar,
        /// A note.
        note: Option<RecordId> => Scalar,
    }
}

impl TaskStatus {
    /// Rolls into the next agenda.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::Postponed)
    }
}

impl Task {
    /// What is wrong with the task.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.people_number("number", self.number.as_ref());
        if self.what.trim().is_empty() {
            faults.add("what", Wrong::Empty);
        }
        faults.text("what", Some(&self.what));
        faults.optional_line("responsible", self.responsible.as_ref());
        faults.text("status_reason", self.status_reason.as_ref());
        if self
            .origin
            .as_ref()
            .is_some_and(|origin| origin.item.is_some() && origin.meeting.is_none())
        {
            faults.add(
                "origin/item",
                Wrong::Needs {
                    field: "origin/meeting",
                },
            );
        }
        faults.found()
    }
}
