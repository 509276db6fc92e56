//! A driven window, over the bare protocol of WebDriver, on a screen whose pixels can be read.

use super::screen::Screen;
use reqwest::Client;
use scenes::binary::binary;
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// WebKitWebDriver on a screen of its own; it starts one window after another.
pub(super) struct Driver {
    process: Child,
    address: String,
    http: Client,
    runtime: Runtime,
    pub(super) screen: Screen,
}

/// A window, from the moment its program is started.
pub(super) struct Window<'a> {
    driver: &'a Driver,
    session: String,
}

impl Driver {
    /// Whatever its windows write lies in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let screen = Screen::start(folder);
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("a port").port();
        drop(free);
        let process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs(screen.environment(folder.to_str().expect("UTF-8")))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("`make bench` installs webkit2gtk-driver");
        let driver = Self {
            process,
            address: format!("http://127.0.0.1:{port}/session"),
            http: Client::builder().no_proxy().build().expect("a client"),
            runtime: Runtime::new().expect("a runtime"),
            screen,
        };
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < PATIENCE, "the driver listens");
        }
        driver
    }

    /// Starts a program of this build; the window's page may not be there yet.
    pub(super) fn open(&self, program: &str, arguments: &[&str]) -> Window<'_> {
        let options = json!({ "binary": binary(program), "args": arguments });
        let wish = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let told = self.post("", &wish);
        let session = told["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("{told}"))
            .to_owned();
        Window { driver: self, session }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let call = self.http.post(format!("{}{path}", self.address)).body(body.to_string());
        let told = self.runtime.block_on(async { call.send().await?.text().await });
        let told: Value = serde_json::from_str(&told.expect("the driver answers")).expect("JSON");
        told["value"].clone()
    }

    /// The one program that runs now.
    pub(super) fn program(&self) -> u32 {
        let id = self.process.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("Linux tells");
        let mut children = children.split_whitespace().filter_map(|child| child.parse().ok());
        children.next().expect("a program runs")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Window<'_> {
    /// What a script in the page answers; null where there is no page yet.
    pub(super) fn ask(&self, script: &str) -> Value {
        self.run("sync", &format!("return {script}"))
    }

    /// What a script in the page calls back with.
    pub(super) fn wait(&self, script: &str) -> Value {
        self.run(
            "async",
            &format!("const done = arguments[arguments.length - 1];\n{script}"),
        )
    }

    fn run(&self, how: &str, script: &str) -> Value {
        let path = format!("/{}/execute/{how}", self.session);
        self.driver.post(&path, &json!({ "script": script, "args": [] }))
    }

    /// Asks until the page says yes.
    pub(super) fn until(&self, script: &str) {
        let began = Instant::now();
        while self.ask(script) != Value::Bool(true) {
            assert!(began.elapsed() < PATIENCE, "the page never says yes to {script}");
        }
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        let path = format!("{}/{}", self.driver.address, self.session);
        // The window closes with its session.
        let _ = self.driver.runtime.block_on(self.driver.http.delete(path).send());
    }
}
