//! The report against an independent count.

use crate::TALKS;
use scenes::{Notebook, figures};
use serde_json::Value;
use std::{path::Path, process::Command};

pub(super) fn the_report_counts_what_an_independent_script_counts(bernd: &Notebook, log: &Path, districts: &Path) {
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
