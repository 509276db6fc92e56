//! An old log becomes a month's figures, and they are what an independent count over the same log says.

use domain::{
    Body, DistrictId, Envelope, Kind, OrganisationId, PersonId, RecordId, State,
    calendar::MonthOf,
    kinds::{Code, Note},
};
use intake::{NoteDraft, Notice, Row, Sheet};
use reports::{Month, Scope, Table};
use scenes::log_rows::{self, Fate};
use std::{collections::BTreeMap, path::Path, process::Command};

/// The lists a new city begins with.
fn codes() -> Vec<Code> {
    let shipped: Vec<&serde_json::value::RawValue> =
        serde_json::from_str(include_str!("../../crates/city/data/codes.json")).expect("a list of codes");
    let read = |raw: &serde_json::value::RawValue| Code::read(&Body::new(raw.get().to_owned()));
    shipped
        .into_iter()
        .map(|raw| read(raw).expect("a code of the catalogue"))
        .collect()
}

fn districts() -> Vec<(DistrictId, String)> {
    let lines = log_rows::DISTRICTS.lines().skip(1);
    let names = lines.map(|line| line.split(',').nth(1).expect("number, name, parent"));
    names.map(|name| (id(name).into(), name.to_owned())).collect()
}

fn id(name: &str) -> RecordId {
    domain::derived_id(b"october", "test", &[name])
}

fn read(log: &[u8]) -> Sheet {
    let codes = codes();
    let list = |name: &str| -> Vec<intake::Code> {
        let entries = codes.iter().filter(|code| code.list == name);
        let entry = |code: &Code| intake::Code {
            code: code.code.clone(),
            labels: [Some(code.label.de.clone()), code.label.en.clone()]
                .into_iter()
                .flatten()
                .collect(),
            valid_from: code.valid_from,
            valid_to: code.valid_to,
        };
        entries.map(entry).collect()
    };
    let named = |(id, name)| intake::DistrictName { id, name, number: None };
    let catalogue = intake::Catalogue {
        districts: districts().into_iter().map(named).collect(),
        topics: list("topic"),
        contact_modes: list("contact_mode"),
        place_kinds: list("place_kind"),
        contact_orders: list("contact_order"),
        age_bands: list("age_band"),
        services: list("service"),
    };
    intake::read(log, &catalogue).expect("the log can be read")
}

fn drafts(sheet: &Sheet) -> impl Iterator<Item = &NoteDraft> {
    sheet.rows.iter().filter_map(|row| match row {
        Row::Note(draft) => Some(&**draft),
        Row::Skipped { .. } => None,
    })
}

fn record(draft: &NoteDraft) -> (Envelope, Body) {
    let envelope = Envelope {
        id: domain::derived_id(b"october", "import", &[&draft.key_text, &draft.nth.to_string()]),
        kind: Kind::Note,
        organisation: Some(OrganisationId::from(id("Träger"))),
        districts: [draft.district].into(),
        whole_organisation: false,
        owner: PersonId::from(id("Mara")),
        confidential: false,
        readers: [].into(),
        blobs: [].into(),
        retention: None,
        state: State::Live,
        version: 0,
        floor_version: 0,
        redacted: [].into(),
    };
    (envelope, draft.note.to_body())
}

fn month(of: &str, sheet: &Sheet) -> Month {
    let code = |code: Code| reports::Code {
        list: code.list,
        code: code.code,
        de: Some(code.label.de),
        en: code.label.en,
        parent: code.parent,
        order: code.order,
    };
    let catalogue = reports::Catalogue {
        districts: districts()
            .into_iter()
            .map(|(id, name)| reports::District { id, name })
            .collect(),
        codes: codes().into_iter().map(code).collect(),
        organisation: None,
    };
    let of: MonthOf = of.parse().expect("a month");
    let mut month = Month::new(of, catalogue, Scope::default());
    drafts(sheet)
        .map(record)
        .for_each(|(envelope, body)| month.add(&envelope, &body));
    month
}

