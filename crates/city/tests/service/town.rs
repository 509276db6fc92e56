//! A small city, its people, and devices that keep a copy as the protocol tells them to.

pub(crate) use crate::draft::Draft;
use crate::place::Place;
use city::{LedgerOptions, Service, System, World, admin};
use domain::{Action, At, Body, DistrictId, Kind, MutationId, Person, PersonId, RecordId, Role, State, may};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;
use wire::{
    Backend, Change, Changed, ChangesQuery, Cursor, EnrolRequest, Epoch, Head, Me, Outcome, ProblemCode, Proposal,
    PushRequest, Refusal, Token,
};

/// A clock that a test moves.
pub(crate) struct Clock(AtomicI64);

impl World for Clock {
    fn now(&self) -> At {
        At::from_millis(self.0.load(Ordering::SeqCst)).expect("a time of this century")
    }
    fn fill(&self, bytes: &mut [u8]) {
        System.fill(bytes);
    }
}

pub(crate) struct Town {
    pub(crate) service: Service,
    pub(crate) place: Place,
    pub(crate) clock: Arc<Clock>,
}

const DISTRICTS: &[u8] = b"number,name,parent\n01,Altstadt,Mitte\n06,Rieth,Nord\n10,Roter Berg,Nord\n";
const DAY: i64 = 24 * 3_600 * 1_000;

impl Town {
    pub(crate) fn founded() -> Self {
        let place = Place::new();
        let clock = Arc::new(Clock(AtomicI64::new(1_790_000_000_000)));
        let options = place.options();
        let file = admin::DistrictFile::Csv(DISTRICTS.to_vec());
        admin::init_in(&options, clock.clone(), "Erfurt", Some(&file)).expect("founded");
        let service = Service::open_in(&options, clock.clone()).expect("opened");
        let town = Self { service, place, clock };
        for name in ["Nord e.V.", "Süd e.V."] {
            let new = admin::NewOrganisation {
                name: name.to_owned(),
                ..Default::default()
            };
            admin::add_organisation(&town.service, &new).expect("added");
        }
        town
    }

    pub(crate) fn options(&self) -> LedgerOptions {
        self.place.options()
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.clock.0.fetch_add(days * DAY, Ordering::SeqCst);
    }

    pub(crate) fn hours_pass(&self, hours: i64) {
        self.clock.0.fetch_add(hours * DAY / 24, Ordering::SeqCst);
    }

    pub(crate) fn person(&self, name: &str, organisation: &str, role: Role, districts: &[&str]) -> PersonId {
        let new = admin::NewPerson {
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            role,
            districts: districts.iter().map(|name| (*name).to_owned()).collect(),
            field: (role == Role::Planner).then(|| "verkehrsplanung".to_owned()),
        };
        admin::add_person(&self.service, &new).expect("added")
    }

    /// A worker of Nord e.V. with a device.
    pub(crate) async fn worker(&self, name: &str, districts: &[&str]) -> Device {
        self.person(name, "Nord e.V.", Role::Worker, districts);
        self.device(name).await
    }

    pub(crate) async fn lead(&self, name: &str, districts: &[&str]) -> Device {
        self.person(name, "Nord e.V.", Role::Lead, districts);
        self.device(name).await
    }

    pub(crate) fn invite(&self, name: &str) -> EnrolRequest {
        let invited = admin::invite(&self.service, name, Duration::from_secs(3_600)).expect("invited");
        let mut token = [0; 32];
        System.fill(&mut token);
        use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
        EnrolRequest {
            code: invited.code,
            device_id: domain::DeviceId(Uuid::now_v7()),
            token: Token(BASE64_URL_SAFE_NO_PAD.encode(token)),
            device_name: "Laptop".to_owned(),
            app_version: "1.0".to_owned(),
        }
    }

    pub(crate) async fn device(&self, name: &str) -> Device {
        self.device_at(&self.service, name).await
    }

    /// A device that calls one of several instances.
    pub(crate) async fn device_at(&self, service: &Service, name: &str) -> Device {
        let request = self.invite(name);
        let answer = service.caller(None).enrol(request.clone()).await.expect("enrolled");
        let caller = service.caller(Some(request.token.clone()));
        let me = caller.me().await.expect("known");
        Device {
            caller,
            me,
            epoch: answer.epoch,
            token: request.token,
            cursor: None,
            copy: BTreeMap::new(),
        }
    }

    pub(crate) fn move_person(&self, name: &str, districts: &[&str]) {
        let districts = districts.iter().map(|name| (*name).to_owned()).collect();
        let change = admin::PersonChange {
            districts: Some(districts),
            ..Default::default()
        };
        admin::set_person(&self.service, name, &change).expect("set");
    }
}

