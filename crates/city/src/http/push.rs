//! A push, change by change: one that is malformed is answered for itself, the rest goes on.

use domain::{Body, MutationId, RecordId, Sealed};
use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::fmt;
use wire::{
    Change, Epoch, MAX_PUSH_CHANGES, Outcome, ProblemCode, Proposal, PushAnswer, PushRequest, PushResult, Refusal,
};

use super::{receive::not_the_form, trouble::Trouble};

/// A push as received: what goes to the city, and where the malformed changes stood.
#[derive(Debug)]
pub(crate) struct Sorted {
    /// The well-formed changes, in the order sent.
    pub(crate) request: PushRequest,
    /// One entry a change sent: `None` went to the city, `Some` is refused here.
    refused: Vec<Option<(MutationId, RecordId)>>,
}

/// Sorts well-formed changes from malformed ones.
pub(crate) fn sort(bytes: &[u8]) -> Result<Sorted, Trouble> {
    let sent: Sent<'_> = serde_json::from_slice(bytes).map_err(|error| not_the_form(&error))?;
    let Changes::All(raw) = sent.changes else {
        return Err(
            Trouble::from(ProblemCode::TooLarge).saying(format!("at most {MAX_PUSH_CHANGES} changes in a push"))
        );
    };
    let mut changes = Vec::with_capacity(raw.len());
    let mut refused = Vec::with_capacity(raw.len());
    for (place, raw) in raw.into_iter().enumerate() {
        if let Some(change) = well_formed(raw) {
            changes.push(change);
            refused.push(None);
        } else {
            let named: Named = serde_json::from_str(raw.get())
                .map_err(|_| Trouble::invalid(format!("change {place} has no readable mutation_id and envelope.id")))?;
            refused.push(Some((named.mutation_id, named.envelope.id)));
        }
    }
    Ok(Sorted {
        request: PushRequest {
            epoch: sent.epoch,
            changes,
        },
        refused,
    })
}

/// Puts the city's results and the refusals made here into the order sent.
pub(crate) fn weave(refused: Vec<Option<(MutationId, RecordId)>>, answer: PushAnswer) -> PushAnswer {
    let mut answered = answer.results.into_iter();
    let results = refused.into_iter().filter_map(|refused| match refused {
        Some((mutation_id, id)) => Some(PushResult {
            mutation_id,
            id,
            outcome: Outcome::Refused { code: Refusal::Invalid },
        }),
        None => answered.next(),
    });
    PushAnswer {
        results: results.collect(),
    }
}

impl Sorted {
    /// The request and the places of what was refused.
    pub(crate) fn into_parts(self) -> (PushRequest, Vec<Option<(MutationId, RecordId)>>) {
        (self.request, self.refused)
    }
}

/// Reads a change and checks what its types alone would mend in silence: ids in lower case, sets sorted and unique,
/// every member of the envelope there. Else two clients would hash one envelope differently.
fn well_formed(raw: &RawValue) -> Option<Change> {
    let written: Written<'_> = serde_json::from_str(raw.get()).ok()?;
    let envelope: Proposal = serde_json::from_str(written.envelope.get()).ok()?;
    let mutation_id: MutationId = written.mutation_id.parse().ok()?;
    if !is_canonical(&envelope, written.envelope.get()) || mutation_id.to_string() != written.mutation_id {
        return None;
    }
    Some(Change {
        mutation_id,
        base_version: written.base_version,
        envelope,
        body: written.body,
        sealed: written.sealed,
    })
}

/// Whether the envelope was written as it is hashed, but for blanks and the order of members.
fn is_canonical(envelope: &Proposal, text: &str) -> bool {
    // Nearly all are, byte for byte; then nothing has to be taken apart.
    if serde_json::to_string(envelope).is_ok_and(|canonical| canonical == text) {
        return true;
    }
    let written: Option<Value> = serde_json::from_str(text).ok();
    written.is_some() && written == serde_json::to_value(envelope).ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent<'a> {
    epoch: Epoch,
    #[serde(borrow)]
    changes: Changes<'a>,
}

/// A [`Change`] whose envelope is still text: the body, which is most of it, is read once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    mutation_id: String,
    base_version: u64,
    #[serde(borrow)]
    envelope: &'a RawValue,
    body: Option<Body>,
    sealed: Option<Sealed>,
}

#[derive(Deserialize)]
struct Named {
    mutation_id: MutationId,
    envelope: NamedRecord,
}

#[derive(Deserialize)]
struct NamedRecord {
    id: RecordId,
}

