//! The story that the window is built for: a device is set up, conversations are logged by keyboard alone through an
//! outage and a crash, reach another device, are found there, and leave as the month's file.

use super::{
    device::{Device, PASSPHRASE, transferred},
    driver::Window,
};
use calamine::{Data, Reader, Xlsx, open_workbook};
use fantoccini::key::Key;
use scenes::City;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

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
