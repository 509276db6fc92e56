//! Forgetting wins down to the bytes: after an erasure, a redaction and one sync, no page of any file of device or city,
//! free and old ones included, holds what was forgotten.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly where a program must answer")]

use domain::{Body, Kind, Record, RecordId, State};
use scenes::{
    City, Notebook, log_rows, pages,
    simulation::{
        Ledger, Template,
        chance::Chance,
        city::City as Erfurt,
        clock::{Machine, Time},
        device::{self, Device},
        folder::{self, Lives},
        journal::Journal,
        network::Line,
    },
};
use std::{path::Path, sync::Arc};
use store::{Draft, Stamp};
use sync::Source;

/// Stand in no language, no list of the city, and in nothing else that anybody types here.
const ERASED: &str = "quittenzwirbel";
const REDACTED: &str = "mispelkrautz";
const KEPT: &str = "hagebuttenmus";

/// Which of these words the files below a folder hold. An index shares the first letter of a word with its neighbour.
fn held(folder: &Path, key: &[u8; 32]) -> Vec<&'static str> {
    let all: Vec<u8> = pages::contents(folder, key)
        .into_iter()
        .flat_map(|(_, inside)| inside)
        .collect();
    let is_in = |word: &&str| {
        let rest = &word.as_bytes()[1..];
        all.windows(rest.len()).any(|window| window == rest)
    };
    [ERASED, REDACTED, KEPT].into_iter().filter(is_in).collect()
}

/// More than a page, so that some of it lies in pages that become free.
fn long(word: &str) -> String {
    (0..400).map(|n| format!("{word} im Absatz {n}\n")).collect()
}

/// Live and free pages, index, base, outbox, drafts, variants, attachments, copies before a migration.
#[test]
fn no_page_of_device_or_city_holds_a_forgotten_word_free_ones_included() {
    let town = Town::founded();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.unwrap().block_on(forgotten_in(&town));
}

async fn forgotten_in(town: &Town) {
    let [anna, bela] = [town.device(1), town.device(2)];
    let (erased, redacted, kept) = (anna.note(ERASED), anna.note(REDACTED), anna.note(KEPT));
    let photo = anna.attach(erased);
    anna.sync().await;
    bela.sync().await;
    for (id, word) in [(erased, ERASED), (redacted, REDACTED)] {
        anna.edit(id, &format!("{word} so"));
        bela.edit(id, &format!("{word} oder so"));
    }
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    for (worker, id) in [(&anna, erased), (&bela, erased), (&anna, redacted), (&bela, redacted)] {
        assert!(worker.has_variants(id), "the same paragraph stands in two versions");
    }
    for (id, word) in [(erased, ERASED), (redacted, REDACTED)] {
        anna.edit(id, &format!("{word} zuerst"));
        bela.edit(id, &format!("{word} auch"));
        bela.draft(id, word);
    }
    anna.sync().await;
    for worker in [&anna, &bela] {
        worker.0.store().rest().unwrap();
        worker.copy_as_before_a_migration();
    }
    assert!(anna.holds(&photo) && bela.holds(&photo) && town.city_holds(&photo));
    for folder in [town.city.place().folder().to_owned(), anna.0.folder(), bela.0.folder()] {
        assert_eq!(
            town.held(&folder, &[&anna, &bela]).len(),
            3,
            "the words are found at all: {folder:?}"
        );
    }

    let service = town.city.service();
    city::admin::erase(&service, &[erased], None, "art17_1b", "1/26").unwrap();
    city::admin::erase(&service, &[redacted], Some(&["text".to_owned()]), "art17_1b", "2/26").unwrap();
    anna.sync().await;
    bela.sync().await;
    for folder in [town.city.place().folder().to_owned(), anna.0.folder(), bela.0.folder()] {
        assert_eq!(town.held(&folder, &[&anna, &bela]), [KEPT], "in {folder:?}");
    }
    assert!(!anna.holds(&photo) && !bela.holds(&photo) && !town.city_holds(&photo));
    assert!(bela.0.record(kept).unwrap().is_some());
}

