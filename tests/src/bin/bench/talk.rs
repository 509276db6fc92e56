//! What sync costs, against a real city in a process of its own.

use crate::{
    plain,
    table::{Row, median, percentile, time},
    town::{Device, Town},
};
use std::time::{Duration, Instant};

/// Filling an empty notebook from the city, beside the same rows inserted barely.
pub(crate) fn first_sync() -> Vec<Row> {
    let mut rows = Vec::new();
    for count in [10_000, 100_000] {
        let town = Town::with_notes(count);
        let mut samples: Vec<Duration> = (0..if count > 10_000 { 1 } else { 5 })
            .map(|_| {
                let device = Device::enrolled(&town);
                let start = Instant::now();
                let counted = device.round();
                let took = start.elapsed();
                assert!(counted.pulled >= count as u64, "everything was pulled");
                took
            })
            .collect();
        let bare_rows = plain::rows(&town.place, count);
        let times = samples.len();
        let mut paged: Vec<Duration> = (0..times).map(|_| plain::paged(&bare_rows)).collect();
        let mut bulk: Vec<Duration> = (0..times).map(|_| plain::bulk(&bare_rows)).collect();
        let (figure, paged, bulk) = (median(&mut samples), median(&mut paged), median(&mut bulk));
        let ratio = figure.as_secs_f64() / paged.as_secs_f64();
        rows.push(Row {
            work: format!("first sync of {count}"),
            figure: time(figure),
            baseline: format!("{} (bare paged insert)", time(paged)),
            ratio: Some(ratio),
            target: "<= 1.3x".into(),
            reached: Some(ratio <= 1.3),
        });
        let ratio = paged.as_secs_f64() / bulk.as_secs_f64();
        rows.push(Row {
            work: format!("... that paged insert of {count}"),
            figure: time(paged),
            baseline: format!("{} (one transaction)", time(bulk)),
            ratio: Some(ratio),
            target: "<= 2x".into(),
            reached: Some(ratio <= 2.0),
        });
    }
    rows
}

/// Ten thousand new notes to the city, beside the same rows inserted barely into its own tables: the city's part alone,
/// and a device's whole round.
pub(crate) fn push() -> Vec<Row> {
    const COUNT: usize = 10_000;
    let (mut calls, mut rounds, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..3 {
        let town = Town::with_notes(0);
        calls.push(Device::enrolled(&town).push_prepared(COUNT));
        let town = Town::with_notes(0);
        let device = Device::enrolled(&town);
        device.round();
        device.write_notes(COUNT);
        let start = Instant::now();
        let counted = device.round();
        rounds.push(start.elapsed());
        assert_eq!(counted.pushed, COUNT as u64, "everything was pushed");
        bare.push(town.bare_insert(COUNT));
    }
    let bare = median(&mut bare);
    let row = |work: &str, samples: &mut [Duration], limit: Option<f64>| {
        let figure = median(samples);
        let ratio = figure.as_secs_f64() / bare.as_secs_f64();
        Row {
            work: format!("push of {COUNT}, {work}"),
            figure: time(figure),
            baseline: format!("{} (bare insert at the city)", time(bare)),
            ratio: Some(ratio),
            target: limit.map_or_else(String::new, |limit| format!("<= {limit}x")),
            reached: limit.map(|limit| ratio <= limit),
        }
    };
    vec![
        row(
            "the city's part: ten calls written out beforehand, over HTTP",
            &mut calls,
            Some(2.0),
        ),
        row(
            "a device's whole round: freeze, push, note the answers, pull its own back",
            &mut rounds,
            None,
        ),
    ]
}

/// A hundred changed among 100,000, and a round in which nothing happened.
pub(crate) fn changed() -> Vec<Row> {
    let town = Town::with_notes(100_000);
    let (writer, reader) = (Device::enrolled(&town), Device::enrolled(&town));
    writer.round();
    reader.round();
    let (mut pushes, mut pulls, mut empties) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..15 {
        writer.edit_notes(100, turn);
        let start = Instant::now();
        writer.round();
        pushes.push(start.elapsed());
        let start = Instant::now();
        reader.round();
        pulls.push(start.elapsed());
        for _ in 0..10 {
            let start = Instant::now();
            reader.round();
            empties.push(start.elapsed());
        }
        writer.store.rest().expect("an idle moment");
        reader.store.rest().expect("an idle moment");
    }
    let mut disk = plain::fsyncs(reader.store.dir(), 200);
    let mut calls = reader.bare_calls(200);
    let row = |work: &str, figure: Duration, baseline: (Duration, &str), target: &str, limit: Duration| Row {
        work: work.into(),
        figure: time(figure),
        baseline: format!("{} ({})", time(baseline.0), baseline.1),
        ratio: Some(figure.as_secs_f64() / baseline.0.as_secs_f64()),
        target: target.into(),
        reached: Some(figure <= limit),
    };
    let (fsync, call) = (percentile(&mut disk, 0.5), percentile(&mut calls, 0.5));
    let limit = Duration::from_millis(25);
    vec![
        row(
            "100 changed of 100,000: push",
            median(&mut pushes),
            (fsync, "fsync"),
            "<= 25 ms",
            limit,
        ),
        row(
            "100 changed of 100,000: pull",
            median(&mut pulls),
            (fsync, "fsync"),
            "<= 25 ms",
            limit,
        ),
        row(
            "empty round",
            median(&mut empties),
            (call, "one bare call"),
            "<= 2 ms plus the network",
            Duration::from_millis(2) + 3 * call,
        ),
    ]
}

/// What a first sync of 10,000 weighs on the wire.
pub(crate) fn bytes() -> Vec<Row> {
    let town = Town::with_notes(10_000);
    let device = Device::enrolled(&town);
    let (json, wire) = device.weigh_first_sync();
    let ratio = wire as f64 / json as f64;
    vec![Row {
        work: "bytes on the wire, first sync of 10,000".into(),
        figure: format!("{:.2} MB", wire as f64 / 1e6),
        baseline: format!("{:.2} MB (the JSON)", json as f64 / 1e6),
        ratio: Some(ratio),
        target: "<= 0.32x".into(),
        reached: Some(ratio <= 0.32),
    }]
}
