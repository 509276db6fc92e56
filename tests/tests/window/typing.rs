//! What people stumbled over while they typed: steps in a text, choices, what a sign came to, what was thrown away.

use super::{
    driver::{Stage, Window},
    tour::opened,
    world::World,
};
use domain::Kind;
use serde_json::json;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DELETE: &str = "\u{e017}";
const SHIFT: &str = "\u{e008}";
const TEXT: &str = "Was wurde gesagt?";

async fn begin(window: &Window, text: &str) {
    window.press_control("n").await;
    window.has_focus("textbox", TEXT).await;
    window.type_text(text).await;
}

async fn holds(window: &Window, text: &str) {
    let script = format!("document.querySelector('form textarea').value === {text:?}");
    window.until(&format!("the text is {text:?}"), &script).await;
}

async fn district(window: &Window) -> String {
    let script = "[...document.querySelectorAll('.field')].find((each) => each.innerText.startsWith('Stadtteil')).querySelector('input').value";
    window.ask(script).await.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn control_z_goes_a_step_back_in_the_text_and_control_shift_z_forth() {
    let world = World::offline();
    let window = opened("typing-steps", &world, &Stage::default()).await;
    begin(&window, "Der Aufzug steht.").await;
    window.press_control("a").await;
    window.type_text("x").await;
    holds(&window, "x").await;
    window.press_control("z").await;
    holds(&window, "Der Aufzug steht.").await;
    window.press_control(&format!("{SHIFT}z")).await;
    holds(&window, "x").await;
}

#[tokio::test]
async fn a_new_conversation_that_is_left_stays_a_draft_however_whole_it_is() {
    let world = World::offline();
    let window = opened("typing-left", &world, &Stage::default()).await;
    begin(&window, &format!("Halber Satz #eins{ENTER}")).await;
    window.reads("#Einsamkeit").await;
    window.type_text(ESCAPE).await;
    window.reads("Als Entwurf behalten.").await;
    assert_eq!(world.count(Kind::Note), 0, "nothing was taken up without \"Fertig\"");
}

#[tokio::test]
async fn what_was_thrown_away_comes_back_by_control_z() {
    let world = World::offline();
    world.log("2026-10-13T10:00:00+02:00", "Eine fertige.");
    let window = opened("typing-thrown", &world, &Stage::default()).await;
    begin(&window, "Ein ganzer Satz.").await;
    window.press("Verwerfen").await;
    window.reads("Entwurf verworfen.").await;
    window.press_control("z").await;
    window.has_focus("textbox", TEXT).await;
    holds(&window, "Ein ganzer Satz.").await;
    assert_eq!(world.count(Kind::Note), 1, "the finished one stays where it is");
}

#[tokio::test]
async fn what_was_taken_back_is_named_and_can_be_done_again() {
    let world = World::offline();
    let id = world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let window = opened("typing-redo", &world, &Stage::default()).await;
    window.ask(&format!("void (location.hash = '/talks/{id}')")).await;
    window.named("button", "Bearbeiten").await;
    window.press_control(DELETE).await;
    window.reads("in den Papierkorb gelegt").await;
    window.press_control("z").await;
    window.reads("„Der Aufzug steht.“").await;
    assert_eq!(world.count(Kind::Note), 1);
    window.press_control(&format!("{SHIFT}z")).await;
    window.reads("in den Papierkorb gelegt").await;
    window
        .until(
            "the list is empty",
            "document.querySelectorAll('button.row').length === 0",
        )
        .await;
}

#[tokio::test]
async fn enter_on_a_choice_changes_nothing_and_an_emptied_one_chooses_nothing() {
    let world = World::offline();
    world.district("Altstadt");
    let window = opened("typing-choice", &world, &Stage::default()).await;
    begin(&window, "Am Teich.").await;
    window.tab_to("Stadtteil").await;
    window.press_control("a").await;
    window.type_text("rie").await;
    window.type_text(ENTER).await;
    assert_eq!(district(&window).await, "Rieth");
    // The list opens, with what is chosen marked.
    window.type_text(&format!("{ENTER}{ENTER}")).await;
    assert_eq!(district(&window).await, "Rieth", "Enter alone takes no other one");
    window.press_control("a").await;
    window.type_text(&format!("zzz{ENTER}")).await;
    window.reads("Nichts passt zu „zzz“.").await;
    window.press_control("a").await;
    window.type_text(&format!("{DELETE}\u{e004}")).await;
    assert_eq!(district(&window).await, "", "emptied is emptied");
}

#[tokio::test]
async fn what_a_sign_came_to_is_seen_and_a_sign_that_means_nothing_says_so() {
    let world = World::offline();
    let window = opened("typing-signs", &world, &Stage::default()).await;
    begin(&window, "Bank kaputt !demnächst").await;
    window.reads("„demnächst“ ist kein Tag.").await;
    window.type_text(&"\u{e003}".repeat("demnächst".chars().count())).await;
    window.reads("Wann? Zum Beispiel !morgen").await;
    window.type_text("Freitag").await;
    window.reads("Wiedervorlage: ").await;
    window.type_text(ENTER).await;
    let seen = "document.querySelector('form ul[aria-label=Erkannt]')?.innerText.includes('Wiedervorlage: ')";
    window.until("it is seen without opening further fields", seen).await;
    holds(&window, "Bank kaputt ").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "what was understood"
    );
    window.type_text("@jug").await;
    window.reads("Mit @jug ist nichts da.").await;
}

#[tokio::test]
async fn a_field_that_is_reached_by_tab_is_seen_whole() {
    let world = World::offline();
    let window = opened("typing-seen", &world, &Stage::default()).await;
    begin(&window, "Am Teich.").await;
    window.press("Mehr Angaben").await;
    let hidden = "(() => { const field = document.activeElement.closest('.field'); if (!field) return '';
        const bar = document.querySelector('form .end').getBoundingClientRect(), at = field.getBoundingClientRect();
        return at.bottom > bar.top + 1 && at.height < bar.top ? field.innerText : '' })()";
    for _ in 0..10 {
        assert_eq!(window.ask(hidden).await, json!(""), "it lies behind the bar of buttons");
        window.key('\u{e004}').await;
    }
}

#[tokio::test]
async fn what_a_click_opens_comes_into_sight_where_there_is_room_for_one_column_only() {
    let world = World::offline();
    for day in 10..28 {
        world.log(&format!("2026-10-{day}T10:00:00+02:00"), "Der Aufzug steht.");
    }
    let narrow = Stage {
        size: (640, 800),
        ..Stage::default()
    };
    let window = opened("typing-narrow", &world, &narrow).await;
    window.click("button.row").await;
    let seen = "document.getElementById('talk-title')?.getBoundingClientRect().top < innerHeight / 2";
    window.until("the conversation is seen", seen).await;
}

#[tokio::test]
async fn everything_is_shown_larger_and_stays_so() {
    let world = World::offline();
    let window = opened("typing-larger", &world, &Stage::default()).await;
    let before = window.ask("innerWidth").await.as_f64().expect("a number");
    window.press_control("+").await;
    window.press_control("+").await;
    let larger = format!("innerWidth < {before} * 0.85");
    window.until("fewer and larger points fit", &larger).await;
    drop(window);
    let window = opened("typing-larger-again", &world, &Stage::default()).await;
    window.until("it is so again", &larger).await;
    window.press_control("0").await;
    window.until("and back", &format!("innerWidth === {before}")).await;
}
