//! Histories of several devices and one city in which everything that can go wrong does. `make sim` plays more of them.

use scenes::simulation::{Options, Template, play, runs};

/// So many in each run of the tests, beside those that failed once.
const HISTORIES: u64 = 2_000;

#[test]
fn in_random_histories_every_promise_holds() {
    let template = Template::found().expect("a town");
    let mut seeds = runs::known_seeds();
    seeds.extend(0..HISTORIES);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (counters, mut violations) = runs::play_all(&template, &seeds, threads, 1, |_| {});
    if let Some(violation) = violations.pop() {
        panic!("{}", runs::shrink(&template, violation));
    }
    println!("{counters}");
    for promise in PROMISES {
        assert!(counters.get(promise) > 0, "no history puts this to the test: {promise}");
    }
}

#[test]
fn a_history_is_played_again_exactly_from_its_number() {
    let template = Template::found().expect("a town");
    for seed in 0..5 {
        let [once, again] = [(); 2].map(|()| play(&template, seed, &Options::default()).expect("no violation"));
        assert_eq!(once.tale, again.tale);
        assert_eq!(once.counters, again.counters);
    }
}

/// What some history must have come upon, so that a change of the chances is noticed that leaves one of them out.
const PROMISES: &[&str] = &[
    "fault: a clock is wrong by years",
    "fault: a device is killed in a round",
    "fault: a device is restored from a copy",
    "fault: a push arrives after later ones",
    "fault: a request arrives twice",
    "fault: a request is lost",
    "fault: an answer takes its time",
    "fault: an entry nobody here can read",
    "fault: cut after the city applied it",
    "fault: the city is killed",
    "fault: the cursor expired",
    "promise: a database behind its forget log does not start",
    "promise: a draft stays",
    "promise: a number is given once",
    "promise: a refused change waits with its reason",
    "promise: a repeat gets the same outcome",
    "promise: a restored city gets back what devices have",
    "promise: a revoked device destroys its key",
    "promise: an edit met another's",
    "promise: compare-and-set",
    "promise: convergence",
    "promise: derived ids meet",
    "promise: digests are equal",
    "promise: forgotten words are in no file",
    "promise: no cursor runs ahead of its data",
    "promise: no edit is lost",
    "promise: only what one may see",
    "promise: scope follows the districts",
    "promise: the trash is emptied after 30 days",
    "promise: unknown members travel unharmed",
    "promise: variants are settled once for all",
    "promise: what cannot be transferred is kept",
    "promise: what is erased is forgotten",
    "promise: what is redacted is forgotten",
    "promise: what moved away is told by its id",
    "promise: who leaves empties the outbox first",
];