#[test]
fn after_an_erasure_a_redaction_and_one_sync_no_file_of_the_programs_holds_the_words() {
    let outside = tempfile::tempdir().unwrap();
    let districts = outside.path().join("districts.csv");
    std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
    let city = City::with_districts(&districts);
    let team = city.organisation("Quartiersmanagement Nord");
    let person = city.person("Anna Beispiel", &team, "lead", &["Rieth"]);
    let (anna, bela) = (Notebook::enrolled(&city, &person), Notebook::enrolled(&city, &person));
    let note = |word: &str| anna.add_note("Rieth", "Einsamkeit", "2026-10-05T09:15:00+02:00", &long(word));
    let [erased, redacted, _kept] = [note(ERASED), note(REDACTED), note(KEPT)];
    anna.sync();
    bela.sync();
    type_on(&bela, &erased, ERASED);
    type_on(&bela, &redacted, REDACTED);
    let places = [city.folder(), anna.folder(), bela.folder()];
    let keys = [
        key_of_city(&city.folder().join("data")),
        *anna.store().database_key().as_bytes(),
        *bela.store().database_key().as_bytes(),
    ];
    for (folder, key) in places.iter().zip(&keys) {
        assert_eq!(
            held(folder, key).len(),
            3,
            "the words are found at all in {}",
            folder.display()
        );
    }

    let forget = ["--ground", "art17_1b", "--case", "1/26"];
    city.admin(&[["erase", &erased].as_slice(), &forget].concat());
    city.admin(&[["erase", &redacted, "--field", "text"].as_slice(), &forget].concat());
    anna.sync();
    bela.sync();
    // City and notebooks as they stand: the city runs.
    for (folder, key) in places.iter().zip(&keys) {
        assert_eq!(held(folder, key), [KEPT], "in {}", folder.display());
    }
}

/// An edit that waits, and a draft beside it.
fn type_on(notebook: &Notebook, id: &str, word: &str) {
    let (store, id) = (notebook.store(), id.parse::<RecordId>().unwrap());
    let before = store.read(|reading| reading.record(id)).unwrap().unwrap().record;
    let edited = Record {
        body: Some(body(&format!("{word} auch"))),
        ..before.clone()
    };
    let stamp = Stamp {
        mutation_id: sync::Machine.mutation_id(),
        by: before.envelope.owner,
        at: sync::Machine.now(),
    };
    let draft = Draft {
        key: format!("note:{id}"),
        record: Some(id),
        kind: Kind::Note,
        body: body(&long(word)),
        base: Some(before),
        form: None,
        at: stamp.at,
    };
    store
        .write(|writing| {
            writing.save(&edited, stamp)?;
            writing.put_draft(&draft)
        })
        .unwrap();
}

/// A city and its devices within this program, with folders of their own.
struct Town {
    dir: tempfile::TempDir,
    template: Template,
    time: Time,
    city: Erfurt,
    journal: Arc<Journal>,
}

struct Worker(Device);

/// An attachment: its name, and bytes of its ciphertext that are like no others.
struct Photo {
    hash: domain::BlobHash,
    piece: Vec<u8>,
}

impl Town {
    fn founded() -> Self {
        let template = Template::found(&Ledger::Files).unwrap();
        let (dir, time) = (tempfile::tempdir().unwrap(), Time::default());
        let world = Machine::new(&time, Chance::of(&[1]), 0);
        let place = template.city().copy_to(dir.path().join("city")).unwrap();
        let city = Erfurt::open(place, world).unwrap();
        let journal = Arc::new(Journal::default());
        journal.seen().begin(template.people().to_vec());
        Self {
            dir,
            template,
            time,
            city,
            journal,
        }
    }

    fn device(&self, n: usize) -> Worker {
        let lives = Lives::new(self.dir.path().join(format!("device-{n}")));
        folder::copy(&self.template.device(n), &lives.here()).unwrap();
        let line = Line::new(&self.city, device::wire(n, n, &self.journal));
        let machine = Machine::new(&self.time, Chance::of(&[3, n as u64]), 0);
        Worker(Device::open(n, n, lives, self.template.key(n).clone(), line, machine).unwrap())
    }

    /// Whether any page of the city's ledger holds this ciphertext.
    fn city_holds(&self, photo: &Photo) -> bool {
        let folder = self.city.place().folder().to_owned();
        let key = key_of_city(&folder);
        let mut inside = pages::contents(&folder, &key).into_iter();
        inside.any(|(_, bytes)| bytes.windows(photo.piece.len()).any(|window| window == photo.piece))
    }

