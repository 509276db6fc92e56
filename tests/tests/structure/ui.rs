//! The window's three tiers: views -> features/<area> -> kern, downwards only.

use super::{text, tracked};

const SOURCE: &str = "ui/src/";

/// Where a file of the window belongs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Tier {
    /// Generated messages; everyone may read them.
    Words,
    /// The way to the program.
    Api,
    Kern,
    Feature(String),
    View,
    Entry,
}

fn tier(path: &str) -> Tier {
    let parts: Vec<_> = path.split('/').collect();
    match parts.as_slice() {
        ["kern", ..] => Tier::Kern,
        ["features", area, ..] => Tier::Feature((*area).to_owned()),
        ["views", ..] => Tier::View,
        ["api", ..] => Tier::Api,
        ["words", ..] => Tier::Words,
        _ => Tier::Entry,
    }
}

fn may_import(from: &Tier, to: &Tier) -> bool {
    match (from, to) {
        (Tier::Entry, _)
        | (_, Tier::Words)
        | (Tier::Feature(_) | Tier::View, Tier::Kern | Tier::Api)
        | (Tier::View, Tier::Feature(_)) => true,
        (Tier::Kern, Tier::Kern) | (Tier::View, Tier::View) | (Tier::Api, Tier::Api) => true,
        (Tier::Feature(here), Tier::Feature(there)) => here == there,
        _ => false,
    }
}

/// What stands in quotes after `from` or `import` and begins with a dot, resolved below `ui/src`.
fn imports(file: &str, source: &str) -> Vec<String> {
    let quoted = |line: &str| line.split(['"', '\'']).nth(1).map(str::to_owned);
    source
        .lines()
        .filter(|line| line.contains(" from ") || line.trim_start().starts_with("import"))
        .filter_map(quoted)
        .filter(|target| target.starts_with('.'))
        .map(|target| resolve(file, &target))
        .collect()
}

fn resolve(file: &str, target: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[test]
fn tiers_import_only_downwards() {
    for name in tracked()
        .iter()
        .filter(|name| name.starts_with(SOURCE) && !name.ends_with(".css"))
    {
        let file = &name[SOURCE.len()..];
        for target in imports(file, &text(name)) {
            assert!(
                may_import(&tier(file), &tier(&target)),
                "{name} must not import {target}: views -> features/<area> -> kern, and no feature another"
            );
        }
    }
}

#[test]
fn the_program_is_called_only_through_the_bindings() {
    for name in tracked()
        .iter()
        .filter(|name| name.starts_with(SOURCE) && !name.ends_with("api/bindings.ts"))
    {
        let source = text(name);
        for word in ["@tauri-apps/api", "__TAURI__", "fetch(", "XMLHttpRequest"] {
            assert!(
                !source.contains(word),
                "{name} uses {word}; the window asks through api/bindings.ts"
            );
        }
    }
}

#[test]
fn the_window_writes_no_inline_style_and_no_raw_html() {
    for name in tracked()
        .iter()
        .filter(|name| name.starts_with(SOURCE) && name.ends_with(".svelte"))
    {
        let source = text(name);
        for word in [" style=\"", "{@html"] {
            assert!(
                !source.contains(word),
                "{name} holds {word}, which the content security policy blocks or should"
            );
        }
    }
}

#[test]
fn what_day_it_is_only_the_citys_clocks_say() {
    for name in tracked()
        .iter()
        .filter(|name| name.starts_with(SOURCE) && !name.ends_with("kern/clock.ts"))
    {
        assert!(
            !text(name).contains("new Date()"),
            "{name} asks the machine what day it is; kern/clock.ts asks the city's clocks"
        );
    }
}

#[test]
fn a_word_stands_once_and_in_both_languages() {
    let keys = |language: &str| {
        let folder = format!("ui/messages/{language}/");
        let mut keys = Vec::new();
        for name in tracked().iter().filter(|name| name.starts_with(&folder)) {
            let area: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(&text(name)).expect("an area's words are one object");
            keys.extend(area.into_iter().map(|(key, _)| key).filter(|key| key != "$schema"));
        }
        keys.sort_unstable();
        keys
    };
    let german = keys("de");
    // Of two areas that name a word alike, one would silently speak the other's.
    let doubled: Vec<_> = german.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(doubled.is_empty(), "named in two areas: {doubled:?}");
    assert_eq!(german, keys("en"), "both languages have the same words");
}
