//! Conversations in the window: typed, found, changed, taken back, settled.

use super::{
    driver::{Stage, Window},
    tour::opened,
    world::World,
};
use domain::Kind;
use serde_json::{Value, json};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const TEXT: &str = "Was wurde gesagt?";

async fn says(window: &Window, said: &str) {
    let script = format!("document.querySelector('main').parentElement.innerText.includes({said:?})");
    window.until(&format!("it says {said:?}"), &script).await;
}

async fn begin(window: &Window, text: &str) {
    window.press_control("n").await;
    window.has_focus("textbox", TEXT).await;
    window.type_text(text).await;
}

async fn has_rows(window: &Window, count: usize) {
    let rows = format!("document.querySelectorAll('button.row').length === {count}");
    window.until(&format!("{count} are listed"), &rows).await;
}

fn city_of_lists() -> World {
    let world = World::offline();
    for (list, code, label) in [
        ("age_band", "27-64", "27-64"),
        ("gender", "w", "weiblich"),
        ("service", "beratung", "Beratung"),
    ] {
        world.code(list, code, label);
    }
    world
}

#[tokio::test]
async fn topic_follow_up_and_people_are_typed_without_the_mouse() {
    let world = city_of_lists();
    let window = opened("talk-typed", &world, &Stage::default()).await;
    begin(&window, "Traut sich allein nicht ins Café. #eins").await;
    says(&window, "#Einsamkeit").await;
    window.type_text(&format!("{ENTER}!morgen")).await;
    says(&window, "Wiedervorlage: ").await;
    window.type_text(ENTER).await;
    window.tab_to("weiblich, 27–64").await;
    window.type_text("++").await;
    says(&window, "2 Personen").await;
    window.press_control(ENTER).await;
    has_rows(&window, 1).await;
    let note = world.only(Kind::Note);
    assert_eq!(note["text"], "Traut sich allein nicht ins Café.", "the signs are gone");
    assert_eq!(note["topics"], json!(["einsamkeit"]));
    assert_eq!(
        note["people"],
        json!([{"age_band": "27-64", "count": 2, "gender": "w"}])
    );
    assert!(note["follow_up"]["on"].is_string(), "somebody comes back to it");
}

#[tokio::test]
async fn what_is_not_whole_yet_stays_a_draft_and_is_finished_later() {
    let world = World::offline();
    let window = opened("talk-draft", &world, &Stage::default()).await;
    begin(&window, "Halber Gedanke").await;
    window.type_text(ESCAPE).await;
    says(&window, "Entwurf").await;
    begin(&window, "Ein anderer").await;
    window.type_text(ESCAPE).await;
    let two = "document.querySelectorAll('button.draft').length === 2";
    window.until("both drafts are listed", two).await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "drafts");
    drop(window);
    let window = opened("talk-draft-again", &world, &Stage::default()).await;
    window.until("they outlive the window", two).await;
    window
        .ask("[...document.querySelectorAll('button.draft')].find((each) => each.innerText.includes('Halber')).click()")
        .await;
    window.has_focus("textbox", TEXT).await;
    assert_eq!(
        window.ask("document.activeElement.value").await,
        json!("Halber Gedanke")
    );
    window.key('\u{e010}').await;
    window.type_text(&format!(" #eins{ENTER}")).await;
    window.press_control(ENTER).await;
    has_rows(&window, 1).await;
    assert_eq!(world.only(Kind::Note)["text"], "Halber Gedanke");
}

#[tokio::test]
async fn a_conversation_is_changed_trashed_and_brought_back_by_key() {
    let world = World::offline();
    world.log("2026-10-13T10:00:00+02:00", "Der ältere.");
    let id = world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let window = opened("talk-changed", &world, &Stage::default()).await;
    window.ask(&format!("void (location.hash = '/talks/{id}')")).await;
    window.named("button", "Bearbeiten").await;
    window.press_control("e").await;
    window.has_focus("textbox", TEXT).await;
    window.key('\u{e010}').await;
    window.type_text(&format!(" Seit Montag.{ESCAPE}")).await;
    says(&window, "Gesprächsnotiz geändert.").await;
    says(&window, "Der Aufzug steht. Seit Montag.").await;
    window.press_control("\u{e017}").await;
    says(&window, "in den Papierkorb gelegt").await;
    let next = "document.activeElement.innerText?.includes('Der ältere.')";
    window.until("the next one has the focus", next).await;
    window.press_control("z").await;
    let back = "document.activeElement.innerText?.includes('Seit Montag.')";
    window.until("it is there again, with the focus", back).await;
    has_rows(&window, 2).await;
}

#[tokio::test]
async fn filters_narrow_the_list_and_are_lifted_at_once() {
    let world = World::offline();
    for day in 10..15 {
        world.log(&format!("2026-10-{day}T10:00:00+02:00"), "Im Oktober.");
    }
    let body = json!({"occurred_at": "2026-09-03T10:00:00+02:00", "text": "Im September.",
        "topics": ["einsamkeit"], "follow_up": {"on": "2026-12-01"}});
    world.keep(Kind::Note, &body);
    let window = opened("talk-filters", &world, &Stage::default()).await;
    says(&window, "6 Gespräche").await;
    window.press("Wiedervorlage offen").await;
    says(&window, "1 von 6 Gesprächen").await;
    has_rows(&window, 1).await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "filtered");
    window.press("Filter aufheben").await;
    has_rows(&window, 6).await;
}

