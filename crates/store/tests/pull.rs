//! The city's word: pages, merges, refusals, full pulls, digests.

mod world;
use domain::{Kind, State};
use sha2::{Digest, Sha256};
use store::{Applied, Arrived, Error, PassKind};
use world::{TEAM, World, at, body_of, change, id, note, record, stamp, world};

#[test]
fn pages_insert_replace_and_ignore_what_is_older() {
    let world = world();
    assert_eq!(
        world.pull(&note(1).saying("zwei").version(2).confirmed()),
        Applied::Inserted
    );
    assert_eq!(
        world.pull(&note(1).saying("zwei").version(2).confirmed()),
        Applied::Same
    );
    assert_eq!(
        world.pull(&note(1).saying("eins").version(1).confirmed()),
        Applied::Older
    );
    assert_eq!(
        world.pull(&note(1).saying("drei").version(3).confirmed()),
        Applied::Replaced
    );
    let stored = world.record(id(1)).expect("the note");
    assert!(body_of(&stored).contains("drei") && !stored.pending);
    assert_eq!(
        world.pull(&note(1).version(4).state(State::Deleted).confirmed()),
        Applied::Replaced
    );
    assert!(world.record(id(1)).expect("its envelope").record.body.is_none());
}

#[test]
fn bytes_rest_as_they_came_also_of_an_unknown_kind() {
    let world = world();
    let mut confirmed = record(Kind::Other("mood_map".to_owned()), 1).version(1).confirmed();
    let bytes = "{ \"b\": 1.00,\n \"a\": 123456789012345678901234567890, \"x\": {\"y\": [1e400]} }";
    confirmed.record.body = Some(domain::Body::new(bytes.to_owned()));
    world.pull(&confirmed);
    assert_eq!(world.record(id(1)).expect("the record").record, confirmed.record);
}

#[test]
fn a_page_and_its_cursor_are_there_together_or_not_at_all() {
    let world = world();
    let page = note(1).version(1).confirmed();
    let cut = world.store.write(|tx| {
        tx.put_confirmed(&page)?;
        tx.set_cursor("after one")?;
        Err::<(), _>(Error::caller("the power goes"))
    });
    assert!(matches!(cut, Err(Error::Caller(_))));
    assert!(world.record(id(1)).is_none());
    assert_eq!(world.store.read(|r| r.cursor()).expect("a read"), None);
    let (_, changes) = world
        .store
        .write(|tx| tx.put_confirmed(&page).and(tx.set_cursor("after one")))
        .expect("a page");
    assert_eq!(
        changes.touched[&Kind::Note].iter().copied().collect::<Vec<_>>(),
        [id(1)]
    );
    assert_eq!(
        world.store.read(|r| r.cursor()).expect("a read").as_deref(),
        Some("after one")
    );
}

#[test]
fn after_a_merge_theirs_is_the_base_and_the_merged_record_waits_since_it_was_typed() {
    let world = world();
    world.pull(&note(1).saying("eins").version(1).confirmed());
    world.save(&note(1).saying("meins").build(), stamp(1));
    world.save(&note(1).saying("meins, weiter").build(), stamp(2));
    let theirs = note(1).saying("ihres").version(2).confirmed();
    assert_eq!(world.pull(&theirs), Applied::Pending);
    let pending = world
        .store
        .read(|r| r.pending(id(1)))
        .expect("a read")
        .expect("an edit");
    assert_eq!(pending.base.as_ref().expect("a base").record.envelope.version, 1);
    assert_eq!((pending.stamp, pending.in_flight), (stamp(2), false));
    let merged = note(1).saying("ihres, meins").build();
    world
        .store
        .write(|tx| tx.settle(&theirs, Some((&merged, stamp(3)))))
        .expect("a settling");
    let status = world.store.read(|r| r.status()).expect("a status");
    assert_eq!(
        (status.waiting, status.oldest_waiting_at),
        (1, Some(at(1_000))),
        "since the first key"
    );
    let (sent, _) = world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    assert_eq!((sent[0].base_version, sent[0].mutation_id), (2, change(3)));
    world
        .store
        .write(|tx| tx.settle(&note(1).saying("drei").version(3).confirmed(), None))
        .expect("theirs stands");
    assert!(!world.record(id(1)).expect("the note").pending);
    assert_eq!(world.store.read(|r| r.status()).expect("a status").waiting, 0);
}

