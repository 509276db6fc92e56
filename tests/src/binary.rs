//! The programs under test: those built beside the test itself, so that none of another build is ever run.

use std::path::PathBuf;

/// The program `name` of this very build.
///
/// # Panics
/// When it was not built.
pub fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let beside = test.parent().expect("a program lies in a folder");
    // Tests lie in a folder `deps` beside the programs, the bench lies among them.
    let folder = if beside.ends_with("deps") {
        beside.parent().unwrap_or(beside)
    } else {
        beside
    };
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "the program {name} is not built beside this test: run `make test` (or `cargo build -p {name}`)"
    );
    program
}