/// The raw changes, read no further than the limit allows: 8 MiB hold four million empty ones.
enum Changes<'a> {
    All(Vec<&'a RawValue>),
    TooMany,
}

impl<'de: 'a, 'a> Deserialize<'de> for Changes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bounded;
        impl<'de> Visitor<'de> for Bounded {
            type Value = Changes<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of changes")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Changes<'de>, A::Error> {
                let mut all = Vec::new();
                while all.len() < MAX_PUSH_CHANGES {
                    match seq.next_element::<&'de RawValue>()? {
                        Some(raw) => all.push(raw),
                        None => return Ok(Changes::All(all)),
                    }
                }
                let mut more = false;
                while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {
                    more = true;
                }
                Ok(if more { Changes::TooMany } else { Changes::All(all) })
            }
        }
        deserializer.deserialize_seq(Bounded).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"mutation_id":"00000000-0000-4000-8000-00000000000a","base_version":0,"envelope":{
        "id":"00000000-0000-4000-8000-00000000000b","kind":"note","organisation":null,
        "districts":["00000000-0000-4000-8000-000000000001","00000000-0000-4000-8000-000000000002"],
        "whole_organisation":true,"owner":"00000000-0000-4000-8000-000000000003","confidential":false,"readers":[],
        "blobs":[],"retention":null,"state":"live"},"body":"{\"a\":1.00}","sealed":null}"#;

    fn push(changes: &[&str]) -> String {
        format!(r#"{{"epoch":"e","changes":[{}]}}"#, changes.join(","))
    }

    fn kept(change: &str) -> bool {
        let sorted = sort(push(&[change]).as_bytes()).expect("its ids can be read");
        sorted.request.changes.len() == 1
    }

    #[test]
    fn a_well_formed_change_is_kept_and_its_body_stays_as_it_is() {
        let sorted = sort(push(&[GOOD]).as_bytes()).unwrap();
        assert_eq!(
            sorted.request.changes[0].body.as_ref().unwrap().as_str(),
            r#"{"a":1.00}"#
        );
    }

    #[test]
    fn what_a_lenient_reader_would_mend_is_refused() {
        let swapped = GOOD.replace("000000000001", "000000000009");
        assert!(!kept(&swapped), "districts out of order");
        assert!(!kept(&GOOD.replace("000000000001", "000000000002")), "a district twice");
        assert!(
            !kept(&GOOD.replace("00000000000b", "00000000000B")),
            "an id in upper case"
        );
        assert!(
            !kept(&GOOD.replace("00000000000a\"", "00000000000A\"")),
            "a mutation id in upper case"
        );
        assert!(!kept(&GOOD.replace(r#""retention":null,"#, "")), "a member left out");
        assert!(
            !kept(&GOOD.replace(r#""retention":null,"#, r#""retention":null,"colour":"red","#)),
            "an unknown member"
        );
        assert!(!kept(&GOOD.replace(r#"\"a\""#, r"\ud800")), "half of a surrogate pair");
        assert!(!kept(&GOOD.replace(r#""note""#, r#""No te""#)), "a kind that is none");
    }

    #[test]
    fn results_come_in_the_order_sent() {
        let bad = GOOD
            .replace(r#""live""#, r#""lively""#)
            .replace("00000000000a", "00000000000c");
        let sorted = sort(push(&[&bad, GOOD, &bad]).as_bytes()).unwrap();
        let (request, refused) = sorted.into_parts();
        let results = request
            .changes
            .iter()
            .map(|c| PushResult {
                mutation_id: c.mutation_id,
                id: c.envelope.id,
                outcome: Outcome::Gone,
            })
            .collect();
        let woven = weave(refused, PushAnswer { results }).results;
        let last: Vec<char> = woven
            .iter()
            .filter_map(|r| r.mutation_id.to_string().chars().last())
            .collect();
        assert_eq!(last, ['c', 'a', 'c']);
        assert_eq!(woven[0].outcome, Outcome::Refused { code: Refusal::Invalid });
    }

    #[test]
    fn a_change_without_readable_ids_makes_the_push_invalid() {
        let error = sort(push(&["{}"]).as_bytes()).unwrap_err();
        assert_eq!(error.0.code, ProblemCode::Invalid);
    }

    #[test]
    fn a_thousand_changes_are_taken_and_one_more_is_not() {
        let sorted = sort(push(&vec![GOOD; 1_000]).as_bytes()).unwrap();
        assert_eq!(sorted.request.changes.len(), 1_000);
        let error = sort(push(&vec!["0"; 1_001]).as_bytes()).unwrap_err();
        assert_eq!(error.0.code, ProblemCode::TooLarge);
    }
}
