//! Somebody who types on a device, and what must be found of it everywhere.

use domain::{At, Body, Envelope, Kind, MutationId, Record, RecordId, State};
use scenes::{
    Notebook,
    prose::{Dice, note_text},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::{Child, Stdio},
};
use store::{Filter, Page, Stamp};
use uuid::Uuid;

/// More notes than any of these tests writes.
const ALL: usize = 1_000_000;

/// The text of each note, by its id.
pub(super) type Texts = BTreeMap<RecordId, String>;

/// A device, and what its person has typed so far.
pub(super) struct Typist {
    pub(super) notebook: Notebook,
    pub(super) typed: Texts,
    changes: usize,
}

impl Typist {
    /// A new device at this address, in sync with its city.
    pub(super) fn enrolled(url: &str, code: &str) -> Self {
        let notebook = Notebook::enrolled_at(url, code);
        notebook.opens_at_once();
        Self {
            notebook,
            typed: Texts::new(),
            changes: 0,
        }
    }

    /// Writes so many changes: new notes, and now and then another text in an earlier one. While it types, the notebook is
    /// open; afterwards the next program that opens it finds what a crash left.
    pub(super) fn types(&mut self, dice: &mut Dice, count: usize) {
        let store = self.notebook.store();
        let identity = store.read(|reading| reading.identity()).unwrap().unwrap();
        let written = store.write(|writing| {
            for _ in 0..count {
                self.changes += 1;
                let earlier: Vec<RecordId> = self.typed.keys().rev().take(50).copied().collect();
                let earlier = (dice.below(4) == 0 && !earlier.is_empty()).then(|| earlier[dice.below(earlier.len())]);
                let id = earlier.unwrap_or_else(|| RecordId(Uuid::now_v7()));
                let text = format!("{} Nr. {}", note_text(dice), self.changes);
                let body = json!({"occurred_at": "2026-10-13T10:15:00+02:00", "text": text, "topics": ["einsamkeit"]});
                let stored = writing.record(id)?.map(|stored| stored.record.envelope);
                let record = Record {
                    envelope: stored.unwrap_or_else(|| Envelope {
                        id,
                        kind: Kind::Note,
                        organisation: Some(identity.organisation),
                        districts: identity.districts.iter().take(1).copied().collect(),
                        whole_organisation: false,
                        owner: identity.person,
                        confidential: false,
                        readers: BTreeSet::new(),
                        blobs: BTreeSet::new(),
                        retention: None,
                        state: State::Live,
                        version: 0,
                        floor_version: 0,
                        redacted: BTreeSet::new(),
                    }),
                    body: Some(Body::new(body.to_string())),
                    sealed: None,
                };
                let stamp = Stamp {
                    mutation_id: MutationId(Uuid::now_v7()),
                    by: identity.person,
                    at: At::from(chrono::Utc::now()),
                };
                writing.save(&record, stamp)?;
                self.typed.insert(id, text);
            }
            Ok(())
        });
        written.unwrap();
    }

    /// Starts a sync.
    pub(super) fn sync(&self) -> Child {
        let mut command = self.notebook.command(&["sync"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    }

    /// How many live records lie on the device.
    pub(super) fn records(&self) -> u64 {
        self.notebook.store().read(|reading| reading.status()).unwrap().records
    }

    /// Every note on the device.
    pub(super) fn notes(&self) -> Texts {
        let store = self.notebook.store();
        let notes = store.read(|reading| reading.list(&Filter::of(Kind::Note), Page::first(ALL)));
        let text = |body: &Body| {
            let body: Value = serde_json::from_str(body.as_str()).unwrap();
            assert_eq!(body.get("variants"), None, "nobody contradicted anybody: {body}");
            body["text"].as_str().unwrap().to_owned()
        };
        let notes = notes.unwrap().into_iter().map(|stored| stored.record);
        notes
            .map(|note| (note.envelope.id, text(&note.body.unwrap())))
            .collect()
    }

    /// Everything that anybody typed is here, as it was typed last and once, nothing waits, and the city counts the same.
    pub(super) fn holds(&self, typed: &Texts) {
        let notes = self.notes();
        let lost: Vec<_> = typed.iter().filter(|(id, text)| notes.get(id) != Some(text)).collect();
        assert!(lost.is_empty(), "{} texts are not here: {lost:?}", lost.len());
        let strange: Vec<_> = notes.keys().filter(|id| !typed.contains_key(id)).collect();
        assert!(strange.is_empty(), "nobody typed these: {strange:?}");
        let status = self.notebook.store().read(|reading| reading.status()).unwrap();
        let waits = (
            status.waiting,
            status.refused,
            status.in_two_versions,
            status.untransferable,
        );
        assert_eq!(waits, (0, 0, 0, 0), "nothing waits, refused, doubled or left over");
        let verified = self.notebook.run(&["verify"]).json();
        assert_eq!(
            verified["equal"], true,
            "device and city sum the same records: {verified}"
        );
    }
}

/// All that several people typed.
pub(super) fn all_of(people: &[&Typist]) -> Texts {
    people.iter().flat_map(|each| each.typed.clone()).collect()
}
