//! Photos and files: kept encrypted beside the database, found again after a crash, gone with what named them.

mod world;
use domain::{BlobHash, Body, Kind, State};
use std::{fs, path::PathBuf};
use store::{Arrival, Attached, Background, Contents, Draft, Enclosed, InFlight};
use world::{Builder, World, at, body_of, id, note, stamp, world};

const PHOTO: &[u8] = b"the pixels of a broken swing";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn files(world: &World) -> Vec<String> {
    let Ok(entries) = fs::read_dir(world.dir.path().join("attachments")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn file(world: &World, blob: &BlobHash) -> PathBuf {
    world.dir.path().join("attachments").join(blob.as_str())
}

fn taken(world: &World) -> Enclosed {
    world.store.enclose(PHOTO).expect("it is kept")
}

fn with(builder: Builder, enclosed: &Enclosed) -> Builder {
    builder.with(
        "attachments",
        serde_json::json!([{
            "id": "00000000-0000-7000-8000-000000000001", "blob": enclosed.blob.as_str(), "key": enclosed.key,
            "media_type": "image/jpeg", "name": "Foto.jpg",
        }]),
    )
}

fn draft(key: &str, record: Option<u128>, body: &Body) -> Draft {
    Draft {
        key: key.to_owned(),
        record: record.map(id),
        kind: Kind::Note,
        body: body.clone(),
        base: None,
        form: None,
        at: at(1),
    }
}

fn attached(world: &World, enclosed: &Enclosed) -> Attached {
    world.store.read(|r| r.attached(&enclosed.blob)).expect("a read")
}

fn waiting(world: &World) -> u64 {
    world.store.read(|r| r.attachments_waiting()).expect("a read")
}

fn uploads(world: &World) -> Vec<BlobHash> {
    let uploads = world.store.read(|r| r.uploads()).expect("a read");
    uploads.into_iter().map(|upload| upload.blob).collect()
}

/// What is in flight is accepted.
fn accept(world: &World, sent: &InFlight) {
    let version = sent.base_version + 1;
    world
        .store
        .write(|tx| tx.accepted(sent.mutation_id, version, at(5_000)))
        .expect("accepted");
}

fn freeze(world: &World) -> InFlight {
    let mut frozen = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("frozen").0;
    frozen.pop().expect("a change")
}

/// Saved, sent, and the attachment as well.
fn confirmed(world: &World, enclosed: &Enclosed) {
    world.save(&with(note(1), enclosed).build(), stamp(1));
    accept(world, &freeze(world));
    let upload = world
        .store
        .read(|r| r.uploads())
        .expect("a read")
        .pop()
        .expect("an upload");
    world.store.write(|tx| tx.attachment_sent(&upload)).expect("sent");
}

#[test]
fn an_attachment_lies_encrypted_beside_the_database_and_opens_by_its_records_key() {
    let world = world();
    let enclosed = taken(&world);
    world.save(&with(note(1), &enclosed).build(), stamp(1));
    let kept = world.record(id(1)).expect("the note");
    assert!(
        kept.record.envelope.blobs.contains(&enclosed.blob),
        "the envelope follows the body"
    );
    let bytes = fs::read(file(&world, &enclosed.blob)).expect("its file");
    assert!(
        !bytes.windows(8).any(|part| part == &PHOTO[..8]),
        "nobody reads it there"
    );
    let store = world.reopen();
    let open = |key: &str| {
        store
            .open_enclosed(Some(id(1)), &enclosed.blob, key, at(1))
            .expect("an answer")
    };
    assert_eq!(open(&enclosed.key), Contents::Here(PHOTO.to_vec()));
    let other = store.enclose(b"x").expect("another").key;
    assert_eq!(open(&other), Contents::Unreadable);
}

#[test]
fn it_goes_up_only_after_the_city_knows_the_record() {
    let world = world();
    let enclosed = taken(&world);
    assert_eq!(waiting(&world), 0, "of no record yet");
    world.save(&with(note(1), &enclosed).build(), stamp(1));
    assert_eq!((waiting(&world), uploads(&world)), (1, vec![]));
    let sent = freeze(&world);
    assert_eq!(uploads(&world), [], "it may have arrived, or not");
    accept(&world, &sent);
    assert_eq!(uploads(&world), std::slice::from_ref(&enclosed.blob));
    world.save(&with(note(1).saying("mehr"), &enclosed).build(), stamp(2));
    assert_eq!(uploads(&world), [enclosed.blob], "a later edit holds nothing up");
}

#[test]
fn an_erased_record_takes_its_ciphertext_along() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    world.save(&with(note(1).saying("mehr"), &enclosed).build(), stamp(2));
    freeze(&world);
    world.pull(&note(1).version(3).state(State::Erased).confirmed());
    assert_eq!(files(&world), Vec::<String>::new());
}

#[test]
fn a_forgotten_field_takes_its_ciphertext_along() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    world.save(&with(note(1).saying("mehr"), &enclosed).build(), stamp(2));
    let theirs = note(1).version(2).redacted("attachments", 2).confirmed();
    world.pull(&theirs);
    assert!(!body_of(&world.record(id(1)).expect("the note")).contains("blob"));
    assert_eq!(files(&world), Vec::<String>::new(), "although an edit waits");
}