async fn refill(window: &Window, name: &str, text: &str) {
    let field = window.named("textbox", name).await;
    window.answer(field.clear()).await;
    window.answer(field.send_keys(text)).await;
}

#[tokio::test]
async fn any_days_can_be_typed_and_what_hides_everything_says_so() {
    let world = World::offline();
    for day in 10..15 {
        world.log(&format!("2026-10-{day}T10:00:00+02:00"), "Im Oktober.");
    }
    let window = opened("talk-days", &world, &Stage::default()).await;
    says(&window, "5 Gespräche").await;
    window.choose("Zeitraum", "Von – bis …").await;
    window.fill("Von", "12.10.2026").await;
    has_rows(&window, 3).await;
    window.fill("Bis", "13.10.2026").await;
    has_rows(&window, 2).await;
    refill(&window, "Bis", "11.10.2026").await;
    says(&window, "Dieser Tag liegt vor dem ersten.").await;
    has_rows(&window, 3).await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "days");
    window.choose("Zeitraum", "Letzten Monat").await;
    window.press("Nur meine").await;
    window.choose("Zeitraum", "Von – bis …").await;
    refill(&window, "Von", "1.1.2020").await;
    refill(&window, "Bis", "2.1.2020").await;
    says(&window, "Diese Auswahl blendet alle Gespräche aus.").await;
    window.press("Filter aufheben").await;
    has_rows(&window, 5).await;
}

#[tokio::test]
async fn two_versions_are_settled_at_the_conversation() {
    let world = World::offline();
    let body = json!({"occurred_at": "2026-10-13T13:20:00+02:00", "topics": ["wohnen"],
        "text": "Schulweg führt über die Hauptstraße.", "variants": {"text": [{
            "id": "0197a2b4-0000-7000-8000-00000000000a", "by": "0197a2b4-0000-7000-8000-00000000000b",
            "at": "2026-10-13T13:07:00.000Z", "value": "Schulweg führt über die Straße der Nationen."}]}});
    let id = world.keep(Kind::Note, &body);
    let window = opened("talk-two", &world, &Stage::default()).await;
    window.ask(&format!("void (location.hash = '/talks/{id}')")).await;
    window.named("heading", "Welche Fassung soll gelten?").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "two versions"
    );
    window.press("Beide zusammenführen").await;
    window.press("Diese Fassung übernehmen").await;
    says(&window, "Fassung übernommen.").await;
    let note = world.only(Kind::Note);
    assert_eq!(note["variants"], Value::Null, "nothing is open any more");
    let text = note["text"].as_str().expect("a text");
    assert!(
        text.contains("Hauptstraße") && text.contains("Nationen"),
        "nothing is lost: {text}"
    );
}

#[tokio::test]
async fn a_long_list_that_is_read_anew_can_still_be_reached_by_tab() {
    let world = World::offline();
    for n in 0..600 {
        world.log(
            &format!("2026-10-{:02}T10:00:00+02:00", 1 + n % 28),
            "Der Aufzug steht.",
        );
    }
    let window = opened("talk-anew", &world, &Stage::default()).await;
    says(&window, "600 Gespräche").await;
    let down = "(() => { const box = document.querySelector('ul:has(button.row)'); box.scrollTop = box.scrollHeight; return true })()";
    window.ask(down).await;
    let read = "document.querySelectorAll('.blank').length === 0 && document.querySelector('ul:has(button.row)').scrollTop > 30000";
    window.until("its end is read", read).await;
    world.log("2026-10-30T10:00:00+02:00", "Kam eben dazu.");
    says(&window, "601 Gespräche").await;
    let reached = "document.querySelectorAll('button.row[tabindex=\"0\"]').length === 1";
    window.until("Tab reaches one of its rows", reached).await;
    assert_eq!(
        window.ask("document.querySelectorAll('.blank').length").await,
        json!(0),
        "none is empty"
    );
}

#[tokio::test]
async fn any_part_of_a_long_list_is_filled_after_a_jump() {
    let world = World::offline();
    for n in 0..1_500 {
        let (day, hour) = (1 + n % 28, 8 + n % 10);
        world.log(
            &format!("2026-{:02}-{day:02}T{hour:02}:00:00+02:00", 3 + n % 7),
            "Der Aufzug steht.",
        );
    }
    let window = opened("talk-jumps", &world, &Stage::default()).await;
    says(&window, "1.500 Gespräche").await;
    for place in [0.9, 0.1, 0.5, 1.0, 0.3] {
        let scroll = format!(
            "(() => {{ const box = document.querySelector('ul:has(button.row)'); box.scrollTop = box.scrollHeight * {place}; return true }})()"
        );
        window.ask(&scroll).await;
        let filled = "(() => { const box = document.querySelector('ul:has(> li)').getBoundingClientRect();
            const seen = [...document.querySelectorAll('li.item')].filter((row) => { const at = row.getBoundingClientRect(); return at.bottom > box.top && at.top < box.bottom });
            return document.querySelectorAll('.blank').length === 0 && seen.length > 5 })()";
        window.until("every row is filled", filled).await;
    }
}
