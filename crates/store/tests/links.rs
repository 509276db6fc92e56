//! What names a record is found from it, through edits, the trash and an older file.

mod world;
use domain::{Kind, RecordId, State};
use world::{World, id, note, record, stamp, world};

fn naming(world: &World, n: u128) -> Vec<RecordId> {
    world.store.read(|r| r.naming(id(n), 100)).expect("a read")
}

fn linking(to: &[u128]) -> Vec<String> {
    to.iter().map(|n| id(*n).to_string()).collect()
}

#[test]
fn a_record_knows_who_names_it_the_newest_first() {
    let world = world();
    world.save(
        &note(1)
            .at("2026-10-01T09:00:00+02:00")
            .with("links", linking(&[9]))
            .build(),
        stamp(1),
    );
    world.save(
        &note(2)
            .at("2026-10-02T09:00:00+02:00")
            .with("links", linking(&[9, 8]))
            .build(),
        stamp(2),
    );
    world.save(
        &record(Kind::Request, 3)
            .with("received_on", "2026-10-03")
            .with("contact", id(9).to_string())
            .with("duplicate_of", id(8).to_string())
            .build(),
        stamp(3),
    );
    assert_eq!(naming(&world, 9), [id(3), id(2), id(1)]);
    assert_eq!(naming(&world, 8), [id(3), id(2)]);
    assert_eq!(naming(&world, 1), [], "naming somebody is not being named");
}

#[test]
fn an_edit_moves_what_is_named_and_the_trash_names_nobody() {
    let world = world();
    world.save(&note(1).with("links", linking(&[9])).build(), stamp(1));
    world.save(&note(1).with("links", linking(&[8])).build(), stamp(2));
    assert_eq!((naming(&world, 9), naming(&world, 8)), (vec![], vec![id(1)]));
    world.save(
        &note(1).with("links", linking(&[8])).state(State::Trashed).build(),
        stamp(3),
    );
    assert_eq!(naming(&world, 8), [], "what lies in the trash names nobody");
    world.save(
        &note(1)
            .at("2026-11-05T09:00:00+01:00")
            .with("links", linking(&[8, 8]))
            .build(),
        stamp(4),
    );
    assert_eq!(
        naming(&world, 8),
        [id(1)],
        "restored, moved to another day, and doubled it names once"
    );
}
