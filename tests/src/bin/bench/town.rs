//! A city of made-up notes in a process of its own, and devices that speak to it.

use crate::world::{Notebook, PAGE, Place, newest};
use chrono::Duration as Span;
use domain::{At, Body, DistrictId, Kind, MutationId, OrganisationId, PersonId, Record};
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use scenes::{City, cluster::Lease, prose::Dice};
use std::{
    ops::Deref,
    path::Path,
    time::{Duration, Instant},
};
use store::{Filter, Page, Stamp};
use sync::{CityClient, Counted, Machine};
use tokio::runtime::Runtime;
use uuid::Uuid;
use wire::{Backend, Change, ChangesAnswer, PushAnswer, PushRequest, Token};

/// A running city, and who works in it.
pub(crate) struct Town {
    city: City,
    worker: String,
    /// Where the notes are.
    pub(crate) place: Place,
}

impl Town {
    /// A city that holds `count` notes, which a device pushed.
    pub(crate) fn with_notes(count: usize) -> Self {
        Self::filled(count, City::with_districts)
    }

    /// The same on PostgreSQL, with its settings as the Debian package leaves them.
    pub(crate) fn on_postgres(count: usize) -> Self {
        Self::filled(count, |csv| City::in_cluster(Lease::durable(), csv))
    }

    fn filled(count: usize, found: impl FnOnce(&Path) -> City) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let csv = folder.path().join("districts.csv");
        let lines: String = (1..=10).map(|n| format!("{n:02},Stadtteil {n},Mitte\n")).collect();
        std::fs::write(&csv, format!("number,name,parent\n{lines}")).expect("a list of districts");
        let city = found(&csv);
        let organisation = city.organisation("Träger");
        let worker = city.person("Anna", &organisation, "worker", &["Mitte"]);
        let place = Place {
            organisation: OrganisationId(organisation.parse().expect("an id")),
            person: PersonId(worker.parse().expect("an id")),
            districts: Vec::new(),
        };
        let mut town = Self { city, worker, place };
        let device = Device::enrolled(&town);
        device.round();
        town.place.districts = device.districts();
        let device = Device {
            place: town.place.copy(),
            ..device
        };
        for first in (0..count).step_by(20 * PAGE) {
            device.write_notes_between(first, (first + 20 * PAGE).min(count), count);
            device.round();
        }
        town
    }

    /// How long the bare insert of so many notes takes in the ledger's own tables, a transaction a thousand.
    pub(crate) fn bare_insert(&self, count: usize) -> Duration {
        crate::ledger::bare_insert(&self.place, count)
    }

    /// The city's address and a code for one more device.
    pub(crate) fn invitation(&self) -> String {
        format!("{} {}", self.city.url(), self.city.invite(&self.worker))
    }

    /// The highest memory of the city's process so far, in bytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        crate::memory::peak_of(self.city.process())
    }
}

impl Place {
    fn copy(&self) -> Self {
        Self {
            districts: self.districts.clone(),
            ..*self
        }
    }
}

/// An enrolled device.
pub(crate) struct Device {
    notebook: Notebook,
    client: CityClient,
    runtime: Runtime,
    place: Place,
    token: String,
}

impl Deref for Device {
    type Target = Notebook;
    fn deref(&self) -> &Notebook {
        &self.notebook
    }
}

impl Device {
    /// A new device of the town's worker.
    pub(crate) fn enrolled(town: &Town) -> Self {
        let notebook = Notebook::empty();
        let runtime = Runtime::new().expect("a runtime");
        let door = CityClient::new(town.city.url(), None).expect("a client");
        let code = town.city.invite(&town.worker);
        let identity = runtime
            .block_on(sync::enrol(&notebook.store, &door, &code, "bench", "0", &Machine))
            .expect("the device is enrolled");
        let client = door.with_token(Token(identity.token.clone()));
        Self {
            notebook,
            client,
            runtime,
            place: town.place.copy(),
            token: identity.token.clone(),
        }
    }

    /// A device in a process of its own: pulls everything, lists, searches; the most it held, in bytes.
    pub(crate) fn alone(url: &str, code: &str) -> u64 {
        let notebook = Notebook::empty();
        let runtime = Runtime::new().expect("a runtime");
        let door = CityClient::new(url, None).expect("a client");
        let identity = runtime
            .block_on(sync::enrol(&notebook.store, &door, code, "bench", "0", &Machine))
            .expect("the device is enrolled");
        let client = door.with_token(Token(identity.token.clone()));
        runtime
            .block_on(sync::round(&notebook.store, &client, &Machine))
            .expect("a round");
        notebook.store.rest().expect("an idle moment");
        let list = notebook
            .store
            .read(|r| r.list(&Filter::of(Kind::Note), Page::first(200)))
            .expect("a list");
        let found = notebook.store.read(|r| r.search("platz", None, 50)).expect("a search");
        assert!(list.len() == 200 && found.len() == 50, "the notebook is full");
        crate::memory::peak_of(std::process::id())
    }

    /// One round.
    pub(crate) fn round(&self) -> Counted {
        self.runtime
            .block_on(sync::round(&self.notebook.store, &self.client, &Machine))
            .expect("a round")
    }

    fn districts(&self) -> Vec<DistrictId> {
        let filter = Filter::of(Kind::District);
        let districts = self
            .notebook
            .store
            .read(|r| r.list(&filter, Page::first(100)))
            .expect("the catalogue");
        let ours = |body: &Body| body.as_str().contains("Stadtteil");
        districts
            .into_iter()
            .filter(|d| d.record.body.as_ref().is_some_and(ours))
            .map(|d| d.record.envelope.id.into())
            .collect()
    }

