//! The city's catalogue: what everybody pulls first.

use crate::fault::{Fault, Faults, Wrong};
use crate::shape::{Raw, body, part, rule, unit, wire_name, words};
use crate::{DistrictId, OrganisationId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

words! {
    /// What a district is for.
    pub enum DistrictType {
        /// Ortsteil.
        Ortsteil = "ortsteil",
        /// Planungsraum.
        Planungsraum = "planungsraum",
        /// QM- or Fördergebiet: a set of districts that may overlap others.
        Gebiet = "gebiet",
    }
}

words! {
    /// The data protection law an organisation stands under.
    pub enum Regime {
        /// DSGVO.
        Dsgvo = "dsgvo",
        /// Kirchliches Datenschutzgesetz.
        Kdg = "kdg",
        /// DSG-EKD.
        DsgEkd = "dsg-ekd",
    }
}

body! {
    /// Stadtteil, Planungsraum or Gebiet.
    pub struct District: District {
        /// Its name.
        name: String => Scalar,
        /// Its number in the city's own count.
        number: Option<String> => Scalar,
        /// What it is for.
        district_type as "type": DistrictType => Scalar,
        /// The district it lies in.
        parent: Option<DistrictId> => Scalar,
        /// The districts a Gebiet is made of.
        members: Vec<DistrictId> => Set,
        /// First day of its validity.
        valid_from: Option<NaiveDate> => Scalar in "validity",
        /// Last day of its validity.
        valid_to: Option<NaiveDate> => Scalar in "validity",
        /// Its outline as a GeoJSON geometry (WGS84).
        outline: Option<Raw> => Scalar,
        /// How many people live there.
        population: Option<u32> => Scalar,
    }
}

part! {
    /// A name in the languages of the window.
    pub struct Label {
        /// German.
        de: String => Scalar,
        /// English.
        en: Option<String> => Scalar,
    }
}

body! {
    /// One entry of a code list.
    pub struct Code: Code {
        /// The list: topic, contact_mode, service ...
        list: String => Scalar in "code",
        /// The entry's stable name within its list.
        code: String => Scalar in "code",
        /// What people read.
        label: Label => Scalar,
        /// The entry above it.
        parent: Option<String> => Scalar,
        /// Where it stands among the others.
        order: Option<i64> => Scalar,
        /// First day of its validity.
        valid_from: Option<NaiveDate> => Scalar in "validity",
        /// Last day of its validity.
        valid_to: Option<NaiveDate> => Scalar in "validity",
        /// Tells of a besondere Kategorie (Art. 9 DSGVO): published for the whole city only.
        article_9: Option<bool> => Scalar,
        /// The Fachplanung usually responsible: a code of the list field.
        field: Option<String> => Scalar,
        /// What a funder calls it: funder's code to Handlungsfeld.
        mapping: BTreeMap<String, String> => Scalar,
    }
}

body! {
    /// Organisation (Träger): the controller of its own records.
    pub struct Organisation: Organisation {
        /// Its name.
        name: String => Scalar,
        /// The data protection law it stands under.
        regime: Regime => Scalar,
        /// Who is responsible, as notices print it.
        controller: Option<String> => Scalar,
        /// The data protection contact, as notices print it.
        dpo: Option<String> => Scalar,
    }
}

body! {
    /// A person who works with the notebook.
    pub struct PersonCard: Person {
        /// Their name.
        name: String => Scalar,
        /// Where they work.
        organisation: OrganisationId => Scalar,
        /// The key others wrap circles' keys for; set by the person's own device.
        public_key: Option<String> => Scalar,
        /// The day they left.
        left_on: Option<NaiveDate> => Scalar,
    }
}

body! {
    /// An enrolled device; the record's id is the device's.
    pub struct Device: Device {
        /// Its part of numbers for people, for example `K7`.
        code: String => Scalar,
        /// Whose it is.
        organisation: OrganisationId => Scalar,
    }
}

impl District {
    /// What is wrong with the district.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.optional_line("number", self.number.as_ref());
        faults.once("members", &self.members);
        faults.span("valid_to", self.valid_from, self.valid_to);
        if self.parent.is_some_and(|parent| self.members.contains(&parent)) {
            faults.add("members", Wrong::Itself);
        }
        faults.found()
    }

    /// Whether it holds on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl Code {
    /// What is wrong with the entry.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.code("list", &self.list);
        faults.code("code", &self.code);
        faults.line("label/de", &self.label.de);
        faults.optional_line("label/en", self.label.en.as_ref());
        faults.optional_code("parent", self.parent.as_ref());
        if self.parent.as_ref() == Some(&self.code) {
            faults.add("parent", Wrong::Itself);
        }
        faults.span("valid_to", self.valid_from, self.valid_to);
        faults.optional_code("field", self.field.as_ref());
        faults.found()
    }

    /// Whether it may be chosen on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl Organisation {
    /// What is wrong with the organisation.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.text("controller", self.controller.as_ref());
        faults.text("dpo", self.dpo.as_ref());
        faults.found()
    }
}

impl PersonCard {
    /// What is wrong with the card.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("name", &self.name);
        faults.optional_line("public_key", self.public_key.as_ref());
        faults.found()
    }
}

impl Device {
    /// What is wrong with the device's record.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.code("code", &self.code);
        faults.found()
    }
}
