//! Weiterleitung.

use super::Attachment;
use crate::RecordId;
use crate::fault::{Fault, Faults};
use crate::shape::{body, part, rule, unit, wire_name, words};
use chrono::NaiveDate;

words! {
    /// To what kind of place a request goes.
    pub enum RecipientKind {
        /// A Fachplanung, by its code.
        Field = "field",
        /// An Amt or another organisation, by name.
        Office = "office",
        /// An Open311 endpoint, by its name in the city's configuration.
        Open311 = "open311",
    }
}

words! {
    /// Where a referral stands.
    pub enum ReferralStatus {
        /// Sent.
        Sent = "sent",
        /// Received there.
        Received = "received",
        /// Being worked on there.
        InProgress = "in_progress",
        /// Answered: to be looked at, not yet done.
        Answered = "answered",
        /// They are not responsible or cannot do it.
        Declined = "declined",
        /// Taken back by the sender.
        Withdrawn = "withdrawn",
    }
}

body! {
    /// What leaves the organisation for a Fachplanung, Amt or Open311 endpoint.
    pub struct Referral: Referral {
        /// The request it stands for.
        request: Option<RecordId> => Scalar,
        /// Where it goes.
        recipient: Recipient => Scalar,
        /// The day it was sent.
        sent_on: Option<NaiveDate> => Scalar,
        /// What is asked, typed anew for the recipient.
        text: String => Text,
        /// Where.
        place: Option<String> => Scalar,
        /// Photos released for the recipient.
        photos: Vec<Attachment> => Parts(Attachment),
        /// Until when an answer is wished.
        due_on: Option<NaiveDate> => Scalar,
        /// Where it stands.
        status: ReferralStatus => State in "status",
        /// Why it stands there.
        status_reason: Option<String> => Scalar in "status",
        /// What they answered.
        answer: Option<String> => Text,
        /// The day they answered.
        answered_on: Option<NaiveDate> => Scalar,
        /// Their own number for it.
        their_number: Option<String> => Scalar,
    }
}

part! {
    /// Where a referral goes.
    pub struct Recipient {
        /// What kind of place.
        kind: RecipientKind => Scalar,
        /// A code of the list field, or the endpoint's name.
        code: Option<String> => Scalar,
        /// Name, for people.
        name: Option<String> => Scalar,
    }
}

impl Referral {
    /// What is wrong with the referral.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.inside(
            "recipient",
            Some(&self.recipient),
            |faults, recipient| match recipient.kind {
                RecipientKind::Field | RecipientKind::Open311 => {
                    faults.code("code", recipient.code.as_deref().unwrap_or(""));
                }
                RecipientKind::Office => faults.line("name", recipient.name.as_deref().unwrap_or("")),
                RecipientKind::Other(_) => {}
            },
        );
        if self.text.trim().is_empty() {
            faults.add("text", crate::Wrong::Empty);
        }
        faults.text("text", Some(&self.text));
        faults.optional_line("place", self.place.as_ref());
        super::attachment::check(&mut faults, "photos", &self.photos);
        faults.text("answer", self.answer.as_ref());
        faults.span("answered_on", self.sent_on, self.answered_on);
        faults.optional_line("their_number", self.their_number.as_ref());
        faults.found()
    }
}
