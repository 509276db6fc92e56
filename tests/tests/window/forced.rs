//! Every screen in the colours that a person has set up for their whole system (forced colours).
//!
//! WebKitGTK knows no forced colours, the window of Windows does. So each screen is taken out of the real window as it
//! stands, with the stylesheets it was built with, and shown by the engine that Windows uses.

use super::{
    driver::{PATIENCE, Stage, Window, axe_on},
    stage::{Ended, started},
    tour::on_each,
};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};
use tempfile::TempDir;

/// The page as it stands: with what was typed and chosen, without its program.
const PAGE: &str = r#"
const copy = document.documentElement.cloneNode(true);
const pair = (css) => [...document.documentElement.querySelectorAll(css)].map((each, at) => [each, copy.querySelectorAll(css)[at]]);
for (const [each, twin] of pair('input')) {
  twin.setAttribute('value', each.value);
  twin.toggleAttribute('checked', each.checked);
}
for (const [each, twin] of pair('textarea')) twin.textContent = each.value;
for (const [each, twin] of pair('option')) twin.toggleAttribute('selected', each.selected);
for (const [each, twin] of pair('dialog')) if (each.matches(':modal')) twin.toggleAttribute('data-modal', !twin.removeAttribute('open'));
for (const [each, twin] of pair('*')) if (each === document.activeElement) twin.toggleAttribute('data-focused', true);
copy.querySelectorAll('script').forEach((each) => each.remove());
return '<!doctype html>' + copy.outerHTML;
"#;

/// What the program would have done once the page is there.
const SHOWN: &str = r#"
document.querySelectorAll('[data-modal]').forEach((each) => each.showModal());
document.querySelector('[data-focused]')?.focus({ focusVisible: true });
const done = arguments[arguments.length - 1];
document.fonts.ready.then(() => done(document.fonts.check('600 1rem "Fira Sans"') && [...document.fonts].some(({ status }) => status === 'loaded')));
"#;

/// What forced colours take away, and what must stand in its place.
const FAULTS: &str = include_str!("forced.js");

/// An engine that knows forced colours, without a screen.
struct Engine {
    client: Client,
    _driver: Ended,
    folder: TempDir,
}

impl Engine {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a free port")
            .port();
        let driver = started(
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .env("HOME", folder.path())
                .env("TMPDIR", folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        // The page, its styles and its fonts are files.
        let files = "--allow-file-access-from-files";
        // It ends with its driver.
        let pipe = "--remote-debugging-pipe";
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--window-size=1280,800",
            files,
            pipe,
        ];
        let wanted = json!({ "goog:chromeOptions": { "args": arguments } });
        let Value::Object(wanted) = wanted else {
            unreachable!("written as an object above")
        };
        let address = format!("http://127.0.0.1:{port}");
        let began = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(wanted.clone()).connect(&address).await {
                Ok(client) => break client,
                // The driver listens a moment after it was started.
                Err(error) => assert!(began.elapsed() < PATIENCE, "the engine did not start: {error}"),
            }
            tokio::task::yield_now().await;
        };
        Self {
            client,
            _driver: driver,
            folder,
        }
    }

    /// Whether the system's colours are light on dark, as many people choose, or dark on light.
    async fn force(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            { "name": "forced-colors", "value": "active" },
            { "name": "prefers-color-scheme", "value": scheme },
        ]);
        let command = Tools(json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } }));
        self.client.issue_cmd(command).await.expect("the engine takes colours");
        let seen = format!("return matchMedia('(forced-colors: active) and (prefers-color-scheme: {scheme})').matches");
        let seen = self.client.execute(&seen, Vec::new()).await;
        assert_eq!(seen.expect("an answer"), json!(true), "the page sees the colours");
    }

    /// Shows a page of the window as it was built.
    async fn show(&self, page: &str) {
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist/assets");
        let files = page.split('"').filter_map(|part| part.strip_prefix("/assets/"));
        let styles: BTreeSet<&str> = files.filter(|name| name.ends_with(".css")).collect();
        assert!(!styles.is_empty(), "the page has its stylesheets");
        // In the window these addresses begin at its root.
        let here = format!("file://{}/", built.canonicalize().expect("a folder").display());
        let mut page = page.to_owned();
        for name in styles {
            let css = fs::read_to_string(built.join(name));
            let css = css.unwrap_or_else(|_| panic!("{name} is of another build of the window: run `make test`"));
            self.write(name, &css.replace("/assets/", &here));
            let own = format!("file://{}", self.folder.path().join(name).display());
            page = page.replace(&format!("/assets/{name}"), &own);
        }
        let address = self.write("page.html", &page.replace("\"/assets/", &format!("\"{here}")));
        self.client
            .goto(&format!("file://{}", address.display()))
            .await
            .expect("the engine opens a file");
        let styled = self.client.execute_async(SHOWN, Vec::new()).await;
        assert_eq!(
            styled.expect("an answer"),
            json!(true),
            "the page has its styles and fonts"
        );
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, text).expect("a file in the test's own folder");
        file
    }
}

/// `goog/cdp/execute`: the engine's own tools.
#[derive(Debug)]
struct Tools(Value);

impl WebDriverCompatibleCommand for Tools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

async fn forced(window: &Window, engine: &Engine, name: &str) -> Vec<String> {
    let page = window.answer(window.client.execute(PAGE, Vec::new())).await;
    let page = page.as_str().expect("a page");

    let mut faults = Vec::new();
    for dark in [false, true] {
        engine.show(page).await;
        engine.force(dark).await;
        let look = if dark { "dark" } else { "light" };
        let picture = engine.client.screenshot().await.expect("a picture");
        window.keep(&format!("forced-{look}-{name}.png"), &picture);
        let mut found = axe_on(&engine.client).await.expect("axe-core runs");
        let seen = engine.client.execute(FAULTS, Vec::new()).await.expect("an answer");
        found.extend(serde_json::from_value::<Vec<String>>(seen).expect("a list of sentences"));
        faults.extend(found.into_iter().map(|fault| format!("{look}: {fault}")));
    }
    faults
}

#[tokio::test]
async fn in_forced_colours_everything_is_seen_and_axe_finds_nothing() {
    let engine = Engine::start().await;
    let faults = on_each("forced", &Stage::default(), async |window, screen| {
        forced(window, &engine, screen.name).await
    })
    .await;
    assert_eq!(faults, Vec::<String>::new());
}
