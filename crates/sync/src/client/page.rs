//! Reading a page of changes entry by entry.

use domain::RecordId;
use serde::Deserialize;
use serde_json::value::RawValue;
use wire::{Changed, ChangesAnswer, Cursor, Failure, Head};

/// A page whose entries are still text.
#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    changes: Vec<&'a RawValue>,
    cursor: Cursor,
    more: bool,
    #[serde(default)]
    scope_changed: bool,
}

#[derive(Deserialize)]
struct Left {
    id: RecordId,
    left_scope: bool,
}

#[derive(Deserialize)]
struct Named {
    id: Option<RecordId>,
    envelope: Option<OnlyId>,
}

#[derive(Deserialize)]
struct OnlyId {
    id: Option<RecordId>,
}

/// Reads each entry for itself: one that a newer city wrote does not take its page with it. It is also faster than
/// trying the shapes of an entry one after the other over a buffered copy.
pub(super) fn read(bytes: &[u8]) -> Result<ChangesAnswer, Failure> {
    let page: Page<'_> = super::answer::read(bytes)?;
    if page.cursor.0.len() > wire::MAX_CURSOR {
        return Err(Failure::NotACity);
    }
    Ok(ChangesAnswer {
        changes: page.changes.into_iter().map(|raw| entry(raw.get())).collect(),
        cursor: page.cursor,
        more: page.more,
        scope_changed: page.scope_changed,
    })
}

fn entry(json: &str) -> Changed {
    if let Ok(head) = serde_json::from_str::<Head>(json) {
        return Changed::Record(Box::new(head));
    }
    if let Ok(Left { id, left_scope: true }) = serde_json::from_str(json) {
        return Changed::Left { id, left_scope: true };
    }
    let id = serde_json::from_str::<Named>(json)
        .ok()
        .and_then(|named| named.id.or(named.envelope.and_then(|envelope| envelope.id)));
    Changed::Unreadable { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f0000-0000-7000-8000-000000000001";

    #[test]
    fn one_entry_that_cannot_be_read_does_not_take_its_page_with_it() {
        let envelope = format!(r#"{{"id":"{ID}","kind":"note","wings":2}}"#);
        let json = format!(
            r#"{{"changes":[{{"envelope":{envelope},"body":null}},{{"id":"{ID}","left_scope":true}},7],"cursor":"c","more":true}}"#
        );
        let page = read(json.as_bytes()).expect("the page itself is well formed");
        let id: RecordId = ID.parse().expect("an id");
        assert_eq!(
            page.changes,
            [
                Changed::Unreadable { id: Some(id) },
                Changed::Left { id, left_scope: true },
                Changed::Unreadable { id: None }
            ]
        );
        assert!(page.more);
    }

    #[test]
    fn something_else_is_not_a_page() {
        assert!(matches!(read(b"<html>"), Err(Failure::NotACity)));
        assert!(matches!(read(b"{}"), Err(Failure::NotACity)));
    }
}
