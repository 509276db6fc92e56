//! Grant, template and retention rule.

use crate::PersonId;
use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{body, part, rule, unit, wire_name, words};
use uuid::Uuid;

body! {
    /// A circle's key wrapped for one person.
    pub struct Grant: Grant {
        /// The circle.
        circle: Uuid => Scalar in "grant",
        /// For whom.
        person: PersonId => Scalar in "grant",
        /// The circle's key, wrapped for that person's public key.
        wrapped_key: String => Scalar in "grant",
        /// Who wrapped it.
        granted_by: PersonId => Scalar in "grant",
    }
}

body! {
    /// A text template.
    pub struct Template: Template {
        /// Its name.
        name: String => Scalar,
        /// What it is for: a kind's name and, after a dot, a field: `meeting.invitation`.
        purpose: String => Scalar,
        /// The language it is written in: a code of the list language.
        language: Option<String> => Scalar,
        /// The text.
        text: String => Text,
    }
}

words! {
    /// What a retention rule does when its time is over.
    pub enum RuleAction {
        /// Cuts fields out.
        Redact = "redact",
        /// Erases the record.
        Erase = "erase",
    }
}

body! {
    /// A retention rule: what becomes of records of a class, and when.
    pub struct Rule: Rule {
        /// The class: a code of the list retention_class, named by envelopes.
        class: String => Scalar,
        /// So many months after the envelope's from_on.
        after_months: u32 => Scalar,
        /// What is done.
        action: RuleAction => Scalar in "action",
        /// The fields that are cut out, or `sealed`.
        fields: Vec<String> => Scalar in "action",
        /// The kinds it holds for; all where none is named.
        kinds: Vec<String> => Set,
        /// The legal ground, as notices print it.
        ground: Option<String> => Scalar,
    }
}

impl Grant {
    /// What is wrong with the grant.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        if self.wrapped_key.is_empty() {
            faults.add("wrapped_key", Wrong::Empty);
        }
        faults.found()
    }
}

impl Template {
    /// What is wrong with the template.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.code("purpose", &self.purpose);
        faults.optional_code("language", self.language.as_ref());
        faults.text("text", Some(&self.text));
        faults.found()
    }
}

impl Rule {
    /// What is wrong with the rule.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.code("class", &self.class);
        faults.number("after_months", self.after_months, 0..=1200);
        faults.once("fields", &self.fields);
        faults.once("kinds", &self.kinds);
        if self.action == RuleAction::Redact && self.fields.is_empty() {
            faults.add("fields", Wrong::Empty);
        }
        faults.found()
    }
}
