//! Histories of several devices and one city in which everything that can go wrong does. `make sim` plays more of them.

use scenes::simulation::{Ledger, Options, Template, counters::EXPECTED, play, runs};

/// So many in each run of the tests, beside those that failed once.
const HISTORIES: u64 = 2_000;

#[test]
fn in_random_histories_every_promise_holds() {
    let template = Template::found(&Ledger::Files).expect("a town");
    let mut seeds = runs::known_seeds();
    seeds.extend(0..HISTORIES);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (counters, mut violations) = runs::play_all(&template, &seeds, threads, 1, |_| {});
    if let Some(violation) = violations.pop() {
        panic!("{}", runs::shrink(&template, violation));
    }
    println!("{counters}");
    for promise in EXPECTED {
        assert!(counters.get(promise) > 0, "no history puts this to the test: {promise}");
    }
}

#[test]
fn a_history_is_played_again_exactly_from_its_number() {
    let template = Template::found(&Ledger::Files).expect("a town");
    for seed in 0..5 {
        let [once, again] = [(); 2].map(|()| play(&template, seed, &Options::default()).expect("no violation"));
        assert_eq!(once.tale, again.tale);
        assert_eq!(once.counters, again.counters);
    }
}
