//! Every screen of the window, and how a person gets there.

use super::{
    driver::{Stage, Window},
    world::World,
};

/// A screen, by what it says at its head.
pub(crate) struct Screen {
    /// Its name in failures and pictures.
    pub(crate) name: &'static str,
    /// Its address after `#`.
    pub(crate) address: &'static str,
    /// Its first heading.
    pub(crate) heading: &'static str,
    /// Something that is there once the screen has loaded: role and name.
    pub(crate) there: (&'static str, &'static str),
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
        there,
    }
}

/// What lies behind an unlocked notebook. A new screen takes its place here, and with it in every check of this folder.
pub(crate) const SCREENS: &[Screen] = &[
    screen("talks", "/talks", "Gespräche", ("list", "Liste der Gespräche")),
    screen("talk-new", "/talks/new", "Gespräche", ("textbox", "Was wurde gesagt?")),
    screen("requests", "/requests", "Anliegen", ("heading", "Anliegen")),
    screen("contacts", "/contacts", "Kontakte", ("heading", "Kontakte")),
    screen("report", "/report", "Auswertung", ("heading", "Auswertung")),
    screen("settings", "/settings", "Einstellungen", ("heading", "Einstellungen")),
];

/// A window on a notebook in the middle of October, in German.
pub(crate) async fn opened(name: &str, world: &World, stage: &Stage<'_>) -> Window {
    let (dir, passphrase) = (world.dir(), world.passphrase_file());
    let (dir, passphrase) = (dir.to_str().expect("UTF-8"), passphrase.to_str().expect("UTF-8"));
    let arguments = ["--data-dir", dir, "--passphrase-file", passphrase];
    let window = Window::open_on(name, &arguments, &world.dir(), stage).await;
    window.named("heading", "Gespräche").await;
    let german = "document.documentElement.lang === 'de'";
    window.until("the document says that it is German", german).await;
    window
}

/// Goes there as a link does.
pub(crate) async fn go(window: &Window, screen: &Screen) {
    window
        .ask(&format!("void (location.hash = {:?})", screen.address))
        .await;
    window.named(screen.there.0, screen.there.1).await;
    let quiet = "document.querySelectorAll('[aria-busy=true]').length === 0";
    window.until("the screen has loaded", quiet).await;
}
