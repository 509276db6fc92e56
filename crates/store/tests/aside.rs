//! "Nicht übertragbar": what was typed on a record that is no longer this person's to see.

mod world;
use domain::{Body, Kind, State};
use store::{Draft, PassKind};
use world::{World, at, id, note, stamp, world};

/// Edits the note on this device, and the city answers that it left the person's scope.
fn typed_and_refused(world: &World, n: u128, text: &str) {
    world.pull(&note(1).saying("wandert").version(1).confirmed());
    world.save(&note(1).saying(text).build(), stamp(n));
    let (sent, _) = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("a freeze");
    world
        .store
        .write(|tx| tx.refused(sent[0].mutation_id, "left_scope", at(20_000)))
        .expect("the answer");
}

/// Code and text of what was set aside, the oldest first.
fn kept(world: &World) -> Vec<(String, String)> {
    let kept = world.store.read(|r| r.untransferable()).expect("a read");
    let text = |record: &domain::Record| {
        let members = record.body.as_ref().and_then(|body| body.members().ok());
        members.and_then(|members| members.read("text")).unwrap_or_default()
    };
    kept.iter().map(|one| (one.code.clone(), text(&one.record))).collect()
}

fn entry(code: &str, text: &str) -> (String, String) {
    (code.to_owned(), text.to_owned())
}

fn type_draft(world: &World, text: &str) {
    let draft = Draft {
        key: "note:1".to_owned(),
        record: Some(id(1)),
        kind: Kind::Note,
        body: Body::new(format!(r#"{{"text":"{text}"}}"#)),
        base: None,
        form: None,
        at: at(9_000),
    };
    world.store.write(|tx| tx.put_draft(&draft)).expect("a draft");
}

#[test]
fn a_record_that_leaves_twice_keeps_the_words_of_both_times() {
    let world = world();
    typed_and_refused(&world, 1, "erstes Mal");
    typed_and_refused(&world, 2, "zweites Mal");
    assert_eq!(
        kept(&world),
        [entry("left_scope", "erstes Mal"), entry("left_scope", "zweites Mal")]
    );
}

#[test]
fn what_was_set_aside_goes_with_the_erasure_of_its_record() {
    let world = world();
    typed_and_refused(&world, 1, "Sonnenschein");
    world.pull(&note(1).version(4).state(State::Erased).confirmed());
    assert_eq!(kept(&world), [], "forgetting wins over handing over");
}

#[test]
fn what_was_set_aside_goes_from_the_file_when_its_time_is_over() {
    let world = world();
    typed_and_refused(&world, 1, "Sonnenschein");
    let heard = |now, last| {
        world
            .store
            .write(|tx| tx.count_aside(at(now), at(last)))
            .expect("a write")
    };
    heard(50_000, 20_000);
    assert_eq!(
        kept(&world),
        [entry("left_scope", "Sonnenschein")],
        "the device's clock does not count"
    );
    heard(79_000, 49_999);
    assert_eq!(kept(&world), [entry("left_scope", "Sonnenschein")], "not yet");
    heard(79_001, 50_000);
    assert_eq!(kept(&world), []);
    let wal = std::fs::metadata(world.dir.path().join("quartierbuch.db-wal"));
    assert_eq!(wal.map_or(0, |file| file.len()), 0, "no old page waits in the WAL");
}

#[test]
fn what_was_being_typed_on_a_record_that_leaves_is_set_aside() {
    let world = world();
    world.pull(&note(1).saying("wandert").version(1).confirmed());
    type_draft(&world, "halber Satz");
    world.store.write(|tx| tx.leave(id(1), at(20_000))).expect("it left");
    assert!(world.record(id(1)).is_none());
    assert_eq!(kept(&world), [entry("left_scope", "halber Satz")]);
}

#[test]
fn what_was_being_typed_on_a_refused_edit_is_set_aside_beside_it() {
    let world = world();
    type_draft(&world, "weiter im Text");
    typed_and_refused(&world, 1, "gespeichert");
    assert_eq!(
        kept(&world),
        [
            entry("left_scope", "gespeichert"),
            entry("left_scope", "weiter im Text")
        ]
    );
}

#[test]
fn what_was_being_typed_on_a_record_that_a_full_pull_does_not_show_is_set_aside() {
    let world = world();
    world.pull(&note(1).saying("fehlt").version(1).confirmed());
    type_draft(&world, "halber Satz");
    world
        .store
        .write(|tx| tx.begin_pass(PassKind::CursorExpired))
        .expect("a pass");
    world
        .store
        .write(|tx| tx.end_pass(PassKind::CursorExpired, at(20_000)))
        .expect("its end");
    assert!(world.record(id(1)).is_none());
    assert_eq!(kept(&world), [entry("not_shown", "halber Satz")]);
}

#[test]
fn a_draft_that_says_what_the_record_says_leaves_nothing_behind() {
    let world = world();
    let confirmed = note(1).saying("wandert").version(1).confirmed();
    world.pull(&confirmed);
    let body = confirmed.record.body.expect("a body");
    let draft = Draft {
        key: "note:1".to_owned(),
        record: Some(id(1)),
        kind: Kind::Note,
        body,
        base: None,
        form: None,
        at: at(9_000),
    };
    world.store.write(|tx| tx.put_draft(&draft)).expect("a draft");
    world.store.write(|tx| tx.leave(id(1), at(20_000))).expect("it left");
    assert_eq!(kept(&world), [], "nobody typed anything");
    assert_eq!(world.store.read(|r| r.drafts()).expect("a read"), []);
}

#[test]
fn an_erasure_takes_a_draft_along_and_the_person_is_told() {
    let world = world();
    world.pull(&note(1).saying("wandert").version(1).confirmed());
    type_draft(&world, "halber Satz");
    world.pull(&note(1).version(2).state(State::Erased).confirmed());
    assert_eq!(kept(&world), [], "forgetting wins");
    let told = world.store.read(|r| r.notices()).expect("notices");
    assert_eq!(told.iter().map(|n| n.what.as_str()).collect::<Vec<_>>(), ["erased"]);
}
