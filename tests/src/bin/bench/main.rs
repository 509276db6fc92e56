//! `make bench`: what the notebook and the city cost, each row beside its target and a baseline of the same run.
//!
//! `make bench ONLY=sync` runs the parts whose name contains the word.

mod crowd;
mod device;
mod ledger;
mod memory;
mod monday;
mod month;
mod plain;
mod postgres;
mod table;
mod talk;
mod town;
mod window;
mod world;

use table::Row;

/// A part of the table: its name, and what measures it.
type Part = (&'static str, fn() -> Vec<Row>);

const PARTS: &[Part] = &[
    ("save", device::save),
    ("search-100k", || device::search(100_000)),
    ("list", device::list),
    ("month", month::export),
    ("sync-first", talk::first_sync),
    ("sync-push", talk::push),
    ("sync-changed", talk::changed),
    ("sync-bytes", talk::bytes),
    ("sync-postgres", postgres::rows),
    ("sync-large", crowd::large),
    ("sync-monday", monday::rows),
    ("memory", memory::both_sides),
    ("window", window::rows),
    ("search-1m", || device::search(1_000_000)),
];

fn main() {
    if memory::is_child() {
        return memory::child();
    }
    let only = std::env::args().nth(1).unwrap_or_default();
    let mut rows = Vec::new();
    for (name, measure) in PARTS.iter().filter(|(name, _)| name.contains(&only)) {
        eprintln!("measuring {name} ...");
        let measured = measure();
        for row in &measured {
            eprintln!("  {}", table::line(row));
        }
        rows.extend(measured);
    }
    if rows.is_empty() {
        eprintln!(
            "no part is called like {only:?}; there are: {}",
            PARTS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        );
        std::process::exit(2);
    }
    table::print(&rows);
}
