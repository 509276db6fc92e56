//! The envelope, by the rules of `contract.md`, Wire types.

use super::body::Merging;
use super::json::string;
use crate::{DistrictId, Envelope, MAX_READERS, Reader, Record, State};
use std::collections::BTreeSet;

/// Everything but blobs and the state of records without a body. What the city sets, and the owner, are theirs.
pub(super) fn merge(merging: &mut Merging<'_>, base: Option<&Record>, theirs: &Record) -> Envelope {
    let (mine, base_record) = (merging.mine.record, base);
    let base = base.map(|record| &record.envelope);
    let (m, t) = (&mine.envelope, &theirs.envelope);
    let mut merged = t.clone();

    merged.organisation =
        three(base.map(|b| &b.organisation), &m.organisation, &t.organisation).unwrap_or(t.organisation);
    let retention = three(base.map(|b| &b.retention), &m.retention, &t.retention);
    merged.retention = retention.unwrap_or_else(|| t.retention.clone());

    let place = |e: &Envelope| (e.districts.clone(), e.whole_organisation);
    let (districts, whole) = three(base.map(place).as_ref(), &place(m), &place(t)).unwrap_or_else(|| {
        merging.left.insert(
            "envelope.districts".into(),
            districts(&m.districts, m.whole_organisation),
        );
        place(t)
    });
    (merged.districts, merged.whole_organisation) = (districts, whole);

    let none = BTreeSet::new();
    let both = || set(base.map_or(&none, |b| &b.readers), &m.readers, &t.readers);
    let readers = three(base.map(|b| &b.readers), &m.readers, &t.readers).unwrap_or_else(both);
    if readers.len() > MAX_READERS.max(m.readers.len()).max(t.readers.len()) {
        merged.readers = t.readers.intersection(&readers).cloned().collect();
        merging.left.insert("envelope.readers".into(), readers_text(&m.readers));
    } else {
        merged.readers = readers;
    }

    // Whoever opens a record has not seen what the other sealed meanwhile: then it stays confidential.
    let sealed_by_them = base_record.is_none_or(|b| b.sealed != theirs.sealed && mine.sealed != theirs.sealed);
    merged.confidential = if base.is_some_and(|b| b.confidential == m.confidential) {
        t.confidential
    } else if base.is_some_and(|b| b.confidential == t.confidential) && !sealed_by_them {
        m.confidential
    } else {
        m.confidential || t.confidential
    };

    merged.state = match base.map(|b| b.state) {
        Some(base) if base.has_body() => three(Some(&base), &m.state, &t.state).unwrap_or(t.state),
        // Made anew, or revived, by both: in the trash only if both say so.
        _ if m.state == State::Live => State::Live,
        _ => t.state,
    };
    merged
}

/// The value that one side alone changed, or both alike.
pub(super) fn three<T: PartialEq + Clone>(base: Option<&T>, mine: &T, theirs: &T) -> Option<T> {
    if mine == theirs || base == Some(mine) {
        Some(theirs.clone())
    } else if base == Some(theirs) {
        Some(mine.clone())
    } else {
        None
    }
}

/// Additions of both; a removal wins.
pub(super) fn set<T: Ord + Clone>(base: &BTreeSet<T>, mine: &BTreeSet<T>, theirs: &BTreeSet<T>) -> BTreeSet<T> {
    let stays = |entry: &&T| !base.contains(entry) || (mine.contains(entry) && theirs.contains(entry));
    mine.union(theirs).filter(stays).cloned().collect()
}

fn districts(districts: &BTreeSet<DistrictId>, whole: bool) -> String {
    let ids: Vec<String> = districts.iter().map(|id| string(&id.to_string())).collect();
    format!(r#"{{"districts":[{}],"whole_organisation":{whole}}}"#, ids.join(","))
}

fn readers_text(readers: &BTreeSet<Reader>) -> String {
    serde_json::to_string(readers).expect("readers hold only ids and codes")
}
