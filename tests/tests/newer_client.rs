//! What a newer client wrote comes through an older one unharmed: members, words of lists and kinds that this version
//! does not know, byte for byte where nobody edits, and member by member where two edits meet.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

use chrono::Utc;
use domain::{Body, Members, MutationId, RecordId};
use scenes::{City, Notebook, Stranger, log_rows};
use std::collections::BTreeSet;
use store::Stamp;
use uuid::Uuid;

/// Members in no order, blanks of its own, numbers that no float holds, a word no list has.
const TOMORROWS_NOTE: &str = r#"{ "text":"Heute im Bürgergarten.\n\nMorgen im Rieth.",  "occurred_at":"2026-10-08T10:00:00+02:00",
 "contact_mode":"hologramm","zukunft":{"z":1.00,"a":[12345678901234567890123,-0.0,1E+2,{"tief":{"tiefer":9007199254740993}}]},
 "people":[{"count":1,"age_band":"27-64","neu":1.00}], "topics":["raum","einsamkeit"],"genau":1.00}"#;
const TOMORROWS_KIND: &str = r#"{"b":1.00,"a":{"text":"Ein Spaziergang im Nichts","x":18446744073709551617}}"#;

#[test]
fn what_is_unknown_rests_and_travels_byte_for_byte() {
    let scene = Scene::new();
    let note = scene.newer.create("note", TOMORROWS_NOTE);
    let walk = scene.newer.create("hologram_walk", TOMORROWS_KIND);
    let task = scene
        .newer
        .create("task", r#"{"status":"vertagt_auf_morgen","what":"Bank","order":1.00}"#);
    scene.older.sync();
    for (id, body) in [(note, TOMORROWS_NOTE), (walk, TOMORROWS_KIND)] {
        let shown = scene.older.run(&["show", &id.to_string()]).ends_with(0);
        assert!(
            shown.stdout().contains(body),
            "the notebook holds {id} as it came, byte for byte: {}",
            shown.stdout()
        );
    }
    assert_eq!(
        scene.older.search("spaziergang").len(),
        1,
        "an unknown kind is found by its words"
    );

    // The older device moves the records, so that it sends bodies it never understood.
    for id in [note, walk, task] {
        scene.moved_by_the_older(id);
    }
    assert_eq!(scene.older.sync()["pushed"], 3, "the moves reach the city");
    assert_eq!(
        scene.newer.body(note),
        TOMORROWS_NOTE,
        "a move leaves the body byte for byte"
    );
    assert_eq!(scene.newer.body(walk), TOMORROWS_KIND, "that of an unknown kind too");
    assert!(
        scene.newer.body(task).contains("vertagt_auf_morgen"),
        "an unknown word of a list stays"
    );
    assert_eq!(
        scene.newer.head(note).envelope.districts.len(),
        2,
        "the move itself arrived"
    );
    let another = Notebook::enrolled(&scene.city, &scene.person);
    let shown = another.run(&["show", &note.to_string()]).ends_with(0);
    assert!(
        shown.stdout().contains(TOMORROWS_NOTE),
        "a third device gets the same bytes"
    );
    assert_eq!(
        scene.older.run(&["verify"]).json()["equal"],
        true,
        "digests agree, so the hashed bytes do"
    );
}

#[test]
fn what_is_unknown_survives_a_merge_slice_by_slice() {
    let scene = Scene::new();
    let note = scene.newer.create("note", TOMORROWS_NOTE);
    scene.older.sync();
    // Both sides edit: the older one a paragraph, the newer one another paragraph and a member of its own.
    scene.edited_by_the_older(note, |members| {
        members
            .set("text", "Heute im Bürgergarten, mit Kindern.\n\nMorgen im Rieth.")
            .unwrap();
    });
    let theirs = TOMORROWS_NOTE
        .replace("Morgen im Rieth.", "Morgen im Rieth, ganz früh.")
        .replace("\"genau\":1.00", "\"genau\":2.50");
    scene.newer.change(note, &theirs);
    let counted = scene.older.sync();
    assert_eq!(counted["merged"], 1, "two edits met: {counted}");

    let body = Body::new(scene.newer.body(note));
    let (merged, before) = (body.members().unwrap(), Body::new(theirs).members().unwrap());
    let text: String = merged.read("text").unwrap();
    assert_eq!(
        text, "Heute im Bürgergarten, mit Kindern.\n\nMorgen im Rieth, ganz früh.",
        "both paragraphs are there"
    );
    for name in ["zukunft", "genau", "contact_mode", "people"] {
        assert_eq!(
            merged.raw(name),
            before.raw(name),
            "`{name}` kept its raw slice through the merge"
        );
    }
    assert_eq!(
        merged.raw("variants"),
        None,
        "nothing was edited on both sides, so nothing stands in two versions"
    );
    assert_eq!(
        merged.names().collect::<Vec<_>>(),
        before.names().collect::<Vec<_>>(),
        "no member came or went"
    );
}

#[test]
fn an_unknown_member_edited_on_both_sides_stands_in_two_versions() {
    let scene = Scene::new();
    let note = scene.newer.create("note", TOMORROWS_NOTE);
    scene.older.sync();
    scene.edited_by_the_older(note, |members| {
        members.set_raw("genau", serde_json::from_str("7.10").unwrap());
    });
    scene
        .newer
        .change(note, &TOMORROWS_NOTE.replace("\"genau\":1.00", "\"genau\":2.50"));
    scene.older.sync();

    let merged = Body::new(scene.newer.body(note)).members().unwrap();
    assert_eq!(merged.raw("genau"), Some("2.50"), "the city's value stands");
    let variants = merged.raw("variants").expect("mine is kept beside it");
    assert!(variants.contains("7.10"), "as the raw slice that was typed: {variants}");
    assert_eq!(
        merged.raw("zukunft"),
        Body::new(TOMORROWS_NOTE.to_owned()).members().unwrap().raw("zukunft"),
        "the rest is untouched"
    );
    assert_eq!(
        scene.older.run(&["status"]).json()["in_two_versions"],
        1,
        "and the person is told of it"
    );
}

struct Scene {
    city: City,
    person: String,
    older: Notebook,
    newer: Stranger,
}

impl Scene {
    fn new() -> Self {
        let files = tempfile::tempdir().unwrap();
        let districts = files.path().join("districts.csv");
        std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
        let city = City::with_districts(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let person = city.person("Anna Beispiel", &team, "worker", &["Rieth", "Moskauer Platz"]);
        let (older, newer) = (Notebook::enrolled(&city, &person), Stranger::enrolled(&city, &person));
        Self {
            city,
            person,
            older,
            newer,
        }
    }

    /// Saves an edit in the older device's notebook, as its window would.
    fn edited_by_the_older(&self, id: RecordId, edit: impl FnOnce(&mut Members)) {
        self.saved_by_the_older(id, |record| {
            let mut members = record
                .body
                .as_ref()
                .expect("a live record has a body")
                .members()
                .unwrap();
            edit(&mut members);
            record.body = Some(Body::from_members(&members));
        });
    }

    fn moved_by_the_older(&self, id: RecordId) {
        let both: BTreeSet<_> = self.newer.districts().clone();
        self.saved_by_the_older(id, |record| record.envelope.districts = both);
    }

    fn saved_by_the_older(&self, id: RecordId, change: impl FnOnce(&mut domain::Record)) {
        let store = self.older.store();
        let (mut record, by) = store
            .read(|reading| {
                let stored = reading.record(id)?.expect("the record arrived");
                let identity = reading.identity()?.expect("the device is enrolled");
                Ok((stored.record, identity.person))
            })
            .unwrap();
        change(&mut record);
        let stamp = Stamp {
            mutation_id: MutationId(Uuid::now_v7()),
            by,
            at: Utc::now().into(),
        };
        store.write(|writing| writing.save(&record, stamp)).unwrap();
    }
}
