//! The real program on a screen of its own, driven as a person would and heard as a screen reader would.

use super::{
    stage::{Bus, Ended, Screen, Theme, started},
    words::Language,
};
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
    wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use scenes::binary::binary;
use serde_json::{Value, json};
use std::{
    fs,
    future::Future,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Longer than anything takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A window, the screen it is on and the driver that types in it.
pub(crate) struct Window {
    pub(crate) client: Client,
    name: String,
    driver: Ended,
    _screen: Screen,
}

/// What the window stands on, where a test wants more than the usual.
pub(crate) struct Stage<'a> {
    pub(crate) theme: Theme,
    /// Width and height of the screen.
    pub(crate) size: (u32, u32),
    /// The language that the person chose.
    pub(crate) language: Language,
    /// The bus of a screen reader.
    pub(crate) bus: Option<&'a Bus>,
    /// The bus of the system, where the machine says that it goes to sleep.
    pub(crate) system: Option<&'a Bus>,
    /// Where the machine believes to be, where not here: `Pacific/Kiritimati`.
    pub(crate) zone: Option<&'a str>,
}

impl Default for Stage<'_> {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            size: (1280, 800),
            language: Language::German,
            bus: None,
            system: None,
            zone: None,
        }
    }
}

impl Window {
    /// Opens the program on a notebook, in German.
    pub(crate) async fn open(name: &str, arguments: &[&str], notebook: &Path) -> Self {
        Self::open_on(name, arguments, notebook, &Stage::default()).await
    }

    /// The same on a screen, with a theme or a bus that the test chooses.
    pub(crate) async fn open_on(name: &str, arguments: &[&str], notebook: &Path, stage: &Stage<'_>) -> Self {
        let screen = Screen::of(stage.size.0, stage.size.1);
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a free port")
            .port();
        let driver = started(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", &screen.display)
                .envs(stage.theme.settings(notebook))
                .envs(stage.zone.map(|zone| ("TZ", zone)))
                .env("TAURI_AUTOMATION", "true")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("LANGUAGE", stage.language.tag())
                // Whatever the program or its web view writes anywhere lies below the notebook's folder.
                .env("HOME", notebook)
                .env("TMPDIR", notebook)
                .envs(
                    ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]
                        .map(|name| (name, notebook)),
                )
                .env_remove("WAYLAND_DISPLAY")
                // Neither keychain nor another window of the person who runs the tests.
                .env(
                    "DBUS_SESSION_BUS_ADDRESS",
                    stage.bus.map_or("unix:path=/nonexistent", |bus| &bus.address),
                )
                .env(
                    "DBUS_SYSTEM_BUS_ADDRESS",
                    stage.system.map_or("unix:path=/nonexistent", |bus| &bus.address),
                )
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
        // Nobody manages the windows of this screen.
        let (width, height) = stage.size;
        client
            .set_window_rect(0, 0, width, height)
            .await
            .expect("the window fills its screen");
        let name = name.to_owned();
        Self {
            client,
            name,
            driver,
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

    /// Presses a key as a hand does, wherever the focus is.
    pub(crate) async fn key(&self, key: char) {
        let hand = KeyActions::new("hand".into());
        let hand = hand
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.answer(self.client.perform_actions(hand)).await;
    }

    /// A shortcut, on what has the focus.
    pub(crate) async fn press_control(&self, key: &str) {
        self.type_text(&format!("{}{key}{}", char::from(Key::Control), char::from(Key::Null)))
            .await;
    }

    /// Role and name, as a screen reader gets them.
    pub(crate) async fn heard(&self, css: &str) -> (String, String) {
        let element = self.see(css).await;
        self.said_of(&element).await
    }

    /// Role and name of an element; both empty where it went away meanwhile.
    pub(crate) async fn said_of(&self, element: &Element) -> (String, String) {
        let computed = async |what| {
            let element = element.element_id().to_string();
            let told = self.client.issue_cmd(Computed { element, what }).await;
            told.ok()
                .and_then(|told| told.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        (computed("role").await, computed("label").await)
    }

    /// Every fault that axe-core finds on what is shown now.
    pub(crate) async fn accessibility_faults(&self) -> Vec<String> {
        self.answer(axe_on(&self.client)).await
    }

    /// Ends the program as a power cut does: it cannot do anything any more.
    pub(crate) async fn kill(self) {
        let driver = self.driver.0.id();
        let children = fs::read_to_string(format!("/proc/{driver}/task/{driver}/children")).expect("Linux tells");
        let program = children.trim().to_owned();
        let told = Command::new("kill").args(["-KILL", &program]).status();
        assert!(
            told.is_ok_and(|told| told.success()),
            "the driver has one child: {children:?}"
        );
        let gone = Path::new("/proc").join(program).join("exe");
        // A dead process has no program, though its driver may keep its number a while.
        while fs::read_link(&gone).is_ok() {
            tokio::task::yield_now().await;
        }
    }

    /// Leaves a picture for whoever looks into the failure, and fails.
    pub(crate) async fn give_up(&self, sentence: &str) -> ! {
        self.picture(&self.name).await;
        panic!("{}: {sentence} (picture: tests/shots/{}.png)", self.name, self.name)
    }

    /// Keeps a picture of the window in `tests/shots`.
    pub(crate) async fn picture(&self, name: &str) {
        // What the page has changed is on the screen after the frame that follows.
        let drawn = "requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]))";
        let drawn = self.client.execute_async(drawn, Vec::new()).await;
        if let (Ok(_), Ok(png)) = (drawn, self.client.screenshot().await) {
            self.keep(&format!("{name}.png"), &png);
        }
    }

    /// Keeps a file for whoever wants to look, in `tests/shots`.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shots");
        fs::create_dir_all(&folder).expect("the clone can be written to");
        fs::write(folder.join(name), bytes).expect("the clone can be written to");
    }
}

/// Every fault that axe-core finds on what an engine shows now.
///
/// # Errors
/// What the driver says.
pub(crate) async fn axe_on(client: &Client) -> Result<Vec<String>, CmdError> {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(axe).expect("`make test` installs axe-core");
    client.execute(&axe, Vec::new()).await?;
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
           .then((found) => done(found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' '))));";
    let found = client.execute_async(run, Vec::new()).await?;
    Ok(serde_json::from_value(found).expect("a list of sentences"))
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
