//! Many write at two instances while others follow their cursors: nobody misses anything.

use crate::town::{Device, Town, accepted};
use city::Service;
use domain::RecordId;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

const WRITERS: usize = 32;
const READERS: usize = 8;

/// How many changes; `CHANGES=100000` asks for more than a test of every day.
fn changes() -> usize {
    let asked = std::env::var("CHANGES").ok();
    asked.map_or(3_200, |asked| asked.parse().expect("CHANGES is a number"))
}

/// Pushes its share in pushes of different sizes, half of them edits; answers what it wrote, with the newest version.
async fn write(mut writer: Device, share: usize, number: usize) -> BTreeMap<RecordId, u64> {
    let mut written = BTreeMap::new();
    let mut left = share;
    let mut round = number;
    while left > 0 {
        round += 1;
        let size = (round * 7 % 40 + 1).min(left);
        left -= size;
        let drafts: Vec<_> = (0..size)
            .map(
                |n| match writer.copy.keys().nth(n).copied().filter(|_| round.is_multiple_of(2)) {
                    Some(id) if writer.copy[&id].envelope.owner == writer.me.person => writer.edit(id).saying("anders"),
                    _ => writer.note("Rieth"),
                },
            )
            .collect();
        let ids: Vec<_> = drafts.iter().map(crate::town::Draft::id).collect();
        let sent: Vec<_> = drafts.into_iter().map(|draft| draft.change()).collect();
        let outcomes = writer.push(sent.clone()).await;
        for ((id, outcome), change) in ids.into_iter().zip(outcomes).zip(sent) {
            let version = accepted(&outcome);
            written.insert(id, version);
            let envelope = change.envelope.with(version, 0, std::collections::BTreeSet::new());
            let head = wire::Head {
                envelope,
                body: change.body,
                sealed: None,
                changed_at: domain::At::from_millis(0).expect("an instant"),
                changed_by: writer.me.person,
            };
            writer.copy.insert(id, head);
        }
    }
    written
}

/// Follows its cursor until everything is written, and once more; answers what it saw.
async fn follow(mut reader: Device, over: Arc<AtomicBool>) -> BTreeMap<RecordId, u64> {
    let mut seen: BTreeMap<RecordId, u64> = BTreeMap::new();
    loop {
        let last = over.load(Ordering::SeqCst);
        for id in reader.pull_by(200).await.records {
            let version = reader.copy[&id].envelope.version;
            let before = seen.insert(id, version);
            assert!(
                before.is_none_or(|before| before <= version),
                "no version goes backwards"
            );
        }
        if last {
            return seen;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_write_and_eight_follow_at_two_instances_and_nothing_is_missed() {
    let town = Town::founded();
    let other = Service::open_in(&town.options(), town.clock.clone()).expect("opened");
    let mut devices = Vec::new();
    for n in 0..WRITERS + READERS {
        let name = format!("Person {n}");
        town.person(&name, "Nord e.V.", domain::Role::Worker, &["Rieth"]);
        let service = if n % 2 == 0 { &town.service } else { &other };
        let mut device = town.device_at(service, &name).await;
        device.pull().await;
        devices.push(device);
    }
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = devices
        .drain(WRITERS..)
        .map(|reader| tokio::spawn(follow(reader, Arc::clone(&over))))
        .collect();
    let changes = changes();
    let writers: Vec<_> = devices
        .into_iter()
        .enumerate()
        .map(|(n, mut writer)| {
            writer
                .copy
                .retain(|_, head| head.envelope.kind == domain::Kind::District);
            tokio::spawn(write(writer, changes / WRITERS, n))
        })
        .collect();
    let mut written = BTreeMap::new();
    for writer in writers {
        written.extend(writer.await.expect("a writer ends"));
    }
    over.store(true, Ordering::SeqCst);
    let mut missed = 0;
    for reader in readers {
        let seen = reader.await.expect("a reader ends");
        missed += written
            .iter()
            .filter(|(id, version)| seen.get(id) != Some(version))
            .count();
    }
    println!(
        "{changes} changes, {} records, {READERS} readers: {missed} missed",
        written.len()
    );
    assert_eq!(missed, 0);
    let verified = city::admin::verify(&other).expect("verified");
    assert_eq!((verified.wrong, verified.database.as_str()), (vec![], "ok"));
}
