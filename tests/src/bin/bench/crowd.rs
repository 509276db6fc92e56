//! A ground on which many devices meet, and a large city.

use crate::{
    table::{Row, median, time},
    world::{PAGE, Place},
};
use city::{Caller, Service, admin};
use domain::{DistrictId, Kind, MutationId, OrganisationId, PersonId, Record};
use scenes::{City, prose::Dice};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use sync::{CityClient, Machine, Source};
use tokio::runtime::Runtime;
use uuid::Uuid;
use wire::{Backend, Change, Changed, ChangesAnswer, ChangesQuery, Cursor, EnrolRequest, Outcome, PushRequest};

const VALID: Duration = Duration::from_secs(86_400);

/// A city with one organisation, and the same ledger opened in this process: what is prepared goes past HTTP and its limit
/// on enrolments.
pub(crate) struct Ground {
    pub(crate) city: City,
    service: Service,
    pub(crate) organisation: OrganisationId,
    pub(crate) districts: Vec<DistrictId>,
    pub(crate) runtime: Runtime,
}

impl Ground {
    pub(crate) fn found(districts: usize, found: impl FnOnce(&Path) -> City) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let csv = folder.path().join("districts.csv");
        let lines: String = (1..=districts)
            .map(|n| format!("{n:02},Stadtteil {n},Mitte\n"))
            .collect();
        std::fs::write(&csv, format!("number,name,parent\n{lines}")).expect("a list of districts");
        let city = found(&csv);
        let organisation = city.organisation("Träger").parse().expect("an id");
        let service = Service::open(&city.options()).expect("the ledger opens beside the city");
        let mut place = Self {
            city,
            service,
            organisation: OrganisationId(organisation),
            districts: Vec::new(),
            runtime: Runtime::new().expect("a runtime"),
        };
        let somebody = place.device(place.person("Mitte"));
        place.districts = place
            .runtime
            .block_on(all(&somebody.here))
            .into_iter()
            .filter(|record| record.envelope.kind == Kind::District)
            .filter(|record| {
                record
                    .body
                    .as_ref()
                    .is_some_and(|body| body.as_str().contains("Stadtteil"))
            })
            .map(|record| record.envelope.id.into())
            .collect();
        place
    }

    pub(crate) fn person(&self, district: &str) -> PersonId {
        let new = admin::NewPerson {
            name: format!("Kim {}", Uuid::now_v7()),
            organisation: self.organisation.to_string(),
            role: domain::Role::Worker,
            districts: vec![district.to_owned()],
            field: None,
        };
        admin::add_person(&self.service, &new).expect("a new person")
    }

    /// A new device of a person, with the cursor of everything there is.
    pub(crate) fn device(&self, person: PersonId) -> Device {
        let invited = admin::invite(&self.service, &person.to_string(), VALID).expect("an invitation");
        let token = Machine.token();
        let request = EnrolRequest {
            code: invited.code,
            device_id: Machine.device_id(),
            token: token.clone(),
            device_name: "bench".to_owned(),
            app_version: "0".to_owned(),
        };
        self.runtime
            .block_on(self.service.caller(None).enrol(request))
            .expect("the device is enrolled");
        Device {
            person,
            there: CityClient::new(self.city.url(), Some(token.clone())).expect("a client"),
            here: self.service.caller(Some(token)),
        }
    }
}

/// A device without a notebook: what it costs itself is measured elsewhere.
pub(crate) struct Device {
    pub(crate) person: PersonId,
    /// The city over HTTP.
    pub(crate) there: CityClient,
    /// The same ledger in this process.
    pub(crate) here: Caller,
}

pub(crate) async fn page(city: &impl Backend, cursor: Option<Cursor>) -> ChangesAnswer {
    let query = ChangesQuery {
        cursor,
        limit: Some(wire::MAX_PAGE),
    };
    city.changes(query).await.expect("a page")
}

/// The cursor behind everything there is now.
pub(crate) async fn end(city: &impl Backend) -> Cursor {
    let mut answer = page(city, None).await;
    while answer.more {
        answer = page(city, Some(answer.cursor)).await;
    }
    answer.cursor
}

