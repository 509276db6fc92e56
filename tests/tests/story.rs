//! The whole way, as a district's team goes it: an old log and fresh notes, offline and online, two devices, a city, a
//! writer killed in the middle of a sentence, and the month's report at the end.

use scenes::{City, Notebook, figures, killed, log_rows};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
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
    let mut stage = Stage::new();
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
    city: City,
    anna: Notebook,
    bernd: Notebook,
    log: PathBuf,
    districts: PathBuf,
    _files: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let files = tempfile::tempdir().unwrap();
        let (log, districts) = (files.path().join("gespraeche.csv"), files.path().join("districts.csv"));
        std::fs::write(&log, log_rows::sample_with_extra_rows()).unwrap();
        std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
        let city = City::with_districts(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let names = district_names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let anna = city.person("Anna Beispiel", &team, "worker", &names);
        let bernd = city.person("Bernd Beispiel", &team, "lead", &names);
        let (anna, bernd) = (Notebook::enrolled(&city, &anna), Notebook::enrolled(&city, &bernd));
        Self {
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

/// The call that logs a note in September, so that October's figures stay what the log says.
fn add(text: &str) -> [&str; 10] {
    let when = "2026-09-15T12:00:00+02:00";
    [
        "note",
        "add",
        "--district",
        "Rieth",
        "--topic",
        "Wohnen und Segregation",
        "--at",
        when,
        "--text",
        text,
    ]
}

/// Kills a writer at fifty random moments. The ids it had printed, each with its note's text.
fn fifty_kills_leave_whole_notes(anna: &Notebook) -> Vec<(String, String)> {
    let note = |n: usize| format!("Abbruch{n:02} mitten im Satz, Satzende{n:02}");
    let mut aim = killed::time_of(anna, &add("Vorlauf"));
    let before = anna.notes().len();
    let mut printed = Vec::new();
    for n in 0..50 {
        let text = note(n);
        // Unlocking takes most of the time. Every second kill is aimed at its end, where the note is written, and the aim
        // follows how the last ones went, on a machine of whatever speed.
        let from = if n % 2 == 0 { 0.0 } else { 0.85 };
        let moment = aim.mul_f64(from + (1.15 - from) * random());
        let said = killed::killed_after(anna, &add(&text), moment);
        if let Ok(said) = serde_json::from_str::<Value>(&said) {
            printed.push((said["id"].as_str().unwrap().to_owned(), text));
            aim = aim.mul_f64(0.97);
        } else {
            aim = aim.mul_f64(1.03);
        }
    }
    assert!(
        (1..50).contains(&printed.len()),
        "some were killed before and some after the id: {}",
        printed.len()
    );
    let notes = anna.run(&["list", "note", "--limit", "100000"]).json();
    let notes = notes.as_array().unwrap();
    for (id, text) in &printed {
        let note = notes.iter().find(|note| note["id"] == id.as_str());
        assert_eq!(
            note.map(|note| &note["body"]["text"]),
            Some(&text.as_str().into()),
            "a printed id is durable"
        );
    }
    let texts: BTreeSet<String> = (0..50).map(note).collect();
    let left: Vec<&str> = notes
        .iter()
        .filter_map(|note| note["body"]["text"].as_str())
        .filter(|text| text.starts_with("Abbruch"))
        .collect();
    assert!(
        left.iter().all(|text| texts.contains(*text)),
        "a note is whole or absent: {left:?}"
    );
    assert_eq!(notes.len(), before + left.len(), "no other note came or went");
    for text in &left {
        let word = text.split(' ').next().unwrap();
        assert_eq!(
            anna.search(word).len(),
            1,
            "the index was written with the note, not after it"
        );
    }
    printed
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
        ids.len() >= log_rows::rows_taken() + TALKS.len() + 1,
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

fn the_report_counts_what_an_independent_script_counts(bernd: &Notebook, log: &Path, districts: &Path) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/independent/count_month.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(log)
        .arg(districts)
        .arg("2026-10")
        .output();
    let output = output.expect("python3 counts independently of the product");
    assert!(
        output.status.success(),
        "the script counts: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let script: Value = serde_json::from_slice(&output.stdout).unwrap();

    let out = bernd.path("oktober.json");
    bernd
        .run(&[
            "export",
            "month",
            "2026-10",
            "--format",
            "json",
            "--out",
            out.to_str().unwrap(),
        ])
        .json();
    let report: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    let talks = u64::try_from(TALKS.len()).unwrap();
    for (row, name, of_the_talks) in [
        ("conversations", "conversations", talks),
        ("first", "first", 0),
        ("repeat", "repeat", 0),
        ("people", "people", 0),
    ] {
        let expected = script[name].as_u64().unwrap() + of_the_talks;
        assert_eq!(
            figures::overview(&report, row).as_u64(),
            Some(expected),
            "{row} of October, log and talks"
        );
    }
    assert_eq!(
        figures::overview(&report, "order_unknown"),
        talks,
        "a talk without first or repeated counts as such"
    );
    let hours = script["minutes"].as_f64().unwrap() / 60.0;
    let shown = figures::overview(&report, "hours").as_f64().unwrap();
    assert!(
        (hours - shown).abs() <= 0.005,
        "{hours} hours of the log, shown as {shown}"
    );

    let mut topics = figures::counted(&script, "by_topic");
    let mut by_district = figures::counted(&script, "by_district");
    for (_, district, topic, _) in &TALKS {
        *topics.entry(topic_name(topic).to_owned()).or_default() += 1;
        *by_district.entry(district_name(district).to_owned()).or_default() += 1;
    }
    for (table, column, expected) in [
        ("topic_district", "total", topics),
        ("district", "conversations", by_district),
        (
            "contact_mode",
            "conversations",
            figures::counted(&script, "by_contact_mode"),
        ),
        ("age_gender", "total", figures::counted(&script, "by_age_band")),
    ] {
        let shown = figures::without_empty(figures::column(&report, table, column));
        let expected = figures::without_empty(expected);
        let differing: Vec<_> = expected
            .iter()
            .filter(|(label, count)| shown.get(*label) != Some(count))
            .collect();
        assert!(
            differing.is_empty(),
            "{table}: counted otherwise by the script: {differing:?}\nshown: {shown:?}"
        );
    }
}

fn topic_name(named: &str) -> &str {
    if named == "wohnen" {
        "Wohnen und Segregation"
    } else {
        named
    }
}

fn district_name(named: &str) -> &str {
    if matches!(named, "06" | "rieth") {
        "Rieth"
    } else {
        named
    }
}

fn district_names() -> Vec<String> {
    let rows = log_rows::DISTRICTS.lines().skip(1);
    rows.filter_map(|row| row.split(',').nth(1))
        .map(str::to_owned)
        .collect()
}

/// Evenly spread over 0.0 to 1.0.
fn random() -> f64 {
    let bits = getrandom::u32().expect("the system has randomness");
    f64::from(bits) / f64::from(u32::MAX)
}
