//! The end of the city's database in the middle of a push.

use super::{kills::reaches, seed::dice, town::Town, typist::Typist};
use scenes::{City, Relay};

/// So many of its ends fall into pushes.
const CRASHES: usize = 5;
/// Notes a push.
const NOTES: usize = 200;

#[test]
fn a_push_that_postgresql_does_not_survive_is_neither_lost_nor_doubled() {
    let mut dice = dice();
    let town = Town::of(City::on_postgres);
    let relay = Relay::to(town.city.url());
    let mut anna = Typist::enrolled(&relay.url(), &town.city.invite(&town.anna));
    let bernd = Typist::enrolled(town.city.url(), &town.city.invite(&town.bernd));
    anna.types(&mut dice, NOTES);
    let before = relay.passed();
    anna.notebook.sync();
    let mut usual = relay.passed() - before;
    let mut crashes = 0;
    while crashes < CRASHES {
        anna.types(&mut dice, NOTES);
        let reached = relay.after(dice.below(usize::try_from(usual).unwrap()) as u64);
        let mut sync = anna.sync();
        if reaches(&reached, || sync.try_wait().unwrap().is_none()) {
            town.city.crash_database();
            crashes += 1;
        } else {
            usual -= usual / 10;
        }
        let ended = sync.wait().unwrap().code();
        assert!(
            matches!(ended, Some(0 | 4)),
            "done, or the city cannot answer just now: {ended:?}"
        );
    }
    for device in [&anna, &bernd] {
        device.notebook.sync();
        device.holds(&anna.typed);
    }
    town.city.admin(&["verify"]);
}
