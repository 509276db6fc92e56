//! merge(base, mine, theirs): how an edit made on an older state comes together with the city's newer one.
//!
//! Total, pure and deterministic; `merge(b, x, b) = x`, `merge(b, b, y) = y`, `merge(b, x, x) = x`. Each field merges by
//! the rule that stands beside it ([`crate::fields`]). Nothing of mine is dropped: what cannot stand beside theirs
//! becomes a variant, and what cannot even be kept as one makes the change wait.

mod agreed;
mod body;
mod envelope;
mod json;
mod parts;
pub mod position;
mod redact;
mod set;
mod text;
mod variants;

pub use redact::{SEALED, forget, redact};
pub use variants::MAX_VARIANTS;

use crate::{At, BlobHash, Body, Envelope, FormError, Members, MutationId, PersonId, Record, State};
use body::Merging;
use json::same;
use std::collections::{BTreeMap, BTreeSet};

/// The edit of this device that meets the city's newer state.
#[derive(Clone, Copy, Debug)]
pub struct Mine<'a> {
    /// The record as it is on this device.
    pub record: &'a Record,
    /// The change in which it was first typed; a variant keeps it as its id.
    pub mutation_id: MutationId,
    /// Who typed it.
    pub by: PersonId,
    /// When, by the device's clock; shown to people, never decides.
    pub at: At,
}

/// What comes of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The record that holds both sides.
    pub record: Record,
    /// It differs from `theirs` and has to be pushed on `theirs` as the new base.
    pub to_push: bool,
    /// Fields in which this merge left a variant: a field, a unit, `agenda/ID/title` inside parts, `sealed`, or
    /// `envelope.districts`.
    pub in_two_versions: Vec<String>,
    /// An edit met a deletion, and the record lives: both people should be told.
    pub revived: bool,
    /// An edit met agreed minutes and stands beside them as an amendment.
    pub amended: bool,
    /// Fields of mine that were forgotten (erased or redacted) meanwhile: the person should be told.
    pub forgotten: Vec<String>,
    /// Nothing was merged and `record` is theirs: the edit stays pending on its old base, visibly, for this reason.
    pub waits: Option<Waits>,
}

/// Why an edit cannot be merged now. It is never dropped for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Waits {
    /// The field has [`MAX_VARIANTS`] open values; somebody has to settle some.
    #[error("too many open values of {field}")]
    TooManyVariants {
        /// The field.
        field: String,
    },
    /// A closed month does not change.
    #[error("a closed month does not change")]
    Frozen,
    /// Both together no longer keep the form of a body.
    #[error("together too large or too deep")]
    Form(#[source] FormError),
    /// One side is not a body of the allowed form.
    #[error("one side cannot be read")]
    Unreadable,
}

impl Merged {
    fn of(record: Record, theirs: &Record) -> Self {
        let to_push = record != *theirs;
        Self {
            record,
            to_push,
            in_two_versions: Vec::new(),
            revived: false,
            amended: false,
            forgotten: Vec::new(),
            waits: None,
        }
    }

    fn theirs(theirs: &Record) -> Self {
        Self::of(theirs.clone(), theirs)
    }
}

/// Brings both sides together. Total, pure and deterministic.
pub fn merge(base: Option<&Record>, mine: &Mine<'_>, theirs: &Record) -> Merged {
    if theirs.envelope.state == State::Erased {
        return Merged {
            forgotten: typed(base, mine.record),
            ..Merged::theirs(theirs)
        };
    }
    // Forgetting wins: what was redacted after my base goes out of both before they are compared.
    let base_version = base.map_or(0, |record| record.envelope.version);
    let redacted = &theirs.envelope.redacted;
    let mut forgotten = typed(base, mine.record);
    forgotten.retain(|field| {
        redacted
            .iter()
            .any(|cut| cut.version > base_version && cut.field == *field)
    });
    let record = forget(mine.record, redacted, base_version);
    let base = base.map(|record| forget(record, redacted, base_version));
    let mine = Mine {
        record: &record,
        ..*mine
    };
    Merged {
        forgotten,
        ..alive(base.as_ref(), &mine, theirs)
    }
}

/// Neither side was erased.
fn alive(base: Option<&Record>, mine: &Mine<'_>, theirs: &Record) -> Merged {
    let edited = |record: &Record| base.is_none_or(|base| !same_content(base, record));
    let restored = |record: &Record| {
        base.is_some_and(|base| base.envelope.state == State::Trashed) && record.envelope.state == State::Live
    };
    let had_body = base.is_none_or(|base| base.body.is_some());
    match (&mine.record.body, &theirs.body) {
        (None, Some(_)) if mine.record.envelope.state != State::Deleted => Merged::theirs(theirs),
        (None, Some(_)) if edited(theirs) || restored(theirs) => Merged {
            revived: had_body,
            ..Merged::theirs(theirs)
        },
        (None, Some(_)) => Merged::of(over(mine.record, theirs), theirs),
        (Some(body), None) if edited(mine.record) || restored(mine.record) => {
            // The edit revives the record as it is here; what they changed in the envelope before is kept.
            let theirs_alive = Record {
                envelope: Envelope {
                    blobs: mine.record.envelope.blobs.clone(),
                    ..theirs.envelope.clone()
                },
                body: Some(body.clone()),
                sealed: mine.record.sealed.clone(),
            };
            let merged = both(base, mine, &theirs_alive);
            if merged.waits.is_some() {
                return Merged {
                    waits: merged.waits,
                    ..Merged::theirs(theirs)
                };
            }
            let envelope = Envelope {
                state: mine.record.envelope.state,
                ..merged.record.envelope
            };
            Merged {
                revived: had_body,
                to_push: true,
                record: Record {
                    envelope,
                    ..merged.record
                },
                ..merged
            }
        }
        (Some(_), None) => Merged::theirs(theirs),
        _ => both(base, mine, theirs),
    }
}

