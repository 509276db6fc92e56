//! Every control of every screen, used by key: something comes of it.

use super::{
    driver::{PATIENCE, Stage, Window},
    keyboard::CONTROLS,
    screens::Screen,
    tour::{arrive, go_to, on_each},
    words::Language,
    world::PASSPHRASE,
};
use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::json;
use std::{cell::Cell, collections::BTreeSet, time::Instant};

/// Puts the focus on the next control that was not used yet.
const NEXT: &str = include_str!("uses.js");

/// Waits until the page has come to rest, and remembers how it looks then. Answers whether the control has the focus.
const REST: &str = r"
const done = arguments[0];
let [before, same] = ['', 0];
const look = () => {
  const now = window.looks?.();
  same = now === before ? same + 1 : 0;
  before = now;
  if (same < 4) return requestAnimationFrame(look);
  [window.before, window.flashed] = [now, false];
  window.watch?.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  done(document.activeElement === window.next);
};
look();
";

/// Whether the page looks as it did before the key. One that is loaded anew has forgotten how that was.
const SAME: &str = "!!window.before && !window.flashed && window.looks() === window.before";

/// Where one is: another area, something over the page, another language, a locked notebook.
const PLACE: &str = "[location.hash, document.querySelectorAll('dialog[open], [role=menu], .welcome').length, document.documentElement.lang]";

/// What these open is the system's own, lies over the window and hears no driver of a page.
const OF_THE_SYSTEM: &[&str] = &[
    "BUTTON Kalender öffnen",
    "BUTTON Anderer Ordner …",
    "BUTTON Foto oder Datei hinzufügen",
    "BUTTON Kopie speichern …",
    "BUTTON Datei wählen …",
    "BUTTON Datei speichern …",
    "BUTTON Sicherung erstellen …",
];

#[derive(Debug, Deserialize)]
struct Next {
    id: String,
    key: String,
    /// What was not used yet.
    left: Vec<String>,
}

async fn next(window: &Window, used: &BTreeSet<String>) -> Option<Next> {
    window.answer(window.client.execute(CONTROLS, Vec::new())).await;
    let told = window.answer(window.client.execute(NEXT, vec![json!(used)])).await;
    serde_json::from_value(told).expect("the script answers in this shape")
}

/// Uses every control of a screen that was not used before; what is wrong with which.
async fn use_all(window: &Window, screen: &Screen, used: &mut BTreeSet<String>) -> Vec<String> {
    let address = window.ask("decodeURI(location.hash.slice(1))").await;
    let address = address.as_str().expect("an address");
    let place = window.ask(PLACE).await;
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    let mut came = true;
    loop {
        let Some(next) = next(window, used).await else {
            if came {
                break;
            }
            again(window, screen, address).await;
            came = true;
            continue;
        };
        if seen.is_empty() {
            seen = next.left;
        }
        used.insert(next.id.clone());
        if OF_THE_SYSTEM.iter().any(|name| next.id.contains(name)) {
            continue;
        }
        // Who opens a form finds the focus where one begins, a moment later.
        if !rest(window).await && !focused_again(window).await {
            faults.push(format!("{:?} does not keep the focus", next.id));
            continue;
        }
        match next.key.chars().next() {
            Some(key) if next.key.chars().count() == 1 => window.key(key).await,
            _ => window.press_control("a").await,
        }
        came = false;
        if !happens(window).await {
            faults.push(format!("{:?} does nothing by {:?}", next.id, next.key));
            continue;
        }
        // What comes of it may come a moment later.
        rest(window).await;
        if window.ask(PLACE).await != place {
            again(window, screen, address).await;
            came = true;
        }
    }
    let gone = seen.iter().filter(|id| !used.contains(*id));
    faults.extend(gone.map(|id| format!("{id:?} went away before it was used")));
    faults
}

/// Puts the focus there once more; whether it stays.
async fn focused_again(window: &Window) -> bool {
    window.ask("window.next.focus()").await;
    rest(window).await
}

/// Waits until nothing moves any more; whether the control has the focus then.
async fn rest(window: &Window) -> bool {
    window.answer(window.client.execute_async(REST, Vec::new())).await == true
}

/// Whether the page looks other than before.
async fn happens(window: &Window) -> bool {
    let began = Instant::now();
    // A page that is loaded anew has forgotten how it looked.
    while window.ask(SAME).await == true {
        if began.elapsed() > PATIENCE / 10 {
            return false;
        }
    }
    true
}

/// Takes back what was done, as far as a person can, and goes to the screen as if for the first time.
async fn again(window: &Window, screen: &Screen, address: &str) {
    let is = async |script: &str| window.ask(script).await == true;
    rest(window).await;
    if is("!!document.querySelector('dialog[open]')").await {
        window.key(char::from(Key::Escape)).await;
    }
    if is("document.documentElement.lang !== 'de'").await {
        window.push("Deutsch").await;
    }
    if address.is_empty() {
        window.answer(window.client.refresh()).await;
        arrive(window, screen, Language::German).await;
        return;
    }
    if is("!!document.querySelector('.welcome input[type=password]')").await {
        window.type_text(PASSPHRASE).await;
        window.key(char::from(Key::Enter)).await;
        window.see("nav").await;
    }
    let undo = Language::German.said("said_undo");
    if is(&format!(
        "document.querySelector('.said button')?.textContent.includes({undo:?}) ?? false"
    ))
    .await
    {
        window.ask("void document.querySelector('#main h1').focus()").await;
        window.press_control("z").await;
        rest(window).await;
    }
    go_to(window, screen, address, Language::German).await;
}

#[tokio::test]
async fn every_control_of_every_screen_does_something_by_key() {
    let used = Cell::default();
    let faults = on_each("uses", &Stage::default(), async |window, screen| {
        let mut known = used.take();
        let faults = use_all(window, screen, &mut known).await;
        used.set(known);
        faults
    })
    .await;
    assert_eq!(faults, Vec::<String>::new());
}
