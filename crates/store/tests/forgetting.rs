//! Forgetting wins: no trace of an erased word stays in the notebook's files.

mod world;
use domain::{Body, Kind, State};
use rusqlite::{Connection, types::ValueRef};
use store::{Applied, Draft};
use world::{World, at, body_of, id, note, stamp, world};

/// Shares no beginning with any other word, so that the index writes it out in full.
const WORD: &str = "qzxwvkjfurt";

/// Every value of every table, the index's own blocks included, as bytes.
fn everything(world: &World) -> Vec<u8> {
    let connection = Connection::open(world.dir.path().join("quartierbuch.db")).expect("the file opens");
    let key = hex::encode(world.store.database_key().as_bytes());
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .expect("the key is taken");
    let mut names = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        .expect("the schema");
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .expect("tables")
        .collect::<Result<_, _>>()
        .expect("names");
    assert!(
        names.iter().any(|name| name == "found_data"),
        "the index is looked into as well"
    );
    let mut bytes = Vec::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).expect("a table");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                if let ValueRef::Text(value) | ValueRef::Blob(value) = row.get_ref(column).expect("a value") {
                    bytes.extend_from_slice(value);
                    bytes.push(0);
                }
            }
        }
    }
    bytes
}

fn holds(world: &World, word: &str) -> bool {
    // The index shares the first letter with other words at most.
    everything(world)
        .windows(word.len() - 1)
        .any(|window| window == &word.as_bytes()[1..])
}

fn wal_length(world: &World) -> u64 {
    std::fs::metadata(world.dir.path().join("quartierbuch.db-wal")).map_or(0, |file| file.len())
}

