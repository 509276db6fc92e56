//! Many histories, on as many threads as asked, and the shortest one that still fails.

use super::{Counters, Options, Template, Violation, play};
use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Histories that failed once; they always run first.
pub const KNOWN: &str = include_str!("known_seeds.txt");

/// The seeds of [`KNOWN`].
///
/// # Panics
/// When a line of the file is no number.
pub fn known_seeds() -> Vec<u64> {
    let lines = KNOWN
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.parse().expect("a line holds a seed, and a remark after #"))
        .collect()
}

/// Plays these histories on so many threads, and stops after `most` violations, the lowest seeds first.
pub fn play_all(
    template: &Template,
    seeds: &[u64],
    threads: usize,
    most: usize,
    tell: impl Fn(usize) + Sync,
) -> (Counters, Vec<Violation>) {
    let next = AtomicUsize::new(0);
    let counters = Mutex::new(Counters::default());
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while lock(&found).len() < most {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    let Some(seed) = seeds.get(at) else { break };
                    match play(template, *seed, &Options::default()) {
                        Ok(played) => *lock(&counters) += played.counters,
                        Err(violation) => lock(&found).push(violation),
                    }
                    tell(at + 1);
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|violation: &Violation| violation.seed);
    (counters.into_inner().unwrap_or_else(PoisonError::into_inner), found)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Leaves out of a history what it does not need in order to fail.
pub fn shrink(template: &Template, violation: Violation) -> Violation {
    let mut options = Options::default();
    let mut shortest = violation;
    // First the end, then one thing after the other, from the end.
    for steps in 1..options.steps {
        let shorter = Options {
            steps,
            ..options.clone()
        };
        if let Err(violation) = play(template, shortest.seed, &shorter) {
            (options, shortest) = (shorter, violation);
            break;
        }
    }
    for step in (0..options.steps).rev() {
        let mut shorter = options.clone();
        shorter.left_out.insert(step);
        if let Err(violation) = play(template, shortest.seed, &shorter) {
            (options, shortest) = (shorter, violation);
        }
    }
    shortest
}
