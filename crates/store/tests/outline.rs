//! The outline of a list agrees with the list, under every filter, and any piece of it is there at once.

mod world;

use chrono::NaiveDate;
use domain::{Kind, State};
use serde_json::json;
use store::{Filter, Page, Stored};
use world::{ANNA, BERND, HERRENBERG, RIETH, World, note, stamp, world};

fn filled() -> World {
    let world = world();
    let write = world.store.write(|tx| {
        for n in 0..400 {
            let mut note = note(n)
                .at(&format!(
                    "2026-{:02}-{:02}T{:02}:00:00+02:00",
                    9 + n % 2,
                    1 + n % 28,
                    n % 24
                ))
                .in_district(if n % 3 == 0 { RIETH } else { HERRENBERG })
                .on(&[if n % 5 == 0 { "wohnen" } else { "armut" }]);
            if n % 7 == 0 {
                note = note.with("follow_up", json!({"on": "2026-11-01"}));
            }
            if n % 14 == 0 {
                note = note.with("follow_up", json!({"on": "2026-11-01", "done_on": "2026-10-30"}));
            }
            let mut record = note.build();
            record.envelope.owner = if n % 4 == 0 { BERND } else { ANNA };
            if n % 10 == 9 {
                record.envelope.state = State::Trashed;
            }
            tx.save(&record, stamp(n + 1))?;
        }
        Ok(())
    });
    write.expect("four hundred notes");
    world
}

/// Every way of asking at once.
fn filters() -> Vec<Filter> {
    let mut filters = Vec::new();
    for bits in 0..64_u32 {
        let on = |bit: u32| bits & (1 << bit) != 0;
        filters.push(Filter {
            district: on(0).then_some(RIETH),
            topic: on(1).then(|| "wohnen".to_owned()),
            from: if on(2) {
                NaiveDate::from_ymd_opt(2026, 9, 10)
            } else {
                None
            },
            to: if on(2) {
                NaiveDate::from_ymd_opt(2026, 10, 20)
            } else {
                None
            },
            owner: on(3).then_some(BERND),
            is_open: on(4),
            state: if on(5) { State::Trashed } else { State::Live },
            ..Filter::of(Kind::Note)
        });
    }
    filters
}

#[test]
fn the_outline_counts_what_the_list_shows_and_every_piece_is_where_it_says() {
    let world = filled();
    for filter in filters() {
        let (outline, all) = world
            .store
            .read(|r| Ok((r.outline(&filter)?, r.list(&filter, Page::first(1_000))?)))
            .expect("a list");
        let total: u32 = outline.iter().map(|day| day.count).sum();
        assert_eq!(total as usize, all.len(), "{filter:?}");
        assert!(all.iter().all(|stored| fits(stored, &filter)), "{filter:?}");
        let mut at = 0;
        for day in &outline {
            let piece = world
                .store
                .read(|r| r.list_from(&filter, day.day, 1, 5))
                .expect("a piece");
            let expected: Vec<_> = all.iter().skip(at + 1).take(5).collect();
            assert_eq!(piece.iter().collect::<Vec<_>>(), expected, "{filter:?} from {day:?}");
            at += day.count as usize;
        }
    }
}

/// Whether a record is what was asked for, by a look at itself.
fn fits(stored: &Stored, filter: &Filter) -> bool {
    let envelope = &stored.record.envelope;
    let body: serde_json::Value =
        serde_json::from_str(stored.record.body.as_ref().expect("a body").as_str()).expect("JSON");
    let is_open = body["follow_up"].is_object() && body["follow_up"]["done_on"].is_null();
    envelope.state == filter.state
        && filter.district.is_none_or(|asked| envelope.districts.contains(&asked))
        && filter.owner.is_none_or(|asked| envelope.owner == asked)
        && (!filter.is_open || is_open)
        && filter.topic.as_ref().is_none_or(|asked| {
            body["topics"]
                .as_array()
                .is_some_and(|topics| topics.contains(&json!(asked)))
        })
}
