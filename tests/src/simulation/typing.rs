//! What somebody types into a record of each kind, with words that stand nowhere else.

use super::{chance::Chance, device::members, words};
use domain::{Body, Kind, Members, Record};
use serde_json::value::RawValue;

/// One field, and how one types into it.
#[derive(Clone, Copy, Debug)]
enum Field {
    Line(&'static str),
    Text(&'static str),
    Set(&'static str),
    Parts(&'static str, &'static str),
    Step(&'static str, &'static [&'static str], &'static str),
    Sealed,
    Unknown(&'static str),
}

use Field::{Line, Parts, Sealed, Set, Step, Text, Unknown};

const NOTE: &[Field] = &[
    Line("place"),
    Line("place_kind"),
    Line("contact_mode"),
    Line("language"),
    Line("recorded_by"),
    Text("text"),
    Text("text"),
    Text("resources"),
    Set("topics"),
    Sealed,
];
const REQUEST: &[Field] = &[
    Line("place"),
    Line("category"),
    Text("description"),
    Text("result"),
    Parts("steps", "whom"),
    Step("status", &["examined", "in_progress", "done"], "status_reason"),
];
const MEETING: &[Field] = &[
    Line("place"),
    Line("accessibility"),
    Parts("agenda", "title"),
    Parts("agenda", "reporter"),
    Parts("agenda", "title"),
    Step("status", &["invited", "held", "agreed", "held"], "agreed_on"),
];
const CONTACT: &[Field] = &[Line("name"), Line("function"), Line("organisation"), Set("phones")];
const BOARD: &[Field] = &[Line("name"), Line("form"), Line("rhythm"), Parts("members", "name")];
const STRANGE: &[Field] = &[Line("alpha"), Line("beta"), Line("gamma")];
const NEWER: &[Field] = &[Unknown("zukunft"), Unknown("wetter")];

fn fields(kind: &Kind) -> &'static [Field] {
    match kind {
        Kind::Note => NOTE,
        Kind::Request => REQUEST,
        Kind::Meeting => MEETING,
        Kind::Contact => CONTACT,
        Kind::Board => BOARD,
        _ => STRANGE,
    }
}

/// Types into one field of a record. `word` gives a word nobody typed before. Answers which field.
pub(super) fn type_into(
    record: &mut Record,
    newer: bool,
    chance: &mut Chance,
    word: &mut dyn FnMut() -> u32,
) -> &'static str {
    let known = fields(&record.envelope.kind);
    let fields = if newer && chance.one_in(3) { NEWER } else { known };
    // Often the first ones, so that two people type into the same.
    let most = if chance.one_in(2) {
        fields.len().min(2)
    } else {
        fields.len()
    };
    let field = *chance.pick(&fields[..most]).expect("every kind has fields");
    let mut body = members(record);
    let name = match field {
        Line(name) => {
            put(&mut body, name, &words::word(word()));
            name
        }
        Text(name) => {
            let before: String = body.read(name).unwrap_or_default();
            put(&mut body, name, &paragraphs(&before, chance, word));
            name
        }
        Set(name) => {
            let mut set: Vec<String> = body.read(name).unwrap_or_default();
            if !set.is_empty() && chance.one_in(3) {
                set.remove(chance.below(set.len()));
            } else {
                set.push(words::word(word()));
            }
            put(&mut body, name, &set);
            name
        }
        Parts(name, inside) => {
            let mut parts: Vec<Members> = body.read(name).unwrap_or_default();
            change_part(&mut parts, inside, chance, word);
            put(&mut body, name, &parts);
            name
        }
        Step(name, steps, reason) => {
            put(&mut body, name, *chance.pick(steps).expect("some"));
            put(&mut body, reason, &words::word(word()));
            name
        }
        Unknown(name) => {
            // Written as a newer version might: nested, and with a number that a careless reader writes anew.
            let raw = format!(r#"{{ "zahl":1.00, "wort":"{}" }}"#, words::word(word()));
            body.set_raw(name, RawValue::from_string(raw).expect("JSON"));
            name
        }
        Sealed => {
            record.envelope.confidential = true;
            record.sealed = Some(words::sealed(word()));
            "sealed"
        }
    };
    record.body = Some(Body::from_members(&body));
    name
}

/// Adds a paragraph, writes one anew, or takes one out.
fn paragraphs(before: &str, chance: &mut Chance, word: &mut dyn FnMut() -> u32) -> String {
    let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
    let at = chance.below(lines.len() + 1);
    match chance.below(5) {
        0 if lines.len() > 1 => drop(lines.remove(at.min(lines.len() - 1))),
        1 | 2 if !lines.is_empty() => {
            let at = at.min(lines.len() - 1);
            lines[at] = format!("Absatz {}", words::word(word()));
        }
        _ => lines.insert(at, format!("Neu {}", words::word(word()))),
    }
    lines.join("\n")
}

fn change_part(parts: &mut Vec<Members>, inside: &str, chance: &mut Chance, word: &mut dyn FnMut() -> u32) {
    let at = chance.below(parts.len().max(1));
    match chance.below(4) {
        0 if !parts.is_empty() => drop(parts.remove(at)),
        1 | 2 if !parts.is_empty() => put(&mut parts[at], inside, &words::word(word())),
        _ => {
            let mut part = Members::default();
            let number = word();
            put(&mut part, "id", &format!("00000000-0000-4000-8000-{number:012}"));
            put(&mut part, "position", &format!("{:03}", chance.below(1_000)));
            put(&mut part, inside, &words::word(number));
            parts.push(part);
        }
    }
}

/// Settles one field that stands in several versions: the standing value stays, or another takes its place. Answers the
/// field, or `None` where nothing is open.
pub(super) fn settle(record: &mut Record, chance: &mut Chance) -> Option<String> {
    let mut body = members(record);
    let mut open: Members = body.read("variants")?;
    let names: Vec<String> = open.names().map(str::to_owned).collect();
    let field = chance.pick(&names)?.clone();
    let mut values: Vec<Members> = open.read(&field)?;
    let chosen = values.remove(chance.below(values.len()));
    if chance.one_in(2) {
        take_over(record, &mut body, &field, &chosen);
    }
    if values.is_empty() {
        open.remove(&field);
    } else {
        put(&mut open, &field, &values);
    }
    if open.is_empty() {
        body.remove("variants");
    } else {
        put(&mut body, "variants", &open);
    }
    record.body = Some(Body::from_members(&body));
    Some(field)
}

/// The chosen version becomes the field's value, where the field is a plain one.
fn take_over(record: &mut Record, body: &mut Members, field: &str, chosen: &Members) {
    if field == "sealed" {
        if let Some(text) = chosen.read::<String>("value") {
            record.sealed = Some(domain::Sealed::new(text));
        }
        return;
    }
    if field.contains('/') || field.contains('.') {
        return;
    }
    let Some(value) = chosen.get("value") else { return };
    match chosen.read::<Members>("value") {
        // A unit of several members; `zukunft` is one member that holds an object.
        Some(unit) if !matches!(field, "zukunft" | "wetter") => {
            for (name, raw) in unit.iter() {
                body.set_raw(name, raw.to_owned());
            }
        }
        _ if value.get() == "null" => drop(body.remove(field)),
        _ => body.set_raw(field, value.to_owned()),
    }
}

fn put<T: serde::Serialize + ?Sized>(members: &mut Members, name: &str, value: &T) {
    members.set(name, value).expect("strings and lists write as JSON");
}
