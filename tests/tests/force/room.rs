//! No room on the device's disk.

use super::{seed::dice, town::Town, typist::Typist};
use scenes::{City, SmallDisk};
use std::{
    io::Write as _,
    process::{Command, Output},
};

/// Room for the notebook with everything in it, and some more.
const DISK: u64 = 48 * 1024 * 1024;
const NOTES: usize = 1_500;

const ADD: &[&str] = &[
    "note",
    "add",
    "--district",
    "Rieth",
    "--topic",
    "Einsamkeit",
    "--at",
    "2026-10-13T10:15:00+02:00",
    "--text",
];

/// What a person reads where there is no room: what happened, what is safe, what to do.
fn says_what_to_do(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for words in ["Speicherplatz ist voll", "ist sicher", "Schaffen Sie Platz"] {
        assert!(said.contains(words), "{words:?} is not said: {said}");
    }
}

fn add(text: &str) -> Vec<&str> {
    ADD.iter().copied().chain([text]).collect()
}

#[test]
fn a_full_disk_stops_a_pull_and_a_save_with_a_sentence_and_room_lets_both_go_on() {
    let mut dice = dice();
    let town = Town::of(City::with_districts);
    let mut anna = Typist::enrolled(town.city.url(), &town.city.invite(&town.anna));
    let bernd = Typist::enrolled(town.city.url(), &town.city.invite(&town.bernd));
    anna.types(&mut dice, NOTES);
    anna.notebook.sync();

    let data = bernd.notebook.folder().join("data");
    let disk = match SmallDisk::over(&data, DISK) {
        Ok(disk) => disk,
        Err(why) => {
            // Not by `eprintln`, which nobody sees of a test that passes.
            let loud = format!("\nNOT TRIED: a full disk. This machine lets nobody mount one: {why}\n\n");
            std::io::stderr().write_all(loud.as_bytes()).unwrap();
            return;
        }
    };
    let run = |args: &[&str]| disk.on(&bernd.notebook.command(args)).output().unwrap();
    let done = |args: &[&str]| {
        let output = run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let count = || done(&["list", "note", "--limit", "100000"]).as_array().unwrap().len();
    let before = done(&add("Vor dem Ende des Platzes."));

    let long = "Was nicht mehr hineinpasst. ".repeat(300);
    disk.fill(1024 * 1024);
    says_what_to_do(&run(&["sync"]));
    disk.fill(0);
    says_what_to_do(&run(&add(&long)));
    says_what_to_do(&run(&["sync"]));

    disk.make_room();
    let had = count();
    assert!(
        (1..NOTES).contains(&had),
        "what had come stays, and the pull had stopped on the way: {had}"
    );
    let after = done(&add(&long));
    done(&["sync"]);
    assert_eq!(count(), anna.typed.len() + 2, "both that were saved, and all that came");
    for note in [before, after] {
        assert_eq!(done(&["show", note["id"].as_str().unwrap()])["id"], note["id"]);
    }
    assert_eq!(done(&["verify"])["equal"], true);
    anna.notebook.sync();
    assert_eq!(anna.notes().len(), anna.typed.len() + 2);
}

#[test]
fn a_file_that_may_not_grow_stops_a_pull_and_a_save_and_loses_nothing() {
    let mut dice = dice();
    let town = Town::of(City::with_districts);
    let mut anna = Typist::enrolled(town.city.url(), &town.city.invite(&town.anna));
    let bernd = Typist::enrolled(town.city.url(), &town.city.invite(&town.bernd));
    anna.types(&mut dice, NOTES);
    anna.notebook.sync();
    bernd.notebook.sync();
    let saved = bernd
        .notebook
        .add_note("Rieth", "Einsamkeit", "2026-10-13T10:15:00+02:00", "Vorher.");
    anna.types(&mut dice, NOTES);
    anna.notebook.sync();

    // As where somebody's share of a disk is used up. The shell counts in blocks of 512 bytes.
    let hindered = |blocks: u64, args: &[&str]| {
        let call = bernd.notebook.command(args);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#, "sh"])
            .arg(blocks.to_string())
            .arg(call.get_program())
            .args(call.get_args())
            .env_clear();
        shell.envs(call.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = shell.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        for words in ["nichts gelöscht", "ob noch Platz ist"] {
            assert!(said.contains(words), "{words:?} is not said: {said}");
        }
    };
    let length = std::fs::metadata(bernd.notebook.folder().join("data/quartierbuch.db"))
        .unwrap()
        .len();
    hindered(length / 512 + 100, &["sync"]);
    hindered(70, &add(&"Zu lang. ".repeat(2_000)));
    bernd.notebook.sync();
    anna.notebook.sync();
    let mut typed = anna.typed.clone();
    typed.insert(saved.parse().unwrap(), "Vorher.".to_owned());
    anna.holds(&typed);
    bernd.holds(&typed);
}
