//! Each promise of the protocol names tests that exist, and is broken by patches that still apply.

use super::{root, text, tracked};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// A patch of `tests/mutations`: what it breaks, and the test that must notice.
struct Mutation {
    file: String,
    promise: String,
    test: String,
}

fn mutations() -> Vec<Mutation> {
    let files = tracked();
    let patches = files
        .iter()
        .filter(|name| name.starts_with("tests/mutations/") && name.ends_with(".patch"));
    patches
        .map(|file| {
            let patch = text(file);
            let said = |name: &str| {
                let line = patch.lines().find_map(|line| line.strip_prefix(name));
                line.unwrap_or_else(|| panic!("{file} does not say `{name}…`"))
                    .to_owned()
            };
            assert!(!said("Breaks: ").is_empty(), "{file} says what it breaks");
            Mutation {
                file: file.clone(),
                promise: said("Promise: "),
                test: said("Test: "),
            }
        })
        .collect()
}

/// The rows of "What holds each promise": the promise, and what holds it.
fn promises() -> BTreeMap<String, String> {
    let protocol = text("docs/protocol.md");
    let table = protocol
        .split("| promise | the test that holds it |")
        .nth(1)
        .expect("the table stands in the protocol");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').splitn(2, '|').map(str::trim);
        let cell = |cell: Option<&str>| cell.expect("two cells").to_owned();
        (cell(cells.next()), cell(cells.next()))
    })
    .collect()
}

/// Names of tests are sentences.
fn names_of_tests(cell: &str) -> BTreeSet<&str> {
    cell.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.matches('_').count() >= 3)
        .collect()
}

#[test]
fn every_break_applies_to_the_product_as_it_stands() {
    for mutation in mutations() {
        let checked = Command::new("git")
            .args(["apply", "--check", &mutation.file])
            .current_dir(root())
            .output()
            .expect("git is there: the clone came by it");
        let why = String::from_utf8_lossy(&checked.stderr);
        assert!(
            checked.status.success(),
            "the code of {} moved on, write it anew: {why}",
            mutation.file
        );
        let patch = text(&mutation.file);
        for touched in patch.lines().filter_map(|line| line.strip_prefix("+++ b/")) {
            let is_product = touched.starts_with("migrations/") || touched.contains("/src/");
            assert!(
                is_product && !touched.starts_with("tests/"),
                "{} breaks {touched}, which is no part of the product",
                mutation.file
            );
        }
    }
}

#[test]
fn every_promise_is_broken_once_and_names_the_test_that_notices() {
    let (promises, mutations) = (promises(), mutations());
    let broken: BTreeSet<&str> = mutations.iter().map(|mutation| mutation.promise.as_str()).collect();
    let promised: BTreeSet<&str> = promises.keys().map(String::as_str).collect();
    assert_eq!(
        broken, promised,
        "left: promises with a break, right: promises of the protocol"
    );
    for Mutation { file, promise, test } in &mutations {
        let name = test.rsplit([' ', ':']).next().expect("a test has a name");
        assert!(
            names_of_tests(&promises[promise]).contains(name),
            "docs/protocol.md names {name} for \"{promise}\", as {file} does"
        );
    }
}

#[test]
fn every_test_that_holds_a_promise_exists() {
    let sources: Vec<String> = tracked()
        .iter()
        .filter(|name| name.ends_with(".rs"))
        .map(|name| text(name))
        .collect();
    for (promise, cell) in promises() {
        let names = names_of_tests(&cell);
        assert!(!names.is_empty(), "\"{promise}\" names a test");
        for name in names {
            let is_there = sources.iter().any(|source| source.contains(&format!("fn {name}(")));
            assert!(is_there, "\"{promise}\" names {name}, which is no test");
        }
    }
}
