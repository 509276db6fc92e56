//! The whole way, as a district's team goes it: an old log and fresh notes, offline and online, two devices, a city, a
//! writer killed in the middle of a sentence, and the month's report at the end.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

mod kills;
mod report;
mod two_cities;

use kills::fifty_kills_leave_whole_notes;
use report::the_report_counts_what_an_independent_script_counts;
use scenes::{City, Notebook, log_rows};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Notes of the five conversations: when, where, about what, and what was said.
const TALKS: [(&str, &str, &str, &str); 5] = [
    (
        "2026-10-06T10:15:00+02:00",
        "Rieth",
        "Einsamkeit",
        "Im Bürgergarten fehlt eine Bank; nachmittags ist niemand da.",
    ),
    (
        "2026-10-07T16:40:00+02:00",
        "06",
        "wohnen",
        "Großmutter wartet seit Wochen auf die Hausverwaltung.",
    ),
    (
        "2026-10-25T02:30:00+02:00",
        "Moskauer Platz",
        "Sicherheit",
        "Nächtliche Unruhe auf der Fußgängerbrücke.",
    ),
    (
        "2026-10-31T23:59:00+01:00",
        "rieth",
        "Mobilität",
        "Straßenbahnhaltestelle ohne Licht, Weg über den Schulhof.",
    ),
    (
        "2026-10-01T00:00:00+02:00",
        "Wiesenhügel",
        "Gesundheit",
        "Suchtberatungsstelle ist zu weit weg.",
    ),
];

#[test]
fn a_month_of_talks_reaches_every_device_and_the_report() {
    let mut stage = Stage::new(City::with_districts);
    let (anna, bernd, city) = (&stage.anna, &stage.bernd, &mut stage.city);

    the_old_log_is_taken_row_by_row(anna, &stage.log);
    for talk in &TALKS[..3] {
        anna_logs(anna, talk);
    }
    anna.sync();
    city.stop();
    for talk in &TALKS[3..] {
        anna_logs(anna, talk);
    }
    nothing_is_lost_while_the_city_is_down(anna);
    let printed = fifty_kills_leave_whole_notes(anna);
    city.start();

    let counted = anna.sync();
    assert_eq!(
        counted["waiting"], 0,
        "with the city back, nothing waits any more: {counted}"
    );
    bernd.sync();
    both_devices_hold_the_same(anna, bernd, &printed);
    every_note_is_found_on_the_other_device(bernd);
    an_import_on_the_other_device_takes_nothing(bernd, &stage.log);
    for device in [anna, bernd] {
        let verified = device.run(&["verify"]).json();
        assert_eq!(
            verified["equal"], true,
            "device and city count and sum the same records: {verified}"
        );
    }
    the_report_counts_what_an_independent_script_counts(bernd, &stage.log, &stage.districts);
}

struct Stage {
    /// Bernd's instance, where there are two.
    other: Option<City>,
    city: City,
    anna: Notebook,
    bernd: Notebook,
    log: PathBuf,
    districts: PathBuf,
    _files: tempfile::TempDir,
}

