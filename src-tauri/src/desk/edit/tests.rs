//! Two editors on one record, and what becomes of what each typed.

use super::*;
use crate::desk::Draft;
use domain::{At, DistrictId, Envelope, Kind, OrganisationId, PersonId, Role};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{Confirmed, KeyCost, Passphrase, Store, Unlock};
use tempfile::TempDir;
use uuid::Uuid;

const RIETH: DistrictId = DistrictId(Uuid::from_u128(1));
const ROTER_BERG: DistrictId = DistrictId(Uuid::from_u128(2));
const ANNA: PersonId = PersonId(Uuid::from_u128(3));
const BERND: PersonId = PersonId(Uuid::from_u128(4));
const TEAM: OrganisationId = OrganisationId(Uuid::from_u128(5));
const NOTE: RecordId = RecordId(Uuid::from_u128(6));
/// Members a newer version knows, a number with its digits, and a list that this version reads as its own.
const BODY: &str = r#"{"zukunft":{"b":1.00,"a":[2]},"text":"Der Aufzug steht.","people":[{"count":1,"gender":"w","seit":"1987"}],"occurred_at":"2026-10-05T09:15:00+02:00","place":"Hof"}"#;

struct Desk {
    _folder: TempDir,
    notebook: Notebook,
}

/// Anna's notebook with one note as the city confirmed it.
fn desk() -> Desk {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let passphrase = || Passphrase::new("laterne teich donnerstag");
    Store::create(folder.path(), &passphrase(), KeyCost::for_tests()).expect("a new notebook");
    let notebook = Notebook::unlock(folder.path(), &Unlock::Passphrase(passphrase())).expect("it opens");
    let identity = Identity {
        city_url: "http://127.0.0.1:1".to_owned(),
        token: "t".repeat(43),
        person: ANNA,
        organisation: TEAM,
        name: "Anna Beispiel".to_owned(),
        role: Role::Worker,
        field: None,
        districts: BTreeSet::from([RIETH]),
        city: "Musterstadt".to_owned(),
        epoch: "e1".to_owned(),
        device_id: domain::DeviceId(Uuid::from_u128(7)),
        device_code: "K7".to_owned(),
        id_key: "k".repeat(43),
    };
    let write = notebook.store().write(|writing| {
        writing.set_identity(&identity)?;
        writing.put_confirmed(&confirmed(&note(BODY), 1))
    });
    write.expect("an enrolled notebook with a note");
    Desk {
        _folder: folder,
        notebook,
    }
}

fn note(body: &str) -> Record {
    let envelope = json!({"id": NOTE, "kind": "note", "organisation": TEAM, "districts": [RIETH],
        "whole_organisation": false, "owner": ANNA, "confidential": false, "readers": [], "blobs": [],
        "retention": null, "state": "live"});
    Record {
        envelope: serde_json::from_value::<Envelope>(envelope).expect("an envelope"),
        body: Some(Body::new(body.to_owned())),
        sealed: None,
    }
}

fn confirmed(record: &Record, version: u64) -> Confirmed {
    let mut record = record.clone();
    record.envelope.version = version;
    Confirmed {
        record,
        changed_at: At::from(chrono::Utc::now()),
        changed_by: BERND,
    }
}

/// The record with these members changed, as a form would.
fn with(record: &Record, change: impl FnOnce(&mut kinds::Note)) -> Record {
    let base = record.body.as_ref().expect("a body");
    let before = kinds::Note::read(base).expect("a note");
    let mut after = before.clone();
    change(&mut after);
    let body = over(base, &before.to_body(), &after.to_body()).expect("bodies");
    Record {
        body: Some(body),
        ..record.clone()
    }
}

impl Desk {
    fn stored(&self) -> Record {
        self.notebook.record(NOTE).expect("it is here").record
    }

    fn said(&self, member: &str) -> Value {
        let body: Value = serde_json::from_str(self.stored().body.expect("a body").as_str()).expect("JSON");
        body[member].clone()
    }

    fn change(&self, base: &Record, mine: &Record) -> Written {
        self.notebook.change(base, mine, None).expect("it is taken")
    }
}

