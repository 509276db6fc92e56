//! Records that belong with another, as the window names them.

use super::requests::shapes::Linked;
use domain::{Kind, PersonId, RecordId, State, calendar, kinds};
use store::{Reading, Stored};

/// More than this names nobody in a list that a person reads.
pub(super) const MOST: u32 = 200;
/// So much of a text names a record.
const BEGINNING: usize = 80;

/// What the records of these ids are called; those that are not here are named as such.
pub(super) fn named(reading: &Reading<'_>, ids: &[RecordId]) -> Result<Vec<Linked>, store::Error> {
    let mut found = Vec::new();
    for id in ids {
        let stored = reading.record(*id)?;
        let live = stored.filter(|stored| stored.record.envelope.state == State::Live);
        found.push(live.as_ref().map_or_else(|| absent(*id), linked));
    }
    Ok(found)
}

/// What the catalogue calls a person; nothing where it does not know them.
pub(super) fn person_called(reading: &Reading<'_>, person: PersonId) -> Result<Option<String>, store::Error> {
    let card = reading.record(RecordId::from(person))?;
    let card = card.and_then(|stored| kinds::PersonCard::read(stored.record.body.as_ref()?).ok());
    Ok(card.map(|card| card.name))
}

fn absent(id: RecordId) -> Linked {
    Linked {
        id: id.to_string(),
        kind: None,
        on: None,
        title: String::new(),
    }
}

/// A record by its name.
pub(super) fn linked(stored: &Stored) -> Linked {
    let envelope = &stored.record.envelope;
    let (on, title) = stored
        .record
        .body
        .as_ref()
        .and_then(|body| match envelope.kind {
            Kind::Note => kinds::Note::read(body).ok().map(|note| {
                let said = note.text.or(note.original_words).unwrap_or_default();
                (
                    Some(calendar::day_of(&note.occurred_at).to_string()),
                    beginning(&said, BEGINNING),
                )
            }),
            Kind::Request => kinds::Request::read(body).ok().map(|request| {
                let asked = beginning(&request.description.unwrap_or_default(), BEGINNING);
                let title = [request.number.unwrap_or_default(), asked]
                    .into_iter()
                    .filter(|part| !part.is_empty());
                (
                    Some(request.received_on.to_string()),
                    title.collect::<Vec<_>>().join(" "),
                )
            }),
            Kind::Contact => kinds::Contact::read(body).ok().map(|contact| (None, contact.name)),
            Kind::Board => kinds::Board::read(body).ok().map(|board| (None, board.name)),
            _ => None,
        })
        .unwrap_or_default();
    Linked {
        id: envelope.id.to_string(),
        kind: Some(envelope.kind.as_str().to_owned()),
        on,
        title,
    }
}

/// The first so many characters of a text, without its line breaks.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(most).collect()
}
