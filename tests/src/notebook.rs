//! A real notebook: the program `quartierbuch` with a data folder of its own.

use crate::{City, Ran, binary::binary};
use serde_json::Value;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use store::{KeyCost, Passphrase, Store, Unlock};
use tempfile::TempDir;

const PASSPHRASE: &str = "Amsel Drossel Fink und Star";

/// One device of one person; its folders end with the test.
pub struct Notebook {
    folder: TempDir,
}

impl Notebook {
    /// A device with a passphrase and no notebook yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for name in ["tmp", "home"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder can be made in the test's own");
        }
        std::fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n"))
            .expect("a file can be written in the test's own folder");
        Self { folder }
    }

    /// A device that `person` has enrolled with the city.
    pub fn enrolled(city: &City, person: &str) -> Self {
        Self::enrolled_at(city.url(), &city.invite(person))
    }

    /// A device enrolled at an address that leads to its city, by an invitation's code.
    pub fn enrolled_at(url: &str, code: &str) -> Self {
        let notebook = Self::new();
        notebook
            .run(&["enrol", "--city", url, "--code", code, "--device-name", "Prüfgerät"])
            .json();
        notebook
    }

    /// From now on its passphrase opens it at once, where a test starts its program hundreds of times.
    pub fn opens_at_once(&self) {
        let (passphrase, cost) = (Passphrase::new(PASSPHRASE), KeyCost::for_tests());
        self.store()
            .change_passphrase(&passphrase, cost)
            .expect("the key file can be written");
    }

    /// Everything the device writes lies here: data folder, temporary files, home.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path for a file that a person exports.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join("home").join(name)
    }

    /// Runs a command with `--json` and waits for its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self
            .command(args)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        Ran::new(format!("quartierbuch {}", args.join(" ")), output)
    }

    /// Runs a command with `--json` and this text on its stdin.
    pub fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that refuses its options may end before it reads.
        let _ = child.stdin.take().expect("stdin is piped").write_all(stdin.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        Ran::new(format!("quartierbuch {}", args.join(" ")), output)
    }

    /// Adds a note; its id.
    pub fn add_note(&self, district: &str, topic: &str, at: &str, text: &str) -> String {
        let args = [
            "note",
            "add",
            "--district",
            district,
            "--topic",
            topic,
            "--at",
            at,
            "--text",
            "-",
        ];
        let said = self.run_with(&args, text).json();
        said["id"].as_str().expect("a saved note has an id").to_owned()
    }

    /// Syncs; the counted result.
    pub fn sync(&self) -> Value {
        self.run(&["sync"]).json()
    }

    /// The ids that a search finds, newest first.
    pub fn search(&self, query: &str) -> Vec<String> {
        ids(&self.run(&["search", query, "--limit", "1000"]).json())
    }

    /// The ids of all notes, newest first.
    pub fn notes(&self) -> Vec<String> {
        ids(&self.run(&["list", "note", "--limit", "100000"]).json())
    }

    /// The notebook's store, opened beside the program, as a window would have it open.
    ///
    /// # Panics
    /// When the passphrase does not open it.
    pub fn store(&self) -> Store {
        let passphrase = Passphrase::new(PASSPHRASE);
        Store::open(&self.folder().join("data"), &Unlock::Passphrase(passphrase)).expect("the passphrase opens it")
    }

    /// The call of this device's program, not started yet.
    pub fn command(&self, args: &[&str]) -> Command {
        let inside = |name: &str| self.folder().join(name);
        let mut command = Command::new(binary("quartierbuch"));
        command
            .args(args)
            .arg("--json")
            .arg("--data-dir")
            .arg(inside("data"))
            .arg("--passphrase-file")
            .arg(inside("passphrase"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", inside("home"))
            .env("TMPDIR", inside("tmp"))
            .env("LANG", "de_DE.UTF-8");
        command
    }
}

impl Default for Notebook {
    fn default() -> Self {
        Self::new()
    }
}

fn ids(said: &Value) -> Vec<String> {
    let records = said.as_array().expect("a list is an array");
    records
        .iter()
        .map(|record| record["id"].as_str().expect("a record has an id").to_owned())
        .collect()
}