/// What the script says about the same bytes.
fn counted(log: &[u8], of: &str) -> serde_json::Value {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log.csv");
    std::fs::write(&file, log).expect("the log is written");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("python3")
        .arg(here.join("independent/count_month.py"))
        .args([&file, &here.join("data/erfurt-districts.csv")])
        .arg(of)
        .output()
        .expect("python3 is there, as for the second client");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

fn table(month: &Month, id: &str) -> Table {
    month
        .figures()
        .into_iter()
        .find(|table| table.id == id)
        .expect("the table is there")
}

/// A table's column by the rows' labels, as the log and the script write them; rows without any left out.
fn by_label(month: &Month, id: &str, column: &str) -> BTreeMap<String, u64> {
    let table = table(month, id);
    let rows = table.rows.iter().filter(|line| line.head.id != "total");
    let counts = rows.map(|line| {
        (
            line.head.title.clone(),
            table.count(&line.head.id, column).expect("a figure"),
        )
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn the_months_figures_are_those_of_an_independent_count() {
    for log in [log_rows::SAMPLE.as_bytes().to_vec(), log_rows::sample_with_extra_rows()] {
        let sheet = read(&log);
        for of in ["2026-09", "2026-10", "2026-11"] {
            let (ours, theirs) = (month(of, &sheet), counted(&log, of));
            assert_eq!(
                drafts(&sheet).count() as u64,
                theirs["rows_taken"],
                "the same rows are conversations"
            );
            let overview = table(&ours, "overview");
            for (row, key) in [
                ("conversations", "conversations"),
                ("first", "first"),
                ("repeat", "repeat"),
                ("people", "people"),
                ("hours", "minutes"),
            ] {
                assert_eq!(
                    overview.count(row, "value").expect("a figure"),
                    theirs[key],
                    "{of}: {key}"
                );
            }
            for (id, column, key) in [
                ("topic_district", "total", "by_topic"),
                ("district", "conversations", "by_district"),
                ("age_gender", "total", "by_age_band"),
                ("contact_mode", "conversations", "by_contact_mode"),
            ] {
                let theirs: BTreeMap<String, u64> =
                    serde_json::from_value(theirs[key].clone()).expect("counts by label");
                assert_eq!(by_label(&ours, id, column), theirs, "{of}: {key}");
            }
        }
    }
}

#[test]
fn every_extra_row_has_its_fate() {
    let sheet = read(&log_rows::sample_with_extra_rows());
    assert_eq!(drafts(&sheet).count(), log_rows::rows_taken());
    let skipped: Vec<(u32, String)> = sheet
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Skipped { row, why } => {
                let why = serde_json::to_value(why).expect("a reason has a JSON form");
                Some((*row, why["code"].as_str().expect("its code").to_owned()))
            }
            Row::Note(_) => None,
        })
        .collect();
    let expected = log_rows::rows_skipped()
        .into_iter()
        .map(|(row, why)| (row, why.to_owned()));
    assert_eq!(skipped, expected.collect::<Vec<_>>());
    let twice = log_rows::extra_rows()
        .iter()
        .filter(|row| row.fate == Fate::OctoberTwice)
        .count();
    let told = sheet
        .notices
        .iter()
        .filter(|notice| matches!(notice, Notice::TimeTwice { .. }))
        .count();
    assert_eq!(told, twice, "a time that came twice is reported");
}

#[test]
fn reading_the_log_again_gives_the_same_ids_and_no_two_rows_share_one() {
    let ids = |sheet: &Sheet| drafts(sheet).map(|draft| record(draft).0.id).collect::<Vec<_>>();
    let log = log_rows::sample_with_extra_rows();
    let (first, second) = (ids(&read(&log)), ids(&read(&log)));
    assert_eq!(first, second);
    let different: std::collections::BTreeSet<_> = first.iter().collect();
    assert_eq!(
        different.len(),
        log_rows::rows_taken(),
        "two identical rows are two conversations"
    );
    let sample = ids(&read(log_rows::SAMPLE.as_bytes()));
    assert_eq!(first[..sample.len()], sample, "rows added below change no id above");
}

#[test]
fn what_an_import_writes_the_domain_reads_back() {
    for draft in drafts(&read(&log_rows::sample_with_extra_rows())) {
        assert!(draft.note.check().is_empty(), "row {}", draft.row);
        assert!(
            Note::read(&draft.note.to_body()).is_ok_and(|note| note == draft.note),
            "row {}",
            draft.row
        );
    }
}
