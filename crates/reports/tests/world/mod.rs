//! A small city and its records, for every test here.
#![allow(dead_code, reason = "each test file uses its part")]

use domain::{
    Body, DistrictId, Envelope, Kind, OrganisationId, PersonId, RecordId, State,
    kinds::{Activity, Group, Note, Request, Service},
};
use reports::{Catalogue, Code, District, Language, Lists, Month, Scope};
use std::collections::BTreeSet;

pub(crate) fn id(name: &str) -> RecordId {
    domain::derived_id(b"test", "record", &[name])
}

pub(crate) fn district(name: &str) -> DistrictId {
    id(name).into()
}

/// Code, German label, parent.
type Entry = (&'static str, &'static str, Option<&'static str>);

pub(crate) fn catalogue() -> Catalogue {
    let lists: &[(&str, &[Entry])] = &[
        (
            "topic",
            &[
                ("armut", "Armut und Existenzsicherung", None),
                ("gesundheit", "Gesundheit", None),
                ("bildung", "Bildung, Familie und Jugend", None),
                ("sucht", "Sucht", Some("gesundheit")),
                ("pflege", "Pflege", Some("gesundheit")),
            ],
        ),
        (
            "contact_order",
            &[("first", "Erstkontakt", None), ("repeat", "Folgekontakt", None)],
        ),
        (
            "contact_mode",
            &[("aufsuchend", "aufsuchend", None), ("telefon", "Telefon", None)],
        ),
        ("place_kind", &[("spielplatz", "Spielplatz", None)]),
        (
            "age_band",
            &[("18-26", "18-26", None), ("27-64", "27-64", None), ("65+", "65+", None)],
        ),
        (
            "gender",
            &[
                ("w", "weiblich", None),
                ("m", "männlich", None),
                ("none", "keine Angabe", None),
            ],
        ),
        (
            "service",
            &[("beratung", "Beratung", None), ("vermittlung", "Vermittlung", None)],
        ),
        ("activity_kind", &[("rundgang", "Rundgang", None)]),
        ("request_category", &[("muell", "Müll", None)]),
    ];
    let codes = lists.iter().flat_map(|(list, entries)| {
        (0..).zip(*entries).map(|(order, (code, label, parent))| Code {
            list: (*list).to_owned(),
            code: (*code).to_owned(),
            de: Some((*label).to_owned()),
            en: Some(format!("{label} (en)")),
            parent: parent.map(str::to_owned),
            order: Some(order),
        })
    });
    let districts = ["Rieth", "Altstadt", "Herrenberg"].map(|name| District {
        id: district(name),
        name: name.to_owned(),
    });
    Catalogue {
        districts: districts.to_vec(),
        codes: codes.collect(),
        organisation: Some("Quartiersmanagement Nord".to_owned()),
    }
}

pub(crate) fn scope() -> Scope {
    Scope {
        lists: Lists::WithTexts,
        ..Scope::default()
    }
}

pub(crate) fn month(records: &[(Envelope, Body)], scope: Scope) -> Month {
    let mut month = Month::new("2026-10".parse().expect("a month"), catalogue(), scope);
    records.iter().for_each(|(envelope, body)| month.add(envelope, body));
    month
}

pub(crate) fn october(records: &[(Envelope, Body)]) -> Month {
    month(records, scope())
}

pub(crate) fn english() -> Scope {
    Scope {
        language: Language::English,
        ..scope()
    }
}

pub(crate) fn envelope(kind: Kind, name: &str, districts: &[&str]) -> Envelope {
    Envelope {
        id: id(name),
        kind,
        organisation: Some(OrganisationId::from(id("Träger"))),
        districts: districts.iter().map(|name| district(name)).collect(),
        whole_organisation: districts.is_empty(),
        owner: PersonId::from(id("Mara")),
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 1,
        floor_version: 0,
        redacted: BTreeSet::new(),
    }
}

/// A conversation in Rieth at noon on 5 October.
pub(crate) struct Talk {
    name: String,
    districts: Vec<&'static str>,
    pub(crate) note: Note,
}

pub(crate) fn talk(name: &str) -> Talk {
    let note = Note {
        occurred_at: "2026-10-05T12:00:00+02:00".parse().expect("a time"),
        duration_minutes: Some(20),
        contact_mode: Some("aufsuchend".to_owned()),
        contact_order: Some("first".to_owned()),
        people: vec![people(Some("27-64"), 2)],
        topics: vec!["armut".to_owned()],
        ..Note::default()
    };
    Talk {
        name: name.to_owned(),
        districts: vec!["Rieth"],
        note,
    }
}

pub(crate) fn people(age_band: Option<&str>, count: u32) -> Group {
    Group {
        age_band: age_band.map(str::to_owned),
        gender: Some("none".to_owned()),
        count,
        ..Group::default()
    }
}

impl Talk {
    pub(crate) fn at(mut self, at: &str) -> Self {
        self.note.occurred_at = at.parse().expect("a time");
        self
    }

    pub(crate) fn in_districts(mut self, districts: &[&'static str]) -> Self {
        self.districts = districts.to_vec();
        self
    }

    pub(crate) fn about(mut self, topics: &[&str]) -> Self {
        self.note.topics = topics.iter().map(|&topic| topic.to_owned()).collect();
        self
    }

    pub(crate) fn with_people(mut self, people: Vec<Group>) -> Self {
        self.note.people = people;
        self
    }

    pub(crate) fn given(mut self, service: &str, to: Option<&str>) -> Self {
        let to = to.map(str::to_owned);
        self.note.services.push(Service {
            service: service.to_owned(),
            to,
            ..Service::default()
        });
        self
    }

    pub(crate) fn saying(mut self, text: &str) -> Self {
        self.note.text = Some(text.to_owned());
        self
    }

    pub(crate) fn change(mut self, change: impl FnOnce(&mut Note)) -> Self {
        change(&mut self.note);
        self
    }

    pub(crate) fn record(self) -> (Envelope, Body) {
        (envelope(Kind::Note, &self.name, &self.districts), self.note.to_body())
    }
}

pub(crate) fn request(name: &str, change: impl FnOnce(&mut Request)) -> (Envelope, Body) {
    let mut request = Request {
        received_on: day("2026-10-05"),
        category: Some("muell".to_owned()),
        ..Request::default()
    };
    change(&mut request);
    (envelope(Kind::Request, name, &["Rieth"]), request.to_body())
}

pub(crate) fn activity(name: &str, change: impl FnOnce(&mut Activity)) -> (Envelope, Body) {
    let mut activity = Activity {
        kind: "rundgang".to_owned(),
        starts_at: "2026-10-05T14:00:00+02:00".parse().expect("a time"),
        ends_at: "2026-10-05T15:30:00+02:00".parse().ok(),
        ..Activity::default()
    };
    change(&mut activity);
    (envelope(Kind::Activity, name, &["Rieth"]), activity.to_body())
}

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}

/// A figure by table, row and column.
pub(crate) fn figure(month: &Month, table: &str, row: &str, column: &str) -> u64 {
    let tables = month.figures();
    let found = tables
        .iter()
        .find(|known| known.id == table)
        .and_then(|table| table.count(row, column));
    found.unwrap_or_else(|| panic!("{table} has a figure {row} x {column}"))
}
