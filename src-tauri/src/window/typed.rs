//! What a person types: a new conversation, and its draft.

use super::shapes::{Cause, NewTalk, Place, Trouble};
use crate::desk::{self, NewNote, Notebook};
use chrono::{DateTime, FixedOffset, NaiveDateTime};
use domain::{
    At, Body, DistrictId, Kind,
    calendar::{LocalTime, local_to_offset},
};
use store::Draft;

/// The editor's name for the one new conversation that is being typed.
pub(super) const NEW: &str = "note:new";

/// The note that was typed.
pub(super) fn note(talk: &NewTalk) -> Result<NewNote, Trouble> {
    let district: DistrictId = talk
        .district
        .parse()
        .map_err(|_| Trouble::at(Cause::Invalid, Place::District))?;
    if talk.topics.is_empty() {
        return Err(Trouble::at(Cause::Invalid, Place::Topics));
    }
    let text = talk.text.trim();
    Ok(NewNote {
        districts: [district].into(),
        topics: talk.topics.iter().cloned().collect(),
        at: Some(when(&talk.when)?),
        text: (!text.is_empty()).then(|| text.to_owned()),
    })
}

/// The clock on the wall, in the city's time zone. The doubled hour in October is the earlier one.
fn when(wall: &str) -> Result<DateTime<FixedOffset>, Trouble> {
    let wrong = Trouble::at(Cause::Invalid, Place::When);
    let parsed = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(wall, format).ok());
    match local_to_offset(parsed.ok_or(wrong.clone())?) {
        LocalTime::One(at) | LocalTime::Twice { earlier: at, .. } => Ok(at),
        LocalTime::Never => Err(wrong),
    }
}

/// Keeps what is being typed; nothing drops it.
pub(super) fn keep(notebook: &Notebook, talk: Option<&NewTalk>) -> Result<(), Trouble> {
    let body = talk
        .map(serde_json::to_string)
        .transpose()
        .map_err(|_| Trouble::of(Cause::Invalid))?;
    let written = notebook.store().write(|writing| match body {
        Some(body) => writing.put_draft(&Draft {
            key: NEW.to_owned(),
            record: None,
            kind: Kind::Note,
            body: Body::new(body),
            base: None,
            form: None,
            at: At::from(chrono::Utc::now()),
        }),
        None => writing.drop_draft(NEW),
    });
    written.map(|_| ()).map_err(|error| desk::Error::from(error).into())
}

/// What was being typed when the window last closed.
pub(super) fn kept(notebook: &Notebook) -> Result<Option<NewTalk>, Trouble> {
    let draft = notebook
        .store()
        .read(|reading| reading.draft(NEW))
        .map_err(desk::Error::from)?;
    // A draft of another version's form cannot be taken up; it stays where it is.
    Ok(draft.and_then(|draft| serde_json::from_str(draft.body.as_str()).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk() -> NewTalk {
        NewTalk {
            district: "0197a2b4-0000-7000-8000-000000000001".to_owned(),
            topics: vec!["wohnen".to_owned()],
            when: "2026-10-05T09:15".to_owned(),
            text: "  Der Aufzug steht.  ".to_owned(),
        }
    }

    #[test]
    fn a_wall_clock_gets_the_offset_of_its_day() {
        let read = |wall: &str| when(wall).map(|at| at.to_rfc3339());
        assert_eq!(
            read("2026-10-05T09:15").as_deref(),
            Ok("2026-10-05T09:15:00+02:00"),
            "summer"
        );
        assert_eq!(
            read("2026-11-05T09:15").as_deref(),
            Ok("2026-11-05T09:15:00+01:00"),
            "winter"
        );
        assert_eq!(
            read("2026-10-25T02:30").as_deref(),
            Ok("2026-10-25T02:30:00+02:00"),
            "the earlier of two"
        );
        let skipped = Trouble::at(Cause::Invalid, Place::When);
        assert_eq!(read("2026-03-29T02:30"), Err(skipped.clone()), "that hour never was");
        assert_eq!(read("gestern"), Err(skipped), "no time at all");
    }

    #[test]
    fn what_is_missing_stands_at_its_field() {
        let wrong = |talk: &NewTalk| note(talk).map(|_| ()).expect_err("something is missing").field;
        assert_eq!(
            wrong(&NewTalk {
                district: String::new(),
                ..talk()
            }),
            Some(Place::District)
        );
        assert_eq!(
            wrong(&NewTalk {
                topics: Vec::new(),
                ..talk()
            }),
            Some(Place::Topics)
        );
        assert_eq!(
            wrong(&NewTalk {
                when: String::new(),
                ..talk()
            }),
            Some(Place::When)
        );
    }

    #[test]
    fn spaces_around_a_text_are_not_part_of_it() {
        let note = note(&talk()).expect("a whole note");
        assert_eq!(note.text.as_deref(), Some("Der Aufzug steht."));
    }
}
