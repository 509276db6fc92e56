//! A real city in a process of its own.

use crate::{Ran, binary::binary, cluster::Lease};
use serde_json::Value;
use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
};
use tempfile::TempDir;

/// A city with its ledger in a temporary folder; it ends with the test.
pub struct City {
    folder: TempDir,
    database: Option<Database>,
    running: Option<Running>,
    listen: String,
}

/// A PostgreSQL database that several instances serve.
#[derive(Clone)]
struct Database {
    /// Kept as long as one of them is there.
    cluster: Arc<Lease>,
    url: String,
    forget_log: PathBuf,
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
        Self::founded(None, csv)
    }

    /// The same with its ledger in a PostgreSQL of the tests' own.
    pub fn on_postgres(csv: &Path) -> Self {
        Self::in_cluster(Lease::take(), csv)
    }

    /// The same in a given PostgreSQL.
    pub fn in_cluster(cluster: Lease, csv: &Path) -> Self {
        let database = Database {
            url: cluster.database(),
            forget_log: PathBuf::new(),
            cluster: Arc::new(cluster),
        };
        Self::founded(Some(database), csv)
    }

    /// Whether its ledger is in PostgreSQL.
    pub fn is_on_postgres(&self) -> bool {
        self.database.is_some()
    }

    /// One more instance on the same PostgreSQL database, in a process and on a port of its own. It must end before the
    /// first one is dropped.
    ///
    /// # Panics
    /// When the city is not on PostgreSQL.
    pub fn beside(&self) -> Self {
        let mut city = Self::new(self.database.clone());
        assert!(city.database.is_some(), "a SQLite ledger has one instance");
        city.start();
        city
    }

    /// Ends the database's processes at once, and starts it again.
    ///
    /// # Panics
    /// When the city is not on PostgreSQL.
    pub fn crash_database(&self) {
        let database = self.database.as_ref().expect("the city is on PostgreSQL");
        database.cluster.kill();
        database.cluster.start_again();
    }

    fn new(database: Option<Database>) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
            database,
            running: None,
            listen: "127.0.0.1:0".to_owned(),
        }
    }

    fn founded(database: Option<Database>, csv: &Path) -> Self {
        let mut city = Self::new(database);
        if let Some(database) = &mut city.database {
            database.forget_log = city.folder.path().join("forget.log");
        }
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
            .arg("serve")
            .args(self.place())
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

    /// Ends it with SIGKILL, as the end of its machine would.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill(&mut self) {
        let mut running = self.running.take().expect("the city runs");
        running.child.kill().expect("it lives until somebody has waited for it");
        running.child.wait().expect("a killed program ends");
    }

    /// `city admin ... --json`, which must succeed; its document, or null where it prints none.
    pub fn admin(&self, args: &[&str]) -> Value {
        let (area, rest) = args.split_first().expect("an admin command has a name");
        let output = self
            .command()
            .arg("admin")
            .arg(area)
            .args(rest)
            .arg("--json")
            .args(self.place())
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

    /// Where the ledger is, for a program that opens it beside the city.
    pub fn options(&self) -> city::LedgerOptions {
        let mut options = city::LedgerOptions::folder(self.folder().join("data"));
        if let Some(database) = &self.database {
            options.database_url = Some(city::DatabaseUrl::new(database.url.clone()));
            options.forget_log = Some(database.forget_log.clone());
        }
        options
    }

    /// Where the ledger is, as arguments.
    fn place(&self) -> Vec<OsString> {
        match &self.database {
            None => vec!["--data-dir".into(), self.folder().join("data").into()],
            Some(database) => vec![
                "--database-url".into(),
                database.url.clone().into(),
                "--forget-log".into(),
                database.forget_log.clone().into(),
            ],
        }
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