#[test]
fn what_leaves_the_scope_or_is_deleted_takes_its_ciphertext_along() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    world.store.write(|tx| tx.leave(id(1), at(9))).expect("it leaves");
    assert_eq!(files(&world), Vec::<String>::new());

    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    world.pull(&note(1).version(2).state(State::Trashed).confirmed());
    world.pull(&note(1).version(3).state(State::Deleted).confirmed());
    assert_eq!(files(&world), Vec::<String>::new());
}

#[test]
fn what_is_set_aside_keeps_its_attachment_as_long_as_its_words() {
    let world = world();
    let enclosed = taken(&world);
    world.save(&with(note(1), &enclosed).build(), stamp(1));
    let sent = freeze(&world);
    let refused = |code: &'static str| world.store.write(|tx| tx.refused(sent.mutation_id, code, at(7)));
    refused("left_scope").expect("refused");
    assert_eq!(files(&world).len(), 1, "somebody still hands it over");
    world.store.write(|tx| tx.count_aside(at(7), at(7))).expect("expired");
    assert_eq!(files(&world), Vec::<String>::new());
}

#[test]
fn what_an_edit_took_away_can_be_brought_back_for_a_day() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    world.save(&note(1).build(), stamp(2));
    accept(&world, &freeze(&world));
    let expire = |millis| {
        world
            .store
            .write(|tx| tx.expire_attachments(at(millis)))
            .expect("a round")
    };
    expire(1_000);
    expire(DAY);
    assert_eq!(files(&world).len(), 1, "not a day yet");
    world.save(&with(note(1), &enclosed).build(), stamp(3));
    accept(&world, &freeze(&world));
    assert_eq!(
        uploads(&world),
        std::slice::from_ref(&enclosed.blob),
        "the city may have let it go"
    );
    expire(3 * DAY);
    assert_eq!(files(&world).len(), 1, "it is named again");

    world.save(&note(1).build(), stamp(4));
    expire(3 * DAY);
    expire(5 * DAY);
    assert_eq!(
        files(&world).len(),
        1,
        "the base still names it until the removal is confirmed"
    );
    accept(&world, &freeze(&world));
    expire(5 * DAY);
    expire(6 * DAY);
    assert_eq!(files(&world), Vec::<String>::new());
}

#[test]
fn a_variant_still_names_it() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    let variant = serde_json::json!({"attachments": [{"id": "00000000-0000-7000-8000-0000000000f1",
        "value": [{"blob": enclosed.blob.as_str()}], "by": "00000000-0000-0000-0000-00000000000a", "at": "2026-10-05T07:14:03.120Z"}]});
    world.pull(&note(1).with("variants", variant).version(2).confirmed());
    world.store.write(|tx| tx.expire_attachments(at(0))).expect("a round");
    world
        .store
        .write(|tx| tx.expire_attachments(at(9 * DAY)))
        .expect("a round");
    assert_eq!(files(&world).len(), 1);
}

#[test]
fn a_draft_keeps_what_was_added_to_it_until_it_is_dropped() {
    let world = world();
    let (new, edited) = (taken(&world), taken(&world));
    world.save(&note(2).build(), stamp(1));
    let bodies = [&new, &edited].map(|enclosed| with(note(1), enclosed).build().body.expect("a body"));
    let keep = |draft: &Draft| world.store.write(|tx| tx.put_draft(draft)).expect("kept");
    keep(&draft("note:new", None, &bodies[0]));
    keep(&draft("note:2", Some(2), &bodies[1]));
    let expire = |millis| {
        world
            .store
            .write(|tx| tx.expire_attachments(at(millis)))
            .expect("a round")
    };
    expire(0);
    expire(3 * DAY);
    assert_eq!(files(&world).len(), 2, "drafts may lie for days");
    world.store.write(|tx| tx.drop_draft("note:new")).expect("dropped");
    expire(3 * DAY);
    expire(5 * DAY);
    assert_eq!(files(&world), [edited.blob.as_str()]);
    let fresh = taken(&world);
    world.pull(&note(2).version(4).state(State::Erased).confirmed());
    assert_eq!(
        files(&world),
        [fresh.blob.as_str()],
        "what was only just taken in is not what was forgotten"
    );
}

