//! The settings, and what they tell.

use super::{
    device::{Device, transferred},
    driver::{Stage, Window},
    tour::opened,
    world::{PASSPHRASE, World},
};
use domain::{Body, Kind};
use scenes::City;
use std::path::Path;
use store::{Confirmed, Filter, Page};

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

/// What the device holds as confirmed of its one note says something that nobody wrote.
fn damage(device: &Device) {
    let (_, changes) = device
        .store()
        .write(|writing| {
            let stored = writing.list(&Filter::of(Kind::Note), Page::first(1))?;
            let mut damaged = Confirmed {
                record: stored[0].record.clone(),
                changed_at: stored[0].changed_at,
                changed_by: stored[0].changed_by,
            };
            damaged.record.body = Some(Body::new(r#"{"text":"beschädigt"}"#.to_owned()));
            writing.put_confirmed(&damaged)
        })
        .expect("the notebook takes it");
    drop(changes);
}

#[tokio::test]
async fn a_device_is_compared_with_the_city_when_asked_and_what_differs_is_put_right() {
    let districts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv");
    let mut city = City::with_districts(&districts);
    let team = city.organisation("Team Nord");
    let device = Device::new();
    let jana = city.person("Jana Köhler", &team, "worker", &["Rieth"]);
    let window = device.enrolled("compare", &city, &jana).await;
    window.press_control("n").await;
    window.has_focus("textbox", "Was wurde gesagt?").await;
    window.type_text("Der Radweg endet hier. #wohn\u{e007}").await;
    window.press_control("\u{e007}").await;
    window.reads("Gesprächsnotiz aufgenommen.").await;
    transferred(&window).await;

    go(&window, "transfer").await;
    window.press("Abgleich prüfen").await;
    reads(&window, "Geprüft: Gerät und Stadt haben dasselbe").await;
    damage(&device);
    window.press("Abgleich prüfen").await;
    reads(&window, "1 Eintrag wurde richtiggestellt, jetzt ist alles gleich.").await;
    window.go_to("#/talks", "Gespräche").await;
    reads(&window, "Der Radweg endet hier.").await;

    city.stop();
    go(&window, "transfer").await;
    window.press("Abgleich prüfen").await;
    reads(&window, "Die Stadt ist gerade nicht erreichbar.").await;
}
