//! A city's lists and a log to read, for every test here.
#![allow(dead_code, reason = "each test file uses its part")]

use domain::DistrictId;
use intake::{Catalogue, Code, DistrictName, NoteDraft, Row, Sheet, Why};

pub(crate) const SAMPLE: &str = include_str!("../../../../tests/data/gespraeche-2026-10.csv");
pub(crate) const HEADER: &str = "Datum;Uhrzeit;Dauer (Min.);Stadtteil;Ort;Kontaktart;Erst-/Folgekontakt;Personen;Altersgruppe;Thema;Notiz;Leistung;Wiedervorlage;Bearbeiter/in";

const TOPICS: &[(&str, &str)] = &[
    ("armut", "Armut und Existenzsicherung"),
    ("integration", "Integration und Zusammenleben"),
    ("einsamkeit", "Einsamkeit"),
    ("wohnen", "Wohnen und Segregation"),
    ("gesundheit", "Gesundheit"),
    ("digital", "Digitale Teilhabe"),
    ("demokratie", "Demokratie und Beteiligung"),
    ("bildung", "Bildung, Familie und Jugend"),
    ("raum", "Öffentlicher Raum"),
    ("mobilitaet", "Mobilität"),
    ("sicherheit", "Sicherheit"),
    ("kultur", "Kultur, Sport, Begegnung"),
    ("sport", "Sport"),
];

pub(crate) fn codes(list: &[(&str, &str)]) -> Vec<Code> {
    let code = |(code, label): &(&str, &str)| Code {
        code: (*code).to_owned(),
        labels: vec![(*label).to_owned()],
        valid_from: None,
        valid_to: None,
    };
    list.iter().map(code).collect()
}

pub(crate) fn district_id(name: &str) -> DistrictId {
    domain::derived_id(b"test", "district", &[name]).into()
}

/// Built once: property tests ask for it hundreds of times.
pub(crate) fn catalogue() -> Catalogue {
    static BUILT: std::sync::LazyLock<Catalogue> = std::sync::LazyLock::new(build);
    BUILT.clone()
}

fn build() -> Catalogue {
    let lines = include_str!("../../../../tests/data/erfurt-districts.csv")
        .lines()
        .skip(1);
    let districts = lines.map(|line| {
        let mut parts = line.split(',');
        let (number, name) = (parts.next().expect("a number"), parts.next().expect("a name"));
        DistrictName {
            id: district_id(name),
            name: name.to_owned(),
            number: Some(number.to_owned()),
        }
    });
    Catalogue {
        districts: districts.collect(),
        topics: codes(TOPICS),
        contact_modes: codes(&[
            ("aufsuchend", "aufsuchend"),
            ("sprechstunde", "Sprechstunde"),
            ("hausbesuch", "Hausbesuch"),
            ("telefon", "Telefon"),
            ("veranstaltung", "Veranstaltung"),
        ]),
        place_kinds: codes(&[
            ("spielplatz", "Spielplatz"),
            ("schulhof", "Schulhof"),
            ("haltestelle", "Haltestelle"),
        ]),
        contact_orders: codes(&[("first", "Erstkontakt"), ("repeat", "Folgekontakt")]),
        age_bands: codes(&[
            ("0-5", "0-5"),
            ("6-13", "6-13"),
            ("14-17", "14-17"),
            ("18-26", "18-26"),
            ("27-64", "27-64"),
            ("65+", "65+"),
        ]),
        services: codes(&[
            ("information", "Information"),
            ("beratung", "Beratung"),
            ("vermittlung", "Vermittlung"),
            ("begleitung", "Begleitung"),
            ("weiterleitung", "Weiterleitung"),
            ("anliegen", "Anliegen aufgenommen"),
            ("gespraech", "nur Gespräch"),
        ]),
    }
}

/// A row below the usual header, whose cells a test changes by their column's title.
#[derive(Clone)]
pub(crate) struct RowText(Vec<String>);

pub(crate) fn row() -> RowText {
    let cells =
        "05.10.2026;09:15;20;Rieth;Schulhof;aufsuchend;Erst;2;27-64;Einsamkeit;Wünscht Gesellschaft.;Beratung;;Team 1";
    RowText(cells.split(';').map(str::to_owned).collect())
}

impl RowText {
    pub(crate) fn with(mut self, title: &str, value: &str) -> Self {
        let at = HEADER
            .split(';')
            .position(|known| known.starts_with(title))
            .expect("a column of the header");
        self.0[at] = value.to_owned();
        self
    }

    pub(crate) fn cells(&self) -> &[String] {
        &self.0
    }
}

pub(crate) fn log(rows: &[RowText]) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines = rows
        .iter()
        .map(|row| row.0.iter().map(quoted).collect::<Vec<_>>().join(";"));
    [HEADER.to_owned()]
        .into_iter()
        .chain(lines)
        .map(|line| line + "\r\n")
        .collect()
}

pub(crate) fn read(bytes: impl AsRef<[u8]>) -> Sheet {
    intake::read(bytes.as_ref(), &catalogue()).expect("the file is a log")
}

/// What comes of one row.
pub(crate) fn outcome(row: RowText) -> Result<NoteDraft, Why> {
    let mut sheet = read(log(&[row]));
    assert_eq!(sheet.rows.len(), 1, "one row goes in, one comes out");
    match sheet.rows.pop() {
        Some(Row::Note(draft)) => Ok(*draft),
        Some(Row::Skipped { why, .. }) => Err(why),
        None => unreachable!("counted above"),
    }
}

pub(crate) fn drafts(sheet: &Sheet) -> Vec<&NoteDraft> {
    sheet
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Note(draft) => Some(&**draft),
            Row::Skipped { .. } => None,
        })
        .collect()
}

pub(crate) fn keys(sheet: &Sheet) -> Vec<(String, u32)> {
    drafts(sheet)
        .iter()
        .map(|draft| (draft.key_text.clone(), draft.nth))
        .collect()
}

/// The stable code of a reason, as a script sees it.
pub(crate) fn code(why: &Why) -> String {
    let json = serde_json::to_value(why).expect("a reason has a JSON form");
    json["code"].as_str().expect("it names its code").to_owned()
}
