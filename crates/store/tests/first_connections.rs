//! Alone in its program, because only the first connections of a program can meet.

use std::{sync::Barrier, thread};
use store::{KeyCost, Passphrase, Store};

#[test]
fn threads_that_open_their_first_connections_at_once_all_find_the_cipher() {
    const THREADS: usize = 16;
    let barrier = Barrier::new(THREADS);
    let cost = KeyCost::for_tests();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let folder = tempfile::tempdir().expect("a temporary folder");
                barrier.wait();
                let made = Store::create(folder.path(), &Passphrase::new("laterne teich"), cost);
                made.expect("a new notebook");
            });
        }
    });
}
