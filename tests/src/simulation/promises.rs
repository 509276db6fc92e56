//! What must hold: after each crash, and in the end when everybody has synced.

use super::{
    Problem,
    device::{Standing, members},
    history::History,
    remains,
    witness::Typed,
    words::{word, words, words_in},
};
use crate::pages;
use ::city::admin;
use domain::{Action, Body, Members, Record, RecordId, State, may};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody is at rest after so many rounds at the latest.
const LAPS: usize = 12;

impl History<'_> {
    /// A device that was killed holds what its cursor says it holds.
    pub(super) fn check_prefix(&mut self, n: usize) -> Result<(), Problem> {
        let device = &self.devices[n];
        let Some(cursor) = device.store().read(|r| r.cursor())? else {
            return Ok(());
        };
        let brought = self.journal.seen().page(n, &cursor).to_vec();
        let rights = device.identity()?.person();
        self.counters.note("promise: no cursor runs ahead of its data");
        for (id, version) in brought {
            let here = device.store().read(|r| r.record(id))?;
            let holds = here
                .as_ref()
                .is_some_and(|stored| stored.record.envelope.version >= version);
            let spoilt = device.wire().weather().spoilt;
            let unseen = here.is_none()
                && self
                    .journal
                    .seen()
                    .heads
                    .get(&id)
                    .is_none_or(|e| e.state == State::Erased || !may(&rights, Action::Read, e));
            if !holds && !spoilt && !unseen {
                return Err(format!(
                    "atomic pages: device {n} has the cursor of {id} version {version}, and not the record"
                )
                .into());
            }
        }
        Ok(())
    }

    /// The weather clears, and everybody syncs until nothing moves any more.
    pub(super) async fn calm_down(&mut self) -> Result<(), Problem> {
        for n in 0..self.devices.len() {
            while !self.devices[n].wire().weather().late.is_empty() {
                self.devices[n].deliver_late().await;
            }
            let mut weather = self.devices[n].wire().weather();
            (weather.trouble, weather.strange, weather.page) = (0, 0, wire::DEFAULT_PAGE);
        }
        let mut to_settle = true;
        for _ in 0..LAPS {
            let before = self.moved;
            for n in 0..self.devices.len() {
                if self.devices[n].standing == Standing::Wiped {
                    continue;
                }
                if self.devices[n].is_talking() {
                    self.finish(n).await?;
                }
                if self.devices[n].standing == Standing::Wiped {
                    continue;
                }
                {
                    // A newer version of the program pulls anew what this one could not read.
                    let mut weather = self.devices[n].wire().weather();
                    weather.expire |= std::mem::take(&mut weather.spoilt);
                }
                self.devices[n].begin_round()?;
                self.finish(n).await?;
            }
            if self.moved == before && (!std::mem::take(&mut to_settle) || !self.settle_some()?) {
                return self.look();
            }
        }
        Err(format!("convergence: after {LAPS} rounds of everybody something still moves").into())
    }

    /// Everything that must hold in the end.
    pub(super) async fn check(&mut self) -> Result<(), Problem> {
        let broken = self.journal.seen().broken.first().cloned();
        if let Some(broken) = broken {
            return Err(broken.into());
        }
        let truth = self.city.records()?;
        let mut present: BTreeSet<u32> = truth.values().flat_map(words).collect();
        for n in 0..self.devices.len() {
            if self.devices[n].standing == Standing::Wiped {
                continue;
            }
            present.extend(remains::own_words(&self.devices[n])?);
            if self.devices[n].standing == Standing::InUse {
                self.check_waiting(n)?;
                self.check_equal(n, &truth)?;
                self.check_digests(n).await?;
            }
        }
        self.check_words(&truth, &present)?;
        self.check_forgotten(&truth)?;
        for record in truth.values() {
            variants_are_right(record)?;
        }
        let verified = admin::verify(&self.city.service())?;
        if !verified.wrong.is_empty() || verified.database != "ok" {
            return Err(format!("the city's own check: {:?} {}", verified.wrong, verified.database).into());
        }
        Ok(())
    }

    /// What waits in the end was refused, and says why.
    fn check_waiting(&mut self, n: usize) -> Result<(), Problem> {
        for (id, _, refused) in remains::waiting(&self.devices[n])? {
            let Some(why) = refused else {
                return Err(format!("device {n}: {id} waits for no reason after the last round").into());
            };
            self.counters.note("promise: a refused change waits with its reason");
            self.tell(format!("device {n}: {id} waits, {why}"));
        }
        Ok(())
    }

    /// The device holds what its person may see, byte for byte, and nothing else.
    fn check_equal(&mut self, n: usize, truth: &BTreeMap<RecordId, Record>) -> Result<(), Problem> {
        let device = &self.devices[n];
        let rights = device.identity()?.person();
        if rights != self.journal.seen().people[device.person] {
            return Err(format!("scope: device {n} does not know its person's rights").into());
        }
        let waiting: BTreeMap<_, _> = remains::waiting(device)?
            .into_iter()
            .map(|(id, base, _)| (id, base))
            .collect();
        let here: BTreeMap<RecordId, Record> = device.records()?.into_iter().map(|r| (r.envelope.id, r)).collect();
        for (id, record) in truth {
            if !record.envelope.state.has_body()
                || !may(&rights, Action::Read, &record.envelope)
                || waiting.contains_key(id)
            {
                continue;
            }
            match here.get(id) {
                None => return Err(format!("convergence: device {n} lacks {id}").into()),
                Some(held) => same(n, held, record)?,
            }
        }
        for (id, held) in &here {
            let stands = truth.get(id);
            let seen = stands.is_some_and(|record| may(&rights, Action::Read, &record.envelope));
            if waiting.contains_key(id) || !held.envelope.state.has_body() {
                continue;
            }
            if !seen {
                return Err(format!("scope: device {n} still holds {id}, which its person may not see").into());
            }
            if stands.is_some_and(|record| !record.envelope.state.has_body()) {
                return Err(format!("convergence: device {n} still shows {id}, which is gone").into());
            }
        }
        self.counters.note("promise: convergence");
        Ok(())
    }

    async fn check_digests(&mut self, n: usize) -> Result<(), Problem> {
        let device = &self.devices[n];
        if !remains::waiting(device)?.is_empty() || device.identity()?.districts.is_empty() {
            return Ok(());
        }
        let city = device.city()?;
        let verified = sync::verify(device.store(), &city).await?;
        self.counters.note("promise: digests are equal");
        if verified.equal {
            return Ok(());
        }
        Err(format!("convergence: digests of device {n} differ: {:?}", verified.slices).into())
    }

    /// No word is lost, none stands twice, and what a newer version wrote is as it wrote it.
    fn check_words(&mut self, truth: &BTreeMap<RecordId, Record>, present: &BTreeSet<u32>) -> Result<(), Problem> {
        let forgotten = self.forgotten(truth);
        let lost = self.witness.lost(present);
        if let Some(lost) = lost.iter().find(|word| !forgotten.contains(word)) {
            let (_, typed) = self.witness.all().find(|(other, _)| other == lost).expect("typed");
            let stands = truth
                .get(&typed.record)
                .and_then(|r| r.body.as_ref())
                .map_or("nothing", Body::as_str);
            let lost = word(*lost);
            let Typed {
                record, field, device, ..
            } = typed;
            return Err(format!("no lost edit: {lost}, typed into {field} of {record} on device {device}, is nowhere; there stands {stands}").into());
        }
        let homes: Vec<RecordId> = self.witness.all().map(|(_, typed)| typed.record).collect();
        for (id, record) in truth {
            if let Some(strange) = words(record).iter().find(|word| homes[**word as usize] != *id) {
                return Err(format!("exactly once: {} was not typed into {id}", word(*strange)).into());
            }
        }
        for (number, typed) in self.witness.all() {
            let written = format!(r#"{{ "zahl":1.00, "wort":"{}" }}"#, word(number));
            let is_new = matches!(&*typed.field, "zukunft" | "wetter");
            let body = truth
                .get(&typed.record)
                .and_then(|r| r.body.as_ref())
                .map_or("", Body::as_str);
            if is_new && words_in(body).contains(&number) {
                self.counters.note("promise: unknown members travel unharmed");
                if !body.contains(&written) {
                    return Err(format!("forward compatibility: {} was written anew: {body}", word(number)).into());
                }
            }
        }
        Ok(())
    }

    /// Words of erased records, and of fields that were forgotten after they were typed.
    fn forgotten(&self, truth: &BTreeMap<RecordId, Record>) -> BTreeSet<u32> {
        let all = self.witness.all();
        let gone = all.filter(|(_, typed)| {
            truth.get(&typed.record).is_some_and(|record| {
                let envelope = &record.envelope;
                let cut = |r: &domain::Redaction| r.field == typed.field && r.version > typed.knew;
                envelope.state == State::Erased || envelope.redacted.iter().any(cut)
            })
        });
        gone.map(|(word, _)| word).collect()
    }

    /// No forgotten word is in any file.
    fn check_forgotten(&mut self, truth: &BTreeMap<RecordId, Record>) -> Result<(), Problem> {
        let forgotten = self.forgotten(truth);
        if forgotten.is_empty() {
            return Ok(());
        }
        let mut places = vec![("the city".to_owned(), self.city.place().everything()?)];
        for device in self.devices.iter().filter(|d| d.standing == Standing::InUse) {
            // As the program does in an idle moment: a kill between a forgetting and the end of its transaction's log leaves
            // old pages there until then.
            device.store().rest()?;
            let all = pages::databases(&device.folder(), device.store().database_key().as_bytes());
            places.push((format!("device {}", device.n), all));
        }
        for (place, bytes) in places {
            let found = words_in(&String::from_utf8_lossy(&bytes));
            self.counters.note("promise: forgotten words are in no file");
            if let Some(kept) = found.intersection(&forgotten).next() {
                let home = self.witness.home(*kept);
                return Err(format!("forgetting wins: {} of {home} is still with {place}", word(*kept)).into());
            }
        }
        Ok(())
    }
}

