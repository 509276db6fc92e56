//! Search has complete recall, newest first, and lists are the same records filtered one by one.

mod world;
use chrono::NaiveDate;
use domain::{Kind, RecordId, State};
use proptest::prelude::*;
use store::{Filter, Page};
use world::{HERRENBERG, RIETH, World, id, note, record, stamp, world};

#[test]
fn words_are_found_by_beginnings_inside_compounds_and_in_every_spelling() {
    let world = world();
    world.save(
        &note(1).saying("Die Straße am Spielplatz, sagt Frau Müller").build(),
        stamp(1),
    );
    world.save(
        &note(2).saying("die STRASSE bei den Haeusern der Bauern").build(),
        stamp(2),
    );
    world.save(
        &note(3).saying("Neueröffnung der AG Häuser im Bauernhaus").build(),
        stamp(3),
    );
    let all = |query: &str, expected: &[u128]| {
        let mut found = world.found(query);
        found.sort_unstable();
        assert_eq!(found, expected.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{query}");
    };
    all("strasse", &[1, 2]);
    all("Straße", &[1, 2]);
    all("straẞe", &[1, 2]);
    all("platz", &[1]);
    all("spielpl", &[1]);
    all("müller", &[1]);
    all("mueller", &[1]);
    all("muller", &[1]);
    all("häuser", &[2, 3]);
    all("haeuser", &[2, 3]);
    all("eröffnung", &[3]);
    all("eroeffnung", &[3]);
    all("bauern haus", &[3]);
    all("bauernhaeuser", &[]);
    all("ag", &[3]);
    all("di", &[1, 2]);
    all("sp fra", &[1]);
    all("spielplatz bauern", &[]);
    all("\"platz\" OR (", &[]);
    all("  ", &[]);
    all("-*'\"", &[]);
    assert!(world.found("aufsuchend").is_empty());
}

#[test]
fn imported_and_back_dated_notes_stand_where_their_time_is() {
    let world = world();
    let days = ["2026-10-05", "2019-03-31", "2026-10-25", "2026-10-04", "2031-01-01"];
    for (n, day) in (1..).zip(days) {
        world.save(
            &note(n).saying("Bank").at(&format!("{day}T02:30:00+02:00")).build(),
            stamp(n),
        );
    }
    let newest_first: Vec<RecordId> = [5, 3, 1, 4, 2].map(id).to_vec();
    assert_eq!(world.found("bank"), newest_first);
    let list = world
        .store
        .read(|r| r.list(&Filter::of(Kind::Note), Page::first(10)))
        .expect("a list");
    assert_eq!(
        list.iter().map(|s| s.record.envelope.id).collect::<Vec<_>>(),
        newest_first
    );
    world.save(
        &note(2).saying("Bank").at("2032-01-01T10:00:00+01:00").build(),
        stamp(9),
    );
    assert_eq!(world.found("bank")[0], id(2), "a corrected time moves the note");
}

#[test]
fn ten_thousand_rows_of_one_second_keep_their_day() {
    let world = world();
    world
        .store
        .write(|tx| {
            (0..10_000).try_for_each(|n| {
                tx.save(
                    &note(n).at("2026-10-31T23:59:59+01:00").saying("Zeile").build(),
                    stamp(n + 1),
                )
            })
        })
        .expect("an import");
    world.save(
        &note(20_000).at("2026-11-01T00:00:00+01:00").saying("danach").build(),
        stamp(20_000),
    );
    let day = NaiveDate::from_ymd_opt(2026, 10, 31);
    let mut count = 0;
    world
        .store
        .read(|r| {
            r.each(&Kind::Note, day, day, &[].into(), |_| {
                count += 1;
                Ok(())
            })
        })
        .expect("a day");
    assert_eq!(count, 10_000);
}

#[test]
fn an_edit_changes_what_is_found_and_the_trash_hides() {
    let world = world();
    world.save(&note(1).saying("erst Laterne").build(), stamp(1));
    world.save(&note(1).saying("dann Brunnen").build(), stamp(2));
    assert!(world.found("laterne").is_empty());
    assert_eq!(world.found("brunnen"), [id(1)]);
    world.save(&note(1).saying("dann Brunnen").state(State::Trashed).build(), stamp(3));
    assert!(world.found("brunnen").is_empty());
    let trash = Filter {
        state: State::Trashed,
        district: Some(RIETH),
        ..Filter::of(Kind::Note)
    };
    assert_eq!(
        world
            .store
            .read(|r| r.list(&trash, Page::first(9)))
            .expect("the trash")
            .len(),
        1
    );
    world.save(&note(1).saying("dann Brunnen").build(), stamp(4));
    assert_eq!(world.found("brunnen"), [id(1)], "restored");
}

#[test]
fn one_kind_can_be_asked_for() {
    let world = world();
    world.save(&note(1).saying("Laterne").build(), stamp(1));
    world.save(
        &record(Kind::Request, 2)
            .with("received_on", "2026-10-01")
            .with("description", "Laterne")
            .build(),
        stamp(2),
    );
    let found = world
        .store
        .read(|r| r.search("laterne", Some(&Kind::Request), 9))
        .expect("a search");
    assert_eq!(found.iter().map(|s| s.record.envelope.id).collect::<Vec<_>>(), [id(2)]);
}

#[test]
fn a_list_is_paged_without_gaps_and_filters_agree_with_a_look_at_each() {
    let world = world();
    for n in 0..300 {
        let day = 1 + n % 28;
        let district = if n % 3 == 0 { RIETH } else { HERRENBERG };
        let topic = if n % 5 == 0 { "wohnen" } else { "armut" };
        let note = note(n)
            .at(&format!("2026-10-{day:02}T{:02}:00:00+02:00", n % 24))
            .in_district(district)
            .on(&[topic, "raum"]);
        world.save(&note.build(), stamp(n + 1));
    }
    let mut filter = Filter {
        district: Some(RIETH),
        topic: Some("wohnen".to_owned()),
        ..Filter::of(Kind::Note)
    };
    let expected = (0..300).filter(|n| n % 15 == 0).count();
    assert_eq!(pages(&world, &filter, 7), expected);
    (filter.from, filter.to) = (
        NaiveDate::from_ymd_opt(2026, 10, 3),
        NaiveDate::from_ymd_opt(2026, 10, 9),
    );
    let expected = (0..300)
        .filter(|n| n % 15 == 0 && (3..=9).contains(&(1 + n % 28)))
        .count();
    assert_eq!(pages(&world, &filter, 2), expected, "the last day is included");
    let mut count = 0;
    world
        .store
        .read(|r| {
            r.each(&Kind::Note, filter.from, filter.to, &[RIETH].into(), |_| {
                count += 1;
                Ok(())
            })
        })
        .expect("each");
    assert_eq!(
        count,
        (0..300)
            .filter(|n| n % 3 == 0 && (3..=9).contains(&(1 + n % 28)))
            .count()
    );
}

fn pages(world: &World, filter: &Filter, limit: usize) -> usize {
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = world
            .store
            .read(|r| r.list(filter, Page { after, limit }))
            .expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.key);
        seen.extend(page.iter().map(|stored| stored.key));
    }
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first, none twice");
    seen.len()
}

