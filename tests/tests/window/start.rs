//! The first start, and every start after it.

use super::{
    driver::Window,
    in_german,
    world::{PASSPHRASE, World},
};
use scenes::{City, Notebook};
use std::path::Path;
use tempfile::TempDir;

/// A window on a folder without a notebook.
async fn fresh(name: &str) -> (Window, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dir = folder.path().join("new");
    let window = Window::open(name, &["--data-dir", dir.to_str().expect("UTF-8")], folder.path()).await;
    let german = window.named("button", "Deutsch").await;
    window.answer(german.click()).await;
    in_german(&window).await;
    (window, folder)
}

fn musterstadt() -> City {
    City::with_districts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv"))
}

async fn fill(window: &Window, name: &str, text: &str) {
    let field = window.named("textbox", name).await;
    window.answer(field.clear()).await;
    window.answer(field.send_keys(text)).await;
}

async fn fill_passphrase(window: &Window, text: &str) {
    // A password has no role; its label finds it.
    let field = window.see("input[autocomplete=new-password]").await;
    window.answer(field.clear()).await;
    window.answer(field.send_keys(text)).await;
}

async fn reads(window: &Window, said: &str) {
    let script = format!("document.body.innerText.includes({said:?})");
    window.until(&format!("it says {said:?}"), &script).await;
}

#[tokio::test]
async fn the_first_start_asks_for_city_code_and_passphrase() {
    let (window, _folder) = fresh("first").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the first start"
    );
    window.click("input[type=url]").await;
    window.type_text("\u{e007}").await;
    let missing = "document.querySelectorAll('[aria-invalid=true]').length === 3";
    window.until("all three are asked for", missing).await;
    let focused = "document.activeElement.matches('input[type=url]')";
    window.until("the first of them has the focus", focused).await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the first start with what is missing"
    );
}

#[tokio::test]
async fn a_passphrase_is_judged_in_words_while_it_is_typed() {
    let (window, _folder) = fresh("strength").await;
    fill_passphrase(&window, "aaaaaaaaaaaaaaaaaaaaaaaa").await;
    reads(&window, "Wiederholungen helfen kaum.").await;
    reads(&window, "Noch zu leicht zu erraten.").await;
    fill_passphrase(&window, PASSPHRASE).await;
    reads(&window, "Stark: 4 Wörter, 36 Zeichen").await;
}

#[tokio::test]
async fn a_device_is_set_up_with_its_city_and_works_at_once() {
    let city = musterstadt();
    city.organisation("Team Nord");
    let person = city.person("Anna Beispiel", "Team Nord", "worker", &["Rieth"]);
    let (window, folder) = fresh("set-up").await;
    fill(&window, "Adresse Ihrer Stadt", &format!("{}/irgendwas", city.url())).await;
    fill(&window, "Einladungscode", "K7QM 2F9T 0XWA").await;
    fill_passphrase(&window, "donnerstag kiesel lampion fagott").await;
    reads(&window, "Stark:").await;
    window.type_text("\u{e007}").await;
    reads(&window, "antwortet kein Quartierbuch").await;
    fill(&window, "Adresse Ihrer Stadt", city.url()).await;
    window.type_text("\u{e007}").await;
    reads(&window, "Dieser Einladungscode passt nicht").await;
    let focused = "document.activeElement.getAttribute('aria-invalid') === 'true'";
    window.until("the code has the focus", focused).await;
    window.kill().await;

    // Nothing is set up yet: the same screen again, and another passphrase may be chosen.
    let dir = folder.path().join("new");
    let window = Window::open(
        "set-up-again",
        &["--data-dir", dir.to_str().expect("UTF-8")],
        folder.path(),
    )
    .await;
    in_german(&window).await;
    fill(&window, "Adresse Ihrer Stadt", city.url()).await;
    fill(&window, "Einladungscode", &city.invite(&person)).await;
    fill_passphrase(&window, PASSPHRASE).await;
    reads(&window, "Stark:").await;
    window.type_text("\u{e007}").await;
    window.named("heading", "Gespräche").await;
    reads(&window, "Alles übertragen").await;
    reads(&window, "Anna Beispiel, Team Nord").await;
}