#[test]
fn a_refused_change_waits_visibly_and_stops_nothing() {
    let world = world();
    world.save(&note(1).saying("abgelehnt").build(), stamp(1));
    world.save(&note(2).saying("gut").build(), stamp(2));
    world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    world
        .store
        .write(|tx| tx.refused(change(1), "invalid", at(2_000)))
        .expect("an answer");
    world
        .store
        .write(|tx| tx.accepted(change(2), 1, at(9)))
        .expect("an answer");
    let stored = world.record(id(1)).expect("the note");
    assert_eq!((stored.refused.as_deref(), stored.pending), (Some("invalid"), true));
    let (sent, _) = world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    assert!(sent.is_empty(), "it is not sent again by itself");
    let status = world.store.read(|r| r.status()).expect("a status");
    assert_eq!((status.waiting, status.refused, status.records), (1, 1, 2));
    world.save(&note(1).saying("verbessert").build(), stamp(3));
    let (sent, _) = world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    assert_eq!(sent.len(), 1, "once it is edited");
    let unknown = world.store.write(|tx| tx.accepted(change(77), 1, at(9)));
    assert!(matches!(unknown, Err(Error::NotInFlight(_))));
}

#[test]
fn what_is_sent_at_once_is_bounded_by_count_and_size_but_never_nothing() {
    let world = world();
    (1..=5).for_each(|n| world.save(&note(n).saying(&"x".repeat(1_000)).build(), stamp(n)));
    let count = |max_count, max_bytes| {
        let given_up = world
            .store
            .write(|tx| Err::<(), _>(Error::caller(tx.freeze(max_count, max_bytes)?.len().to_string())));
        match given_up {
            Err(Error::Caller(count)) => count.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(count(3, 1 << 20), "3");
    assert_eq!(count(9, 4_000), "2");
    assert_eq!(count(9, 10), "1", "one too large is sent alone and refused there");
}

#[test]
fn after_an_expired_cursor_goes_what_was_not_shown_and_has_no_edit() {
    let world = world();
    (1..=3).for_each(|n| _ = world.pull(&note(n).saying("da").version(1).confirmed()));
    world.save(&note(3).saying("geändert").build(), stamp(3));
    world
        .store
        .write(|tx| tx.begin_pass(PassKind::CursorExpired))
        .expect("a pass");
    world.pull(&note(1).saying("da").version(1).confirmed());
    world
        .store
        .write(|tx| tx.end_pass(PassKind::CursorExpired, at(9_000)))
        .expect("its end");
    assert!(world.record(id(1)).is_some() && world.record(id(2)).is_none() && world.record(id(3)).is_some());
}

#[test]
fn after_a_restore_the_city_is_offered_what_it_lacks() {
    let world = world();
    world.pull(&note(1).saying("bekannt").version(1).confirmed());
    world.pull(&note(2).saying("neuer hier").version(5).confirmed());
    world.pull(&note(3).saying("nur hier").version(2).confirmed());
    world.save(&note(4).saying("unterwegs").build(), stamp(4));
    world
        .store
        .write(|tx| tx.freeze(9, 1 << 20))
        .expect("in flight in the old life");
    world
        .store
        .write(|tx| tx.begin_pass(PassKind::NewEpoch))
        .expect("a pass");
    assert_eq!(
        world.pull(&note(1).saying("bekannt").version(1).confirmed()),
        Applied::Same
    );
    assert_eq!(
        world.pull(&note(2).saying("älter").version(3).confirmed()),
        Applied::Offered
    );
    world
        .store
        .write(|tx| tx.end_pass(PassKind::NewEpoch, at(9_000)))
        .expect("its end");
    let (sent, _) = world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    let mut bases: Vec<_> = sent.iter().map(|c| (c.record.envelope.id, c.base_version)).collect();
    bases.sort_unstable();
    assert_eq!(bases, [(id(2), 3), (id(3), 0), (id(4), 0)]);
    assert!(
        body_of(&world.record(id(2)).expect("the note")).contains("neuer hier"),
        "nothing was dropped"
    );
    assert!(
        sent.iter().any(|c| c.mutation_id == change(4)),
        "an edit keeps its own change"
    );
}

/// The digest as the contract says it, computed another way.
fn expected(world: &World, ids: &[u128]) -> (u64, String) {
    let hash = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let mut sum = [0_u32; 32];
    for n in ids {
        let record = world.record(id(*n)).expect("the record").record;
        let (envelope, body) = (record.envelope.to_json(), record.body.expect("a body"));
        let line = format!(
            "{} {} {} {} {}",
            record.envelope.id,
            record.envelope.version,
            hash(&envelope),
            hash(body.as_str()),
            hash("")
        );
        for (place, byte) in sum.iter_mut().zip(Sha256::digest(line.as_bytes())) {
            *place += u32::from(byte);
        }
    }
    for n in (1..32).rev() {
        sum[n - 1] += sum[n] >> 8;
        sum[n] &= 0xff;
    }
    sum[0] &= 0xff;
    (ids.len() as u64, sum.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[test]
fn the_digest_counts_confirmed_states_and_never_an_edit() {
    let world = world();
    (1..=9).for_each(|n| _ = world.pull(&note(n).saying("da").version(n as u64).confirmed()));
    world.pull(&note(20).version(2).state(State::Deleted).confirmed());
    let ids: Vec<u128> = (1..=9).collect();
    let before = world.store.read(|r| r.digest(TEAM, None, None)).expect("a digest");
    assert_eq!(before, expected(&world, &ids));
    world.save(&note(3).saying("geändert").build(), stamp(1));
    world.save(&note(30).saying("neu").build(), stamp(2));
    world.store.write(|tx| tx.freeze(9, 1 << 20)).expect("a freeze");
    world.save(&note(3).saying("noch einmal").build(), stamp(3));
    let during = world
        .store
        .read(|r| r.digest(TEAM, None, Some(&Kind::Note)))
        .expect("a digest");
    assert_eq!(during, before, "edits do not count");
    assert_eq!(
        world
            .store
            .read(|r| r.digest(TEAM, Some(world::HERRENBERG), None))
            .expect("a digest")
            .0,
        0
    );
}

#[test]
fn two_processes_write_to_one_file() {
    let world = world();
    let other = world.reopen();
    let seen = world.store.data_version().expect("a version");
    std::thread::scope(|scope| {
        for (n, store) in [(0, &world.store), (1_000, &other)] {
            scope.spawn(move || {
                for k in n..n + 40 {
                    store
                        .write(|tx| tx.save(&note(k).saying("Laterne").build(), stamp(k + 1)))
                        .expect("a save");
                }
            });
        }
    });
    assert_ne!(
        world.store.data_version().expect("a version"),
        seen,
        "another process has written"
    );
    for store in [&world.store, &other] {
        assert_eq!(
            store.read(|r| r.search("laterne", None, 500)).expect("a search").len(),
            80
        );
    }
    // A word that the other process forgets and this one writes again is found.
    world.save(&note(1).saying("Seltenes").build(), stamp(5_000));
    other.write(|tx| tx.forget(id(1), None)).expect("a forgetting");
    world.save(&note(2_000).saying("Seltenes").build(), stamp(5_001));
    assert_eq!(world.found("selten"), [id(2_000)]);
}

#[test]
fn an_undone_write_leaves_no_word_half_known() {
    let world = world();
    let undone = world.store.write(|tx| {
        tx.save(&note(1).saying("Seltenes").build(), stamp(1))?;
        Err::<(), _>(Error::caller("no"))
    });
    assert!(undone.is_err());
    world.save(&note(2).saying("Seltenes").build(), stamp(2));
    assert_eq!(world.found("selten"), [id(2)]);
}

/// What the city sent, worked out before it is written.
fn prepared(world: &World, confirmed: store::Confirmed) -> Arrived {
    let mut arrived = Arrived::from(confirmed);
    world.store.prepare([&mut arrived].into_iter()).expect("a look");
    arrived
}

#[test]
fn a_page_that_was_worked_out_beforehand_is_found_like_any_other() {
    let world = world();
    let arrived = prepared(&world, note(1).saying("Der Kiosk schließt").version(1).confirmed());
    let (applied, _) = world.store.write(|tx| tx.put_arrived(&arrived)).expect("a page");
    assert_eq!(applied, Applied::Inserted);
    assert_eq!(world.found("kiosk"), [id(1)]);
    let (applied, _) = world
        .store
        .write(|tx| tx.put_arrived(&arrived))
        .expect("the page again");
    assert_eq!(applied, Applied::Same);
}

#[test]
fn what_was_typed_between_working_a_page_out_and_writing_it_is_met_and_not_overwritten() {
    let world = world();
    let arrived = prepared(&world, note(1).saying("von der Stadt").version(1).confirmed());
    world.save(&note(1).saying("hier getippt").build(), stamp(1));
    let (applied, _) = world.store.write(|tx| tx.put_arrived(&arrived)).expect("a page");
    assert_eq!(applied, Applied::Pending);
    assert_eq!(world.found("getippt"), [id(1)]);
    assert!(world.found("stadt").is_empty());
}

#[test]
fn two_records_of_one_second_both_come_in() {
    let world = world();
    for n in 1..=2 {
        let arrived = prepared(&world, note(n).saying("gleichzeitig").version(1).confirmed());
        let (applied, _) = world.store.write(|tx| tx.put_arrived(&arrived)).expect("a page");
        assert_eq!(applied, Applied::Inserted);
    }
    assert_eq!(world.found("gleichzeitig").len(), 2);
}
