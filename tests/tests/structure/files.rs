//! The top of the clone and the length of its files.

use super::{text, tracked};
use std::collections::BTreeSet;

/// The owner's top level, and what the design set beside it.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "README.md",
    "crates",
    "docs",
    "icons",
    "migrations",
    "rustfmt.toml",
    "src-tauri",
    "tests",
    "ui",
];

/// A file a person can hold in the head.
const LONG: usize = 300;
const TOO_LONG: usize = 400;

fn is_source(name: &str) -> bool {
    let source = [".rs", ".ts", ".svelte", ".sql", ".css", ".py", ".sh"];
    source.iter().any(|ending| name.ends_with(ending)) && !name.ends_with("/bindings.ts")
}

#[test]
fn nothing_else_lies_at_the_top() {
    let found: BTreeSet<String> = tracked()
        .iter()
        .map(|name| name.split('/').next().expect("a name").to_owned())
        .collect();
    let allowed: BTreeSet<String> = TOP.iter().map(|&name| name.to_owned()).collect();
    let strange: Vec<_> = found.difference(&allowed).collect();
    assert!(
        strange.is_empty(),
        "the design names no such entry at the top: {strange:?}"
    );
}

#[test]
fn files_stay_short() {
    let mut too_long = Vec::new();
    for name in tracked().iter().filter(|name| is_source(name)) {
        let lines = text(name).lines().count();
        if lines > LONG {
            println!("{name} has {lines} lines; {LONG} is the usual ceiling");
        }
        if lines > TOO_LONG {
            too_long.push(format!("{name} ({lines})"));
        }
    }
    assert!(
        too_long.is_empty(),
        "split these at a seam, {TOO_LONG} lines is the end: {too_long:?}"
    );
}

#[test]
fn no_memory_tricks() {
    let word = ["un", "safe"].concat();
    for name in tracked().iter().filter(|name| name.ends_with(".rs")) {
        let found = text(name)
            .lines()
            .find(|line| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(&format!("{word} ")) && !code.contains(&format!("\"{word}"))
            })
            .map(str::to_owned);
        assert_eq!(found, None, "{name}: the lint must not be argued with");
    }
}

#[test]
fn the_lock_files_name_no_place_but_the_public_registries() {
    let npm = text("ui/package-lock.json");
    assert!(
        !npm.contains("\"resolved\""),
        "package-lock.json holds names, versions and hashes only"
    );
    for line in text("Cargo.lock").lines().filter(|line| line.starts_with("source = ")) {
        let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert_eq!(line, public, "every crate comes from crates.io");
    }
}