#[test]
fn an_erased_record_leaves_no_word_behind() {
    let world = world();
    (10..60).for_each(|n| world.save(&note(n).saying("ganz andere Wörter").build(), stamp(n)));
    world.pull(&note(1).saying(WORD).version(1).confirmed());
    world.save(&note(1).saying(&format!("{WORD} und mehr")).build(), stamp(1));
    world
        .store
        .write(|tx| tx.freeze(100, 1 << 20))
        .expect("a change in flight");
    world.save(&note(1).saying(&format!("noch mehr {WORD}")).build(), stamp(2));
    let draft = Draft {
        key: "note:1".to_owned(),
        record: Some(id(1)),
        kind: Kind::Note,
        body: Body::new(format!(r#"{{"text":"{WORD}"}}"#)),
        base: None,
        form: None,
        at: at(1),
    };
    world.store.write(|tx| tx.put_draft(&draft)).expect("a draft");
    world.store.rest().expect("the index is merged");
    assert!(holds(&world, WORD), "the test can find it at all");
    let tombstone = note(1).version(3).state(State::Erased).confirmed();
    assert_eq!(world.pull(&tombstone), Applied::Erased);
    assert!(
        !holds(&world, WORD),
        "record, base, in flight, outbox, draft, index and vocabulary"
    );
    assert_eq!(wal_length(&world), 0, "no old page waits in the WAL");
    assert!(world.found(WORD).is_empty());
    let notices = world.store.read(|r| r.notices()).expect("notices");
    assert_eq!(
        notices.iter().map(|n| (n.what.as_str(), n.record)).collect::<Vec<_>>(),
        [("erased", id(1))]
    );
    let typed = world.store.write(|tx| tx.save(&note(1).saying(WORD).build(), stamp(9)));
    assert!(matches!(typed, Err(store::Error::Erased(_))), "nothing brings it back");
}

#[test]
fn a_word_that_an_edit_took_out_is_not_kept_either() {
    let world = world();
    world.pull(&note(1).saying(WORD).version(1).confirmed());
    world.store.rest().expect("the index is merged");
    world.pull(&note(1).saying("ersetzt").version(2).confirmed());
    world.store.write(|tx| tx.forget(id(1), None)).expect("a forgetting");
    assert!(!holds(&world, WORD));
    assert!(world.record(id(1)).is_none());
}

#[test]
fn a_redacted_field_goes_before_anything_is_merged() {
    let world = world();
    world.pull(&note(1).saying("bleibt").with("place", WORD).version(1).confirmed());
    let variants =
        serde_json::json!({"place": [{"id": "v", "value": WORD}], "text": [{"id": "w", "value": "Fassung"}]});
    let mine = note(1)
        .saying("bleibt, geändert")
        .with("place", format!("{WORD} 3"))
        .with("variants", variants);
    world.save(&mine.build(), stamp(1));
    let theirs = note(1).saying("bleibt").version(2).redacted("place", 2).confirmed();
    assert_eq!(world.pull(&theirs), Applied::Pending, "an edit waits on it");
    assert!(
        !holds(&world, WORD),
        "base, edit and variants of the field are cut at once"
    );
    let pending = world
        .store
        .read(|r| r.pending(id(1)))
        .expect("a read")
        .expect("the edit");
    let body = pending.mine.body.expect("a body");
    assert!(
        body.as_str().contains("geändert") && body.as_str().contains("Fassung"),
        "the rest of the edit stays"
    );
    // A merge that knew no better brings the field back: it is cut all the same.
    let merged = note(1).saying("bleibt, geändert").with("place", WORD).build();
    world
        .store
        .write(|tx| tx.settle(&theirs, Some((&merged, stamp(2)))))
        .expect("a settling");
    assert!(!holds(&world, WORD));
    let stored = world.record(id(1)).expect("the note");
    assert_eq!((stored.record.envelope.version, stored.pending), (2, true));
}

#[test]
fn a_redacted_member_goes_from_units_and_from_everything_that_waits() {
    let world = world();
    let place = |text: &str| format!("{WORD} {text}");
    world.pull(
        &note(1)
            .saying("bleibt")
            .with("place_kind", place("0"))
            .version(1)
            .confirmed(),
    );
    let unit = serde_json::json!({"place": [{"id": "v", "value": {"place_kind": WORD}}]});
    let typed = |n: u64| note(1).saying("bleibt").with("place_kind", place(&n.to_string()));
    world.save(&typed(1).with("variants", unit).build(), stamp(1));
    world
        .store
        .write(|tx| tx.freeze(10, 1 << 20))
        .expect("a change in flight");
    world.save(&typed(2).build(), stamp(2));
    let draft = Draft {
        key: "note:1".to_owned(),
        record: Some(id(1)),
        kind: Kind::Note,
        body: Body::new(format!(r#"{{"place_kind":"{WORD}","text":"getippt"}}"#)),
        base: None,
        form: None,
        at: at(1),
    };
    world.store.write(|tx| tx.put_draft(&draft)).expect("a draft");
    let theirs = note(1)
        .saying("bleibt")
        .version(2)
        .redacted("place_kind", 2)
        .confirmed();
    assert_eq!(world.pull(&theirs), Applied::Pending);
    assert!(!holds(&world, WORD), "base, edit, change in flight and draft are cut");
    let draft = world.store.read(|r| r.draft("note:1")).expect("a read").expect("kept");
    assert_eq!(draft.body.as_str(), r#"{"text":"getippt"}"#, "the rest of it stays");
    let told = world.store.read(|r| r.notices()).expect("notices");
    assert_eq!(told.iter().map(|n| n.what.as_str()).collect::<Vec<_>>(), ["redacted"]);
}

#[test]
fn what_was_written_anew_after_a_redaction_stands() {
    let world = world();
    world.pull(&note(1).saying("bleibt").with("place", WORD).version(1).confirmed());
    world.save(&note(1).saying("geändert").with("place", WORD).build(), stamp(1));
    let theirs = note(1)
        .saying("bleibt")
        .with("place", "Kiosk")
        .version(3)
        .redacted("place", 2)
        .confirmed();
    assert_eq!(world.pull(&theirs), Applied::Pending);
    let merged = note(1).saying("geändert").with("place", "Kiosk").build();
    world
        .store
        .write(|tx| tx.settle(&theirs, Some((&merged, stamp(2)))))
        .expect("a settling");
    assert!(!holds(&world, WORD));
    assert!(body_of(&world.record(id(1)).expect("the note")).contains("Kiosk"));
}

#[test]
fn a_record_that_left_the_scope_goes_unless_something_was_typed_on_it() {
    let world = world();
    world.pull(&note(1).saying(WORD).version(1).confirmed());
    world.pull(&note(2).saying("zwei").version(1).confirmed());
    world.save(&note(2).saying("zwei, geändert").build(), stamp(2));
    world
        .store
        .write(|tx| tx.leave(id(1), at(2_000)).and(tx.leave(id(2), at(2_000))))
        .expect("both left");
    assert!(world.record(id(1)).is_none() && !holds(&world, WORD));
    assert!(
        world.record(id(2)).is_some(),
        "what was typed waits for the city's answer"
    );
    let (sent, _) = world.store.write(|tx| tx.freeze(10, 1 << 20)).expect("a freeze");
    world
        .store
        .write(|tx| tx.refused(sent[0].mutation_id, "left_scope", at(3_000)))
        .expect("the answer");
    assert!(world.record(id(2)).is_none());
    let kept = world.store.read(|r| r.untransferable()).expect("a read");
    assert_eq!(
        (kept.len(), kept[0].code.as_str(), kept[0].aside_at),
        (1, "left_scope", at(3_000))
    );
    assert!(
        kept[0]
            .record
            .body
            .as_ref()
            .expect("a body")
            .as_str()
            .contains("geändert"),
        "nothing typed is lost"
    );
    world
        .store
        .write(|tx| tx.drop_untransferable(kept[0].stamp.mutation_id))
        .expect("handed over");
    assert!(!holds(&world, "geändert"));
}