/// Both sides have a body, or neither has.
fn both(base: Option<&Record>, mine: &Mine<'_>, theirs: &Record) -> Merged {
    let mut merging = Merging {
        mine,
        left: BTreeMap::new(),
        amended: false,
    };
    let mut envelope = envelope::merge(&mut merging, base, theirs);
    let mut sealed = theirs.sealed.clone();
    match envelope::three(base.map(|b| &b.sealed), &mine.record.sealed, &theirs.sealed) {
        Some(one) => sealed = one,
        None => {
            let value = mine
                .record
                .sealed
                .as_ref()
                .map_or("null".to_owned(), |sealed| json::string(sealed.as_str()));
            merging.left.insert(SEALED.to_owned(), value);
        }
    }
    let body = match bodies(&mut merging, base, theirs) {
        Ok(body) => body,
        Err(waits) => {
            return Merged {
                waits: Some(waits),
                ..Merged::theirs(theirs)
            };
        }
    };
    envelope.blobs = blobs(&merging, base, theirs, body.as_ref());
    let (in_two_versions, amended) = (merging.left.into_keys().collect(), merging.amended);
    Merged {
        in_two_versions,
        amended,
        ..Merged::of(Record { envelope, body, sealed }, theirs)
    }
}

/// A body that only one side touched is given back byte for byte.
fn bodies(merging: &mut Merging<'_>, base: Option<&Record>, theirs: &Record) -> Result<Option<Body>, Waits> {
    let base = base.and_then(|record| record.body.as_ref());
    let (Some(m), Some(t)) = (&merging.mine.record.body, &theirs.body) else {
        return Ok(None);
    };
    if merging.left.is_empty() {
        if base == Some(m) || m == t {
            return Ok(Some(t.clone()));
        }
        if base == Some(t) {
            return Ok(Some(m.clone()));
        }
    }
    let kind = &theirs.envelope.kind;
    body::merge(merging, kind, base, m, t).map(Some)
}

/// Blobs follow the body: the set of both, and whatever the merged body still names.
fn blobs(merging: &Merging<'_>, base: Option<&Record>, theirs: &Record, body: Option<&Body>) -> BTreeSet<BlobHash> {
    let (m, t) = (&merging.mine.record.envelope.blobs, &theirs.envelope.blobs);
    let none = BTreeSet::new();
    let b = base.map_or(&none, |record| &record.envelope.blobs);
    let mut blobs = envelope::set(b, m, t);
    let whole = body == merging.mine.record.body.as_ref() || body == theirs.body.as_ref();
    // The other side's sealed part is kept as a variant, and names blobs that nobody here can read.
    let sealed_twice = merging.left.contains_key(SEALED);
    if !whole || sealed_twice {
        let named = |blob: &&BlobHash| sealed_twice || body.is_some_and(|body| body.as_str().contains(blob.as_str()));
        blobs.extend(m.union(t).filter(named).cloned());
    }
    blobs
}

/// A side that stands whole, on the city's newest state.
fn over(record: &Record, theirs: &Record) -> Record {
    let city = &theirs.envelope;
    let envelope = Envelope {
        id: city.id,
        kind: city.kind.clone(),
        owner: city.owner,
        version: city.version,
        floor_version: city.floor_version,
        redacted: city.redacted.clone(),
        ..record.envelope.clone()
    };
    Record {
        envelope,
        body: record.body.clone(),
        sealed: record.sealed.clone(),
    }
}

/// Whether two records say the same, life and what the city sets apart.
fn same_content(a: &Record, b: &Record) -> bool {
    let envelope = |record: &Record| Envelope {
        state: State::Live,
        ..over(record, a).envelope
    };
    let text = |record: &'_ Record| record.body.as_ref().map(|body| body.as_str().to_owned());
    envelope(a) == envelope(b) && a.sealed == b.sealed && same(text(a).as_deref(), text(b).as_deref())
}

/// The members of mine that the base does not have so.
fn typed(base_record: Option<&Record>, mine_record: &Record) -> Vec<String> {
    let read = |record: &Record| record.body.as_ref().and_then(|body| body.members().ok());
    let (base, mine): (Members, Members) = (
        base_record.and_then(read).unwrap_or_default(),
        read(mine_record).unwrap_or_default(),
    );
    let sealed = mine_record.sealed.is_some()
        && base_record.and_then(|base| base.sealed.as_ref()) != mine_record.sealed.as_ref();
    let names = mine
        .iter()
        .filter(|(name, raw)| base.raw(name) != Some(raw.get()))
        .map(|(name, _)| name);
    names.chain(sealed.then_some(SEALED)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