    /// Writes `count` notes into the notebook; they wait for the next round.
    pub(crate) fn write_notes(&self, count: usize) {
        self.write_notes_between(0, count, count);
    }

    fn write_notes_between(&self, first: usize, end: usize, count: usize) {
        let mut dice = Dice::new(first as u64);
        for start in (first..end).step_by(PAGE) {
            let records: Vec<Record> = (start..(start + PAGE).min(end))
                .map(|n| self.place.note(&mut dice, n, count))
                .collect();
            self.save(&records);
        }
    }

    /// Edits the newest `count` notes.
    pub(crate) fn edit_notes(&self, count: usize, turn: usize) {
        let filter = Filter::of(Kind::Note);
        let notes = self
            .notebook
            .store
            .read(|r| r.list(&filter, Page::first(count)))
            .expect("a list");
        let records: Vec<Record> = notes
            .into_iter()
            .map(|stored| {
                let mut record = stored.record;
                let mut members = record.body.as_ref().expect("live").members().expect("an object");
                members
                    .set(
                        "text",
                        &format!("Nachtrag {turn}: {}", newest() + Span::minutes(turn as i64)),
                    )
                    .expect("text");
                record.body = Some(Body::from_members(&members));
                record
            })
            .collect();
        self.save(&records);
    }

    fn save(&self, records: &[Record]) {
        let at = At::from(chrono::Utc::now());
        self.notebook
            .store
            .write(|tx| {
                for record in records {
                    let mut record = record.clone();
                    record.envelope.version = 0;
                    tx.save(
                        &record,
                        Stamp {
                            mutation_id: MutationId(Uuid::now_v7()),
                            by: self.place.person,
                            at,
                        },
                    )?;
                }
                Ok(())
            })
            .expect("notes are saved");
    }

    /// How long the smallest call takes that the city answers to this device.
    pub(crate) fn bare_calls(&self, times: usize) -> Vec<Duration> {
        (0..times)
            .map(|_| {
                let start = Instant::now();
                self.runtime.block_on(self.client.me()).expect("an answer");
                start.elapsed()
            })
            .collect()
    }

    /// How long the city takes for `count` new notes, in calls of a thousand that were written out and packed before:
    /// from the first byte sent to the last answer read, without this device's part.
    pub(crate) fn push_prepared(&self, count: usize) -> Duration {
        let mut dice = Dice::new(11);
        let epoch = self.runtime.block_on(self.client.me()).expect("an answer").epoch;
        let mut change = |n: usize| {
            let record = self.place.note(&mut dice, n, count);
            Change {
                mutation_id: MutationId(Uuid::now_v7()),
                base_version: 0,
                envelope: record.envelope.into(),
                body: record.body,
                sealed: None,
            }
        };
        let calls: Vec<Vec<u8>> = (0..count)
            .step_by(PAGE)
            .map(|first| {
                let changes = (first..(first + PAGE).min(count)).map(&mut change).collect();
                let epoch = epoch.clone();
                let json = serde_json::to_vec(&PushRequest { epoch, changes }).expect("a push");
                zstd::bulk::compress(&json, 3).expect("zstd")
            })
            .collect();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let url = format!("{}/v1/push", self.client.address());
        let start = Instant::now();
        let answers: Vec<Vec<u8>> = calls
            .into_iter()
            .map(|call| {
                let request = http
                    .post(&url)
                    .header(AUTHORIZATION, format!("Bearer {}", self.token))
                    .header("Quartierbuch-Protocol", wire::PROTOCOL)
                    .header(CONTENT_TYPE, "application/json")
                    .header(CONTENT_ENCODING, "zstd")
                    .body(call);
                let answer = async { request.send().await?.error_for_status()?.bytes().await };
                self.runtime.block_on(answer).expect("an answer").to_vec()
            })
            .collect();
        let took = start.elapsed();
        let accepted = |answer: &Vec<u8>| {
            let answer: PushAnswer = serde_json::from_slice(answer).expect("an answer");
            let taken = |result: &&wire::PushResult| matches!(result.outcome, wire::Outcome::Accepted { .. });
            answer.results.iter().filter(taken).count()
        };
        assert_eq!(
            answers.iter().map(accepted).sum::<usize>(),
            count,
            "everything was taken"
        );
        took
    }

    /// The bytes of all pages of a first sync: as JSON, and as they came.
    pub(crate) fn weigh_first_sync(&self) -> (usize, usize) {
        let http = reqwest::Client::builder()
            .no_zstd()
            .no_gzip()
            .no_proxy()
            .build()
            .expect("a client");
        let (mut json, mut wire, mut cursor) = (0, 0, None::<String>);
        loop {
            let mut url = reqwest::Url::parse(&self.client.address().to_string())
                .expect("a URL")
                .join("/v1/changes")
                .expect("a URL");
            if let Some(cursor) = &cursor {
                url.query_pairs_mut().append_pair("cursor", cursor);
            }
            let request = http
                .get(url)
                .header(AUTHORIZATION, format!("Bearer {}", self.token))
                .header("Quartierbuch-Protocol", wire::PROTOCOL)
                .header(ACCEPT_ENCODING, "zstd");
            let bytes = self
                .runtime
                .block_on(async { request.send().await?.bytes().await })
                .expect("a page");
            let plain = zstd::decode_all(&*bytes).expect("zstd, as was asked for");
            (json, wire) = (json + plain.len(), wire + bytes.len());
            let answer: ChangesAnswer = serde_json::from_slice(&plain).expect("a page");
            if !answer.more {
                return (json, wire);
            }
            cursor = Some(answer.cursor.0);
        }
    }
}
