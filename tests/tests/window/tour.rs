//! A round through every screen of the window: each check of this folder looks at what is there.

use super::{
    driver::{Stage, Window},
    screens::{BENCH, EMPTY, FRESH, KAISER, LAMP, LATE, LOCKED, SWING, Screen, Step, WORKED, YILDIZ},
    words::Language,
    world::World,
};
use domain::{Kind, RecordId};
use scenes::City;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What stands for which record in the address of a screen.
pub(crate) type Records = Vec<(&'static str, RecordId)>;

/// What a check finds on every screen, each shown in the window of a notebook with a month in it, of an empty one, of one
/// that is locked, and where there is none yet.
pub(crate) async fn on_each(
    name: &str,
    stage: &Stage<'_>,
    check: impl AsyncFn(&Window, &Screen) -> Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    let worked = World::offline();
    worked.speaks(stage.language);
    let records = october(&worked);
    let window = opened(name, &worked, stage).await;
    found.extend(seen(&window, WORKED, &records, stage.language, &check).await);
    drop(window);

    // A city that is there, and does not know this device.
    let city = City::with_districts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/erfurt-districts.csv"));
    let empty = World::of(city.url());
    empty.speaks(stage.language);
    let window = opened(name, &empty, stage).await;
    found.extend(seen(&window, EMPTY, &Vec::new(), stage.language, &check).await);
    drop(window);

    for (screens, dir) in [(LOCKED, worked.dir()), (FRESH, fresh(&worked, stage.language))] {
        let window = Window::open_on(name, &["--data-dir", text(&dir)], &worked.dir(), stage).await;
        for screen in screens {
            arrive(&window, screen, stage.language).await;
            found.extend(named(screen, check(&window, screen).await));
        }
    }
    found
}

/// A folder in which nothing lies but the language that somebody chose.
pub(crate) fn fresh(world: &World, language: Language) -> PathBuf {
    let dir = world.dir().with_file_name("new");
    std::fs::create_dir_all(&dir).expect("a new folder");
    std::fs::write(dir.join("language"), language.tag()).expect("a new file");
    dir
}

async fn seen(
    window: &Window,
    screens: &[Screen],
    records: &Records,
    language: Language,
    check: impl AsyncFn(&Window, &Screen) -> Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for screen in screens {
        go(window, screen, records, language).await;
        found.extend(named(screen, check(window, screen).await));
        if screen.is_dialog {
            window.type_text("\u{e00c}").await;
        }
    }
    found
}

pub(crate) fn named(screen: &Screen, faults: Vec<String>) -> impl Iterator<Item = String> {
    faults.into_iter().map(move |fault| format!("{}: {fault}", screen.name))
}

/// A window on an open notebook, in the language of the stage.
pub(crate) async fn opened(name: &str, world: &World, stage: &Stage<'_>) -> Window {
    let (dir, passphrase) = (world.dir(), world.passphrase_file());
    let arguments = ["--data-dir", text(&dir), "--passphrase-file", text(&passphrase)];
    let window = Window::open_on(name, &arguments, &dir, stage).await;
    window.named("heading", &stage.language.said("talks_title")).await;
    window
}

/// Goes there as a link does, from another area, so that nothing is left of what was done in this one.
async fn go(window: &Window, screen: &Screen, records: &Records, language: Language) {
    go_to(window, screen, &addressed(screen.address, records), language).await;
}

/// The same, where the address is known.
pub(crate) async fn go_to(window: &Window, screen: &Screen, address: &str, language: Language) {
    let elsewhere = if address.starts_with("/settings") {
        "/talks"
    } else {
        "/settings"
    };
    let away = format!("void (location.hash = {elsewhere:?})");
    window.ask(&away).await;
    let heading = if elsewhere == "/talks" {
        "talks_title"
    } else {
        "nav_settings"
    };
    window.named("heading", &language.said(heading)).await;
    window.ask(&format!("void (location.hash = {address:?})")).await;
    arrive(window, screen, language).await;
}

fn addressed(address: &str, records: &Records) -> String {
    let named = |address: String, (name, id): &(&str, RecordId)| address.replace(name, &id.to_string());
    records.iter().fold(address.to_owned(), named)
}

/// Goes to an address as a link does.
pub(crate) async fn go_to_record(window: &Window, address: &str, records: &Records) {
    let address = addressed(address, records);
    window.ask(&format!("void (location.hash = {address:?})")).await;
}

/// Does what leads to the screen, and waits until it is there.
pub(crate) async fn arrive(window: &Window, screen: &Screen, language: Language) {
    // What is done on the way is done once the page is there.
    if !screen.steps.is_empty() {
        loaded(window, language).await;
    }
    for step in screen.steps {
        match step {
            Step::Begin(css) => {
                let begun = format!("document.activeElement.matches({css:?})");
                window.until("the form has the focus", &begun).await;
            }
            Step::At(css) => window.click(css).await,
            Step::Type(text) => window.type_text(text).await,
            Step::Push(name) => window.push(&language.said(name)).await,
            Step::Fill(field, text) => window.fill(&language.said(field), text).await,
            Step::Choose(list, entry) => window.choose(&language.said(list), &language.said(entry)).await,
            Step::Open(name) => window.unfold(&language.said(name)).await,
            Step::Read(words) => window.reads(&language.said(words)).await,
        }
    }
    window.named(screen.there.0, &language.said(screen.there.1)).await;
    loaded(window, language).await;
}

async fn loaded(window: &Window, language: Language) {
    let loaded = format!(
        "document.fonts.check('600 1rem Fira Sans') && document.querySelectorAll('[aria-busy=true]').length === 0
            && !!document.querySelector('h1') && document.documentElement.lang === '{}'",
        language.tag()
    );
    window
        .until("the screen has loaded, in the language that was chosen", &loaded)
        .await;
}

/// Fills the notebook with what a month of work leaves in it; one of each kind of record by name.
pub(crate) fn october(world: &World) -> Records {
    for (list, code, label) in [
        ("contact_order", "first", "Erstkontakt"),
        ("contact_mode", "telefon", "Telefon"),
        ("place_kind", "platz", "Platz"),
        ("age_band", "18-26", "18-26"),
        ("age_band", "65+", "65+"),
        ("gender", "w", "weiblich"),
        ("gender", "m", "männlich"),
        ("service", "beratung", "Beratung"),
        ("language", "de", "Deutsch"),
        ("request_category", "moebel", "Stadtmöbel"),
        ("request_way", "gespraech", "Gespräch"),
        ("field", "gruenplanung", "Grünplanung"),
    ] {
        world.code(list, code, label);
    }
    let talk = |day: u32, more: Value| {
        let mut body = json!({
            "occurred_at": format!("2026-10-{day:02}T09:00:00+02:00"), "text": "Der Aufzug steht.",
            "topics": ["wohnen"], "contact_order": "first",
            "people": [{"age_band": "65+", "gender": "w", "count": 2}],
        });
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        world.keep(Kind::Note, &body)
    };
    for day in 1..25 {
        talk(day, json!({}));
    }
    let variant = json!({"id": "0197a2b4-0000-7000-8000-00000000000a", "by": "0197a2b4-0000-7000-8000-00000000000b",
        "at": "2026-10-13T13:07:00.000Z", "value": "Der Aufzug fährt wieder."});
    let two = talk(25, json!({ "variants": { "text": [variant] } }));
    let trashed = talk(26, json!({}));
    world.trash(trashed);
    let request = |description: &str, status: &str, due: &str| {
        let body = json!({"received_on": "2026-10-09", "description": description, "status": status, "due_on": due,
            "category": "moebel", "place": "Spielplatz", "number": "26-K7-001"});
        world.keep(Kind::Request, &body)
    };
    let consent = json!({"id": "0197a2b4-0000-7000-8000-00000000000c", "purpose": "Anliegen", "given_on": "2026-10-05",
        "form": "spoken"});
    let contact = world.keep(
        Kind::Contact,
        &json!({"type": "person", "standing": "professional", "name": KAISER, "function": "Hausmeisterin",
            "phones": ["0361 12345"], "emails": ["kaiser@kita.example"]}),
    );
    let bench = request(BENCH, "recorded", "2126-10-30");
    let photo = world.photo(SWING);
    let whole = json!({"occurred_at": "2026-10-27T09:00:00+01:00", "text": "Der Aufzug steht.", "topics": ["wohnen"],
        "follow_up": {"on": "2026-12-01"}, "original_words": "Das ist kaputt.", "links": [contact, bench],
        "attachments": [photo]});
    let talk_id = world.keep(Kind::Note, &whole);
    world.at_the_city(&photo);
    let records = vec![
        ("TALK", talk_id),
        ("TWO", two),
        ("TRASHED", trashed),
        ("REQUEST", bench),
        ("LATE", request(LATE, "forwarded", "2026-10-12")),
        ("UNTOLD", request(LAMP, "done", "2126-10-30")),
        ("CONTACT", contact),
        (
            "RESIDENT",
            world.keep(
                Kind::Contact,
                &json!({"type": "person", "standing": "resident", "name": YILDIZ, "consents": [consent]}),
            ),
        ),
    ];
    world.half_typed("Frau mit Hund");
    for text in ["Der Aufzug steht noch.", "Der Aufzug fährt wieder."] {
        world.leave_over(talk(28, json!({})), text);
    }
    records
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
