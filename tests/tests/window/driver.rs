//! The real program on a screen of its own, driven as a person would and heard as a screen reader would.

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use scenes::binary::binary;
use serde_json::{Value, json};
use std::{
    fs,
    future::Future,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A window, the screen it is on and the driver that types in it.
pub(crate) struct Window {
    pub(crate) client: Client,
    name: String,
    _driver: Ended,
    _screen: Ended,
}

/// A process that ends with its owner.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn started(command: &mut Command) -> Ended {
    let name = command.get_program().to_owned();
    Ended(
        command
            .spawn()
            .unwrap_or_else(|error| panic!("{name:?}: {error}; `make test` installs it")),
    )
}

/// A screen without a monitor, on a number that X chooses.
fn screen() -> (Ended, String) {
    let mut screen = started(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let told = screen.0.stdout.take().expect("piped");
    let mut number = String::new();
    BufReader::new(told)
        .read_line(&mut number)
        .expect("Xvfb says its number");
    (screen, format!(":{}", number.trim()))
}

impl Window {
    /// Opens the program on a notebook, in German.
    pub(crate) async fn open(name: &str, arguments: &[&str], notebook: &Path) -> Self {
        let (screen, display) = screen();
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a free port")
            .port();
        let driver = started(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", display)
                .env("TAURI_AUTOMATION", "true")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("LANGUAGE", "de")
                // Whatever the program or its web view writes anywhere lies below the notebook's folder.
                .env("HOME", notebook)
                .env("TMPDIR", notebook)
                .envs(
                    ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]
                        .map(|name| (name, notebook)),
                )
                .env_remove("WAYLAND_DISPLAY")
                // Neither keychain nor another window of the person who runs the tests.
                .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let options = json!({ "binary": binary("quartierbuch"), "args": arguments });
        let capabilities = json!({ "webkitgtk:browserOptions": options });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("written as an object above")
        };
        let address = format!("http://127.0.0.1:{port}");
        let began = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => break client,
                // The driver listens a moment after it was started.
                Err(error) => assert!(began.elapsed() < PATIENCE, "the window did not open: {error}"),
            }
            tokio::task::yield_now().await;
        };
        let name = name.to_owned();
        Self {
            client,
            name,
            _driver: driver,
            _screen: screen,
        }
    }

    /// What `find` finds once it is there; a picture of the window if it never is.
    pub(crate) async fn see(&self, css: &str) -> Element {
        match self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await
        {
            Ok(element) => element,
            Err(error) => self.give_up(&format!("no {css}: {error}")).await,
        }
    }

    /// Waits until the page says yes.
    pub(crate) async fn until(&self, sentence: &str, script: &str) {
        let began = Instant::now();
        while self.ask(script).await != Value::Bool(true) {
            if began.elapsed() > PATIENCE {
                self.give_up(sentence).await;
            }
        }
    }

    /// What a script in the page answers.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        self.answer(self.client.execute(&format!("return {script}"), Vec::new()))
            .await
    }

    pub(crate) async fn answer<T, E: std::fmt::Display>(&self, asked: impl Future<Output = Result<T, E>>) -> T {
        match asked.await {
            Ok(answer) => answer,
            Err(error) => self.give_up(&error.to_string()).await,
        }
    }

    pub(crate) async fn click(&self, css: &str) {
        let element = self.see(css).await;
        self.answer(element.click()).await;
    }

    /// Types into what has the focus.
    pub(crate) async fn type_text(&self, text: &str) {
        let focused = self.answer(self.client.active_element()).await;
        self.answer(focused.send_keys(text)).await;
    }

    /// A shortcut, on what has the focus.
    pub(crate) async fn press_control(&self, key: &str) {
        self.type_text(&format!("{}{key}{}", char::from(Key::Control), char::from(Key::Null)))
            .await;
    }

    /// Role and name, as a screen reader gets them.
    pub(crate) async fn heard(&self, css: &str) -> (String, String) {
        let element = self.see(css).await;
        (
            self.computed(&element, "role").await,
            self.computed(&element, "label").await,
        )
    }

    async fn computed(&self, element: &Element, what: &'static str) -> String {
        let element = element.element_id().to_string();
        let told = self.answer(self.client.issue_cmd(Computed { element, what })).await;
        told.as_str().unwrap_or_default().to_owned()
    }

    /// Every fault that axe-core finds on what is shown now.
    pub(crate) async fn accessibility_faults(&self) -> Vec<String> {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(axe).expect("`make test` installs axe-core");
        self.answer(self.client.execute(&axe, Vec::new())).await;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
               .then((found) => done(found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' '))));";
        let found = self.answer(self.client.execute_async(run, Vec::new())).await;
        serde_json::from_value(found).expect("a list of sentences")
    }

    /// Leaves a picture for whoever looks into the failure, and fails.
    async fn give_up(&self, sentence: &str) -> ! {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shots");
        let picture = folder.join(format!("{}.png", self.name));
        if let Ok(png) = self.client.screenshot().await {
            fs::create_dir_all(&folder).expect("the clone can be written to");
            fs::write(&picture, png).expect("the clone can be written to");
        }
        panic!("{}: {sentence} (picture: {})", self.name, picture.display())
    }
}

/// `computedrole` and `computedlabel`, which the client library does not name.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!(
            "session/{session}/element/{}/computed{}",
            self.element, self.what
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}
