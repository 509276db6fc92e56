//! The story that the window is built for: a device is set up, conversations are logged by keyboard alone through an
//! outage and a crash, reach another device, are found there, and leave as the month's file.

use super::driver::{PATIENCE, Window};
use calamine::{Data, Reader, Xlsx, open_workbook};
use fantoccini::key::Key;
use scenes::City;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};
use store::{Passphrase, Store, Unlock};
use tempfile::TempDir;

const PASSPHRASE: &str = "laterne teich donnerstag apfelkuchen";
const LOGGED: [&str; 5] = [
    "Der Aufzug im Hochhausviertel steht seit drei Wochen.",
    "Möchte im Hof eine Tischtennisplatte mitbauen.",
    "Die Straßenbahn fährt abends nicht mehr.",
    "Kommt seit dem Umzug kaum unter Leute.",
    "Sucht einen Sprachkurs am Vormittag.",
];
const CUT_SHORT: &str = "Die Großmutter im dritten Stock sieht tagelang niema";
const REST: &str = "nden.";

/// The key that finishes.
const ENTER: &str = "\u{e007}";

/// One device: its notebook, and whatever else its window writes.
struct Device {
    folder: TempDir,
}

impl Device {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    fn notebook(&self) -> PathBuf {
        self.folder.path().join("notebook")
    }

    async fn open(&self, name: &str) -> Window {
        let dir = self.notebook();
        Window::open(name, &["--data-dir", dir.to_str().expect("UTF-8")], self.folder.path()).await
    }

    /// Sets the device up in its window, by keyboard alone.
    async fn enrolled(&self, name: &str, city: &City, person: &str) -> Window {
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
        window.type_text(ENTER).await;
        window.named("heading", "Gespräche").await;
        transferred(&window).await;
        window
    }

    /// What is being typed is kept within a second; this waits until a file of the device says so.
    async fn kept(&self, text: &str) {
        let unlock = Unlock::Passphrase(Passphrase::new(PASSPHRASE));
        let store = Store::open(&self.notebook(), &unlock).expect("another process may read beside the window");
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

async fn transferred(window: &Window) {
    let said = "document.body.innerText.includes('Alles übertragen')";
    window.until("everything is transferred", said).await;
}

/// Begins a note by key and types its text.
async fn begin(window: &Window, text: &str) {
    window.press_control("n").await;
    window.has_focus("textbox", "Was wurde gesagt?").await;
    window.type_text(text).await;
}

/// Chooses a topic and finishes the note, by keyboard alone.
async fn finish(window: &Window, text: &str) {
    window.type_text(&format!(" #wohn{ENTER}")).await;
    window.press_control(ENTER).await;
    let listed = format!("[...document.querySelectorAll('main li')].some((row) => row.innerText.includes({text:?}))");
    window.until("the note is listed", &listed).await;
}

/// How many conversations the list shows.
const COUNT: &str = "document.querySelectorAll('main li button').length";

#[tokio::test]
async fn six_conversations_outlive_an_outage_and_a_crash_and_are_counted_on_another_device() {
    let districts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv");
    let mut city = City::with_districts(&districts);
    let team = city.organisation("Team Nord");
    let anna = city.person("Anna Beispiel", &team, "lead", &["Rieth"]);

    let first = Device::new();
    let window = first.enrolled("story-first", &city, &anna).await;
    for text in &LOGGED[..3] {
        begin(&window, text).await;
        finish(&window, text).await;
    }
    transferred(&window).await;

    city.stop();
    for text in &LOGGED[3..] {
        begin(&window, text).await;
        finish(&window, text).await;
    }
    let offline =
        "document.body.innerText.includes('Offline') && document.body.innerText.includes('2 Einträge warten')";
    window.until("two wait, and the window says why", offline).await;

    begin(&window, CUT_SHORT).await;
    first.kept("niema").await;
    window.kill().await;

    let window = first.open("story-again").await;
    window.has_focus("textbox", "Ihre Passphrase").await;
    window
        .type_text(&format!("{PASSPHRASE}{}", char::from(Key::Enter)))
        .await;
    window.named("heading", "Gespräche").await;
    window.press_control("n").await;
    window.has_focus("textbox", "Was wurde gesagt?").await;
    let typed = window.ask("document.activeElement.value").await;
    assert_eq!(typed, Value::from(CUT_SHORT), "what was typed is there again");
    window.key(char::from(Key::End)).await;
    window.type_text(REST).await;
    finish(&window, CUT_SHORT).await;
    city.start();
    window.press("Jetzt übertragen").await;
    transferred(&window).await;
    drop(window);

    let second = Device::new();
    let window = second.enrolled("story-second", &city, &anna).await;
    window.until("all six are there", &format!("{COUNT} === 6")).await;
    let listed = window.ask("document.querySelector('main').innerText").await;
    for text in LOGGED.into_iter().chain([CUT_SHORT]) {
        assert!(
            listed.as_str().is_some_and(|listed| listed.contains(text)),
            "{text} is in {listed}"
        );
    }
    window.press_control("f").await;
    window.type_text("hausviertel").await;
    window
        .until("it is found inside a compound", &format!("{COUNT} === 1"))
        .await;

    window.tab_to("Auswertung").await;
    window.type_text(ENTER).await;
    let counted = "document.querySelector('main dl')?.innerText.includes('6')";
    window.until("the month counts six", counted).await;
    window.press_control("e").await;
    let written = "document.body.innerText.includes('liegt im Ordner')";
    window.until("the file lies with the downloads", written).await;
    let file = only_file(&second.folder.path().join("Downloads"));
    let mut book: Xlsx<_> = open_workbook(&file).expect("another library reads it");
    let overview = book.worksheet_range("Übersicht").expect("the overview");
    let total = overview.rows().find(|row| row[0] == Data::String("Gespräche".into()));
    assert_eq!(
        total.map(|row| &row[1]),
        Some(&Data::Float(6.0)),
        "the total in the file"
    );
    let talks = book.worksheet_range("Gespräche").expect("the list");
    assert_eq!(talks.height(), 1 + 6, "a row for each, and the header");
}

fn only_file(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).expect("the folder of the downloads");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}
