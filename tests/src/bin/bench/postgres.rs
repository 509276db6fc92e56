//! What sync costs where the city's ledger is in PostgreSQL, each figure beside the same on SQLite in the same run.

use crate::{
    table::{Row, median, time},
    town::{Device, Town},
};
use std::time::{Duration, Instant};

const COUNT: usize = 10_000;

/// How a town is made that holds so many notes.
type Made = fn(usize) -> Town;

/// Push of 10,000, first sync of 10,000, 100 changed, an empty round.
pub(crate) fn rows() -> Vec<Row> {
    let [sqlite, postgres] = [Town::with_notes as Made, Town::on_postgres].map(measured);
    let works = [
        format!("PostgreSQL: push of {COUNT}, the city's part"),
        format!("... first sync of {COUNT}"),
        format!("... 100 changed of {COUNT}: push"),
        "... pull".to_owned(),
        "... empty round".to_owned(),
    ];
    let row = |((work, here), there): ((String, Duration), Duration)| Row {
        work,
        figure: time(here),
        baseline: format!("{} (SQLite)", time(there)),
        ratio: Some(here.as_secs_f64() / there.as_secs_f64()),
        target: String::new(),
        reached: None,
    };
    works.into_iter().zip(postgres).zip(sqlite).map(row).collect()
}

fn measured(made: Made) -> [Duration; 5] {
    let mut calls: Vec<Duration> = (0..3)
        .map(|_| Device::enrolled(&made(0)).push_prepared(COUNT))
        .collect();
    let town = made(COUNT);
    let mut firsts: Vec<Duration> = (0..3)
        .map(|_| {
            let device = Device::enrolled(&town);
            let start = Instant::now();
            assert!(device.round().pulled >= COUNT as u64, "everything was pulled");
            start.elapsed()
        })
        .collect();
    let (writer, reader) = (Device::enrolled(&town), Device::enrolled(&town));
    writer.round();
    reader.round();
    let (mut pushes, mut pulls, mut empties) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..15 {
        writer.edit_notes(100, turn);
        let timed = |device: &Device, into: &mut Vec<Duration>| {
            let start = Instant::now();
            device.round();
            into.push(start.elapsed());
        };
        timed(&writer, &mut pushes);
        timed(&reader, &mut pulls);
        for _ in 0..10 {
            timed(&reader, &mut empties);
        }
        writer.store.rest().expect("an idle moment");
        reader.store.rest().expect("an idle moment");
    }
    [&mut calls, &mut firsts, &mut pushes, &mut pulls, &mut empties].map(|samples| median(samples))
}