async fn all(city: &impl Backend) -> Vec<Record> {
    let (mut records, mut cursor) = (Vec::new(), None);
    loop {
        let answer = page(city, cursor).await;
        records.extend(answer.changes.into_iter().filter_map(|changed| match changed {
            Changed::Record(head) => Some(Record {
                envelope: head.envelope,
                body: head.body,
                sealed: head.sealed,
            }),
            _ => None,
        }));
        if !answer.more {
            return records;
        }
        cursor = Some(answer.cursor);
    }
}

fn change(record: &Record) -> Change {
    Change {
        mutation_id: MutationId(Uuid::now_v7()),
        base_version: record.envelope.version,
        envelope: record.envelope.clone().into(),
        body: record.body.clone(),
        sealed: None,
    }
}

/// Pushes, and holds the city to taking everything.
pub(crate) async fn push(city: &impl Backend, epoch: &wire::Epoch, records: &[Record]) {
    let request = PushRequest {
        epoch: epoch.clone(),
        changes: records.iter().map(change).collect(),
    };
    let answer = city.push(request).await.expect("an answer");
    let taken = |result: &&wire::PushResult| matches!(result.outcome, Outcome::Accepted { .. });
    assert_eq!(
        answer.results.iter().filter(taken).count(),
        records.len(),
        "everything was taken"
    );
}

pub(crate) fn fresh(mut record: Record) -> Record {
    record.envelope.version = 0;
    record
}

/// A hundred changes of a city of 10,000 and of 1,000,000 records: what they cost follows the change.
pub(crate) fn large() -> Vec<Row> {
    let small = changes_in(10_000);
    let large = changes_in(1_000_000);
    let row = |work: &str, at: usize| {
        let (figure, baseline) = (large[at], small[at]);
        let ratio = figure.as_secs_f64() / baseline.as_secs_f64();
        Row {
            work: format!("100 changed in a city of 1,000,000: {work}"),
            figure: time(figure),
            baseline: format!("{} (city of 10,000)", time(baseline)),
            ratio: Some(ratio),
            target: "<= 1.2x".into(),
            reached: Some(ratio <= 1.2),
        }
    };
    vec![row("push", 0), row("pull", 1), row("a pull without news", 2)]
}

/// Push, pull and a pull without news, over HTTP, in the median.
fn changes_in(count: usize) -> [Duration; 3] {
    let place = Ground::found(10, City::with_districts);
    let (writer, reader) = (place.device(place.person("Mitte")), place.device(place.person("Mitte")));
    let own = Place {
        organisation: place.organisation,
        person: writer.person,
        districts: place.districts.clone(),
    };
    let mut dice = Dice::new(9);
    let epoch = place.runtime.block_on(writer.here.me()).expect("an answer").epoch;
    let mut last = Vec::new();
    for first in (0..count).step_by(PAGE) {
        last = (first..first + PAGE)
            .map(|n| fresh(own.note(&mut dice, n, count)))
            .collect();
        place.runtime.block_on(push(&writer.here, &epoch, &last));
    }
    last.truncate(100);
    let mut cursor = place.runtime.block_on(end(&reader.here));
    let mut samples = [const { Vec::new() }; 3];
    for _ in 0..15 {
        last.iter_mut().for_each(|record| record.envelope.version += 1);
        let timed = |into: &mut Vec<Duration>, began: Instant| into.push(began.elapsed());
        let began = Instant::now();
        place.runtime.block_on(push(&writer.there, &epoch, &last));
        timed(&mut samples[0], began);
        let began = Instant::now();
        let answer = place.runtime.block_on(page(&reader.there, Some(cursor)));
        timed(&mut samples[1], began);
        assert_eq!(answer.changes.len(), 100, "those and no others");
        let began = Instant::now();
        let nothing = place.runtime.block_on(page(&reader.there, Some(answer.cursor)));
        timed(&mut samples[2], began);
        assert!(nothing.changes.is_empty());
        cursor = nothing.cursor;
    }
    samples.map(|mut samples| median(&mut samples))
}
