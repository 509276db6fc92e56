//! The walls of the house: which crate may know which, what lies at the top, how long a file may be.

mod arrows;
mod files;
mod mutations;
mod ui;

use std::{path::PathBuf, process::Command};

/// The clone's root.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the root")
        .to_owned()
}

/// Files of the repository that git tracks or would track, relative to the root.
fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is there: the clone came by it");
    assert!(listed.status.success(), "git lists the files of the clone");
    let names = String::from_utf8(listed.stdout).expect("our file names are UTF-8");
    let there = |name: &&str| root().join(name).is_file();
    names.lines().filter(there).map(str::to_owned).collect()
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
