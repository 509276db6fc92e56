//! Edits on their way to the city.

mod world;
use domain::Kind;
use store::{Filter, Page};
use world::{at, body_of, change, id, note, stamp, world};

#[test]
fn a_saved_note_waits_and_is_there_after_opening_again() {
    let world = world();
    world.save(&note(1).saying("Bank am Spielplatz kaputt").build(), stamp(1));
    let again = world.reopen();
    let stored = again.read(|r| r.record(id(1))).expect("a read").expect("the note");
    assert!(stored.pending, "nobody confirmed it yet");
    assert!(body_of(&stored).contains("Spielplatz"));
    let list = again
        .read(|r| r.list(&Filter::of(Kind::Note), Page::first(10)))
        .expect("a list");
    assert_eq!(list, [stored]);
    assert_eq!(world.found("platz"), [id(1)], "inside a compound");
}

#[test]
fn an_accepted_change_is_confirmed_and_a_later_edit_waits_on_what_was_sent() {
    let world = world();
    world.save(&note(1).saying("erst").build(), stamp(1));
    let (sent, _) = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("a freeze");
    assert_eq!(
        (sent.len(), sent[0].base_version, sent[0].mutation_id),
        (1, 0, change(1))
    );
    world.save(&note(1).saying("dann").build(), stamp(2));
    let (again, _) = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("a freeze");
    assert_eq!(
        again, sent,
        "until its outcome is known the same change is sent, word for word"
    );
    world
        .store
        .write(|tx| tx.accepted(change(1), 1, at(5_000)))
        .expect("an answer");
    let pending = world
        .store
        .read(|r| r.pending(id(1)))
        .expect("a read")
        .expect("the later edit");
    assert_eq!(pending.stamp.mutation_id, change(2));
    let base = pending.base.expect("what was sent is the base");
    assert_eq!(
        (base.record.envelope.version, base.record.body),
        (1, sent[0].record.body.clone())
    );
    let (next, _) = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("a freeze");
    assert_eq!((next[0].base_version, next[0].mutation_id), (1, change(2)));
    world
        .store
        .write(|tx| tx.accepted(change(2), 2, at(6_000)))
        .expect("an answer");
    let stored = world.record(id(1)).expect("the note");
    assert!(!stored.pending);
    assert_eq!((stored.record.envelope.version, stored.changed_at), (2, at(6_000)));
}
