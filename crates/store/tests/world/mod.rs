//! What the tests take their world from: a real encrypted file in a folder of its own, and builders.
#![allow(unreachable_pub, reason = "a module shared by test files")]
#![allow(dead_code, reason = "each test file uses what it needs of it")]

use domain::{
    At, Body, DistrictId, Envelope, Kind, MutationId, OrganisationId, PersonId, Record, RecordId, Redaction, State,
};
use std::collections::BTreeSet;
use store::{Confirmed, KeyCost, Passphrase, Stamp, Store, Stored, Unlock};
use tempfile::TempDir;
use uuid::Uuid;

pub const ANNA: PersonId = PersonId(Uuid::from_u128(0xA));
pub const BERND: PersonId = PersonId(Uuid::from_u128(0xB));
pub const RIETH: DistrictId = DistrictId(Uuid::from_u128(0xD1));
pub const HERRENBERG: DistrictId = DistrictId(Uuid::from_u128(0xD2));
pub const TEAM: OrganisationId = OrganisationId(Uuid::from_u128(0xE));

/// A notebook in a folder that goes away with it.
pub struct World {
    pub dir: TempDir,
    pub store: Store,
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("Sieben Linden am Petersberg")
}

pub fn world() -> World {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let store = Store::create(dir.path(), &passphrase(), KeyCost::for_tests()).expect("a new notebook");
    World { dir, store }
}

impl World {
    pub fn reopen(&self) -> Store {
        Store::open(self.dir.path(), &Unlock::Passphrase(passphrase())).expect("the notebook opens again")
    }
    pub fn save(&self, record: &Record, stamp: Stamp) {
        self.store.write(|tx| tx.save(record, stamp)).expect("a save");
    }
    pub fn pull(&self, confirmed: &Confirmed) -> store::Applied {
        self.store
            .write(|tx| tx.put_confirmed(confirmed))
            .expect("a pulled record")
            .0
    }
    pub fn record(&self, id: RecordId) -> Option<Stored> {
        self.store.read(|r| r.record(id)).expect("a read")
    }
    pub fn found(&self, query: &str) -> Vec<RecordId> {
        let found = self.store.read(|r| r.search(query, None, 50)).expect("a search");
        found.into_iter().map(|stored| stored.record.envelope.id).collect()
    }
}

/// A note under construction.
#[derive(Clone)]
pub struct Builder {
    envelope: Envelope,
    members: serde_json::Map<String, serde_json::Value>,
}

pub fn note(n: u128) -> Builder {
    record(Kind::Note, n).with("occurred_at", "2026-10-05T09:15:00+02:00")
}

pub fn record(kind: Kind, n: u128) -> Builder {
    let envelope = Envelope {
        id: id(n),
        kind,
        organisation: Some(TEAM),
        districts: BTreeSet::from([RIETH]),
        whole_organisation: false,
        owner: ANNA,
        confidential: false,
        readers: BTreeSet::new(),
        blobs: BTreeSet::new(),
        retention: None,
        state: State::Live,
        version: 0,
        floor_version: 0,
        redacted: BTreeSet::new(),
    };
    Builder {
        envelope,
        members: serde_json::Map::new(),
    }
}

impl Builder {
    pub fn saying(self, text: &str) -> Self {
        self.with("text", text)
    }
    pub fn at(self, occurred_at: &str) -> Self {
        self.with("occurred_at", occurred_at)
    }
    pub fn on(self, topics: &[&str]) -> Self {
        self.with("topics", topics.to_vec())
    }
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
    pub fn in_district(mut self, district: DistrictId) -> Self {
        self.envelope.districts = BTreeSet::from([district]);
        self
    }
    pub fn version(mut self, version: u64) -> Self {
        self.envelope.version = version;
        self
    }
    pub fn blobs(mut self, blob: &domain::BlobHash) -> Self {
        self.envelope.blobs.insert(blob.clone());
        self
    }
    pub fn state(mut self, state: State) -> Self {
        self.envelope.state = state;
        self
    }
    pub fn redacted(mut self, field: &str, version: u64) -> Self {
        self.envelope.redacted.insert(Redaction {
            field: field.to_owned(),
            version,
        });
        self.envelope.floor_version = version;
        self
    }
    pub fn build(self) -> Record {
        let body = serde_json::Value::Object(self.members).to_string();
        let has_body = self.envelope.state.has_body();
        Record {
            envelope: self.envelope,
            body: has_body.then(|| Body::new(body)),
            sealed: None,
        }
    }
    pub fn confirmed(self) -> Confirmed {
        Confirmed {
            record: self.build(),
            changed_at: at(1_000),
            changed_by: BERND,
        }
    }
}

pub fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(0x0190_0000_0000_8000_8000_0000_0000_0000 + n))
}

pub fn at(millis: i64) -> At {
    At::from_millis(millis).expect("a time")
}

pub fn change(n: u128) -> MutationId {
    MutationId(Uuid::from_u128(0xF000 + n))
}

pub fn stamp(n: u128) -> Stamp {
    Stamp {
        mutation_id: change(n),
        by: ANNA,
        at: at(i64::try_from(n).expect("small") * 1_000),
    }
}

pub fn body_of(stored: &Stored) -> &str {
    stored.record.body.as_ref().expect("a body").as_str()
}