const SYLLABLES: &[&str] = &[
    "bau", "er", "platz", "strass", "e", "mü", "ll", "ue", "spiel", "ö", "oe", "ß", "am",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Complete recall and nothing too much, against a look into every text.
    #[test]
    fn search_finds_what_a_look_into_every_text_finds(
        texts in prop::collection::vec(prop::collection::vec(prop::collection::vec(0..SYLLABLES.len(), 1..4), 1..6), 1..40),
        asked in prop::collection::vec(0..SYLLABLES.len(), 1..3),
    ) {
        let world = world();
        let spell = |word: &Vec<usize>| word.iter().map(|n| SYLLABLES[*n]).collect::<String>();
        let query = spell(&asked);
        let folded = domain::fold::fold(&query);
        prop_assume!(folded.chars().count() >= 3);
        let mut expected = Vec::new();
        for (n, text) in (0..).zip(&texts) {
            let text = text.iter().map(spell).collect::<Vec<_>>().join(" ");
            world.save(&note(n).saying(&text).build(), stamp(n + 1));
            if domain::fold::fold(&text).split(' ').any(|word| word.contains(&folded)) {
                expected.push(id(n));
            }
        }
        let found = world.found(&query);
        for id in expected {
            prop_assert!(found.contains(&id), "{query} is found");
        }
    }
}