#[tokio::test]
async fn a_device_that_was_signed_off_says_why_it_is_empty() {
    let city = musterstadt();
    city.organisation("Team Nord");
    let person = city.person("Anna Beispiel", "Team Nord", "worker", &["Rieth"]);
    let (window, folder) = fresh("signed-off").await;
    fill(&window, "Adresse Ihrer Stadt", city.url()).await;
    fill(&window, "Einladungscode", &city.invite(&person)).await;
    fill_passphrase(&window, PASSPHRASE).await;
    reads(&window, "Stark:").await;
    window.type_text("\u{e007}").await;
    reads(&window, "Alles übertragen").await;

    let devices = city.admin(&["device", "list"]);
    let device = devices[0]["id"]
        .as_str()
        .expect("the city lists its devices")
        .to_owned();
    city.admin(&["device", "revoke", &device]);
    reads(&window, "Dieses Gerät wurde abgemeldet.").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "signed off");
    assert!(
        !folder.path().join("new/quartierbuch.key").exists(),
        "nothing can be read any more"
    );
}

#[tokio::test]
async fn a_locked_notebook_opens_with_its_passphrase_only() {
    let world = World::offline();
    world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let dir = world.dir();
    let window = Window::open("locked", &["--data-dir", dir.to_str().expect("UTF-8")], &dir).await;
    in_german(&window).await;
    window.click("input[type=password]").await;
    window.type_text("falsch falsch falsch falsch\u{e007}").await;
    reads(&window, "passt nicht").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "a wrong passphrase"
    );
    window.type_text(&format!("{PASSPHRASE}\u{e007}")).await;
    window.see("button.row").await;
}

#[tokio::test]
async fn the_first_list_comes_with_its_page_and_stays_words_whatever_is_written() {
    let world = World::offline();
    let text = "</script><img src=x onerror=\"document.title='!'\"> & <!-- &amp; „Ja“";
    world.log("2026-10-14T09:00:00+02:00", text);
    let window = super::open("first-list", &world).await;
    let row = format!("document.querySelector('button.row .text')?.textContent === {text:?}");
    window.until("its row says what was written", &row).await;
    // The part of the page that brought it is gone, so that nothing of it stays in a locked window.
    let pieces = window
        .ask("document.documentElement.outerHTML.split('onerror').length")
        .await;
    assert_eq!(pieces, 2, "it stands in its row and nowhere else");
    // A page that comes again brings nothing and asks.
    window.ask("void (location.reload())").await;
    let again = "performance.getEntriesByType('navigation')[0].type === 'reload'";
    window.until("it is a new page", again).await;
    window.until("its row says the same", &row).await;
}

#[tokio::test]
async fn a_restored_notebook_goes_on_as_a_new_device_of_the_same_person_and_of_nobody_else() {
    let city = musterstadt();
    city.organisation("Team Nord");
    let person = city.person("Anna Beispiel", "Team Nord", "worker", &["Rieth"]);
    let other = city.person("Bert Beispiel", "Team Nord", "worker", &["Rieth"]);
    let old = Notebook::enrolled(&city, &person);
    old.add_note(
        "Rieth",
        "Einsamkeit",
        "2026-10-05T09:15:00+02:00",
        "Noch nicht bei der Stadt.",
    );
    let file = old.path("alt.quartierbuch");
    let file = file.to_str().expect("UTF-8");
    old.run(&["backup", file]).json();
    let new = Notebook::new();
    new.run(&["restore", file]).json();

    let dir = new.folder().join("data");
    let passphrase = new.folder().join("passphrase");
    let places = [dir.to_str().expect("UTF-8"), passphrase.to_str().expect("UTF-8")];
    let arguments = ["--data-dir", places[0], "--passphrase-file", places[1]];
    let window = Window::open("restored", &arguments, new.folder()).await;
    let german = window.named("button", "Deutsch").await;
    window.answer(german.click()).await;
    in_german(&window).await;
    window.named("heading", "Ihr Quartierbuch ist wieder da").await;
    let asked = "document.querySelectorAll('form input:not([type=checkbox])').length === 2";
    window.until("no passphrase is asked for: it stays", asked).await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "restored");
    fill(&window, "Adresse Ihrer Stadt", city.url()).await;
    fill(&window, "Einladungscode", &city.invite(&other)).await;
    window.type_text("\u{e007}").await;
    reads(&window, "gilt einer anderen Person").await;
    // The code has the focus; what is typed takes its place.
    window.shortcut('a').await;
    window.type_text(&format!("{}\u{e007}", city.invite(&person))).await;
    window.named("heading", "Gespräche").await;
    reads(&window, "Noch nicht bei der Stadt.").await;
    reads(&window, "Alles übertragen").await;
    assert_eq!(old.sync()["waiting"], 0, "both sent it");
    assert_eq!(old.notes().len(), 1, "and it is there once");
}
