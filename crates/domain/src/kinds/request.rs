//! Anliegen.

use super::Attachment;
use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{body, part, rule, unit, wire_name, words};
use crate::{PartId, RecordId};
use chrono::NaiveDate;
use uuid::Uuid;

words! {
    /// Where a request stands.
    pub enum RequestStatus {
        /// Aufgenommen.
        Recorded = "recorded",
        /// Geprüft.
        Examined = "examined",
        /// Weitergeleitet; never the same as done.
        Forwarded = "forwarded",
        /// In Bearbeitung.
        InProgress = "in_progress",
        /// Erledigt.
        Done = "done",
        /// Nicht umsetzbar.
        NotFeasible = "not_feasible",
        /// Nicht zuständig.
        NotResponsible = "not_responsible",
        /// Dublette.
        Duplicate = "duplicate",
        /// Zurückgezogen.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What was done on the way.
    pub enum StepKind {
        /// Forwarded to somebody.
        Forwarded = "forwarded",
        /// Reminded them.
        Reminded = "reminded",
        /// They answered.
        Answered = "answered",
        /// The resident was told.
        Told = "told",
    }
}

words! {
    /// What became of the feedback to the resident.
    pub enum FeedbackKind {
        /// They were told the result.
        Given = "given",
        /// It was announced in public.
        PublicNotice = "public_notice",
        /// They did not want any.
        NotWanted = "not_wanted",
        /// They could not be reached, for a reason.
        NotPossible = "not_possible",
    }
}

body! {
    /// What a resident asked for, followed until they were told the result.
    pub struct Request: Request {
        /// The number for people, as in `26-K7-042`.
        number: Option<String> => Scalar,
        /// The day it came.
        received_on: NaiveDate => Scalar in "received",
        /// How it came: a code of the list request_way.
        received_way: Option<String> => Scalar in "received",
        /// What it is about: a code of the list request_category.
        category: Option<String> => Scalar,
        /// Where.
        place: Option<String> => Scalar,
        /// What is asked for.
        description: Option<String> => Text,
        /// Photos and files.
        photos: Vec<Attachment> => Parts(Attachment),
        /// The Fachplanung it concerns: a code of the list field.
        field: Option<String> => Scalar,
        /// What was done on the way.
        steps: Vec<Step> => Parts(Step),
        /// Until when an answer is due.
        due_on: Option<NaiveDate> => Scalar,
        /// What came of it.
        result: Option<String> => Text,
        /// What became of the feedback to the resident.
        feedback: Option<Feedback> => Scalar,
        /// Where it stands.
        status: RequestStatus => State in "status",
        /// Why it stands there.
        status_reason: Option<String> => Scalar in "status",
        /// The day it was closed; needs the feedback.
        closed_on: Option<NaiveDate> => Scalar in "status",
        /// The request it doubles.
        duplicate_of: Option<RecordId> => Scalar in "status",
        /// The resident's card, if they want to be told.
        contact: Option<RecordId> => Scalar,
        /// Records it belongs with.
        links: Vec<RecordId> => Set,
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// One step on the way.
    pub struct Step {
        /// The part's id.
        id: PartId => Scalar,
        /// Where it stands among the others.
        position: Option<String> => Scalar,
        /// What was done.
        step: StepKind => Scalar in "step",
        /// The day.
        on: NaiveDate => Scalar in "step",
        /// To whom, or by whom.
        whom: Option<String> => Scalar in "step",
        /// The referral that carries it.
        referral: Option<RecordId> => Scalar,
        /// What was said.
        text: Option<String> => Text,
    }
}

part! {
    /// The feedback to the resident.
    pub struct Feedback {
        /// What became of it.
        kind: FeedbackKind => Scalar,
        /// The day.
        on: Option<NaiveDate> => Scalar,
        /// How: a code of the list contact_mode.
        way: Option<String> => Scalar,
        /// Why it was not possible.
        reason: Option<String> => Scalar,
    }
}

impl RequestStatus {
    /// Nothing more will be done.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Done | Self::NotFeasible | Self::NotResponsible | Self::Duplicate | Self::Withdrawn
        )
    }
}

impl Request {
    /// What is wrong with the request.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.people_number("number", self.number.as_ref());
        faults.optional_code("received_way", self.received_way.as_ref());
        faults.optional_code("category", self.category.as_ref());
        faults.optional_line("place", self.place.as_ref());
        faults.text("description", self.description.as_ref());
        super::attachment::check(&mut faults, "photos", &self.photos);
        faults.optional_code("field", self.field.as_ref());
        faults.each("steps", &self.steps, |faults, step| {
            faults.optional_line("whom", step.whom.as_ref());
            faults.text("text", step.text.as_ref());
        });
        faults.text("result", self.result.as_ref());
        faults.inside("feedback", self.feedback.as_ref(), |faults, feedback| {
            match feedback.kind {
                FeedbackKind::Given | FeedbackKind::PublicNotice if feedback.on.is_none() => {
                    faults.add("on", Wrong::Empty);
                }
                FeedbackKind::NotPossible => faults.line("reason", feedback.reason.as_deref().unwrap_or("")),
                _ => {}
            }
        });
        if self.closed_on.is_some() && self.feedback.is_none() {
            faults.add("closed_on", Wrong::Needs { field: "feedback" });
        }
        if self.closed_on.is_some() && !self.status.is_final() && !matches!(self.status, RequestStatus::Other(_)) {
            faults.add("closed_on", Wrong::Needs { field: "status" });
        }
        if self.status == RequestStatus::Duplicate && self.duplicate_of.is_none() {
            faults.add("status", Wrong::Needs { field: "duplicate_of" });
        }
        faults.span("closed_on", Some(self.received_on), self.closed_on);
        faults.once("links", &self.links);
        faults.found()
    }

    /// Abgeschlossen: nothing more will be done, and the resident was told or could not be.
    pub fn is_closed(&self) -> bool {
        self.status.is_final() && self.feedback.is_some()
    }

    /// Counts for the Rückmelde-Quote: `Some(true)` if told, `None` if nobody wanted to be told or it is not closed.
    pub fn was_told(&self) -> Option<bool> {
        let feedback = self.feedback.as_ref().filter(|_| self.is_closed())?;
        match feedback.kind {
            FeedbackKind::NotWanted => None,
            _ => Some(feedback.kind == FeedbackKind::Given),
        }
    }
}
