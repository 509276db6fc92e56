//! A device of its own beside a real city: set up in its window, closed and opened again.

use super::driver::{PATIENCE, Window};
use scenes::City;
use std::{path::PathBuf, time::Instant};
use store::{Passphrase, Store, Unlock};
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "laterne teich donnerstag apfelkuchen";

/// One device: its notebook, and whatever else its window writes.
pub(crate) struct Device {
    pub(crate) folder: TempDir,
}

impl Device {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    fn notebook(&self) -> PathBuf {
        self.folder.path().join("notebook")
    }

    pub(crate) async fn open(&self, name: &str) -> Window {
        let dir = self.notebook();
        Window::open(name, &["--data-dir", dir.to_str().expect("UTF-8")], self.folder.path()).await
    }

    /// Sets the device up in its window, by keyboard alone.
    pub(crate) async fn enrolled(&self, name: &str, city: &City, person: &str) -> Window {
        let window = self.open(name).await;
        window.named("button", "Gerät einrichten").await;
        for (field, text) in [
            ("Adresse Ihrer Stadt", city.url()),
            ("Einladungscode", &city.invite(person)),
            ("Ihre Passphrase", PASSPHRASE),
        ] {
            window.tab_to(field).await;
            window.type_text(text).await;
        }
        window.type_text("\u{e007}").await;
        window.named("heading", "Gespräche").await;
        transferred(&window).await;
        window
    }

    /// The device's store, opened beside its window.
    pub(crate) fn store(&self) -> Store {
        let unlock = Unlock::Passphrase(Passphrase::new(PASSPHRASE));
        Store::open(&self.notebook(), &unlock).expect("another process may open it beside the window")
    }

    /// What is being typed is kept within a second; this waits until a file of the device says so.
    pub(crate) async fn kept(&self, text: &str) {
        let store = self.store();
        let began = Instant::now();
        loop {
            let drafts = store.read(|reading| reading.drafts()).expect("drafts can be read");
            if drafts.iter().any(|draft| draft.body.as_str().contains(text)) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "what was typed is not kept");
            tokio::task::yield_now().await;
        }
    }
}

pub(crate) async fn transferred(window: &Window) {
    let said = "document.body.innerText.includes('Alles übertragen')";
    window.until("everything is transferred", said).await;
}
