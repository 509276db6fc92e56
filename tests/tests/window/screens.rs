//! Every screen of the window, and how a person gets there.

use super::{
    driver::{Stage, Window},
    world::World,
};
use domain::{Kind, RecordId};
use serde_json::json;
use std::path::Path;

/// A screen, by what it says at its head.
pub(crate) struct Screen {
    /// Its name in failures and pictures.
    pub(crate) name: &'static str,
    /// Its address after `#`; `TALK`, `REQUEST` and `CONTACT` stand for a record. Empty before the notebook is open.
    pub(crate) address: &'static str,
    /// Its first heading.
    pub(crate) heading: &'static str,
    /// The shortcut that opens it over everything else, where it is a dialog.
    key: Option<&'static str>,
    /// Something that is there once the screen has loaded: role and name.
    there: (&'static str, &'static str),
}

const fn screen(
    name: &'static str,
    address: &'static str,
    heading: &'static str,
    there: (&'static str, &'static str),
) -> Screen {
    Screen {
        name,
        address,
        heading,
        key: None,
        there,
    }
}

const fn dialog(name: &'static str, key: &'static str, heading: &'static str) -> Screen {
    Screen {
        key: Some(key),
        ..screen(name, "/talks", heading, ("dialog", heading))
    }
}

impl Screen {
    /// Whether the areas of the notebook can be reached from it.
    pub(crate) fn has_areas(&self) -> bool {
        !self.address.is_empty() && self.key.is_none()
    }
}

/// What the request is about.
const BENCH: &str = "Die Bank am Spielplatz ist kaputt.";
const NEW: &str = "Neues Anliegen";
const LIST: (&str, &str) = ("list", "Liste der Gespräche");

/// What lies behind an open notebook. A new screen takes its place here, and with it in every check of this folder.
const INSIDE: &[Screen] = &[
    screen("talks", "/talks", "Gespräche", LIST),
    screen("talk", "/talks/TALK", "Gespräche", LIST),
    screen("talk-new", "/talks/new", "Gespräche", ("textbox", "Was wurde gesagt?")),
    screen("requests", "/requests", "Anliegen", ("list", "Liste der Anliegen")),
    screen("request", "/requests/REQUEST", BENCH, ("heading", BENCH)),
    screen("request-new", "/requests/new", NEW, ("heading", NEW)),
    screen("contacts", "/contacts", "Kontakte", ("list", "Liste der Kontakte")),
    screen("contact", "/contacts/CONTACT", "Kontakte", ("heading", "Frau Kaiser")),
    screen("contact-new", "/contacts/new", "Kontakte", ("heading", "Neuer Kontakt")),
    screen(
        "report",
        "/report/2026-10",
        "Auswertung, Oktober 2026",
        ("button", "Exportieren"),
    ),
    screen("versions", "/versions", "Zwei Fassungen", ("heading", "Zwei Fassungen")),
    screen("trash", "/trash", "Papierkorb", ("heading", "Papierkorb")),
    screen("settings", "/settings", "Einstellungen", ("heading", "Sprache")),
    screen(
        "settings-locking",
        "/settings/locking",
        "Einstellungen",
        ("button", "Passphrase ändern"),
    ),
    screen(
        "settings-device",
        "/settings/device",
        "Einstellungen",
        ("heading", "Dieses Gerät"),
    ),
    screen(
        "settings-transfer",
        "/settings/transfer",
        "Einstellungen",
        ("heading", "Übertragungsprotokoll"),
    ),
    screen(
        "settings-about",
        "/settings/about",
        "Einstellungen",
        ("heading", "Von anderen"),
    ),
    screen(
        "settings-accessibility",
        "/settings/accessibility",
        "Einstellungen",
        ("heading", "Bekannte Grenzen"),
    ),
    dialog("palette", "\u{e009}k\u{e000}", "Suche"),
    dialog("shortcuts", "\u{e031}", "Tastenkürzel"),
];
const LOCKED: Screen = screen("locked", "", "Willkommen zurück", ("button", "Entsperren"));
const FRESH: Screen = screen("fresh", "", "Dieses Gerät einrichten", ("button", "Gerät einrichten"));

/// What a check finds on every screen, each shown in the window of a notebook that is open, locked, or not there yet.
pub(crate) async fn on_each(
    name: &str,
    stage: &Stage<'_>,
    check: impl AsyncFn(&Window, &Screen) -> Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    let world = World::offline();
    let records = october(&world);
    let window = opened(name, &world, stage).await;
    for screen in INSIDE {
        go(&window, screen, records).await;
        found.extend(named(screen, check(&window, screen).await));
        if screen.key.is_some() {
            window.type_text("\u{e00c}").await;
        }
    }
    drop(window);
    for (screen, dir) in [(LOCKED, world.dir()), (FRESH, world.dir().with_file_name("new"))] {
        let window = Window::open_on(name, &["--data-dir", text(&dir)], &world.dir(), stage).await;
        settled(&window, &screen).await;
        found.extend(named(&screen, check(&window, &screen).await));
    }
    found
}

fn named(screen: &Screen, faults: Vec<String>) -> impl Iterator<Item = String> {
    faults.into_iter().map(move |fault| format!("{}: {fault}", screen.name))
}

/// Fills the notebook with a conversation on each day, a request and a contact; one of each.
fn october(world: &World) -> [(&'static str, RecordId); 3] {
    let log = |day: u32| world.log(&format!("2026-10-{day:02}T09:00:00+02:00"), "Der Aufzug steht.");
    let talk = log(27);
    for day in 1..27 {
        log(day);
    }
    let bench = json!({"received_on": "2026-10-09", "description": BENCH, "status": "recorded"});
    let office =
        json!({"type": "person", "standing": "professional", "name": "Frau Kaiser", "function": "Hausmeisterin"});
    [
        ("TALK", talk),
        ("REQUEST", world.keep(Kind::Request, &bench)),
        ("CONTACT", world.keep(Kind::Contact, &office)),
    ]
}

/// A window on an open notebook, in German.
pub(crate) async fn opened(name: &str, world: &World, stage: &Stage<'_>) -> Window {
    let (dir, passphrase) = (world.dir(), world.passphrase_file());
    let arguments = ["--data-dir", text(&dir), "--passphrase-file", text(&passphrase)];
    let window = Window::open_on(name, &arguments, &dir, stage).await;
    window.named("heading", "Gespräche").await;
    window
}

/// Goes there as a link does.
async fn go(window: &Window, screen: &Screen, records: [(&str, RecordId); 3]) {
    let named = |address: String, (name, id): (&str, RecordId)| address.replace(name, &id.to_string());
    let address = records.into_iter().fold(screen.address.to_owned(), named);
    window.ask(&format!("void (location.hash = {address:?})")).await;
    if let Some(key) = screen.key {
        settled(window, &INSIDE[0]).await;
        window.type_text(key).await;
    }
    settled(window, screen).await;
}

async fn settled(window: &Window, screen: &Screen) {
    window.named(screen.there.0, screen.there.1).await;
    window
        .until(
            "the screen has loaded and is German",
            "document.fonts.check('600 1rem Fira Sans') && document.querySelectorAll('[aria-busy=true]').length === 0
                && document.documentElement.lang === 'de'",
        )
        .await;
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
