//! Every screen as a screen reader is told of it, from the accessibility bus of the desktop.

use super::{
    driver::Stage,
    screens::{Screen, on_each},
    spoken::{Reader, Spoken},
    stage::Bus,
};

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
fn faults(screen: &Screen, page: &Spoken) -> Vec<String> {
    let mut faults = Vec::new();
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
        let expected = if name == "English" { "en" } else { "de" };
        if !language.is_empty() && language != expected {
            faults.push(format!("{name:?} is said to be {language:?}"));
        }
    }
    let said: Vec<(&str, &str)> = page
        .each()
        .map(|each| (each.role.as_str(), each.name.as_str()))
        .collect();
    let place = |wanted: (&str, &str)| said.iter().position(|&said| said == wanted);
    let areas = [
        ("link", "Zum Inhalt"),
        ("landmark", "Bereiche"),
        ("link", "Gespräche"),
        ("link", "Anliegen"),
        ("link", "Kontakte"),
        ("link", "Auswertung"),
        ("link", "Einstellungen"),
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

#[tokio::test]
async fn a_screen_reader_is_told_roles_names_language_and_order_of_every_screen() {
    let bus = Bus::start();
    let reader = Reader::on(&bus).await;
    let stage = Stage {
        bus: Some(&bus),
        ..Stage::default()
    };
    let faults = on_each("heard", &stage, async |window, screen| {
        let page = reader.page(screen.heading).await;
        println!("== {}\n{page}", screen.name);
        window.keep(&format!("{}.tree.txt", screen.name), page.to_string().as_bytes());
        faults(screen, &page)
    });
    assert_eq!(faults.await, Vec::<String>::new());
}
