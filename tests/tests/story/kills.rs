//! A writer that is killed again and again.

use scenes::{Notebook, killed};
use serde_json::Value;
use std::collections::BTreeSet;

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
pub(super) fn fifty_kills_leave_whole_notes(anna: &Notebook) -> Vec<(String, String)> {
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

/// Evenly spread over 0.0 to 1.0.
fn random() -> f64 {
    let bits = getrandom::u32().expect("the system has randomness");
    f64::from(bits) / f64::from(u32::MAX)
}
