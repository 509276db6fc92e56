//! Monatsabschluss and Veröffentlichung: cells only.

use crate::calendar::MonthOf;
use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{body, part, rule, unit, wire_name, words};
use crate::{At, PersonId, RecordId};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What is published.
    pub enum PublicationKind {
        /// A month.
        Month = "month",
        /// A dossier for a planner.
        Dossier = "dossier",
    }
}

body! {
    /// A closed month. No text, no name, no readers.
    pub struct Month: Month {
        /// The month.
        month: MonthOf => Scalar,
        /// The cut: by which districts and lists it counts.
        cut: String => Scalar,
        /// The figures.
        cells: Vec<Cell> => Scalar,
        /// How far the city's feed was when it was counted.
        cursor: Option<String> => Scalar,
        /// What was counted.
        records: Vec<Counted> => Scalar,
        /// Who signed.
        signed_by: PersonId => Scalar in "signature",
        /// When.
        signed_at: At => Scalar in "signature",
    }
}

body! {
    /// Rounded figures that may leave the organisation.
    pub struct Publication: Publication {
        /// What it is.
        kind: PublicationKind => Scalar,
        /// Its title.
        title: String => Scalar,
        /// First month.
        from: Option<MonthOf> => Scalar in "span",
        /// Last month.
        to: Option<MonthOf> => Scalar in "span",
        /// The figures, each a multiple of five.
        cells: Vec<Cell> => Scalar,
        /// What the reader must know about them.
        legend: Option<String> => Scalar,
        /// Who released it.
        released_by: PersonId => Scalar in "release",
        /// When.
        released_at: At => Scalar in "release",
    }
}

part! {
    /// One figure of one table.
    pub struct Cell {
        /// The table.
        table: String => Scalar,
        /// Which of its figures: district, topic, age_band ... to id or code.
        at: BTreeMap<String, String> => Scalar,
        /// The figure.
        count: u64 => Scalar,
    }
}

part! {
    /// A record that was counted, in the version that was counted.
    pub struct Counted {
        /// The record.
        id: RecordId => Scalar,
        /// Its version.
        version: u64 => Scalar,
    }
}

impl Month {
    /// What is wrong with the month.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.code("cut", &self.cut);
        cells(&mut faults, &self.cells);
        let mut seen = BTreeSet::new();
        if !self.records.iter().all(|counted| seen.insert(counted.id)) {
            faults.add("records", Wrong::Doubled);
        }
        faults.found()
    }
}

impl Publication {
    /// What is wrong with the publication.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("title", &self.title);
        faults.span("to", self.from, self.to);
        cells(&mut faults, &self.cells);
        for (place, cell) in self.cells.iter().enumerate() {
            if cell.count % 5 != 0 {
                faults.add(&format!("cells/{place}/count"), Wrong::Malformed);
            }
        }
        faults.text("legend", self.legend.as_ref());
        faults.found()
    }
}

/// No figure stands twice.
fn cells(faults: &mut Faults, cells: &[Cell]) {
    let mut seen = BTreeSet::new();
    for (place, cell) in cells.iter().enumerate() {
        if cell.table.is_empty() {
            faults.add(&format!("cells/{place}/table"), Wrong::Empty);
        }
        if !seen.insert((&cell.table, &cell.at)) {
            faults.add(&format!("cells/{place}"), Wrong::Doubled);
        }
    }
}