fn same(n: usize, held: &Record, record: &Record) -> Result<(), Problem> {
    let id = record.envelope.id;
    let differ = |what: &str, here: &str, there: &str| -> Result<(), Problem> {
        Err(format!("convergence: {what} of {id} differ: device {n} has {here}, the city {there}").into())
    };
    let (here, there) = (held.envelope.to_json(), record.envelope.to_json());
    if here != there {
        return differ("envelopes", &here, &there);
    }
    let text = |record: &Record| {
        record
            .body
            .as_ref()
            .map_or(String::new(), |body| body.as_str().to_owned())
    };
    if held.body != record.body {
        return differ("bodies", &text(held), &text(record));
    }
    if held.sealed != record.sealed {
        return differ("sealed parts", "one", "another");
    }
    Ok(())
}

/// Equal values are no conflict: no version says what stands, and no two say the same.
fn variants_are_right(record: &Record) -> Result<(), Problem> {
    let body = members(record);
    let Some(open) = body.read::<Members>("variants") else {
        return Ok(());
    };
    for field in open.names() {
        let values: Vec<Members> = open.read(field).unwrap_or_default();
        let said: Vec<&str> = values.iter().filter_map(|value| value.raw("value")).collect();
        let apart: BTreeSet<&&str> = said.iter().collect();
        if apart.len() < said.len() {
            return Err(format!(
                "equal values are no conflict: {field} of {} holds one twice: {said:?}",
                record.envelope.id
            )
            .into());
        }
    }
    Ok(())
}