    fn held(&self, folder: &Path, workers: &[&Worker]) -> Vec<&'static str> {
        let own = workers.iter().find(|worker| worker.0.folder() == folder);
        match own {
            Some(worker) => held(folder, worker.0.store().database_key().as_bytes()),
            None => held(folder, &key_of_city(folder)),
        }
    }
}

impl Worker {
    async fn sync(&self) {
        let city = self.0.city().unwrap();
        sync::round(self.0.store(), &city, &self.0.machine).await.unwrap();
    }

    fn note(&self, word: &str) -> RecordId {
        let identity = self.0.identity().unwrap();
        let envelope = serde_json::json!({
            "id": self.0.machine.uuid(), "kind": "note", "organisation": identity.organisation,
            "districts": [identity.districts.first()], "whole_organisation": false, "owner": identity.person,
            "confidential": false, "readers": [], "blobs": [], "retention": null, "state": "live", "version": 0,
            "floor_version": 0, "redacted": [],
        });
        let record = Record {
            envelope: serde_json::from_value(envelope).unwrap(),
            body: Some(body(&long(word))),
            sealed: None,
        };
        self.0.save(&record).unwrap();
        record.envelope.id
    }

    fn edit(&self, id: RecordId, text: &str) {
        let mut record = self.0.record(id).unwrap().unwrap();
        assert_eq!(record.envelope.state, State::Live);
        let mut members = device::members(&record);
        members.set("text", text).unwrap();
        record.body = Some(Body::from_members(&members));
        self.0.save(&record).unwrap();
    }

    fn attach(&self, id: RecordId) -> Photo {
        let enclosed = self.0.store().enclose(&[7; 600]).unwrap();
        let mut record = self.0.record(id).unwrap().unwrap();
        let mut members = device::members(&record);
        let part = serde_json::json!([{
            "id": self.0.machine.uuid(), "position": "m", "blob": enclosed.blob.as_str(), "key": enclosed.key,
            "media_type": "image/jpeg", "name": "Foto.jpg",
        }]);
        members.set("attachments", &part).unwrap();
        record.body = Some(Body::from_members(&members));
        self.0.save(&record).unwrap();
        let (_, sealed) = self.0.store().sealed_piece(&enclosed.blob, 0, 64).unwrap().unwrap();
        Photo {
            hash: enclosed.blob,
            piece: sealed[24..].to_vec(),
        }
    }

    /// Whether any file of the notebook holds the attachment.
    fn holds(&self, photo: &Photo) -> bool {
        let named = self.0.folder().join("attachments").join(photo.hash.as_str()).exists();
        let key = self.0.store().database_key();
        let inside = pages::contents(&self.0.folder(), key.as_bytes())
            .into_iter()
            .any(|(_, bytes)| bytes.windows(photo.piece.len()).any(|window| window == photo.piece));
        assert_eq!(named, inside, "under its name, and nowhere else");
        named
    }

    fn has_variants(&self, id: RecordId) -> bool {
        device::members(&self.0.record(id).unwrap().unwrap()).contains("variants")
    }

    /// A copy as the program makes it before it brings an older notebook to its schema, left by a start that was cut.
    fn copy_as_before_a_migration(&self) {
        let database = self.0.folder().join("quartierbuch.db");
        std::fs::copy(&database, database.with_extension("db.before-2")).unwrap();
    }

    fn draft(&self, id: RecordId, word: &str) {
        let draft = Draft {
            key: format!("note:{id}"),
            record: Some(id),
            kind: Kind::Note,
            body: body(&long(word)),
            base: self.0.record(id).unwrap(),
            form: Some(format!(r#"{{"text":"{word}"}}"#)),
            at: self.0.machine.now(),
        };
        self.0.store().write(|writing| writing.put_draft(&draft)).unwrap();
    }
}

fn body(text: &str) -> Body {
    Body::new(serde_json::json!({"occurred_at": "2026-10-05T09:15:00+02:00", "text": text}).to_string())
}

fn key_of_city(folder: &Path) -> [u8; 32] {
    let key = std::fs::read_to_string(folder.join("city.key")).unwrap();
    hex::decode(key.trim()).unwrap().try_into().unwrap()
}
