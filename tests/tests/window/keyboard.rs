//! Every control of every screen, by Tab alone: reached, in view, and seen to have the focus.

use super::{
    driver::{PATIENCE, Stage, Window},
    tour::on_each,
};
use fantoccini::key::Key;
use serde::Deserialize;
use std::time::Instant;

/// Remembers every control that Tab should reach, and answers what to call each.
pub(crate) const CONTROLS: &str = r#"
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
const seen = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$|transparent/.test(style.outlineColor);
const box = (each.closest('label') ?? each).getBoundingClientRect();
const [x, y] = [(box.left + box.right) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
const hit = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
const label = each.closest('label');
return {
  at: window.controls.indexOf(each), called: window.called(each),
  acts: each.matches('a, button, input, select, textarea, summary'),
  outlined: drawn.some((part) => seen(getComputedStyle(part))),
  hit: hit ? window.called(hit) : 'nothing', top: Math.round(box.top),
  in_view: !!hit && (each.contains(hit) || hit.contains(each) || !!label?.contains(hit)) && box.bottom > 0 && box.top < innerHeight,
};
"#;

/// What Tab leaves out on purpose: of a list, a table or a menu it reaches one, and arrows lead on. Answers what else it
/// leaves out, and remembers the lists that arrows must lead through.
const LEFT_OUT: &str = r#"
const reach = document.querySelector('dialog[open]') ?? document;
const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert], [aria-hidden=true]');
const left = [...reach.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((each) => each.tabIndex < 0 && !each.disabled && seen(each));
const stops = new Map();
const alone = [];
for (const each of left) {
  const list = each.closest('[role=menu], ul, ol, table');
  const stop = list?.matches('[role=menu]') ? list.contains(document.activeElement) && document.activeElement
    : window.controls.find((control) => list?.contains(control));
  if (stop) stops.set(list, stop);
  else alone.push(window.called(each));
}
window.lists = [...stops].map(([list, stop]) => ({ list, stop, more: left.some((each) => each !== stop && list.contains(each)) })).filter(({ more }) => more);
return { alone, lists: window.lists.length };
"#;

#[derive(Debug, Deserialize)]
struct LeftOut {
    alone: Vec<String>,
    lists: usize,
}

/// What neither Tab nor the arrows reach.
async fn left_out(window: &Window) -> Vec<String> {
    let told = window.answer(window.client.execute(LEFT_OUT, Vec::new())).await;
    let left: LeftOut = serde_json::from_value(told).expect("the script answers in this shape");
    let mut faults: Vec<String> = left
        .alone
        .iter()
        .map(|name| format!("Tab leaves out {name:?}"))
        .collect();
    // From the last on: to go on in a list of records leaves the form beside it.
    for list in (0..left.lists).rev() {
        let stop = format!("(window.lists[{list}].stop.focus(), window.called(window.lists[{list}].stop))");
        let stop = window.ask(&stop).await;
        let moved = format!(
            "(({{ list, stop }}) => list.contains(document.activeElement) && document.activeElement !== stop)(window.lists[{list}])"
        );
        let mut moves = false;
        // The last of a list has only one before it.
        for arrow in [Key::Down, Key::Up] {
            let began = Instant::now();
            if !moves {
                window.key(char::from(arrow)).await;
            }
            while !moves && began.elapsed() < PATIENCE / 10 {
                moves = window.ask(&moved).await == true;
            }
        }
        if !moves {
            faults.push(format!("arrows lead nowhere from {stop}"));
        }
    }
    faults
}

#[derive(Debug, Deserialize)]
struct Focus {
    /// Which of the controls, where it is one that was there at the beginning.
    at: Option<i64>,
    called: String,
    outlined: bool,
    in_view: bool,
    /// What is seen where it should be, and where that is.
    #[serde(default)]
    hit: String,
    #[serde(default)]
    top: i64,
    /// It is done something with, and not only read.
    #[serde(default)]
    acts: bool,
}

async fn focus(window: &Window) -> Focus {
    let began = Instant::now();
    loop {
        let told = window.answer(window.client.execute(FOCUS, Vec::new())).await;
        let focus: Focus = serde_json::from_value(told).expect("the script answers in this shape");
        // The engine scrolls what has the focus into view with the next frame.
        if focus.in_view || focus.at.is_none() || began.elapsed() > PATIENCE / 3 {
            return focus;
        }
    }
}

/// Goes round by Tab; what was not reached or not seen.
async fn walk(window: &Window) -> Vec<String> {
    let controls = window.answer(window.client.execute(CONTROLS, Vec::new())).await;
    let controls: Vec<String> = serde_json::from_value(controls).expect("names");
    assert!(!controls.is_empty(), "a screen has controls: {controls:?}");
    let mut missed: Vec<Option<&String>> = controls.iter().map(Some).collect();
    let mut faults = Vec::new();
    let begin = focus(window).await;
    if begin.acts && !begin.outlined {
        faults.push(format!("one begins at {:?} and does not see it", begin.called));
    }
    let mut first = None;
    // Between the last control and the first lies what is around the page.
    for _ in 0..controls.len() * 2 + 10 {
        window.key(char::from(Key::Tab)).await;
        let focus = focus(window).await;
        let Some(at) = focus.at else {
            continue;
        };
        if first == Some(at) && missed.iter().all(Option::is_none) {
            break;
        }
        first = first.or(Some(at));
        if let Some(reached) = usize::try_from(at).ok().and_then(|at| missed.get_mut(at)) {
            *reached = None;
        }
        if !focus.outlined && (at >= 0 || focus.acts) {
            faults.push(format!("the focus on {:?} is not seen", focus.called));
        }
        if !focus.in_view {
            let (hit, top) = (&focus.hit, focus.top);
            faults.push(format!(
                "{:?} has the focus out of view, behind {hit:?} at {top}",
                focus.called
            ));
        }
    }
    let missed = missed.into_iter().flatten();
    faults.extend(missed.map(|control| format!("Tab does not reach {control:?}")));
    faults.extend(left_out(window).await);
    faults.sort();
    faults.dedup();
    faults
}

#[tokio::test]
async fn tab_reaches_every_control_of_every_screen_and_the_focus_is_always_seen() {
    let faults = on_each("keyboard", &Stage::default(), async |window, _| walk(window).await).await;
    assert_eq!(faults, Vec::<String>::new());
}
