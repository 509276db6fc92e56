//! The real window over a prepared notebook: what a person sees, types and hears.

mod book;
mod contacts;
mod device;
mod driver;
mod fields;
mod files;
mod focus;
mod forced;
mod frame;
mod heard;
mod keyboard;
mod modes;
mod names;
mod report;
mod requests;
mod screens;
mod settings;
mod spoken;
mod stage;
mod start;
mod story;
mod talks;
mod tour;
mod trash;
mod typing;
mod uses;
mod versions;
mod words;
mod world;

use driver::{Stage, Window};
use scenes::Scanner;
use world::World;

/// Rows of the list, by what they say.
const ROWS: &str = "Array.from(document.querySelectorAll('button.row')).map((row) => row.innerText)";

async fn open(name: &str, world: &World) -> Window {
    open_on(name, world, &Stage::default()).await
}

async fn open_on(name: &str, world: &World, stage: &Stage<'_>) -> Window {
    let (dir, passphrase) = (world.dir(), world.passphrase_file());
    let (dir, passphrase) = (dir.to_str().expect("UTF-8"), passphrase.to_str().expect("UTF-8"));
    let arguments = ["--data-dir", dir, "--passphrase-file", passphrase];
    Window::open_on(name, &arguments, &world.dir(), stage).await
}

/// The words of the tests are German, whatever the machine speaks.
async fn in_german(window: &Window) {
    window
        .until(
            "the document says that it is German",
            "document.documentElement.lang === 'de'",
        )
        .await;
}

/// The form takes up what was being typed before it takes a key or a click.
async fn form_is_ready(window: &Window) {
    let focused = "document.activeElement.tagName === 'TEXTAREA'";
    window.until("the text has the focus", focused).await;
}

#[tokio::test]
async fn a_worker_out_of_reach_reads_logs_and_finds_conversations() {
    let world = World::offline();
    for hour in 10..13 {
        world.log(
            &format!("2026-10-13T{hour}:15:00+02:00"),
            &format!("Gespräch um {hour} Uhr über den Aufzug."),
        );
    }
    world.log("2026-10-14T09:00:00+02:00", "Die Straßenbahn fährt abends nicht mehr.");
    let window = open("talks", &world).await;
    in_german(&window).await;

    window
        .until(
            "the notes are listed",
            "document.querySelectorAll('button.row').length === 4",
        )
        .await;
    let rows = window.ask(ROWS).await;
    assert!(
        rows[0]
            .as_str()
            .is_some_and(|row| row.contains("Straßenbahn") && row.contains("wartet")),
        "the newest comes first and says that it waits: {rows}"
    );

    window
        .until(
            "being offline is said in words",
            "document.body.innerText.includes('Offline seit')",
        )
        .await;

    window.press_control("n").await;
    form_is_ready(&window).await;
    window
        .type_text("Die Großmutter im Hochhausviertel sieht tagelang niemanden.")
        .await;
    window.type_text(" #einsam").await;
    window.type_text("\u{e007}").await;
    window.press_control("\u{e007}").await;
    let logged = "document.activeElement.innerText?.includes('Großmutter')";
    window
        .until("the new note stands in the list and has the focus", logged)
        .await;
    window
        .until(
            "its text can be read beside it",
            "document.querySelector('article')?.innerText.includes('niemanden')",
        )
        .await;

    window.press_control("f").await;
    window.type_text("hausviertel").await;
    window
        .until(
            "it is found inside a compound",
            "document.querySelectorAll('button.row').length === 1",
        )
        .await;
    let found = window.ask(ROWS).await;
    assert!(
        found[0].as_str().is_some_and(|row| row.contains("Großmutter")),
        "the search finds it: {found}"
    );
}

#[tokio::test]
async fn what_another_process_logs_appears_by_itself() {
    let world = World::offline();
    let window = open("other-process", &world).await;
    in_german(&window).await;
    window
        .until(
            "an empty list says how to begin",
            "document.body.innerText.includes('Noch keine Gespräche')",
        )
        .await;
    world.log("2026-10-14T09:00:00+02:00", "Vom Befehl aus aufgenommen.");
    window
        .until(
            "it is listed without a click",
            "document.querySelectorAll('button.row').length === 1",
        )
        .await;
}

#[tokio::test]
async fn nothing_that_the_window_shows_or_takes_lies_in_plain_in_a_file() {
    let world = World::offline();
    world.log("2026-10-14T09:00:00+02:00", "Sie sagte quittenzwirbel, zweimal.");
    let window = open("traces", &world).await;
    in_german(&window).await;
    window.click("button.row").await;
    window.press_control("f").await;
    window.type_text("quittenzwirbel").await;
    let found = "document.querySelector('button.row')?.innerText.includes('quittenzwirbel')";
    window.until("the note is found", found).await;
    window.press_control("n").await;
    form_is_ready(&window).await;
    window.type_text("Noch einmal quittenzwirbel, und nicht zu Ende").await;
    let kept = || {
        world
            .store
            .read(|reading| reading.drafts())
            .expect("drafts can be read")
    };
    while kept().is_empty() {
        tokio::task::yield_now().await;
    }
    let scanner = Scanner::of("quittenzwirbel");
    let traces = scanner.traces(&world.dir());
    assert!(traces.is_empty(), "while the window is open: {traces:?}");
    drop(window);
    let traces = scanner.traces(&world.dir());
    assert!(traces.is_empty(), "after it was closed: {traces:?}");
}

#[tokio::test]
async fn a_screen_reader_gets_roles_and_names() {
    let world = World::offline();
    world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let window = open("heard", &world).await;
    in_german(&window).await;
    window.see("button.row").await;
    let heard = |role: &str, name: &str| (role.to_owned(), name.to_owned());
    assert_eq!(window.heard("h1").await, heard("heading", "Gespräche"));
    assert_eq!(
        window.heard("search input").await,
        heard("textbox", "Suche in Gesprächen")
    );
    assert_eq!(window.heard("nav").await, heard("navigation", "Bereiche"));
    assert_eq!(
        window.heard("ul:has(button.row)").await,
        heard("list", "Liste der Gespräche")
    );
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the list");

    window.press_control("n").await;
    form_is_ready(&window).await;
    assert_eq!(
        window.heard("form textarea").await,
        heard("textbox", "Was wurde gesagt?")
    );
    window.named("combobox", "Themen").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the form");
    window.click("form button[type=submit]").await;
    window
        .until(
            "what is missing is said",
            "document.body.innerText.includes('mindestens ein Thema')",
        )
        .await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the form with what is missing"
    );
}
