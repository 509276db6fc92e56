//! Gesprächsnotiz.

use super::Attachment;
use crate::RecordId;
use crate::fault::{Fault, Faults, MAX_COUNT, Wrong};
use crate::shape::{body, part, rule, unit, wire_name};
use chrono::{DateTime, FixedOffset, NaiveDate};

body! {
    /// A conversation, anonymous by default.
    pub struct Note: Note {
        /// When it was, with the offset of the local clock.
        occurred_at: DateTime<FixedOffset> => Scalar,
        /// How long it took.
        duration_minutes: Option<u32> => Scalar,
        /// How it came about: a code of the list contact_mode.
        contact_mode: Option<String> => Scalar in "place",
        /// What kind of place it was: a code of the list place_kind.
        place_kind: Option<String> => Scalar in "place",
        /// The place in free words.
        place: Option<String> => Scalar in "place",
        /// First or repeated contact: a code of the list contact_order.
        contact_order: Option<String> => Scalar,
        /// Who took part, counted.
        people: Vec<Group> => Scalar,
        /// The language spoken: a code of the list language.
        language: Option<String> => Scalar in "language",
        /// Somebody interpreted.
        interpreter: Option<bool> => Scalar in "language",
        /// What it was about: codes of the list topic.
        topics: Vec<String> => Set,
        /// The note.
        text: Option<String> => Text,
        /// Originalton: the resident's own words.
        original_words: Option<String> => Text,
        /// What the people can bring in.
        resources: Option<String> => Text,
        /// How willing they are to take part, from 1 to 5.
        participation: Option<u8> => Scalar,
        /// What was done for them.
        services: Vec<Service> => Set,
        /// When to come back to it.
        follow_up: Option<FollowUp> => Scalar,
        /// Photos and files.
        attachments: Vec<Attachment> => Parts(Attachment),
        /// Records it belongs with.
        links: Vec<RecordId> => Set,
        /// Who wrote it down, where that is not the author: for imports.
        recorded_by: Option<String> => Scalar,
    }
}

part! {
    /// So many people of one age band and gender.
    pub struct Group {
        /// A code of the list age_band.
        age_band: Option<String> => Scalar,
        /// A code of the list gender.
        gender: Option<String> => Scalar,
        /// How many.
        count: u32 => Scalar,
    }
}

part! {
    /// Something done for somebody.
    pub struct Service {
        /// A code of the list service.
        service: String => Scalar,
        /// Where somebody was sent.
        to: Option<String> => Scalar,
    }
}

part! {
    /// A day to come back to something.
    pub struct FollowUp {
        /// The day.
        on: NaiveDate => Scalar,
        /// Who does it.
        who: Option<String> => Scalar,
        /// When it was done.
        done_on: Option<NaiveDate> => Scalar,
    }
}

impl Note {
    /// What is wrong with the note; nothing, if it may be saved.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        if let Some(minutes) = self.duration_minutes {
            faults.number("duration_minutes", minutes, 0..=24 * 60);
        }
        faults.optional_code("contact_mode", self.contact_mode.as_ref());
        faults.optional_code("place_kind", self.place_kind.as_ref());
        faults.optional_line("place", self.place.as_ref());
        faults.optional_code("contact_order", self.contact_order.as_ref());
        matrix(&mut faults, "people", &self.people);
        faults.optional_code("language", self.language.as_ref());
        faults.codes("topics", &self.topics);
        for (field, text) in [
            ("text", &self.text),
            ("original_words", &self.original_words),
            ("resources", &self.resources),
        ] {
            faults.text(field, text.as_ref());
        }
        if let Some(participation) = self.participation {
            faults.number("participation", participation, 1..=5);
        }
        faults.each("services", &self.services, |faults, service| {
            faults.code("service", &service.service);
            faults.optional_line("to", service.to.as_ref());
        });
        faults.inside("follow_up", self.follow_up.as_ref(), |faults, follow_up| {
            faults.optional_line("who", follow_up.who.as_ref());
        });
        super::attachment::check(&mut faults, "attachments", &self.attachments);
        faults.once("links", &self.links);
        faults.optional_line("recorded_by", self.recorded_by.as_ref());
        faults.found()
    }

    /// How many people took part, over all groups.
    pub fn people_count(&self) -> u64 {
        self.people.iter().map(|group| u64::from(group.count)).sum()
    }
}

/// A matrix of people has no cell twice and no endless number in one.
pub(super) fn matrix(faults: &mut Faults, field: &str, groups: &[Group]) {
    faults.each(field, groups, |faults, group| {
        faults.optional_code("age_band", group.age_band.as_ref());
        faults.optional_code("gender", group.gender.as_ref());
        faults.number("count", group.count, 0..=MAX_COUNT);
    });
    let cell = |group: &Group| (group.age_band.clone(), group.gender.clone());
    let mut seen = std::collections::BTreeSet::new();
    if groups.iter().any(|group| !seen.insert(cell(group))) {
        faults.add(field, Wrong::Doubled);
    }
}
