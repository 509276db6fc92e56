//! A client of our own making, newer than the notebook: it says what it likes within the protocol.

use crate::City;
use domain::{DistrictId, Kind, MutationId, RecordId, State};
use std::{collections::BTreeSet, future::Future};
use sync::{CityClient, Machine, Source};
use tokio::runtime::Runtime;
use uuid::Uuid;
use wire::{Backend, Change, Changed, ChangesQuery, EnrolRequest, Head, Me, Outcome, Proposal, PushRequest};

/// An enrolled client that keeps nothing.
pub struct Stranger {
    runtime: Runtime,
    city: CityClient,
    me: Me,
}

impl Stranger {
    /// Enrols as this person.
    ///
    /// # Panics
    /// When the city does not take it.
    pub fn enrolled(city: &City, person: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let token = Machine.token();
        let request = EnrolRequest {
            code: city.invite(person),
            device_id: Machine.device_id(),
            token: token.clone(),
            device_name: "Morgen".to_owned(),
            app_version: "99.0.0".to_owned(),
        };
        let client = CityClient::new(city.url(), None).expect("the city's address is one");
        runtime
            .block_on(client.enrol(request))
            .expect("the city takes the code");
        let city = client.with_token(token);
        let me = runtime.block_on(city.me()).expect("the city knows its client");
        Self { runtime, city, me }
    }

    /// Creates a record of this kind with this body in the person's first district.
    ///
    /// # Panics
    /// When the city does not accept it.
    pub fn create(&self, kind: &str, body: &str) -> RecordId {
        let id = RecordId(Uuid::now_v7());
        let envelope = Proposal {
            id,
            kind: kind.parse().expect("a kind's name"),
            organisation: Some(self.me.organisation),
            districts: self.me.districts.first().copied().into_iter().collect(),
            whole_organisation: false,
            owner: self.me.person,
            confidential: false,
            readers: BTreeSet::new(),
            blobs: BTreeSet::new(),
            retention: None,
            state: State::Live,
        };
        self.push(envelope, 0, body);
        id
    }

    /// Changes a record's body on its newest version.
    ///
    /// # Panics
    /// When the city does not accept it.
    pub fn change(&self, id: RecordId, body: &str) {
        let Head { envelope, .. } = self.head(id);
        let version = envelope.version;
        self.push(envelope.into(), version, body);
    }

    fn push(&self, envelope: Proposal, base_version: u64, body: &str) {
        let kind = envelope.kind.clone();
        let change = Change {
            mutation_id: MutationId(Uuid::now_v7()),
            base_version,
            envelope,
            body: Some(domain::Body::new(body.to_owned())),
            sealed: None,
        };
        let request = PushRequest {
            epoch: self.me.epoch.clone(),
            changes: vec![change],
        };
        let answer = self.wait_for(self.city.push(request));
        let outcome = &answer.results[0].outcome;
        assert!(
            matches!(outcome, Outcome::Accepted { .. }),
            "the city takes a {kind}, but answered {outcome:?}"
        );
    }

    /// A record as the city has it.
    ///
    /// # Panics
    /// When the city has none.
    pub fn head(&self, id: RecordId) -> Head {
        let mut query = ChangesQuery::default();
        loop {
            let page = self.wait_for(self.city.changes(query));
            for changed in page.changes {
                if let Changed::Record(head) = changed
                    && head.envelope.id == id
                {
                    return *head;
                }
            }
            assert!(page.more, "the city has the record {id}");
            query = ChangesQuery {
                cursor: Some(page.cursor),
                limit: None,
            };
        }
    }

    /// The body of a record as the city has it.
    pub fn body(&self, id: RecordId) -> String {
        self.head(id).body.map(domain::Body::into_string).unwrap_or_default()
    }

    /// The person's districts.
    pub fn districts(&self) -> &BTreeSet<DistrictId> {
        &self.me.districts
    }

    fn wait_for<T>(&self, call: impl Future<Output = Result<T, wire::Failure>>) -> T {
        self.runtime.block_on(call).expect("the city answers")
    }
}

/// Kinds whose records people make, the catalogue left out.
pub fn kinds_of_work() -> impl Iterator<Item = &'static Kind> {
    Kind::KNOWN.iter().filter(|kind| !kind.is_catalogue())
}