/// A device that pulls and pushes as the protocol says.
pub(crate) struct Device {
    pub(crate) caller: city::Caller,
    pub(crate) me: Me,
    pub(crate) epoch: Epoch,
    pub(crate) token: Token,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) copy: BTreeMap<RecordId, Head>,
}

/// What one pull brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pulled {
    pub(crate) records: Vec<RecordId>,
    pub(crate) left: Vec<RecordId>,
    pub(crate) pages: usize,
}

impl Device {
    pub(crate) fn rights(&self) -> Person {
        Person {
            id: self.me.person,
            role: self.me.role,
            organisation: self.me.organisation,
            districts: self.me.districts.clone(),
            field: self.me.field.clone(),
        }
    }

    pub(crate) async fn pull(&mut self) -> Pulled {
        self.pull_by(1_000).await
    }

    pub(crate) async fn pull_by(&mut self, limit: u32) -> Pulled {
        let mut pulled = Pulled::default();
        while self.pull_page(limit, &mut pulled).await {}
        pulled
    }

    /// Takes one page; answers whether there is more.
    pub(crate) async fn pull_page(&mut self, limit: u32, pulled: &mut Pulled) -> bool {
        let query = ChangesQuery {
            cursor: self.cursor.clone(),
            limit: Some(limit),
        };
        let page = self.caller.changes(query).await.expect("a page");
        pulled.pages += 1;
        if page.scope_changed {
            self.me = self.caller.me().await.expect("known");
            let rights = self.rights();
            self.copy.retain(|_, head| may(&rights, Action::Read, &head.envelope));
        }
        for changed in page.changes {
            match changed {
                Changed::Record(head) => {
                    assert!(
                        may(&self.rights(), Action::Read, &head.envelope),
                        "only what one may read is sent"
                    );
                    pulled.records.push(head.envelope.id);
                    self.copy.insert(head.envelope.id, *head);
                }
                Changed::Left { id, .. } => {
                    pulled.left.push(id);
                    self.copy.remove(&id);
                }
                Changed::Unreadable { .. } => panic!("the city sends what it can read itself"),
            }
        }
        self.cursor = Some(page.cursor);
        page.more
    }

    pub(crate) async fn push(&self, changes: Vec<Change>) -> Vec<Outcome> {
        let request = PushRequest {
            epoch: self.epoch.clone(),
            changes,
        };
        let answer = self.caller.push(request).await.expect("an answer");
        answer.results.into_iter().map(|result| result.outcome).collect()
    }

    pub(crate) async fn push_one(&self, change: Change) -> Outcome {
        self.push(vec![change]).await.pop().expect("one result a change")
    }

    /// A district of this device's catalogue.
    pub(crate) fn district(&self, name: &str) -> DistrictId {
        let named = |head: &&Head| {
            let members = head.body.as_ref().and_then(|body| body.members().ok());
            let found = members.and_then(|members| members.read::<String>("name"));
            head.envelope.kind == Kind::District && found.as_deref() == Some(name)
        };
        self.copy
            .values()
            .find(named)
            .expect("pulled and of that name")
            .envelope
            .id
            .into()
    }

    /// A note in a district, with the right defaults for this person.
    pub(crate) fn note(&self, district: &str) -> Draft {
        self.draft(Kind::Note, &[district])
    }

    pub(crate) fn draft(&self, kind: Kind, districts: &[&str]) -> Draft {
        let whole = districts.is_empty();
        Draft {
            mutation_id: MutationId(Uuid::now_v7()),
            base_version: 0,
            sealed: None,
            body: Some(Body::new(r#"{"text":"Guten Tag"}"#.to_owned())),
            proposal: Proposal {
                id: RecordId(Uuid::now_v7()),
                kind,
                organisation: Some(self.me.organisation),
                districts: districts.iter().map(|name| self.district(name)).collect(),
                whole_organisation: whole,
                owner: self.me.person,
                confidential: false,
                readers: BTreeSet::new(),
                blobs: BTreeSet::new(),
                retention: None,
                state: State::Live,
            },
        }
    }

    /// An edit of a record of the copy.
    pub(crate) fn edit(&self, id: RecordId) -> Draft {
        Draft::on(&self.copy[&id])
    }
}

/// The version of an accepted change.
pub(crate) fn accepted(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Accepted { version, .. } => *version,
        other => panic!("accepted, not {other:?}"),
    }
}

pub(crate) fn refused(code: Refusal) -> Outcome {
    Outcome::Refused { code }
}

pub(crate) fn text_of(head: &Head) -> String {
    head.body.as_ref().expect("a body").as_str().to_owned()
}

/// The code of a failed call.
pub(crate) fn code<T: std::fmt::Debug>(answer: Result<T, wire::Failure>) -> ProblemCode {
    answer.expect_err("a problem").code().expect("a problem of the city")
}
