//! What is the same on every screen: search, keys, menu, lock.

use super::{
    driver::{Stage, Window},
    in_german,
    stage::Bus,
    tour::opened,
    world::{PASSPHRASE, World},
};
use fantoccini::key::Key;
use std::{
    fs,
    io::{PipeReader, Read},
    os::fd::OwnedFd,
    sync::{Arc, Mutex},
};

fn key(key: Key) -> char {
    char::from(key)
}

async fn is_locked(window: &Window) {
    window.named("button", "Entsperren").await;
}

#[tokio::test]
async fn one_search_finds_records_and_commands_by_keyboard() {
    let world = World::offline();
    world.log("2026-10-13T09:00:00+02:00", "Im Hof fehlt eine Bank.");
    let lift = world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht seit Wochen.");
    let window = opened("palette", &world, &Stage::default()).await;
    window.press_control("k").await;
    window
        .named("combobox", "Gespräche, Anliegen, Kontakte und Befehle suchen")
        .await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "all commands"
    );
    window.type_text("aufzug").await;
    let told = "document.querySelector('dialog [role=status]').textContent === '1 Treffer'";
    window.until("it says how much was found", told).await;
    let chosen = window.heard("[role=option][aria-selected=true]").await;
    assert!(
        chosen.1.contains("Der Aufzug steht"),
        "the first is chosen already: {chosen:?}"
    );
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "what was found"
    );
    window.key(key(Key::Enter)).await;
    let address = format!("location.hash === '#/talks/{lift}'");
    window.until("Enter opens it", &address).await;
    window.named("article", "Rieth").await;

    window.press_control("k").await;
    window.type_text("einstell").await;
    window.see("[role=option][aria-selected=true]").await;
    window.key(key(Key::Enter)).await;
    window.named("heading", "Einstellungen").await;
}

#[tokio::test]
async fn the_list_of_keys_is_shown_and_gives_the_focus_back() {
    let world = World::offline();
    let window = opened("keys", &world, &Stage::default()).await;
    window.named("button", "Neue Gesprächsnotiz").await;
    window.ask("void document.querySelector('main button').focus()").await;
    window.key(key(Key::F1)).await;
    window.named("dialog", "Tastenkürzel").await;
    let listed = window.ask("document.querySelector('dialog').innerText").await;
    let listed = listed.as_str().unwrap_or_default();
    for said in ["Neue Gesprächsnotiz", "Strg N", "Sperren", "Strg L", "Strg Umschalt A"] {
        assert!(listed.contains(said), "{said} stands in: {listed}");
    }
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "the keys");
    window.key(key(Key::Escape)).await;
    let back = "!document.querySelector('dialog') && document.activeElement.matches('main button')";
    window.until("the focus is where it was", back).await;
}

#[tokio::test]
async fn in_a_narrow_window_the_areas_fold_behind_a_button() {
    let world = World::offline();
    let stage = Stage {
        size: (640, 800),
        ..Stage::default()
    };
    let window = opened("menu", &world, &stage).await;
    let menu = window.named("button", "Menü").await;
    let hidden = "!document.querySelector('nav').checkVisibility()";
    window.until("the areas are folded", hidden).await;
    window.answer(menu.click()).await;
    window.named("link", "Auswertung").await;
    assert_eq!(window.accessibility_faults().await, Vec::<String>::new(), "unfolded");
    window.key(key(Key::Escape)).await;
    window.until("Esc folds them", hidden).await;
    let link = "document.querySelector('button[aria-expanded]') === document.activeElement";
    window.until("the button has the focus", link).await;
}

