//! Memory of both sides: VmHWM, the most a process ever held.

use crate::{
    table::Row,
    town::{Device, Town},
};
use std::{
    process::{Command, Stdio},
    time::Duration,
};

const CHILD: &str = "BENCH_CHILD";

/// Whether this process is the one that is weighed.
pub(crate) fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// A device and nothing else: takes 100,000 notes from a city, searches, lists, and says what it held.
pub(crate) fn child() {
    let address = std::env::var(CHILD).expect("the parent says where the city is");
    let (url, code) = address.split_once(' ').expect("address and code");
    let held = Device::alone(url, code);
    println!("{}", held);
}

/// Both sides after a first sync of 100,000.
pub(crate) fn both_sides() -> Vec<Row> {
    let town = Town::with_notes(100_000);
    let before = town.peak_memory();
    let output = Command::new(std::env::current_exe().expect("this program"))
        .env(CHILD, town.invitation())
        .stderr(Stdio::inherit())
        .output()
        .expect("a process of its own");
    let device: u64 = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .expect("the child says what it held");
    let city = town.peak_memory();
    let row = |work: &str, held: u64, baseline: String, limit: u64| Row {
        work: work.into(),
        figure: format!("{:.0} MB", held as f64 / 1e6),
        baseline,
        ratio: None,
        target: format!("<= {limit} MB"),
        reached: Some(held <= limit * 1_000_000),
    };
    vec![
        row("memory of a device, first sync of 100,000", device, String::new(), 150),
        row(
            "memory of the city meanwhile",
            city,
            format!("{:.0} MB after the notes came in", before as f64 / 1e6),
            60,
        ),
    ]
}

/// What a process holds now, in bytes, without the files that the system installed for every program: libraries of the
/// web view, of the desktop and for drawing, with their fonts and translations.
pub(crate) fn own_of(process: u32) -> u64 {
    let maps = std::fs::read_to_string(format!("/proc/{process}/smaps")).expect("Linux tells");
    let mut is_own = true;
    let mut kib = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        if !first.ends_with(':') {
            // A mapping's head: addresses, rights, offset, device, inode, and what is mapped.
            let mapped = words.nth(4).unwrap_or_default();
            is_own = !["/usr/", "/lib"].iter().any(|system| mapped.starts_with(system));
        } else if first == "Rss:" && is_own {
            kib += words.next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
        }
    }
    kib * 1024
}

/// The most that a process ever held, in bytes.
pub(crate) fn peak_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux tells");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .expect("Linux tells VmHWM");
    let kib: u64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse().ok())
        .expect("a number of KiB");
    kib * 1024
}

/// The processor time that a process has had so far.
pub(crate) fn processor_of(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("Linux tells");
    // The name in brackets may hold blanks; user and system time are the 12th and 13th word behind it.
    let (_, words) = stat.rsplit_once(')').expect("Linux tells the name");
    let ticks: u64 = words
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|word| word.parse::<u64>().expect("a number of ticks"))
        .sum();
    // Linux counts these in hundredths of a second, whatever its own clock does.
    Duration::from_millis(10 * ticks)
}
