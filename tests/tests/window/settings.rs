//! The settings, and what they tell.

use super::{
    driver::{Stage, Window},
    tour::opened,
    world::{PASSPHRASE, World},
};

async fn go(window: &Window, part: &str) {
    window.ask(&format!("void (location.hash = '/settings/{part}')")).await;
}

async fn reads(window: &Window, said: &str) {
    let script = format!("document.body.innerText.includes({said:?})");
    window.until(&format!("it says {said:?}"), &script).await;
}

#[tokio::test]
async fn the_language_changes_at_once_and_stays() {
    let world = World::offline();
    let window = opened("language", &world, &Stage::default()).await;
    go(&window, "language").await;
    window.press("English").await;
    window.named("heading", "Settings").await;
    window
        .until("the document says so", "document.documentElement.lang === 'en'")
        .await;
    let kept = std::fs::read_to_string(world.dir().join("language")).expect("it is remembered");
    assert_eq!(kept, "en");
    window.press("Deutsch").await;
    window.named("heading", "Einstellungen").await;
}

#[tokio::test]
async fn a_new_passphrase_opens_and_the_old_one_no_longer_does() {
    const NEW: &str = "schaukel regen briefkasten winter";
    let world = World::offline();
    let window = opened("passphrase", &world, &Stage::default()).await;
    go(&window, "locking").await;
    let type_both = async |known: &str, new: &str| {
        for (field, text) in [("current-password", known), ("new-password", new)] {
            let field = window.see(&format!("input[autocomplete={field}]")).await;
            window.answer(field.clear()).await;
            window.answer(field.send_keys(text)).await;
        }
    };
    type_both("falsch", NEW).await;
    reads(&window, "Stark:").await;
    window.type_text("\u{e007}").await;
    reads(&window, "Diese Passphrase passt nicht.").await;
    type_both(PASSPHRASE, "aaaaaaaaaaaaaaaaaaaa").await;
    reads(&window, "Wiederholungen helfen kaum.").await;
    window.type_text("\u{e007}").await;
    window.see("input[autocomplete=new-password][aria-invalid=true]").await;
    type_both(PASSPHRASE, NEW).await;
    reads(&window, "Stark:").await;
    window.type_text("\u{e007}").await;
    reads(&window, "Passphrase geändert.").await;

    window.press("Sperren").await;
    window.named("button", "Entsperren").await;
    window.type_text(&format!("{PASSPHRASE}\u{e007}")).await;
    reads(&window, "passt nicht").await;
    window.type_text(&format!("{NEW}\u{e007}")).await;
    window.named("heading", "Einstellungen").await;
}

#[tokio::test]
async fn words_that_cannot_reach_the_city_are_shown_copied_and_let_go() {
    let world = World::offline();
    let note = world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    world.leave_over(note, "Sie kommt morgen wieder.");
    let window = opened("leftover", &world, &Stage::default()).await;
    reads(&window, "1 Eintrag lässt sich nicht mehr übertragen.").await;
    let link = window.named("link", "Ansehen").await;
    window.answer(link.click()).await;
    window.named("heading", "Nicht übertragbar").await;
    let text = "document.querySelector('main textarea').value.includes('Sie kommt morgen wieder.')";
    window.until("the words stand there", text).await;
    reads(&window, "Jemand hatte den Eintrag gelöscht").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "what is left over"
    );

    window.press("Text kopieren").await;
    reads(&window, "Text kopiert.").await;
    window.press("Alle gelesen").await;
    reads(&window, "Nachrichten gelesen.").await;
    // By keyboard: it may lie below what is in view, where a driven mouse does not scroll to.
    window.tab_to("Nicht mehr gebraucht").await;
    window.key(char::from(fantoccini::key::Key::Enter)).await;
    window.named("dialog", "Diesen Text löschen?").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "the question"
    );
    window.press("Text löschen").await;
    reads(&window, "Text gelöscht.").await;
    let gone = "!document.querySelector('main textarea') && document.activeElement !== document.body";
    window.until("they are gone, and the focus is somewhere", gone).await;
    let left = world
        .store
        .read(|reading| Ok(reading.untransferable()?.len() + reading.notices()?.len()));
    assert_eq!(left.expect("the notebook can be read"), 0);
}
