//! "Nicht übertragbar": what was typed on a record that is no longer this person's to see.

mod world;
use world::{World, at, note, stamp, world};

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
fn what_was_set_aside_goes_from_the_file_when_its_time_is_over() {
    let world = world();
    typed_and_refused(&world, 1, "Sonnenschein");
    let expire = |last| {
        world
            .store
            .write(|tx| tx.expire_untransferable(at(last)))
            .expect("a write")
    };
    expire(19_999);
    assert_eq!(kept(&world), [entry("left_scope", "Sonnenschein")], "not yet");
    expire(20_000);
    assert_eq!(kept(&world), []);
    let wal = std::fs::metadata(world.dir.path().join("quartierbuch.db-wal"));
    assert_eq!(wal.map_or(0, |file| file.len()), 0, "no old page waits in the WAL");
}
