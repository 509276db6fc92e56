//! Aktivität.

use super::Group;
use super::note::matrix;
use crate::RecordId;
use crate::fault::{Fault, Faults, MAX_COUNT};
use crate::shape::{body, part, rule, unit, wire_name};
use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

body! {
    /// A piece of work: its hours and people; a Rundgang with its tally.
    pub struct Activity: Activity {
        /// What it was: a code of the list activity_kind.
        kind: String => Scalar,
        /// When it began, with the offset of the local clock.
        starts_at: DateTime<FixedOffset> => Scalar in "time",
        /// When it ended.
        ends_at: Option<DateTime<FixedOffset>> => Scalar in "time",
        /// What kind of place it was: a code of the list place_kind.
        place_kind: Option<String> => Scalar in "place",
        /// The place in free words.
        place: Option<String> => Scalar in "place",
        /// Who took part, counted.
        people: Vec<Group> => Scalar,
        /// Whom it was meant for: codes of the list target_group.
        target_groups: Vec<String> => Set,
        /// With whom it was done.
        partners: Vec<Partner> => Set,
        /// What came of it.
        result: Option<String> => Text,
        /// A Rundgang's tally.
        tally: Vec<Tally> => Parts(Tally),
        /// Records it belongs with.
        links: Vec<RecordId> => Set,
        /// The circle that holds the sealed part's key.
        circle: Option<Uuid> => Scalar,
    }
}

part! {
    /// Somebody it was done with.
    pub struct Partner {
        /// Their name.
        name: String => Scalar,
        /// Their card in the address book.
        contact: Option<RecordId> => Scalar,
    }
}

part! {
    /// So many people of one age band and gender at one place of a Rundgang. Two who count the same cell make two parts,
    /// and they add up.
    pub struct Tally {
        /// The part's id.
        id: crate::PartId => Scalar,
        /// Where.
        place: String => Scalar,
        /// A code of the list age_band.
        age_band: Option<String> => Scalar,
        /// A code of the list gender.
        gender: Option<String> => Scalar,
        /// How many.
        count: u32 => Scalar,
    }
}

impl Activity {
    /// What is wrong with the activity.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.code("kind", &self.kind);
        faults.span("ends_at", Some(self.starts_at), self.ends_at);
        faults.optional_code("place_kind", self.place_kind.as_ref());
        faults.optional_line("place", self.place.as_ref());
        matrix(&mut faults, "people", &self.people);
        faults.codes("target_groups", &self.target_groups);
        faults.each("partners", &self.partners, |faults, partner| {
            faults.line("name", &partner.name);
        });
        faults.text("result", self.result.as_ref());
        faults.each("tally", &self.tally, |faults, cell| {
            faults.line("place", &cell.place);
            faults.optional_code("age_band", cell.age_band.as_ref());
            faults.optional_code("gender", cell.gender.as_ref());
            faults.number("count", cell.count, 0..=MAX_COUNT);
        });
        faults.once("links", &self.links);
        faults.found()
    }

    /// How many minutes it took; `None` while its end is open.
    pub fn minutes(&self) -> Option<i64> {
        self.ends_at.map(|end| (end - self.starts_at).num_minutes())
    }
}