#[test]
fn what_was_to_leave_when_the_program_was_killed_leaves_at_the_next_start() {
    let world = world();
    let enclosed = taken(&world);
    confirmed(&world, &enclosed);
    let bytes = fs::read(file(&world, &enclosed.blob)).expect("its file");
    world.pull(&note(1).version(3).state(State::Erased).confirmed());
    // As it lies on the disk of whoever was killed between the transaction and the removal.
    let key = hex::encode(world.store.database_key().as_bytes());
    let connection = rusqlite::Connection::open(world.dir.path().join("quartierbuch.db")).expect("the file");
    connection
        .execute_batch(&format!(
            "PRAGMA key = \"x'{key}'\"; INSERT INTO attachment_gone VALUES ('{}')",
            enclosed.blob.as_str()
        ))
        .expect("the row is there still");
    fs::write(file(&world, &enclosed.blob), bytes).expect("and the file");
    drop(world.reopen());
    assert_eq!(files(&world), Vec::<String>::new());
}

#[test]
fn pieces_go_on_where_they_stopped_and_a_wrong_whole_is_thrown_away() {
    let (from, to) = (world(), world());
    let enclosed = taken(&from);
    let bytes = fs::read(file(&from, &enclosed.blob)).expect("its file");
    to.pull(&with(note(1), &enclosed).version(1).confirmed());
    let total = bytes.len() as u64;
    let take = |from: usize, bytes: &[u8]| {
        to.store
            .take_piece(id(1), &enclosed.blob, from as u64, total, bytes)
            .expect("an answer")
            .0
    };
    assert_eq!(take(0, &bytes[..10]), Arrival::Partly(10));
    assert_eq!(
        take(0, &bytes[..10]),
        Arrival::Partly(10),
        "what came twice counts once"
    );
    assert_eq!(to.reopen().arrived_so_far(&enclosed.blob).expect("an answer"), 10);
    assert_eq!(take(10, &vec![0; bytes.len() - 10]), Arrival::Wrong);
    assert_eq!(
        (to.store.arrived_so_far(&enclosed.blob).expect("an answer"), files(&to)),
        (0, vec![])
    );
    assert_eq!(take(0, &bytes), Arrival::Whole);
    let opened = to
        .store
        .open_enclosed(Some(id(1)), &enclosed.blob, &enclosed.key, at(1))
        .expect("an answer");
    assert_eq!(opened, Contents::Here(PHOTO.to_vec()));
    assert_eq!(attached(&to, &enclosed).total, Some(total));
    assert_eq!(waiting(&to), 0, "the city has it");
}

#[test]
fn what_has_come_so_far_goes_with_its_record() {
    let (from, to) = (world(), world());
    let enclosed = taken(&from);
    let bytes = fs::read(file(&from, &enclosed.blob)).expect("its file");
    to.pull(&with(note(1), &enclosed).version(1).confirmed());
    to.store
        .take_piece(id(1), &enclosed.blob, 0, bytes.len() as u64, &bytes[..10])
        .expect("an answer");
    assert_eq!(files(&to).len(), 1);
    to.pull(&note(1).version(2).state(State::Erased).confirmed());
    assert_eq!(files(&to), Vec::<String>::new());
}

#[test]
fn what_arrives_after_its_record_went_does_not_stay() {
    let (from, to) = (world(), world());
    let enclosed = taken(&from);
    let bytes = fs::read(file(&from, &enclosed.blob)).expect("its file");
    let arrived = to
        .store
        .take_piece(id(1), &enclosed.blob, 0, bytes.len() as u64, &bytes);
    assert_eq!(arrived.expect("an answer").0, Arrival::Whole);
    assert_eq!(files(&to), Vec::<String>::new());
}

#[test]
fn what_somebody_opened_comes_first_and_the_background_takes_recent_small_photos() {
    let (from, to) = (world(), world());
    let (old, recent) = (taken(&from), taken(&from));
    let old_day = note(1).at("2024-10-05T09:15:00+02:00");
    to.pull(&with(old_day, &old).version(1).blobs(&old.blob).confirmed());
    to.pull(&with(note(2), &recent).version(1).blobs(&recent.blob).confirmed());
    let background = |absent_before| {
        let what = Background {
            since: "2025-10-05".parse().expect("a day"),
            most_bytes: 1_000,
            absent_before: at(absent_before),
        };
        to.store.read(|r| r.background(&what, 10)).expect("a read")
    };
    let found = background(0);
    assert_eq!(found.iter().map(|one| &one.blob).collect::<Vec<_>>(), [&recent.blob]);
    to.store
        .write(|tx| tx.attachment_absent(&found[0], at(100)))
        .expect("absent");
    assert!(attached(&to, &recent).absent);
    assert_eq!(
        (background(100).len(), background(101).len()),
        (0, 1),
        "asked again later"
    );
    to.store
        .write(|tx| tx.attachment_weighed(&found[0], 5_000))
        .expect("weighed");
    assert_eq!(background(101).len(), 0, "too large until somebody asks");

    let away = to
        .store
        .open_enclosed(Some(id(1)), &old.blob, &old.key, at(7))
        .expect("an answer");
    assert_eq!(away, Contents::Away);
    let asked = to.store.read(|r| r.asked_for()).expect("a read");
    assert_eq!(asked.iter().map(|one| &one.blob).collect::<Vec<_>>(), [&old.blob]);
}
