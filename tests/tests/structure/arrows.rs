//! Who may know whom.

use super::{root, text};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// Each crate and the crates of ours it may depend on. A new arrow is a decision, and is taken here.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &["domain"]),
    ("store", &["domain"]),
    ("reports", &["domain"]),
    ("intake", &["domain"]),
    ("sync", &["domain", "wire", "store"]),
    ("city", &["domain", "wire", "reports"]),
    (
        "quartierbuch",
        &["domain", "wire", "store", "sync", "reports", "intake"],
    ),
    (
        "scenes",
        &[
            "domain",
            "wire",
            "store",
            "sync",
            "reports",
            "intake",
            "city",
            "quartierbuch",
        ],
    ),
];

/// What a crate's own tests may use beyond its arrows: the client is tested against a real city on a socket.
const TEST_ARROWS: &[(&str, &str)] = &[("sync", "city")];

/// What only one crate may touch.
const OWNED: &[(&str, &[&str])] = &[
    ("rusqlite", &["store", "city", "scenes"]),
    ("tauri", &["quartierbuch"]),
    ("axum", &["city"]),
    ("reqwest", &["sync", "city", "scenes"]),
    ("clap", &["quartierbuch", "city", "scenes"]),
];

struct Package {
    name: String,
    /// Name, and whether only tests use it.
    needs: Vec<(String, bool)>,
}

fn packages() -> Vec<Package> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs this test");
    assert!(told.status.success(), "cargo metadata answers");
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("cargo writes JSON");
    let name = |value: &serde_json::Value| value["name"].as_str().expect("a name").to_owned();
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    list(&told["packages"])
        .iter()
        .map(|package| Package {
            name: name(package),
            needs: list(&package["dependencies"])
                .iter()
                .map(|need| (name(need), need["kind"] == "dev"))
                .collect(),
        })
        .collect()
}

#[test]
fn crates_know_only_whom_the_arrows_allow() {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let ours = packages();
    let names: BTreeSet<_> = ours.iter().map(|package| package.name.clone()).collect();
    let drawn: BTreeSet<_> = arrows.keys().map(|&name| name.to_owned()).collect();
    assert_eq!(names, drawn, "every crate of the workspace has its place in the table");
    for package in &ours {
        let allowed = arrows[package.name.as_str()];
        for (need, in_tests) in package.needs.iter().filter(|(need, _)| names.contains(need)) {
            let tested = *in_tests && TEST_ARROWS.contains(&(package.name.as_str(), need));
            assert!(
                tested || allowed.contains(&need.as_str()),
                "{} must not know {need}",
                package.name
            );
        }
    }
}

#[test]
fn each_outside_world_has_one_owner() {
    for package in packages() {
        for (need, in_tests) in &package.needs {
            let Some((_, owners)) = OWNED.iter().find(|(name, _)| name == need) else {
                continue;
            };
            assert!(
                *in_tests || owners.contains(&package.name.as_str()),
                "{} must not use {need}; that belongs to {owners:?}",
                package.name
            );
        }
    }
}

#[test]
fn a_version_stands_only_in_the_root() {
    for name in super::tracked() {
        if !name.ends_with("/Cargo.toml") {
            continue;
        }
        let manifest = text(&name);
        let dependencies = manifest.split("\n[").filter(|part| part.contains("dependencies]"));
        for line in dependencies
            .flat_map(str::lines)
            .filter(|line| line.contains('=') && !line.ends_with("dependencies]"))
        {
            assert!(
                line.contains("workspace = true") || line.contains(".workspace=true"),
                "{name}: `{line}` names its own version or path; it belongs in the root's Cargo.toml"
            );
        }
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{name} takes the workspace's lints"
        );
    }
}
