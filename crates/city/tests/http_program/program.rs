//! The real binary in a folder of its own.

use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
};
use tempfile::TempDir;
use uuid::Uuid;

/// A folder and the program.
pub(crate) struct Program {
    folder: TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command of the program on this folder's city, in English and without this machine's settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_city"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "CITY_DATABASE_URL", "RUST_LOG"] {
            command.env_remove(name);
        }
        command.arg("--data-dir").arg(self.path("city")).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The JSON document of an administration command that must succeed.
    pub(crate) fn admin(&self, arguments: &[&str]) -> Value {
        let all: Vec<&str> = ["admin"]
            .into_iter()
            .chain(arguments.iter().copied())
            .chain(["--json"])
            .collect();
        let output = self.run(&all);
        let messages = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "city {}: {messages}", all.join(" "));
        serde_json::from_slice(&output.stdout).expect("one JSON document")
    }

    /// A city with one organisation, and the id of a person who works in its district Rieth.
    pub(crate) fn founded(&self) -> String {
        fs::write(
            self.path("districts.csv"),
            "number,name,parent\n01,Rieth,\n02,Altstadt,\n",
        )
        .unwrap();
        let districts = self.path("districts.csv");
        self.admin(&["init", "--city", "Erfurt", "--districts", districts.to_str().unwrap()]);
        self.admin(&["organisation", "add", "Träger"]);
        let person = [
            "person",
            "add",
            "--name",
            "Kim",
            "--organisation",
            "Träger",
            "--role",
            "worker",
            "--district",
            "Rieth",
        ];
        self.admin(&person)["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn serve(&self, arguments: &[&str]) -> Serving {
        let log = self.path("log");
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let ready: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("no line of JSON, but {line}{}", fs::read_to_string(&log).unwrap()));
        let listening = ready["listening"].as_str().unwrap().to_owned();
        let metrics = ready["metrics"].as_str().unwrap().to_owned();
        Serving {
            child,
            listening,
            metrics,
            log,
        }
    }
}

/// A running city; killed when dropped.
pub(crate) struct Serving {
    child: Child,
    pub(crate) listening: String,
    metrics: String,
    log: PathBuf,
}

impl Serving {
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Returns when so many devices wait, as the figures tell.
    pub(crate) async fn waiting(&self, count: u32) {
        let line = format!("city_waiting_devices {count}\n");
        while !client()
            .get(&self.metrics)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
            .contains(&line)
        {
            tokio::task::yield_now().await;
        }
    }

    /// How it ended; returns when it has.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A device that speaks plain HTTP.
pub(crate) struct Device {
    pub(crate) client: reqwest::Client,
    pub(crate) url: String,
    pub(crate) token: String,
    pub(crate) enrolled: Value,
}

impl Device {
    /// Invites a person's next device and makes it known.
    pub(crate) async fn enrolled(program: &Program, serving: &Serving, person: &str) -> Self {
        let code = program.admin(&["invite", person])["code"].as_str().unwrap().to_owned();
        let (client, url) = (client(), serving.listening.clone());
        let token = token();
        let answer = client
            .post(format!("{url}/v1/enrol"))
            .header("Content-Type", "application/json");
        let answer = answer.body(enrolment(&code, &token)).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{text}");
        Self {
            client,
            url,
            token,
            enrolled: serde_json::from_str(&text).unwrap(),
        }
    }

    pub(crate) fn call(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let call = self
            .client
            .request(method.parse().unwrap(), format!("{}{path}", self.url));
        call.bearer_auth(&self.token).header("Quartierbuch-Protocol", "1")
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.call("GET", path).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Pulls to the end: all entries and the last cursor.
    pub(crate) async fn pulled(&self) -> (Vec<Value>, String) {
        let (mut entries, mut query) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/v1/changes?limit=5000{query}")).await;
            entries.extend(page["changes"].as_array().unwrap().iter().cloned());
            let cursor = page["cursor"].as_str().unwrap().to_owned();
            if page["more"] == false {
                return (entries, cursor);
            }
            query = format!("&cursor={cursor}");
        }
    }

    /// Pushes a new note with this body and gives the result.
    pub(crate) async fn note(&self, district: &str, body: &str) -> Value {
        let change = json!({
            "mutation_id": Uuid::new_v4(), "base_version": 0, "body": body, "sealed": null,
            "envelope": {
                "id": Uuid::now_v7(), "kind": "note", "organisation": self.enrolled["organisation"],
                "districts": [district], "whole_organisation": false, "owner": self.enrolled["person"],
                "confidential": false, "readers": [], "blobs": [], "retention": null, "state": "live",
            },
        });
        let push = json!({"epoch": self.enrolled["epoch"], "changes": [change]}).to_string();
        let call = self.call("POST", "/v1/push").header("Content-Type", "application/json");
        let packed = zstd::encode_all(push.as_bytes(), 3).unwrap();
        let answer = call
            .header("Content-Encoding", "zstd")
            .body(packed)
            .send()
            .await
            .unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        answer["results"][0].clone()
    }

    /// The district's id in the catalogue.
    pub(crate) async fn district(&self, name: &str) -> String {
        let (entries, _) = self.pulled().await;
        let found = entries.iter().find(|entry| {
            entry["envelope"]["kind"] == "district"
                && serde_json::from_str::<Value>(entry["body"].as_str().unwrap()).unwrap()["name"] == name
        });
        found.unwrap()["envelope"]["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// 43 letters that nobody used before.
pub(crate) fn token() -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let chance = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
    BASE64_URL_SAFE_NO_PAD.encode(chance)
}

pub(crate) fn enrolment(code: &str, token: &str) -> String {
    let device = json!({
        "code": code, "device_id": Uuid::new_v4(), "token": token, "device_name": "Laptop", "app_version": "0.1.0",
    });
    device.to_string()
}

pub(crate) fn exists(path: &Path) -> bool {
    path.try_exists().unwrap()
}