#[test]
fn only_what_was_changed_changes() {
    let desk = desk();
    let base = desk.stored();
    let mine = with(&base, |note| note.text = Some("Der Aufzug fährt wieder.".to_owned()));
    desk.change(&base, &mine);
    let body = desk.stored().body.expect("a body");
    let members = body.members().expect("an object");
    assert_eq!(
        members.raw("zukunft"),
        Some(r#"{"b":1.00,"a":[2]}"#),
        "unknown members keep their bytes"
    );
    assert_eq!(
        members.raw("people"),
        Some(r#"[{"count":1,"gender":"w","seit":"1987"}]"#),
        "so do known ones that nobody touched"
    );
    assert_eq!(desk.said("text"), "Der Aufzug fährt wieder.");
}

#[test]
fn opening_and_closing_a_record_writes_nothing() {
    let desk = desk();
    let base = desk.stored();
    let written = desk.change(&base, &with(&base, |_| ()));
    assert!(written.step.is_none(), "there is nothing to take back");
    assert!(
        !desk.notebook.record(NOTE).expect("it is here").pending,
        "nothing waits"
    );
    assert_eq!(desk.stored().body, base.body, "not a byte differs");
}

#[test]
fn what_two_editors_typed_stands_beside_each_other() {
    let desk = desk();
    let base = desk.stored();
    let first = with(&base, |note| note.place = Some("Haltestelle".to_owned()));
    let second = with(&base, |note| note.text = Some("Er steht seit Montag.".to_owned()));
    desk.change(&base, &first);
    let written = desk.change(&base, &second);
    assert_eq!(written.in_two_versions, [""; 0], "they touched different fields");
    assert_eq!(
        (desk.said("place"), desk.said("text")),
        (json!("Haltestelle"), json!("Er steht seit Montag."))
    );
}

#[test]
fn what_two_editors_typed_in_one_field_stands_in_two_versions() {
    let desk = desk();
    let base = desk.stored();
    desk.change(&base, &with(&base, |note| note.place = Some("Haltestelle".to_owned())));
    let written = desk.change(&base, &with(&base, |note| note.place = Some("Spielplatz".to_owned())));
    assert_eq!(written.in_two_versions, ["place"]);
    let all = desk.stored().body.expect("a body").into_string();
    assert!(
        all.contains("Haltestelle") && all.contains("Spielplatz"),
        "neither is lost"
    );
}

#[test]
fn the_city_confirming_meanwhile_is_no_second_editor() {
    let desk = desk();
    let base = desk.stored();
    let confirm = desk
        .notebook
        .store()
        .write(|writing| writing.put_confirmed(&confirmed(&base, 2)));
    confirm.expect("a page");
    let written = desk.change(&base, &with(&base, |note| note.place = Some("Spielplatz".to_owned())));
    assert_eq!(written.in_two_versions, [""; 0]);
    assert_eq!(desk.said("place"), "Spielplatz");
}

#[test]
fn undo_puts_back_what_stood_before_and_keeps_what_came_since() {
    let desk = desk();
    let base = desk.stored();
    let step = desk
        .change(&base, &with(&base, |note| note.place = Some("Spielplatz".to_owned())))
        .step;
    let since = desk.stored();
    desk.change(&since, &with(&since, |note| note.text = Some("Er fährt.".to_owned())));
    let back = desk
        .notebook
        .take_back(&step.expect("a step"))
        .expect("it is taken back");
    assert_eq!(back.in_two_versions, [""; 0]);
    assert_eq!(
        (desk.said("place"), desk.said("text")),
        (json!("Hof"), json!("Er fährt."))
    );
}

#[test]
fn undo_of_a_deletion_brings_it_back_and_of_a_creation_takes_it_away() {
    let desk = desk();
    let trashed = desk.notebook.put(NOTE, State::Trashed).expect("it goes to the trash");
    assert_eq!(desk.stored().envelope.state, State::Trashed);
    let step = trashed.step.expect("a step");
    assert_eq!(step.deed(), Deed::Trashed);
    desk.notebook.take_back(&step).expect("it comes back");
    assert_eq!(desk.stored().envelope.state, State::Live);

    let mut new = note(BODY);
    new.envelope.id = RecordId(Uuid::from_u128(60));
    let step = desk
        .notebook
        .create(&new, None)
        .expect("it is created")
        .step
        .expect("a step");
    assert_eq!(step.deed(), Deed::Created);
    let back = desk.notebook.take_back(&step).expect("it is taken back");
    assert_eq!(back.state, State::Trashed);
}

#[test]
fn rights_and_faults_are_looked_at_before_anything_is_written() {
    let desk = desk();
    let base = desk.stored();
    let mut moved = base.clone();
    moved.envelope.districts = BTreeSet::from([ROTER_BERG]);
    desk.notebook
        .change(&base, &moved, None)
        .expect("a district of the organisation");
    let outside = desk.stored();
    let edit = with(&outside, |note| note.place = Some("Teich".to_owned()));
    assert!(
        matches!(desk.notebook.change(&outside, &edit, None), Err(Error::Forbidden)),
        "no longer in reach"
    );

    let desk = self::desk();
    let wrong = with(&base, |note| note.participation = Some(9));
    let Err(Error::Invalid(faults)) = desk.notebook.change(&base, &wrong, None) else {
        panic!("a willingness of nine does not exist")
    };
    assert_eq!(faults[0].field, "participation");
    assert_eq!(desk.stored().body, base.body, "nothing was written");
}

#[test]
fn an_erased_record_takes_neither_change_nor_draft() {
    let desk = desk();
    let base = desk.stored();
    let mut tombstone = confirmed(&base, 2);
    tombstone.record.envelope.state = State::Erased;
    tombstone.record.body = None;
    desk.notebook
        .store()
        .write(|writing| writing.put_confirmed(&tombstone))
        .expect("a tombstone");
    let mine = with(&base, |note| note.text = Some("Zu spät.".to_owned()));
    assert!(matches!(desk.notebook.change(&base, &mine, None), Err(Error::Gone(_))));
    let draft = Draft {
        key: NOTE.to_string(),
        record: Some(NOTE),
        kind: Kind::Note,
        body: mine.body.clone().expect("a body"),
        base: Some(base),
        form: None,
        at: At::from(chrono::Utc::now()),
    };
    assert!(
        matches!(desk.notebook.keep_draft(&draft), Err(Error::Gone(_))),
        "no word of it stays"
    );
    assert!(desk.notebook.draft(&draft.key).expect("a look").is_none());
}

#[test]
fn a_record_that_left_meanwhile_leaves_its_draft_to_the_editor() {
    let desk = desk();
    let base = desk.stored();
    let mine = with(&base, |note| note.text = Some("Halber Satz".to_owned()));
    let now = At::from(chrono::Utc::now());
    desk.notebook
        .store()
        .write(|writing| writing.leave(NOTE, now))
        .expect("it leaves");
    assert!(matches!(
        desk.notebook.change(&base, &mine, None),
        Err(Error::NoRecord(_))
    ));
    let draft = Draft {
        key: NOTE.to_string(),
        record: Some(NOTE),
        kind: Kind::Note,
        body: mine.body.clone().expect("a body"),
        base: Some(base.clone()),
        form: Some("{}".to_owned()),
        at: now,
    };
    desk.notebook.keep_draft(&draft).expect("what was typed is kept");
    assert_eq!(
        desk.notebook.draft(&draft.key).expect("a look"),
        Some(draft),
        "with its base"
    );
}

#[test]
fn the_draft_goes_with_its_change_and_not_before() {
    let desk = desk();
    let base = desk.stored();
    let draft = Draft {
        key: NOTE.to_string(),
        record: Some(NOTE),
        kind: Kind::Note,
        body: base.body.clone().expect("a body"),
        base: Some(base.clone()),
        form: None,
        at: At::from(chrono::Utc::now()),
    };
    desk.notebook.keep_draft(&draft).expect("it is kept");
    let wrong = with(&base, |note| note.participation = Some(9));
    assert!(desk.notebook.change(&base, &wrong, Some(&draft.key)).is_err());
    assert!(
        desk.notebook.draft(&draft.key).expect("a look").is_some(),
        "what is wrong stays a draft"
    );
    let right = with(&base, |note| note.participation = Some(4));
    desk.notebook
        .change(&base, &right, Some(&draft.key))
        .expect("it is taken");
    assert!(desk.notebook.draft(&draft.key).expect("a look").is_none());
}

#[test]
fn several_new_records_are_one_change_and_one_way_back() {
    let desk = desk();
    let new = |n: u128| {
        let mut record = note(BODY);
        record.envelope.id = RecordId(Uuid::from_u128(n));
        record
    };
    let state = |n: u128| {
        desk.notebook
            .record(RecordId(Uuid::from_u128(n)))
            .map(|stored| stored.record.envelope.state)
    };
    let all = [new(100), new(101), new(102)];
    let written = desk
        .notebook
        .create_all(&all)
        .expect("they are saved")
        .expect("a change");
    let step = written.step.expect("a step");
    assert_eq!(step.records(), 3);
    desk.notebook.take_back(&step).expect("it is taken back");
    for n in 100..103 {
        assert_eq!(state(n).expect("it is here"), State::Trashed);
    }
    let again = desk
        .notebook
        .create_all(&all)
        .expect("they come back")
        .expect("a change");
    assert_eq!(
        state(102).expect("it is here"),
        State::Live,
        "what lies in the trash comes back"
    );
    assert_eq!(again.step.expect("a step").deed(), Deed::Restored);
    let once_more = desk
        .notebook
        .create_all(&all)
        .expect("nothing is wrong")
        .expect("an answer");
    assert!(once_more.step.is_none(), "what is here stays as it is");
}

#[test]
fn of_several_records_all_are_saved_or_none() {
    let desk = desk();
    let mut elsewhere = note(BODY);
    elsewhere.envelope.id = RecordId(Uuid::from_u128(101));
    elsewhere.envelope.districts = [ROTER_BERG].into();
    let mut here = note(BODY);
    here.envelope.id = RecordId(Uuid::from_u128(100));
    let refused = desk.notebook.create_all(&[here, elsewhere]);
    assert!(matches!(refused, Err(Error::Forbidden)), "one of them is not allowed");
    let first = desk.notebook.record(RecordId(Uuid::from_u128(100)));
    assert!(
        matches!(first, Err(Error::NoRecord(_))),
        "so the other is not there either"
    );
}
