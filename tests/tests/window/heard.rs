//! Every screen as a screen reader is told of it, from the accessibility bus of the desktop.

use super::{
    driver::{Stage, Window},
    screens::Screen,
    spoken::{Reader, Spoken},
    stage::Bus,
    tour::{october, on_each},
    words::{Language, words},
    world::World,
};
use std::{collections::BTreeSet, fs, path::Path};

/// Roles that a person acts on; one without a name is a riddle.
const CONTROLS: &[&str] = &[
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "entry",
    "combo box",
    "link",
    "list box",
    "spin button",
    "password text",
    "page tab",
    "menu item",
];

/// What is wrong with what is told of a screen.
fn faults(screen: &Screen, page: &Spoken, spoken: Language, known: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for each in page.each() {
        let strange = words(&each.name).find(|word| !known.contains(word));
        if let Some(strange) = strange {
            let tag = spoken.tag();
            faults.push(format!(
                "{strange:?} is no word of {tag}: a {} says {:?}",
                each.role, each.name
            ));
        }
    }
    let boxes = page.each().filter(|each| each.role == "list box");
    let groups: Vec<&Spoken> = boxes.flat_map(|each| &each.inside).collect();
    for each in page.each() {
        let Spoken {
            role,
            name,
            language,
            inside,
        } = each;
        if name.is_empty() && CONTROLS.contains(&role.as_str()) {
            faults.push(format!("a {role} without a name"));
        }
        // WebKit takes the role of a list away that shows no bullets, unless it says `role="list"`.
        let is_list = ["list", "description list", "list box"].contains(&role.as_str());
        let is_list = is_list || groups.iter().any(|group| std::ptr::eq(*group, each));
        if !is_list && inside.iter().any(|item| item.role == "list item") {
            faults.push(format!("a {role} called {name:?} holds items and is no list"));
        }
        // Who looks for another language finds it in its own words.
        let expected = match (role.as_str(), name.as_str()) {
            ("toggle button", "English") => "en",
            ("toggle button", "Deutsch") => "de",
            _ => spoken.tag(),
        };
        if !language.is_empty() && language != expected {
            faults.push(format!("{name:?} is said to be {language:?}"));
        }
    }
    let said: Vec<(&str, &str)> = page
        .each()
        .map(|each| (each.role.as_str(), each.name.as_str()))
        .collect();
    let place = |(role, name): (&str, &str)| {
        let name = spoken.said(name);
        // A heading may say more, for example which month.
        let is = |said: &str| said == name || (role == "heading" && said.starts_with(&name));
        said.iter().position(|&(said_role, said)| said_role == role && is(said))
    };
    let areas = [
        ("link", "app_skip"),
        ("landmark", "nav_label"),
        ("link", "nav_talks"),
        ("link", "nav_requests"),
        ("link", "nav_contacts"),
        ("link", "nav_report"),
        ("link", "nav_settings"),
    ];
    let areas = areas.iter().filter(|_| screen.has_areas());
    let places: Vec<_> = areas.copied().chain([("heading", screen.heading)]).map(place).collect();
    if places.contains(&None) || !places.is_sorted() {
        faults.push(format!("skip link, areas and heading come in this order: {places:?}"));
    }
    if screen.has_areas() && !page.name.ends_with(" – Quartierbuch") {
        faults.push(format!("the page is called {:?}", page.name));
    }
    faults
}

/// Lines of the page that are not in its language. Sentences have no names, by which the bus would tell them.
async fn strange_lines(window: &Window, language: Language, known: &BTreeSet<String>) -> Vec<String> {
    let text = window.ask("document.body.innerText").await;
    let text = text.as_str().unwrap_or_default();
    // Addresses and folders are the same in every language.
    let sentences = text
        .lines()
        .filter(|line| !line.starts_with("http") && !line.starts_with('/'));
    let strange = sentences.filter_map(|line| {
        let word = words(line).find(|word| !known.contains(word))?;
        Some(format!("{word:?} is no word of {}: {line:?}", language.tag()))
    });
    strange.collect()
}

/// Every word that a screen reader may say: the language's own, and what was written down.
fn known(language: Language) -> BTreeSet<String> {
    let world = World::offline();
    october(&world);
    let mut known = language.vocabulary();
    known.extend(world.words());
    // What the languages call themselves, and what somebody searches for.
    known.extend(words("Deutsch English xyz xyzxyz"));
    known
}

/// What others call their parts.
fn names_of_others() -> BTreeSet<String> {
    let notices = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/third-party.md");
    words(&fs::read_to_string(notices).expect("the notices lie in the clone")).collect()
}

/// Listens to every screen in a language; the trees are kept beside the pictures.
async fn heard_in(language: Language, name: &str) -> Vec<String> {
    let bus = Bus::start();
    let reader = Reader::on(&bus).await;
    let stage = Stage {
        bus: Some(&bus),
        language,
        ..Stage::default()
    };
    let known = known(language);
    let with_others = &known | &names_of_others();
    on_each(name, &stage, async |window, screen| {
        let page = reader.page(&language.said(screen.heading)).await;
        println!("== {}\n{page}", screen.name);
        window.keep(&format!("{name}-{}.tree.txt", screen.name), page.to_string().as_bytes());
        let known = if screen.name == "settings-about" {
            &with_others
        } else {
            &known
        };
        let mut faults = faults(screen, &page, language, known);
        faults.extend(strange_lines(window, language, known).await);
        faults
    })
    .await
}

#[tokio::test]
async fn a_screen_reader_is_told_roles_names_language_and_order_of_every_screen_in_german() {
    assert_eq!(heard_in(Language::German, "heard").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_screen_reader_is_told_roles_names_language_and_order_of_every_screen_in_english() {
    assert_eq!(heard_in(Language::English, "heard-en").await, Vec::<String>::new());
}
