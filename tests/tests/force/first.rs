//! A first sync on a bad line.

use super::{kills::reaches, seed::dice, town::Town, typist::Typist};
use scenes::{City, Relay};
use std::{thread, time::Instant};

const CUTS: u64 = 10;
/// Notes at the city; `FORCE_RECORDS=100000` for as many as a large city has in four years.
const RECORDS: usize = 4_000;
/// As many as one transaction of the typist takes.
const AT_ONCE: usize = 1_000;

#[test]
fn a_first_sync_that_is_cut_ten_times_goes_on_where_it_was() {
    let mut dice = dice();
    let records = std::env::var("FORCE_RECORDS").map_or(RECORDS, |count| count.parse().unwrap());
    let town = Town::of(City::with_districts);
    let relay = Relay::to(town.city.url());
    let mut anna = Typist::enrolled(town.city.url(), &town.city.invite(&town.anna));
    for _ in (0..records).step_by(AT_ONCE) {
        anna.types(&mut dice, AT_ONCE.min(records));
        anna.notebook.sync();
    }
    let joins = || Typist::enrolled(&relay.url(), &town.city.invite(&town.bernd));
    let (began, before) = (Instant::now(), relay.passed());
    let at_once = joins();
    at_once.notebook.sync();
    at_once.holds(&anna.typed);
    let (whole, alone) = (relay.passed() - before, began.elapsed());

    let (began, before) = (Instant::now(), relay.passed());
    // The first sync begins with the enrolment, which is done before the line is cut.
    let reached = relay.after(whole / 20);
    let bernd = thread::scope(|scope| {
        let bernd = scope.spawn(joins);
        reached.recv().unwrap();
        relay.cut();
        bernd.join().unwrap()
    });
    let mut had = bernd.records();
    assert!(had < records as u64, "it was cut before the end");
    let mut cut = 1;
    while cut < CUTS {
        let left = usize::try_from(whole.saturating_sub(relay.passed() - before)).unwrap();
        let share = 2 * left / usize::try_from(CUTS + 1 - cut).unwrap();
        let reached = relay.after(dice.below(share) as u64);
        let mut sync = bernd.sync();
        if !reaches(&reached, || sync.try_wait().unwrap().is_none()) {
            assert_eq!(sync.wait().unwrap().code(), Some(0));
            break;
        }
        cut += 1;
        // In turns the line is cut, and the program.
        if cut % 2 == 0 {
            relay.cut();
        } else {
            let _ = sync.kill();
        }
        let ended = sync.wait().unwrap().code();
        assert!(
            matches!(ended, None | Some(0 | 4)),
            "a sync that was cut ended with {ended:?}"
        );
        let has = bernd.records();
        assert!(has >= had, "what had come stays: {has} of {had}");
        had = has;
    }
    assert!(cut > CUTS / 2, "most of the cuts fall into the first sync: {cut}");
    bernd.notebook.sync();
    bernd.holds(&anna.typed);
    let passed = relay.passed() - before;
    println!(
        "{} notes, {whole} bytes in {alone:?}; cut {cut} times {passed} bytes in {:?}",
        anna.typed.len(),
        began.elapsed()
    );
    // With a cut go the page that is being written and the one under way. From the beginning each time, it would be five times
    // the whole on average.
    assert!(passed <= 2 * whole, "{passed} bytes instead of {whole}");
}
