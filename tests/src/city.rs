//! A real city in a process of its own.

use crate::{Ran, binary::binary};
use serde_json::Value;
use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;

/// A city with its ledger in a temporary folder; it ends with the test.
pub struct City {
    folder: TempDir,
    running: Option<Running>,
    listen: String,
}

struct Running {
    child: Child,
    url: String,
    // Kept open, so that the city never writes into a closed pipe.
    _stdout: BufReader<ChildStdout>,
}

impl City {
    /// Founds a city with these districts (a CSV of `number,name,parent`) and one organisation, and starts it.
    pub fn with_districts(csv: &Path) -> Self {
        let mut city = Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
            running: None,
            listen: "127.0.0.1:0".to_owned(),
        };
        let csv = csv.to_str().expect("the path is UTF-8");
        city.admin(&["init", "--city", "Musterstadt", "--districts", csv]);
        city.start();
        city
    }

    /// Everything the city writes lies here.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its address.
    ///
    /// # Panics
    /// When it does not run.
    pub fn url(&self) -> &str {
        &self.running.as_ref().expect("the city runs").url
    }

    /// Its process, for what the system tells of it.
    ///
    /// # Panics
    /// When it does not run.
    pub fn process(&self) -> u32 {
        self.running.as_ref().expect("the city runs").child.id()
    }

    /// Starts it: the first time on a free port, later on the port its devices know.
    ///
    /// # Panics
    /// When it does not say where it listens.
    pub fn start(&mut self) {
        assert!(self.running.is_none(), "the city runs already");
        // Another program may use the known port for a moment as the near end of a call; a failed bind is tried again.
        let running = (0..50).find_map(|_| self.try_start()).expect("the city starts");
        self.listen = running.url.trim_start_matches("http://").to_owned();
        self.running = Some(running);
    }

    fn try_start(&self) -> Option<Running> {
        let mut child = self
            .command()
            .args(["serve", "--data-dir"])
            .arg(self.data_dir())
            .args(["--listen", &self.listen])
            .stdout(Stdio::piped())
            .stderr(self.log("serve.stderr.log"))
            .spawn()
            .expect("the city's program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the city's stdout can be read");
        let Some(url) = serde_json::from_str::<Value>(&line)
            .ok()
            .and_then(|said| Some(said["listening"].as_str()?.to_owned()))
        else {
            child.wait().expect("a program that closed its stdout ends");
            return None;
        };
        Some(Running {
            child,
            url,
            _stdout: stdout,
        })
    }

    /// Stops it as an operator does (SIGTERM), and waits until it has ended.
    ///
    /// # Panics
    /// When it does not end cleanly.
    pub fn stop(&mut self) {
        let mut running = self.running.take().expect("the city runs");
        let pid = running.child.id().to_string();
        let told = Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill can be called");
        assert!(told.success(), "the city could be told to stop");
        let status = running.child.wait().expect("the city ends");
        assert!(
            status.success(),
            "the city stops cleanly on SIGTERM, but ended with {status}"
        );
    }

    /// `city admin ... --json`, which must succeed; its document, or null where it prints none.
    pub fn admin(&self, args: &[&str]) -> Value {
        let (area, rest) = args.split_first().expect("an admin command has a name");
        let output = self
            .command()
            .arg("admin")
            .arg(area)
            .args(rest)
            .args(["--json", "--data-dir"])
            .arg(self.data_dir())
            .output()
            .expect("the city's program starts");
        let ran = Ran::new(format!("city admin {}", args.join(" ")), output).ends_with(0);
        if ran.stdout().trim().is_empty() {
            Value::Null
        } else {
            ran.document()
        }
    }

    /// Adds an organisation; its id.
    pub fn organisation(&self, name: &str) -> String {
        id(&self.admin(&["organisation", "add", name]))
    }

    /// Adds a person; their id.
    pub fn person(&self, name: &str, organisation: &str, role: &str, districts: &[&str]) -> String {
        let mut args = vec![
            "person",
            "add",
            "--name",
            name,
            "--organisation",
            organisation,
            "--role",
            role,
        ];
        for district in districts {
            args.extend(["--district", district]);
        }
        id(&self.admin(&args))
    }

    /// Invites a person; the code for one device.
    pub fn invite(&self, person: &str) -> String {
        let said = self.admin(&["invite", person]);
        said["code"].as_str().expect("an invitation has a code").to_owned()
    }

    fn data_dir(&self) -> PathBuf {
        self.folder().join("data")
    }

    fn command(&self) -> Command {
        let temp = self.folder().join("tmp");
        std::fs::create_dir_all(&temp).expect("a folder can be made in the test's own");
        let mut command = Command::new(binary("city"));
        command
            .env_remove("CITY_DATABASE_URL")
            .env("TMPDIR", temp)
            .stdin(Stdio::null());
        command
    }

    fn log(&self, name: &str) -> File {
        let path = self.folder().join(name);
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .expect("a log can be opened in the test's own folder")
    }
}

impl Drop for City {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // The test is over either way; its folder goes with it.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}

fn id(said: &Value) -> String {
    said["id"].as_str().expect("what was added has an id").to_owned()
}
