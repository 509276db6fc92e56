//! Which days hold what: the same answers as reading every record.

mod world;
use chrono::NaiveDate;
use domain::{Kind, State};
use world::{HERRENBERG, RIETH, id, note, record, stamp, world};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn the_first_and_the_last_day_are_those_of_live_records_up_to_a_day() {
    let world = world();
    let span = |until: &str| {
        world
            .store
            .read(|r| r.first_and_last_day(&Kind::Note, day(until)))
            .expect("a read")
    };
    assert_eq!(span("2026-12-31"), None, "nothing is there yet");
    world.save(&note(1).at("2026-08-31T23:59:00+02:00").build(), stamp(1));
    world.save(&note(2).at("2026-10-05T09:15:00+02:00").build(), stamp(2));
    world.save(&note(3).at("2027-01-01T00:00:00+01:00").build(), stamp(3));
    world.save(
        &note(4).at("2026-07-01T09:00:00+02:00").state(State::Trashed).build(),
        stamp(4),
    );
    world.save(
        &record(Kind::Request, 5).with("received_on", "2026-01-01").build(),
        stamp(5),
    );
    assert_eq!(
        span("2026-12-31"),
        Some((day("2026-08-31"), day("2026-10-05"))),
        "the typing error of next year waits"
    );
    assert_eq!(span("2027-01-01"), Some((day("2026-08-31"), day("2027-01-01"))));
    assert_eq!(span("2026-08-30"), None);
}

#[test]
fn live_records_of_a_span_are_counted_by_kind() {
    let world = world();
    for (n, at) in [
        "2026-09-30T23:59:00+02:00",
        "2026-10-01T00:00:00+02:00",
        "2026-10-31T23:59:00+01:00",
    ]
    .iter()
    .enumerate()
    {
        world.save(&note(n as u128).at(at).build(), stamp(n as u128));
    }
    world.save(&note(9).state(State::Trashed).build(), stamp(9));
    let count = |kind: Kind, from: Option<&str>, to: Option<&str>| {
        let read = world.store.read(|r| r.count(&kind, from.map(day), to.map(day)));
        read.expect("a read")
    };
    assert_eq!(count(Kind::Note, Some("2026-10-01"), Some("2026-10-31")), 2);
    assert_eq!(count(Kind::Note, None, Some("2026-10-31")), 3);
    assert_eq!(count(Kind::Note, None, None), 3);
    assert_eq!(count(Kind::Note, None, Some("2026-09-29")), 0);
    assert_eq!(count(Kind::Request, None, None), 0);
}

#[test]
fn a_note_counts_on_the_day_it_stands_on_and_only_while_it_is_live() {
    let world = world();
    let days = || -> Vec<String> {
        let read = world.store.read(|r| r.days(&Kind::Note, None, None)).expect("a read");
        read.iter().map(|each| format!("{} {}", each.day, each.count)).collect()
    };
    let (fifth, sixth) = ("2026-10-05T09:15:00+02:00", "2026-10-06T09:15:00+02:00");
    world.save(&note(1).at(fifth).build(), stamp(1));
    world.save(&note(2).at(fifth).build(), stamp(2));
    assert_eq!(days(), ["2026-10-05 2"]);
    world.save(&note(1).at(sixth).build(), stamp(3));
    assert_eq!(days(), ["2026-10-06 1", "2026-10-05 1"], "its time was corrected");
    world.save(&note(1).at(sixth).state(State::Trashed).build(), stamp(4));
    assert_eq!(days(), ["2026-10-05 1"]);
    world.save(&note(1).at(sixth).build(), stamp(5));
    world.store.write(|tx| tx.forget(id(2), None)).expect("a forgetting");
    assert_eq!(days(), ["2026-10-06 1"], "restored, and the other forgotten");
}

#[test]
fn a_district_tells_whether_anything_stands_in_it() {
    let world = world();
    world.save(&note(1).in_district(RIETH).build(), stamp(1));
    let anything = |kind: Kind, district| world.store.read(|r| r.is_anything_in(&kind, district)).expect("a read");
    assert!(anything(Kind::Note, RIETH));
    assert!(!anything(Kind::Note, HERRENBERG));
    assert!(!anything(Kind::Request, RIETH));
    assert!(world.record(id(1)).is_some());
}

#[test]
fn a_number_is_given_once() {
    let world = world();
    let take = |series: &str, at_least| {
        world
            .store
            .write(|tx| tx.take_number(series, at_least))
            .expect("a write")
            .0
    };
    assert_eq!((take("26-K7", 1), take("26-K7", 1)), (1, 2));
    assert_eq!(take("26-K7", 40), 40, "a number that stands somewhere is passed over");
    assert_eq!(take("26-K7", 1), 41);
    assert_eq!(take("27-K7", 1), 1, "each year counts anew");
    let again = world.reopen();
    assert_eq!(again.write(|tx| tx.take_number("26-K7", 1)).expect("a write").0, 42);
}