#[tokio::test]
async fn locking_keeps_what_is_being_typed_and_leaves_nothing_on_the_screen() {
    let world = World::offline();
    world.log("2026-10-14T09:00:00+02:00", "Der Aufzug steht.");
    let window = opened("lock", &world, &Stage::default()).await;
    window.press_control("n").await;
    super::form_is_ready(&window).await;
    window.type_text("Kaum getippt und schon weg").await;
    window.press_control("l").await;
    is_locked(&window).await;
    let page = window.ask("document.documentElement.outerHTML + document.title").await;
    let page = page.as_str().unwrap_or_default();
    for said in ["Aufzug", "Kaum getippt", "Anna", "Rieth", "Wohnen"] {
        assert!(!page.contains(said), "{said} is not on a locked screen");
    }
    window.type_text(&format!("{PASSPHRASE}\u{e007}")).await;
    let there = "document.querySelector('textarea')?.value === 'Kaum getippt und schon weg'";
    window.until("what was typed is there again", there).await;
}

#[tokio::test]
async fn it_locks_by_itself_after_the_time_without_a_key() {
    let world = World::offline();
    let window = opened("idle", &world, &Stage::default()).await;
    // Ten minutes pass on the clock that the page reads.
    let later = "void (Date.now = ((now) => () => now() + 10 * 60 * 1000)(Date.now))";
    window.ask(later).await;
    is_locked(&window).await;
}

/// The part of logind that speaks of sleep, played on a bus of the test's own.
struct Logind {
    /// The other ends of the moments that were asked for.
    moments: Arc<Mutex<Vec<PipeReader>>>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> zbus::zvariant::OwnedFd {
        assert_eq!((what, mode), ("sleep", "delay"), "it asks for a moment and no more");
        let (mine, theirs) = std::io::pipe().expect("a pipe");
        self.moments.lock().expect("no test failed meanwhile").push(mine);
        OwnedFd::from(theirs).into()
    }

    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &zbus::object_server::SignalEmitter<'_>, begins: bool) -> zbus::Result<()>;
}

#[tokio::test]
async fn the_notebook_locks_before_the_machine_sleeps() {
    let bus = Bus::start();
    let moments = Arc::new(Mutex::new(Vec::new()));
    let logind = Logind {
        moments: Arc::clone(&moments),
    };
    let machine = zbus::connection::Builder::address(bus.address.as_str())
        .and_then(|builder| builder.name("org.freedesktop.login1"))
        .and_then(|builder| builder.serve_at("/org/freedesktop/login1", logind))
        .expect("a name of the bus")
        .build()
        .await
        .expect("the bus is there");
    let world = World::offline();
    let stage = Stage {
        system: Some(&bus),
        ..Stage::default()
    };
    let window = opened("sleep", &world, &stage).await;
    let mut moment = loop {
        if let Some(moment) = moments.lock().expect("no test failed meanwhile").pop() {
            break moment;
        }
        tokio::task::yield_now().await;
    };
    window.ask("void (location.hash = '/settings/locking')").await;
    let said = "document.body.innerText.includes('Vor dem Ruhezustand')";
    window.until("the settings say so", said).await;

    let emitter = zbus::object_server::SignalEmitter::new(&machine, "/org/freedesktop/login1").expect("a path");
    Logind::prepare_for_sleep(&emitter, true)
        .await
        .expect("the signal is sent");
    let given_back = tokio::task::spawn_blocking(move || moment.read_to_end(&mut Vec::new()));
    given_back
        .await
        .expect("the thread ends")
        .expect("the moment is given back, so that the machine sleeps");
    is_locked(&window).await;
}

#[tokio::test]
async fn the_keychain_is_only_offered_where_there_is_one() {
    let world = World::offline();
    fs::write(world.dir().join("lock-after-minutes"), "30").expect("a file in the notebook's folder");
    let window = opened("keychain", &world, &Stage::default()).await;
    in_german(&window).await;
    window.ask("void (location.hash = '/settings/locking')").await;
    let none = "document.body.innerText.includes('antwortet kein Schlüsselbund')";
    window.until("its absence is said", none).await;
    let chosen = "document.querySelector('select').selectedOptions[0].text === '30 Minuten'";
    window.until("the chosen time stands there", chosen).await;
}
