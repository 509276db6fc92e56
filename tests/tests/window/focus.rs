//! Where the focus is after something went away: never nowhere.

use super::{
    driver::{Stage, Window},
    tour::{Records, go_to_record, october, opened},
    world::World,
};

const ESCAPE: char = '\u{e00c}';
const ENTER: char = '\u{e007}';

async fn at_work(name: &str) -> (World, Records, Window) {
    let world = World::offline();
    let records = october(&world);
    let window = opened(name, &world, &Stage::default()).await;
    (world, records, window)
}

/// Chooses something by key, as somebody does who sees where the focus is.
async fn press(window: &Window, name: &str) {
    window.tab_to(name).await;
    window.key(ENTER).await;
}

#[tokio::test]
async fn what_lies_over_a_page_gives_the_focus_back_when_it_closes() {
    let (_world, records, window) = at_work("focus-close").await;
    for (key, dialog) in [("\u{e009}k\u{e000}", "Suche"), ("\u{e031}", "Tastenkürzel")] {
        window.tab_to("Anliegen").await;
        window.type_text(key).await;
        window.named("dialog", dialog).await;
        window.key(ESCAPE).await;
        window.has_focus("link", "Anliegen").await;
    }

    go_to_record(&window, "/settings/transfer", &records).await;
    window.named("heading", "Nicht übertragbar").await;
    press(&window, "Nicht mehr gebraucht").await;
    window.has_focus("button", "Behalten").await;
    window.key(ESCAPE).await;
    window.has_focus("button", "Nicht mehr gebraucht").await;
    window.key(ENTER).await;
    window.has_focus("button", "Behalten").await;
    window.key(ENTER).await;
    window.has_focus("button", "Nicht mehr gebraucht").await;

    go_to_record(&window, "/talks/TALK", &records).await;
    window.named("button", "Weitere Aktionen").await;
    press(&window, "Weitere Aktionen").await;
    window.has_focus("menuitem", "In den Papierkorb").await;
    window.key(ESCAPE).await;
    window.has_focus("button", "Weitere Aktionen").await;

    go_to_record(&window, "/report/2026-10", &records).await;
    window.named("button", "Andere Datei …").await;
    press(&window, "Andere Datei …").await;
    window.named("button", "Schließen").await;
    press(&window, "Schließen").await;
    window.has_focus("button", "Andere Datei …").await;

    go_to_record(&window, "/requests/REQUEST", &records).await;
    window.named("button", "Weiterleiten …").await;
    for form in ["Weiterleiten …", "Status ändern …"] {
        press(&window, form).await;
        window.named("button", "Schließen").await;
        press(&window, "Schließen").await;
        // The buttons change with what is done here; the heading stays.
        window.has_focus("heading", "Die Bank am Spielplatz ist kaputt.").await;
    }
}

#[tokio::test]
async fn after_a_delete_the_focus_is_on_what_comes_next_and_undo_does_not_lose_it() {
    let (_world, records, window) = at_work("focus-delete").await;
    go_to_record(&window, "/talks/TALK", &records).await;
    window.named("button", "Weitere Aktionen").await;
    press(&window, "Weitere Aktionen").await;
    window.has_focus("menuitem", "In den Papierkorb").await;
    window.key(ENTER).await;
    window.reads("in den Papierkorb gelegt").await;
    window.has_focus_on("button", "zwei Fassungen").await;
    window.press_control("z").await;
    window.has_focus_on("button", "Wiedervorlage").await;

    go_to_record(&window, "/contacts/CONTACT", &records).await;
    window.named("heading", "Frau Kaiser").await;
    press(&window, "In den Papierkorb").await;
    window.reads("Kontakt in den Papierkorb gelegt.").await;
    window.has_focus_on("link", "Herr Yıldız").await;
    window.press_control("z").await;
    window.reads("Zurückgenommen").await;
    window.has_focus_on("link", "Herr Yıldız").await;

    go_to_record(&window, "/requests/REQUEST", &records).await;
    window.named("heading", "Die Bank am Spielplatz ist kaputt.").await;
    press(&window, "In den Papierkorb").await;
    window.reads("Anliegen in den Papierkorb gelegt.").await;
    window.has_focus("heading", "Anliegen").await;
    // By its button, which goes away with its message.
    press(&window, "Rückgängig").await;
    window.reads("Zurückgenommen").await;
    window.has_focus("heading", "Anliegen").await;
    press(&window, "Wiederholen").await;
    window.reads("Anliegen in den Papierkorb gelegt.").await;
    window.has_focus("heading", "Anliegen").await;
    press(&window, "Meldung schließen").await;
    window.has_focus("heading", "Anliegen").await;
}

#[tokio::test]
async fn who_leaves_an_editor_or_a_record_is_where_they_came_from() {
    let (_world, records, window) = at_work("focus-leave").await;
    window.press_control("n").await;
    window.has_focus("textbox", "Was wurde gesagt?").await;
    window.key(ESCAPE).await;
    window.has_focus("heading", "Gespräche").await;
    go_to_record(&window, "/talks/TALK", &records).await;
    window.named("button", "Bearbeiten").await;
    press(&window, "Bearbeiten").await;
    window.has_focus("textbox", "Was wurde gesagt?").await;
    window.key(ESCAPE).await;
    window.has_focus_on("button", "Wiedervorlage").await;

    go_to_record(&window, "/requests/new", &records).await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.key(ESCAPE).await;
    window.has_focus("heading", "Anliegen").await;
    go_to_record(&window, "/requests/REQUEST", &records).await;
    window.has_focus("heading", "Die Bank am Spielplatz ist kaputt.").await;
    press(&window, "Bearbeiten").await;
    window.has_focus("textbox", "Worum geht es?").await;
    window.key(ESCAPE).await;
    window.has_focus("heading", "Die Bank am Spielplatz ist kaputt.").await;
    // Back to the list: on the row one came from.
    window.ask("void history.back()").await;
    go_to_record(&window, "/requests", &records).await;
    window.has_focus_on("link", "Die Bank am Spielplatz ist kaputt.").await;

    go_to_record(&window, "/contacts/new", &records).await;
    window.has_focus("radio", "Akteur*in").await;
    window.key(ESCAPE).await;
    window.has_focus("heading", "Kontakte").await;
    go_to_record(&window, "/contacts/CONTACT", &records).await;
    window.named("heading", "Frau Kaiser").await;
    press(&window, "Bearbeiten").await;
    window.has_focus("textbox", "Name").await;
    window.key(ESCAPE).await;
    window.named("heading", "Frau Kaiser").await;
    window.has_focus_on("link", "Frau Kaiser").await;
}