impl Stage {
    fn new(found: fn(&Path) -> City) -> Self {
        let files = tempfile::tempdir().unwrap();
        let (log, districts) = (files.path().join("gespraeche.csv"), files.path().join("districts.csv"));
        std::fs::write(&log, log_rows::sample_with_extra_rows()).unwrap();
        std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
        let city = found(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let names = district_names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let anna = city.person("Anna Beispiel", &team, "worker", &names);
        let bernd = city.person("Bernd Beispiel", &team, "lead", &names);
        let other = city.is_on_postgres().then(|| city.beside());
        let (anna, bernd) = (
            Notebook::enrolled(&city, &anna),
            Notebook::enrolled(other.as_ref().unwrap_or(&city), &bernd),
        );
        Self {
            other,
            city,
            anna,
            bernd,
            log,
            districts,
            _files: files,
        }
    }
}

fn the_old_log_is_taken_row_by_row(anna: &Notebook, log: &Path) {
    let log = log.to_str().unwrap();
    let preview = anna.run(&["import", "notes", log, "--dry-run"]).json();
    assert_eq!(anna.notes().len(), 0, "a preview saves nothing");
    let taken = anna.run(&["import", "notes", log]).json();
    assert_eq!(preview, taken, "the preview says what the import then does");
    assert_eq!(
        taken["taken"],
        log_rows::rows_taken(),
        "every row that can be a note is one"
    );
    assert_eq!(
        (&taken["again"], &taken["erased"]),
        (&0.into(), &0.into()),
        "none was here before"
    );
    let skipped: Vec<(u32, &str)> = taken["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                u32::try_from(row["row"].as_u64().unwrap()).unwrap(),
                row["why"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(skipped, log_rows::rows_skipped(), "each row that is none says why");
    let notices = taken["notices"].as_array().unwrap();
    assert!(
        notices.iter().any(|notice| notice["code"] == "time_twice"),
        "02:30 on 25 October came twice: {notices:?}"
    );
}

fn anna_logs(anna: &Notebook, (at, district, topic, text): &(&str, &str, &str, &str)) -> String {
    anna.add_note(district, topic, at, text)
}

fn nothing_is_lost_while_the_city_is_down(anna: &Notebook) {
    let said = anna.run(&["sync"]).ends_with(4).document();
    assert_eq!(
        said["error"]["code"], "offline",
        "a script can tell that the city was not there"
    );
    let status = anna.run(&["status"]).json();
    assert_eq!(
        status["waiting"], 2,
        "the two notes of the time without a city wait: {status}"
    );
    assert_eq!(
        anna.search("Straßenbahnhaltestelle").len(),
        1,
        "what was typed offline is found offline"
    );
}

fn both_devices_hold_the_same(anna: &Notebook, bernd: &Notebook, printed: &[(String, String)]) {
    let all = |device: &Notebook| device.run(&["list", "note", "--limit", "100000"]).json();
    let (here, there) = (all(anna), all(bernd));
    assert_eq!(
        here, there,
        "envelopes and bodies are equal on both devices, and in the same order"
    );
    let ids: BTreeSet<&str> = there
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["id"].as_str().unwrap())
        .collect();
    assert!(
        printed.iter().all(|(id, _)| ids.contains(id.as_str())),
        "every id that was ever printed arrived"
    );
    assert_eq!(ids.len(), there.as_array().unwrap().len(), "each note is there once");
    assert!(
        ids.len() > log_rows::rows_taken() + TALKS.len(),
        "the log, the talks and the trial run are there"
    );
}

fn every_note_is_found_on_the_other_device(bernd: &Notebook) {
    for (query, why) in [
        ("bürgergarten", "a word without its case"),
        ("garten bank", "two words, one of them inside a compound"),
        ("Buergergarten", "an umlaut written out"),
        ("Burgergarten", "an umlaut without its dots"),
        ("GROSSMUTTER", "ß and ss are one"),
        ("großm", "a beginning with ß"),
        ("haltestelle ohne licht", "the end of a compound"),
        ("fussgaengerbruecke", "ß and two umlauts at once"),
        ("beratungsstelle", "the inside of a long compound"),
    ] {
        assert!(
            !bernd.search(query).is_empty(),
            "`{query}` finds a note on the second device: {why}"
        );
    }
    assert_eq!(
        bernd.search("Zweimal dieselbe Zeile").len(),
        2,
        "two identical rows of the log are two talks"
    );
    assert_eq!(
        bernd.search("Quastenflosser").len(),
        0,
        "a word that nobody wrote finds nothing"
    );
}

fn an_import_on_the_other_device_takes_nothing(bernd: &Notebook, log: &Path) {
    let said = bernd.run(&["import", "notes", log.to_str().unwrap()]).json();
    assert_eq!(
        said["taken"], 0,
        "the rows came by sync already; two laptops do not double a log"
    );
    assert_eq!(
        said["again"],
        log_rows::rows_taken(),
        "each row is recognised, the identical ones too"
    );
    assert_eq!(
        bernd.run(&["status"]).json()["waiting"],
        0,
        "so nothing is left to transfer"
    );
}

fn district_names() -> Vec<String> {
    let rows = log_rows::DISTRICTS.lines().skip(1);
    rows.filter_map(|row| row.split(',').nth(1))
        .map(str::to_owned)
        .collect()
}
