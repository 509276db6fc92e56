//! A small city, its people and their devices: real ledger, real notebooks, a network that can be told to fail.

use crate::{dice::Dice, faulty::Faulty};
use city::{
    LedgerOptions, Service,
    admin::{self, DistrictFile, NewOrganisation, NewPerson, PersonChange},
};
use domain::{Body, DistrictId, Envelope, Kind, Members, OrganisationId, PersonId, Record, RecordId, Role, State};
use std::{collections::BTreeSet, time::Duration};
use store::{KeyCost, Passphrase, Stamp, Store};
use sync::{Counted, Error, Source, enrol, round};
use tempfile::TempDir;

pub(crate) struct Town {
    dir: TempDir,
    options: LedgerOptions,
    pub(crate) service: Service,
    pub(crate) dice: Dice,
}

/// Districts of every town here.
pub(crate) const RIETH: &str = "Rieth";
pub(crate) const MELCHENDORF: &str = "Melchendorf";

impl Town {
    pub(crate) fn new() -> Self {
        Self::seeded(1)
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let options = LedgerOptions::folder(dir.path().join("city"));
        let districts = "number,name,parent\n1,Rieth,\n2,Melchendorf,\n";
        admin::init(&options, "Erfurt", Some(&DistrictFile::Csv(districts.into()))).expect("a new city");
        let service = Service::open(&options).expect("the city opens");
        let town = Self {
            dir,
            options,
            service,
            dice: Dice::new(seed),
        };
        town.organisation("Perspektiv e.V.");
        town
    }

    pub(crate) fn organisation(&self, name: &str) -> OrganisationId {
        let new = NewOrganisation {
            name: name.to_owned(),
            ..NewOrganisation::default()
        };
        admin::add_organisation(&self.service, &new).expect("a new organisation")
    }

    pub(crate) fn person(&self, name: &str, role: Role, districts: &[&str]) -> PersonId {
        self.person_of("Perspektiv e.V.", name, role, districts)
    }

    pub(crate) fn person_of(&self, organisation: &str, name: &str, role: Role, districts: &[&str]) -> PersonId {
        let new = NewPerson {
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            role,
            districts: districts.iter().map(|&d| d.to_owned()).collect(),
            field: None,
        };
        admin::add_person(&self.service, &new).expect("a new person")
    }

    pub(crate) fn set_districts(&self, person: PersonId, districts: &[&str]) {
        let change = PersonChange {
            districts: Some(districts.iter().map(|&d| d.to_owned()).collect()),
            ..PersonChange::default()
        };
        admin::set_person(&self.service, &person.to_string(), &change).expect("other districts");
    }

    /// A notebook that is enrolled for this person and has not synced yet.
    pub(crate) async fn device(&self, person: PersonId) -> Device {
        let device = self.notebook();
        device.enrol(&self.invite(person)).await.expect("the code is fresh");
        device
    }

    pub(crate) fn invite(&self, person: PersonId) -> String {
        let valid = Duration::from_secs(3_600);
        admin::invite(&self.service, &person.to_string(), valid)
            .expect("an invitation")
            .code
    }

    /// A notebook that knows no city yet.
    pub(crate) fn notebook(&self) -> Device {
        let dir = tempfile::tempdir_in(self.dir.path()).expect("a folder");
        let passphrase = Passphrase::new("korrekt Pferd Batterie".to_owned());
        let store = Store::create(&dir.path().join("notebook"), &passphrase, KeyCost::for_tests()).expect("a notebook");
        Device {
            _dir: dir,
            store,
            net: Faulty::new(&self.service),
            dice: self.dice.clone(),
        }
    }

    /// A copy of the city's files as they are now.
    pub(crate) fn backup(&self, name: &str) -> LedgerOptions {
        let copy = LedgerOptions::folder(self.dir.path().join(name));
        std::fs::create_dir(&copy.data_dir).expect("a new folder");
        for file in std::fs::read_dir(&self.options.data_dir).expect("readable") {
            let file = file.expect("readable");
            if file.path().extension().is_none_or(|end| end != "db-shm") {
                std::fs::copy(file.path(), copy.data_dir.join(file.file_name())).expect("copied");
            }
        }
        copy
    }

    /// A worker in Rieth with a synced device.
    pub(crate) async fn worker_device(&self, name: &str) -> Device {
        let person = self.person(name, Role::Worker, &[RIETH]);
        let device = self.device(person).await;
        device.sync().await;
        device
    }
}

pub(crate) struct Device {
    _dir: TempDir,
    pub(crate) store: Store,
    pub(crate) net: Faulty,
    pub(crate) dice: Dice,
}

impl Device {
    pub(crate) async fn enrol(&self, code: &str) -> Result<(), Error> {
        enrol(&self.store, &self.net, code, "Laptop", "0.1.0", &self.dice)
            .await
            .map(drop)
    }

