//! A notebook as a worker has it in the middle of October, made without a city.

use super::words::{Language, words};
use domain::{
    At, Body, DistrictId, Envelope, Kind, MutationId, OrganisationId, PersonId, Record, RecordId, Role, State,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use store::{Confirmed, Draft, Identity, KeyCost, Met, Passphrase, Stamp, Store, Upload};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const PASSPHRASE: &str = "laterne teich donnerstag apfelkuchen";

pub(crate) struct World {
    folder: TempDir,
    pub(crate) store: Store,
    person: PersonId,
    organisation: OrganisationId,
    pub(crate) rieth: DistrictId,
}

impl World {
    /// Rieth, two topics, and nothing logged yet. Nobody listens at the city's address: the worker is out of reach.
    pub(crate) fn offline() -> Self {
        Self::of("http://127.0.0.1:1")
    }

    /// The same, with the address of its city. A city that is there does not know this device.
    pub(crate) fn of(city_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = folder.path().join("notebook");
        fs::create_dir(&dir).expect("a new folder");
        let passphrase = Passphrase::new(PASSPHRASE);
        let store = Store::create(&dir, &passphrase, KeyCost::for_tests()).expect("a new notebook");
        let world = Self {
            folder,
            store,
            person: PersonId(Uuid::now_v7()),
            organisation: OrganisationId(Uuid::now_v7()),
            rieth: DistrictId(Uuid::now_v7()),
        };
        // The words of the tests are German, whatever the machine speaks.
        world.speaks(Language::German);
        world.enrol(city_url);
        world.catalogue(
            world.organisation.into(),
            Kind::Organisation,
            &json!({"name": "Team Nord", "regime": "dsgvo"}),
        );
        world.catalogue(
            world.rieth.into(),
            Kind::District,
            &json!({"name": "Rieth", "type": "ortsteil"}),
        );
        for (code, de, en) in [
            ("wohnen", "Wohnen und Segregation", "Housing"),
            ("einsamkeit", "Einsamkeit", "Loneliness"),
        ] {
            let label = json!({"de": de, "en": en});
            let body = json!({"list": "topic", "code": code, "label": label});
            world.catalogue(RecordId(Uuid::now_v7()), Kind::Code, &body);
        }
        world
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.folder.path().join("notebook")
    }

    /// For `--passphrase-file`.
    pub(crate) fn passphrase_file(&self) -> PathBuf {
        let file = self.folder.path().join("passphrase");
        fs::write(&file, PASSPHRASE).expect("a new file");
        file
    }

    /// As if chosen in the settings.
    pub(crate) fn speaks(&self, language: Language) {
        fs::write(self.dir().join("language"), language.tag()).expect("a file in the notebook's folder");
    }

    fn enrol(&self, city_url: &str) {
        let identity = Identity {
            city_url: city_url.to_owned(),
            token: "t".repeat(43),
            person: self.person,
            organisation: self.organisation,
            name: "Anna Beispiel".to_owned(),
            role: Role::Worker,
            field: None,
            districts: BTreeSet::from([self.rieth]),
            city: "Musterstadt".to_owned(),
            epoch: "e1".to_owned(),
            device_id: domain::DeviceId(Uuid::now_v7()),
            device_code: "K7".to_owned(),
            id_key: "k".repeat(43),
        };
        self.store
            .write(|writing| writing.set_identity(&identity))
            .expect("the notebook takes an identity");
    }

    fn catalogue(&self, id: RecordId, kind: Kind, body: &Value) {
        let mut envelope = self.envelope(id, kind);
        envelope.organisation = None;
        envelope.whole_organisation = true;
        envelope.districts.clear();
        envelope.version = 1;
        let confirmed = Confirmed {
            record: Record {
                envelope,
                body: Some(Body::new(body.to_string())),
                sealed: None,
            },
            changed_at: At::from(chrono::Utc::now()),
            changed_by: self.person,
        };
        self.store
            .write(|writing| writing.put_confirmed(&confirmed))
            .expect("the notebook takes a page");
    }

    /// A conversation in Rieth, as another process would log it; its id.
    pub(crate) fn log(&self, occurred_at: &str, text: &str) -> RecordId {
        let body = json!({"occurred_at": occurred_at, "text": text, "topics": ["wohnen"]});
        self.keep(Kind::Note, &body)
    }

    /// A photo on its way onto a record, as the program takes it in.
    pub(crate) fn photo(&self, caption: &str) -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/photo-with-place.jpg");
        let taken = intake::attachment::take_in(&fs::read(path).expect("a photo"), "Foto.jpg").expect("it is taken");
        let enclosed = self.store.enclose(&taken.bytes).expect("it is kept");
        json!({"id": Uuid::now_v7(), "blob": enclosed.blob.as_str(), "key": enclosed.key,
            "media_type": taken.media_type, "name": taken.name, "caption": caption})
    }

    /// A photo of a record has reached the city.
    pub(crate) fn at_the_city(&self, photo: &Value) {
        let upload = Upload {
            record: RecordId::default(),
            blob: serde_json::from_value(photo["blob"].clone()).expect("a hash"),
        };
        self.store
            .write(|writing| writing.attachment_sent(&upload))
            .expect("a write");
    }

    /// An entry of one of the city's lists.
    pub(crate) fn code(&self, list: &str, code: &str, label: &str) {
        let label = json!({"de": label, "en": label});
        let body = json!({"list": list, "code": code, "label": label});
        self.catalogue(RecordId(Uuid::now_v7()), Kind::Code, &body);
    }

    /// Another district of the city, which is not the worker's own.
    pub(crate) fn district(&self, name: &str) -> DistrictId {
        let id = DistrictId(Uuid::now_v7());
        self.catalogue(id.into(), Kind::District, &json!({"name": name, "type": "ortsteil"}));
        id
    }

    /// A record in Rieth, as another process would save it; its id.
    pub(crate) fn keep(&self, kind: Kind, body: &Value) -> RecordId {
        self.keep_in(self.rieth, kind, body)
    }

    /// The same in another district.
    pub(crate) fn keep_in(&self, district: DistrictId, kind: Kind, body: &Value) -> RecordId {
        let id = RecordId(Uuid::now_v7());
        let mut envelope = self.envelope(id, kind);
        envelope.districts = BTreeSet::from([district]);
        let record = Record {
            envelope,
            body: Some(Body::new(body.to_string())),
            sealed: None,
        };
        self.save(&record);
        id
    }

    fn save(&self, record: &Record) {
        let stamp = Stamp {
            mutation_id: MutationId(Uuid::now_v7()),
            by: self.person,
            at: At::from(chrono::Utc::now()),
        };
        self.store
            .write(|writing| writing.save(record, stamp))
            .expect("the notebook takes a record");
    }

    /// Somebody put this record in the trash.
    pub(crate) fn trash(&self, id: RecordId) {
        let stored = self.store.read(|reading| reading.record(id));
        let mut record = stored.expect("the notebook can be read").expect("it was kept").record;
        record.envelope.state = State::Trashed;
        self.save(&record);
    }

    /// Somebody began to write a conversation down, and was called away.
    pub(crate) fn half_typed(&self, text: &str) {
        let begun = json!({"occurred_at": "2026-10-14T09:00:00+02:00", "text": text});
        let draft = draft(format!("note:{}", Uuid::now_v7()), None, &begun);
        self.store
            .write(|writing| writing.put_draft(&draft))
            .expect("the notebook takes a draft");
    }

    /// Words of a record that the city does not take any more, and the news of it.
    pub(crate) fn leave_over(&self, id: RecordId, text: &str) {
        let typed = json!({"occurred_at": "2026-10-14T09:00:00+02:00", "text": text});
        let draft = draft(id.to_string(), Some(id), &typed);
        self.store
            .write(|writing| {
                writing.put_draft(&draft)?;
                writing.tell_met(Met::Deletion, id, &Kind::Note, draft.at)
            })
            .expect("the notebook takes a draft and a notice");
        self.confirm_and_leave(id);
    }

    /// The body of the one live record of a kind, as it lies in the notebook.
    pub(crate) fn only(&self, kind: Kind) -> Value {
        let found = self
            .store
            .read(|reading| reading.list(&store::Filter::of(kind), store::Page::first(10)))
            .expect("the notebook can be read");
        let [one] = found.as_slice() else {
            panic!("{} records instead of one", found.len())
        };
        let body = one.record.body.as_ref().expect("a body");
        serde_json::from_str(body.as_str()).expect("JSON")
    }

    /// So many live records of a kind lie in the notebook.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.store
            .read(|reading| reading.list(&store::Filter::of(kind), store::Page::first(10)))
            .expect("the notebook can be read")
            .len()
    }

    /// Every word of every record and draft, and of who works here.
    pub(crate) fn words(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = words("Anna Beispiel Musterstadt").collect();
        let kinds = [
            Kind::Note,
            Kind::Request,
            Kind::Contact,
            Kind::Code,
            Kind::District,
            Kind::Organisation,
        ];
        let bodies = self.store.read(|reading| {
            let mut bodies: Vec<Body> = reading.drafts()?.into_iter().map(|draft| draft.body).collect();
            for kind in kinds {
                let stored = reading.list(&store::Filter::of(kind), store::Page::first(1_000))?;
                bodies.extend(stored.into_iter().filter_map(|stored| stored.record.body));
            }
            Ok(bodies)
        });
        for body in bodies.expect("the notebook can be read") {
            all.extend(words(body.as_str()));
        }
        all
    }

    /// The city took this record, and it has left the worker's districts since.
    pub(crate) fn confirm_and_leave(&self, id: RecordId) {
        let now = At::from(chrono::Utc::now());
        let confirmed = |writing: &mut store::Writing<'_>| {
            let stored = writing.record(id)?.expect("it was logged");
            let mut record = stored.record;
            record.envelope.version = 1;
            writing.forget(id, None)?;
            writing.put_confirmed(&Confirmed {
                record,
                changed_at: now,
                changed_by: self.person,
            })
        };
        self.store
            .write(|writing| {
                let drafts = writing.drafts()?;
                confirmed(writing)?;
                for draft in &drafts {
                    writing.put_draft(draft)?;
                }
                writing.leave(id, now)
            })
            .expect("the notebook takes what the city says");
    }

    fn envelope(&self, id: RecordId, kind: Kind) -> Envelope {
        Envelope {
            id,
            kind,
            organisation: Some(self.organisation),
            districts: BTreeSet::from([self.rieth]),
            whole_organisation: false,
            owner: self.person,
            confidential: false,
            readers: BTreeSet::new(),
            blobs: BTreeSet::new(),
            retention: None,
            state: State::Live,
            version: 0,
            floor_version: 0,
            redacted: BTreeSet::new(),
        }
    }
}

fn draft(key: String, record: Option<RecordId>, body: &Value) -> Draft {
    Draft {
        key,
        record,
        kind: Kind::Note,
        body: Body::new(body.to_string()),
        base: None,
        form: None,
        at: At::from(chrono::Utc::now()),
    }
}
