//! Agreed minutes are frozen: what the other side edited meanwhile becomes an amendment beside them.

use super::body::{Merging, Unit, set_member, units};
use super::json::{Pick, pick, raw, string};
use super::variants::id_of;
use super::{Waits, parts};
use crate::Members;
use crate::fields::rules;
use crate::kinds::{Amendment, MeetingStatus};
use serde_json::value::RawValue;

/// Members that move on although the minutes are agreed.
const FREE: [&str; 3] = ["status", "amendments", "variants"];

pub(super) fn merge(
    merging: &mut Merging<'_>,
    base: &Members,
    mine: &Members,
    theirs: &Members,
) -> Result<Members, Waits> {
    let rules = rules(&crate::Kind::Meeting);
    let units = units(rules, mine, theirs);
    let status = units
        .iter()
        .find(|unit| unit.name == "status")
        .expect("a meeting has a status");
    let moved = |side: &Members| status.value(side);
    let mine_stands = matches!(
        pick(moved(base).as_deref(), moved(mine).as_deref(), moved(theirs).as_deref()),
        Pick::Mine
    );
    let (stands, edited) = if mine_stands { (mine, theirs) } else { (theirs, mine) };
    if stands.read::<String>("status").as_deref() != Some(MeetingStatus::Agreed.as_str()) {
        return Ok(merging.object("", rules, base, mine, theirs));
    }

    let mut merged = Members::default();
    let mut changes = Vec::new();
    for unit in units.iter().filter(|unit| !FREE.contains(&unit.name.as_str())) {
        for name in &unit.members {
            set_member(&mut merged, name, stands.get(name));
        }
        changes.extend(edits(unit, base, edited, stands));
    }
    // Both moved the status: theirs stands, and mine is a variant as ever.
    merging.unit(&mut merged, "", status, base, mine, theirs);

    let [b, m, t] = [base, mine, theirs].map(|side| side.raw("amendments"));
    let amendments = match pick(b, m, t) {
        Pick::Mine => mine.get("amendments").map(ToOwned::to_owned),
        Pick::Theirs => theirs.get("amendments").map(ToOwned::to_owned),
        Pick::Asks => parts::merge(merging, "amendments", Amendment::RULES, b, m, t).ok_or(Waits::Unreadable)?,
    };
    let amendments = if changes.is_empty() {
        amendments
    } else {
        merging.amended = true;
        Some(with_amendment(
            merging,
            amendments.as_deref(),
            &changes.join(","),
            mine_stands,
        )?)
    };
    set_member(&mut merged, "amendments", amendments.as_deref());
    Ok(merged)
}

/// `"field":value` for each member that was edited and does not stand; null where it was taken away.
fn edits(unit: &Unit, base: &Members, edited: &Members, stands: &Members) -> Vec<String> {
    if !unit.changed(base, edited) || !unit.changed(edited, stands) {
        return Vec::new();
    }
    unit.members
        .iter()
        .filter(|name| edited.contains(name) || stands.contains(name))
        .map(|name| format!("{}:{}", string(name), edited.raw(name).unwrap_or("null")))
        .collect()
}

fn with_amendment(
    merging: &Merging<'_>,
    list: Option<&RawValue>,
    changes: &str,
    mine_stands: bool,
) -> Result<Box<RawValue>, Waits> {
    let list: Vec<Box<RawValue>> = list
        .map_or(Ok(Vec::new()), |list| serde_json::from_str(list.get()))
        .map_err(|_| Waits::Unreadable)?;
    let taken = |id: &str| list.iter().any(|entry| entry.get().contains(id));
    let mut id = merging.mine.mutation_id;
    if taken(&id.to_string()) {
        id = id_of(id, "amendments", changes);
    }
    if taken(&id.to_string()) {
        // The same edit met the same minutes before.
        return Ok(raw(format!(
            "[{}]",
            list.iter().map(|entry| entry.get()).collect::<Vec<_>>().join(",")
        )));
    }
    let who = if mine_stands {
        String::new()
    } else {
        format!(r#""at":"{}","by":"{}","#, merging.mine.at, merging.mine.by)
    };
    let entry = format!(r#"{{{who}"changes":{{{changes}}},"id":"{id}"}}"#);
    let all: Vec<&str> = list.iter().map(|entry| entry.get()).chain([entry.as_str()]).collect();
    Ok(raw(format!("[{}]", all.join(","))))
}