    /// The city as this device speaks to it after enrolment.
    pub(crate) fn city(&self) -> Faulty {
        use sync::Door;
        self.net.with_token(wire::Token(self.identity().token.clone()))
    }

    pub(crate) async fn try_sync(&self) -> Result<Counted, Error> {
        round(&self.store, &self.city(), &self.dice).await
    }

    pub(crate) async fn sync(&self) -> Counted {
        self.try_sync().await.expect("the city is reached")
    }

    pub(crate) fn identity(&self) -> store::Identity {
        self.store.read(|r| r.identity()).expect("readable").expect("enrolled")
    }

    pub(crate) fn district(&self, name: &str) -> DistrictId {
        let found = self.all().into_iter().find(|record| {
            record.envelope.kind == Kind::District
                && members(record)
                    .read::<String>("name")
                    .is_some_and(|found| found == name)
        });
        found.expect("a district of that name was pulled").envelope.id.into()
    }

    /// A note in the first of the person's districts.
    pub(crate) fn note(&self, text: &str) -> RecordId {
        let mut body = Members::default();
        body.set("occurred_at", "2026-10-05T09:15:00+02:00").expect("text");
        body.set("text", text).expect("text");
        self.create(Kind::Note, &body)
    }

    pub(crate) fn create(&self, kind: Kind, body: &Members) -> RecordId {
        self.create_with(RecordId(self.dice.uuid()), kind, body)
    }

    pub(crate) fn create_with(&self, id: RecordId, kind: Kind, body: &Members) -> RecordId {
        let identity = self.identity();
        let envelope = Envelope {
            id,
            kind,
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
        };
        self.save(&Record {
            envelope,
            body: Some(Body::from_members(body)),
            sealed: None,
        });
        id
    }

    pub(crate) fn save(&self, record: &Record) {
        let stamp = Stamp {
            mutation_id: self.dice.mutation_id(),
            by: self.identity().person,
            at: self.dice.now(),
        };
        self.store.write(|w| w.save(record, stamp)).expect("saved");
    }

    /// Sets a member of the body, as somebody who types would.
    pub(crate) fn edit(&self, id: RecordId, field: &str, value: &str) {
        self.change(id, |record| {
            let mut body = members(record);
            body.set(field, value).expect("text");
            record.body = Some(Body::from_members(&body));
        });
    }

    pub(crate) fn change(&self, id: RecordId, change: impl FnOnce(&mut Record)) {
        let mut record = self.record(id).expect("the record is here");
        change(&mut record);
        self.save(&record);
    }

    pub(crate) fn record(&self, id: RecordId) -> Option<Record> {
        self.store
            .read(|r| r.record(id))
            .expect("readable")
            .map(|stored| stored.record)
    }

    pub(crate) fn body(&self, id: RecordId) -> String {
        let record = self.record(id).expect("the record is here");
        record.body.expect("it has a body").into_string()
    }

    pub(crate) fn field(&self, id: RecordId, name: &str) -> Option<String> {
        members(&self.record(id)?).read(name)
    }

    pub(crate) fn waiting(&self) -> u64 {
        self.store.read(|r| r.status()).expect("readable").waiting
    }

    /// Every record this device holds, by id.
    pub(crate) fn all(&self) -> Vec<Record> {
        let mut ids = Vec::new();
        self.store
            .read(|r| {
                r.envelopes(|envelope, _| {
                    ids.push(envelope.id);
                    Ok(())
                })?;
                ids.sort();
                ids.iter()
                    .map(|id| Ok(r.record(*id)?.expect("just listed").record))
                    .collect()
            })
            .expect("readable")
    }

    /// What must be equal everywhere: records that live or lie in the trash. Of deleted ones a device that came later
    /// knows nothing.
    pub(crate) fn living(&self) -> Vec<Record> {
        self.all()
            .into_iter()
            .filter(|record| record.envelope.state.has_body())
            .collect()
    }
}

pub(crate) fn members(record: &Record) -> Members {
    record
        .body
        .as_ref()
        .map(|body| body.members().expect("an object"))
        .unwrap_or_default()
}

/// Byte-equal envelopes, bodies and sealed parts.
pub(crate) fn assert_equal(one: &Device, other: &Device) {
    let (one, other) = (one.living(), other.living());
    let ids = |records: &[Record]| records.iter().map(|r| r.envelope.id).collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&other), "both hold the same records");
    for (a, b) in one.iter().zip(&other) {
        assert_eq!(a.envelope.to_json(), b.envelope.to_json());
        let text = |r: &Record| r.body.as_ref().map(|b| b.as_str().to_owned());
        assert_eq!(text(a), text(b), "bodies of {} are byte-equal", a.envelope.id);
        assert_eq!(a.sealed, b.sealed);
    }
}
