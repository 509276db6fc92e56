//! Every control of every screen, by Tab alone: reached, in view, and seen to have the focus.

use super::{
    driver::{Stage, Window},
    screens::{on_each, opened},
    world::World,
};
use fantoccini::key::Key;
use serde::Deserialize;

/// Remembers every control that Tab should reach, and answers what to call each.
const CONTROLS: &str = r#"
const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert]');
const group = (each) => each.type === 'radio' && [...document.getElementsByName(each.name)];
// Of several radio buttons Tab reaches one: the chosen, or the first.
const entry = (radios, each) => (radios.find((radio) => radio.checked) ?? radios[0]) === each;
// A dialog keeps everything else away.
const reach = document.querySelector('dialog[open]') ?? document;
window.controls = [...reach.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]')]
  .filter((each) => each.tabIndex >= 0 && !each.disabled && shown(each))
  .filter((each) => !group(each) || entry(group(each), each));
window.called = (each) => (each.tagName + ' ' + (each.getAttribute('aria-label') || each.labels?.[0]?.textContent || each.textContent))
  .replace(/\s+/g, ' ').trim().slice(0, 60);
return window.controls.map(window.called);
"#;

/// Where the focus is, and what a person sees of it.
const FOCUS: &str = r#"
const each = document.activeElement;
if (!each || each === document.body) return { at: null, called: 'nothing', outlined: false, in_view: false };
// A hidden checkbox is drawn by its label.
const drawn = [each, each.closest('label'), each.parentElement].filter(Boolean);
const seen = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(style.outlineColor);
const box = (each.closest('label') ?? each).getBoundingClientRect();
const [x, y] = [(box.left + box.right) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
const hit = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
const label = each.closest('label');
return {
  at: window.controls.indexOf(each), called: window.called(each),
  outlined: drawn.some((part) => seen(getComputedStyle(part))),
  in_view: !!hit && (each.contains(hit) || hit.contains(each) || !!label?.contains(hit)) && box.bottom > 0 && box.top < innerHeight,
};
"#;

#[derive(Debug, Deserialize)]
struct Focus {
    /// Which of the controls, where it is one that was there at the beginning.
    at: Option<i64>,
    called: String,
    outlined: bool,
    in_view: bool,
}

async fn focus(window: &Window) -> Focus {
    let told = window.answer(window.client.execute(FOCUS, Vec::new())).await;
    serde_json::from_value(told).expect("the script answers in this shape")
}

/// Goes round by Tab; what was not reached or not seen.
async fn walk(window: &Window) -> Vec<String> {
    let controls = window.answer(window.client.execute(CONTROLS, Vec::new())).await;
    let controls: Vec<String> = serde_json::from_value(controls).expect("names");
    assert!(!controls.is_empty(), "a screen has controls: {controls:?}");
    let mut missed: Vec<Option<&String>> = controls.iter().map(Some).collect();
    let mut faults = Vec::new();
    // A date takes a step for each of its parts.
    for _ in 0..controls.len() * 2 + 10 {
        window.key(char::from(Key::Tab)).await;
        let focus = focus(window).await;
        let Some(at) = focus.at else {
            continue;
        };
        if let Some(reached) = usize::try_from(at).ok().and_then(|at| missed.get_mut(at)) {
            *reached = None;
        }
        if !focus.outlined {
            faults.push(format!("the focus on {:?} is not seen", focus.called));
        }
        if !focus.in_view {
            faults.push(format!("{:?} has the focus out of view", focus.called));
        }
    }
    let missed = missed.into_iter().flatten();
    faults.extend(missed.map(|control| format!("Tab does not reach {control:?}")));
    faults.sort();
    faults.dedup();
    faults
}

#[tokio::test]
async fn tab_reaches_every_control_of_every_screen_and_the_focus_is_always_seen() {
    let faults = on_each("keyboard", &Stage::default(), async |window, _| walk(window).await).await;
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn a_dialog_that_closes_gives_the_focus_back() {
    let world = World::offline();
    let window = opened("focus", &world, &Stage::default()).await;
    for (key, dialog) in [("\u{e009}k\u{e000}", "Suche"), ("\u{e031}", "Tastenkürzel")] {
        window.tab_to("Anliegen").await;
        window.type_text(key).await;
        window.named("dialog", dialog).await;
        window.type_text("\u{e00c}").await;
        window.has_focus("link", "Anliegen").await;
    }
}
