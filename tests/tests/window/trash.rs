//! What was put into the trash is found there, whatever it is, and comes back.

use super::{in_german, open, world::World};
use domain::{Kind, State};
use serde_json::json;
use store::Filter;

#[tokio::test]
async fn what_lies_in_the_trash_is_found_and_taken_back_by_keyboard() {
    let world = World::offline();
    world.log("2026-10-13T10:00:00+02:00", "Der Aufzug steht.");
    world.keep(
        Kind::Request,
        &json!({"received_on": "2026-10-09", "description": "Die Bank ist kaputt.", "status": "recorded"}),
    );
    let window = open("trash", &world).await;
    in_german(&window).await;
    window.go_to("#/trash", "Papierkorb").await;
    window.reads("Der Papierkorb ist leer.").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "empty");

    window.go_to("#/talks", "Gespräche").await;
    window.click("button.row").await;
    window.press_control("\u{e017}").await;
    window.reads("in den Papierkorb gelegt").await;
    window.go_to("#/requests", "Anliegen").await;
    window.click("main a.row").await;
    window.push("In den Papierkorb").await;
    window.reads("Anliegen in den Papierkorb gelegt.").await;
    window.has_focus("heading", "Anliegen").await;

    window.tab_to("Papierkorb").await;
    window.type_text("\u{e007}").await;
    window.has_focus("heading", "Papierkorb").await;
    window.reads("2 Einträge").await;
    window.reads("noch 30 Tage").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "two entries");
    window.push("Zurückholen: Die Bank ist kaputt.").await;
    window.reads("Zurückgeholt: Die Bank ist kaputt.").await;
    window.has_focus("button", "Zurückholen: Der Aufzug steht.").await;
    let live = |kind: Kind| {
        let found = world
            .store
            .read(|reading| reading.list(&Filter::of(kind), store::Page::first(9)));
        found.expect("the notebook can be read").len()
    };
    assert_eq!(
        (live(Kind::Request), live(Kind::Note)),
        (1, 0),
        "what was asked for, and no more"
    );
    window.key('\u{e007}').await;
    window.reads("Der Papierkorb ist leer.").await;
    window.has_focus("heading", "Papierkorb").await;
    assert_eq!(live(Kind::Note), 1);
    let trashed = Filter {
        state: State::Trashed,
        ..Filter::of(Kind::Note)
    };
    let left = world
        .store
        .read(|reading| reading.list(&trashed, store::Page::first(9)));
    assert!(left.expect("the notebook can be read").is_empty());
}
