//! Monday at eight: many devices come back in the same instant.

use crate::{
    crowd::{Device, Ground, end, fresh, page, push},
    memory::{peak_of, processor_of},
    table::{Row, percentile, time},
    world::Place,
};
use domain::{PersonId, Record};
use scenes::{City, cluster::Lease, prose::Dice};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use wire::{Backend, Cursor};

/// Devices that come back at once.
const DEVICES: usize = 500;
/// Ten of them share a district: each pulls what its ten peers pushed.
const DISTRICTS: usize = 50;
/// Changes that each of them brings.
const EACH: usize = 50;

/// Five hundred devices come back at eight with fifty changes each, and pull five hundred.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = on_monday("SQLite", City::with_districts);
    rows.extend(on_monday("PostgreSQL", |csv| City::in_cluster(Lease::durable(), csv)));
    rows
}

fn on_monday(ledger: &str, found: impl FnOnce(&Path) -> City) -> Vec<Row> {
    let place = Ground::found(DISTRICTS, found);
    let people: Vec<PersonId> = (1..=DISTRICTS).map(|n| place.person(&format!("{n:02}"))).collect();
    let mut dice = Dice::new(8);
    let devices: Vec<(Device, Cursor, Vec<Record>)> = (0..DEVICES)
        .map(|n| {
            let at = n % DISTRICTS;
            let device = place.device(people[at]);
            let cursor = place.runtime.block_on(end(&device.here));
            let own = Place {
                organisation: place.organisation,
                person: device.person,
                districts: vec![place.districts[at]],
            };
            let notes = (0..EACH).map(|note| fresh(own.note(&mut dice, note, EACH))).collect();
            (device, cursor, notes)
        })
        .collect();
    let (own, theirs) = (std::process::id(), place.city.process());
    let before = [own, theirs].map(processor_of);
    let start = Instant::now();
    let mut calls = place.runtime.block_on(async {
        let running: Vec<_> = devices
            .into_iter()
            .map(|(device, cursor, notes)| tokio::spawn(comes_back(device, cursor, notes)))
            .collect();
        let mut calls = Calls::default();
        for device in running {
            calls.add(device.await.expect("no device fails"));
        }
        calls
    });
    let took = start.elapsed();
    let [load, city] = [(own, before[0]), (theirs, before[1])].map(|(id, before)| processor_of(id) - before);
    let carried = DEVICES * EACH + DEVICES * EACH * (DEVICES / DISTRICTS);
    let held = peak_of(theirs);
    let limit = 60_000_000 + 30_000 * DEVICES as u64;
    let row = |work: String, figure: String, target: &str, reached| Row {
        work,
        figure,
        baseline: String::new(),
        ratio: None,
        target: target.into(),
        reached,
    };
    let mut all = [calls.me.as_slice(), &calls.push, &calls.pull].concat();
    let late = percentile(&mut all, 0.99);
    let mut rows = vec![
        row(
            format!("Monday 8:00 on {ledger}: {DEVICES} devices push {EACH} each and pull 500, all done after"),
            format!("{} ({:.0} changes/s)", time(took), carried as f64 / took.as_secs_f64()),
            "no error",
            Some(true),
        ),
        row(
            format!("... a call, of {}: p50 and p99", all.len()),
            format!("{} and {}", time(percentile(&mut all, 0.5)), time(late)),
            "p99 <= 1 s",
            Some(late <= Duration::from_secs(1)),
        ),
    ];
    for (what, calls) in [
        ("who am I", &mut calls.me),
        ("a push", &mut calls.push),
        ("a pull", &mut calls.pull),
    ] {
        let (p50, p99) = (percentile(calls, 0.5), percentile(calls, 0.99));
        let work = format!("... of them {what}, of {}: p50, p99", calls.len());
        rows.push(row(work, format!("{}, {}", time(p50), time(p99)), "", None));
    }
    rows.push(row(
        "... processor time of the city and of the load".into(),
        format!("{} and {}", time(city), time(load)),
        "",
        None,
    ));
    rows.push(row(
        "... memory of the city".into(),
        format!("{:.0} MB", held as f64 / 1e6),
        &format!("<= {:.0} MB", limit as f64 / 1e6),
        Some(held <= limit),
    ));
    rows
}

/// How long the calls of a round took, by what they ask.
#[derive(Default)]
struct Calls {
    me: Vec<Duration>,
    push: Vec<Duration>,
    pull: Vec<Duration>,
}

impl Calls {
    fn add(&mut self, more: Self) {
        self.me.extend(more.me);
        self.push.extend(more.push);
        self.pull.extend(more.pull);
    }
}

/// What a device's round asks: who one is, its changes, and pages until it has those of its peers.
async fn comes_back(device: Device, mut cursor: Cursor, notes: Vec<Record>) -> Calls {
    let mut calls = Calls::default();
    let mut began = Instant::now();
    let epoch = device.there.me().await.expect("an answer").epoch;
    calls.me.push(began.elapsed());
    began = Instant::now();
    push(&device.there, &epoch, &notes).await;
    calls.push.push(began.elapsed());
    let mut pulled = 0;
    loop {
        began = Instant::now();
        let answer = page(&device.there, Some(cursor)).await;
        calls.pull.push(began.elapsed());
        pulled += answer.changes.len();
        cursor = answer.cursor;
        if pulled >= EACH * (DEVICES / DISTRICTS) {
            return calls;
        }
        if !answer.more {
            // Peers are still at it: the city calls. How long that takes is theirs.
            device.there.wait(cursor.clone()).await.expect("an answer");
        }
    }
}
