//! Exit codes and sentences.

use crate::program::Program;
use std::process::Output;

fn said(output: &Output) -> (Option<i32>, String) {
    assert!(output.stdout.is_empty(), "what went wrong is told on stderr");
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

#[test]
fn beyond_loopback_the_way_must_be_encrypted() {
    let program = Program::new();
    program.founded();
    let (code, text) = said(&program.run(&["serve", "--listen", "0.0.0.0:0"]));
    assert_eq!(code, Some(2));
    assert!(
        text.contains("--tls-cert") && text.contains("--behind-proxy"),
        "it says what to do: {text}"
    );
}

#[test]
fn a_database_that_is_not_there_is_told_without_its_password() {
    let program = Program::new();
    for (url, exit, told) in [
        // Nobody listens on port 1.
        ("postgres://somebody:secret@127.0.0.1:1/city", 1, "cannot be reached"),
        (
            "postgres://somebody:secret@host:port/city",
            2,
            "--database-url cannot be used",
        ),
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_city"));
        command.args(["admin", "verify"]).env("CITY_DATABASE_URL", url);
        let (code, text) = said(&command.env("LC_ALL", "C").output().unwrap());
        assert_eq!(code, Some(exit), "{text}");
        assert!(text.contains(told) && !text.contains("secret"), "{text}");
    }
    assert_eq!(
        said(&program.run(&["serve", "--database-url", "postgres://host"])).0,
        Some(2),
        "one or the other"
    );
}

#[test]
fn where_there_is_no_city_the_next_step_is_named() {
    let program = Program::new();
    for command in [&["serve"][..], &["admin", "device", "list"]] {
        let (code, text) = said(&program.run(command));
        assert_eq!(code, Some(1));
        assert!(text.contains("city admin init"), "{text}");
    }
    let german = program.command(&["serve"]).env("LANG", "de_DE.UTF-8").output().unwrap();
    assert!(said(&german).1.contains("gründen"));
}

#[test]
fn a_city_is_founded_once() {
    let program = Program::new();
    program.founded();
    let (code, text) = said(&program.run(&["admin", "init", "--city", "Erfurt"]));
    assert_eq!(code, Some(1));
    assert!(text.contains("already a city"), "{text}");
}

#[test]
fn a_name_that_is_none_is_wrong_usage() {
    let program = Program::new();
    program.founded();
    let person = [
        "admin",
        "person",
        "add",
        "--name",
        "Kim",
        "--organisation",
        "Träger",
        "--role",
        "worker",
    ];
    for wrong in [
        &[&person[..], &["--district", "Rith"]].concat()[..],
        &["admin", "invite", "Nobody"],
        &["admin", "device", "revoke", "ZZ"],
        &["admin", "invite", "Kim", "--valid", "soon"],
        &["admin", "organisation", "add", "Kirche", "--regime", "none"],
        &["admin", "person", "set", "Kim"],
        &["admin", "backup", "x"],
        &["nothing"],
    ] {
        assert_eq!(said(&program.run(wrong)).0, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_person_is_answered_in_words_and_a_program_in_json() {
    let program = Program::new();
    program.founded();
    let words = |language: &str| {
        let mut command = program.command(&["admin", "verify"]);
        String::from_utf8(command.env("LANG", language).output().unwrap().stdout).unwrap()
    };
    assert!(words("C").contains("records"));
    assert!(words("de_DE.UTF-8").contains("Einträge"));
    assert_eq!(program.admin(&["verify"])["wrong"], serde_json::json!([]));
    assert!(program.admin(&["audit", "--since", "2026-01-01"]).is_array());
    assert!(program.admin(&["device", "list"]).as_array().unwrap().is_empty());
}

#[test]
fn a_taken_address_is_named() {
    let program = Program::new();
    program.founded();
    let serving = program.serve(&[]);
    let address = serving.listening.trim_start_matches("http://");
    let (code, text) = said(&program.run(&["serve", "--listen", address]));
    assert_eq!(code, Some(1));
    assert!(text.contains(address) && text.contains("--listen"), "{text}");
}
