//! The same way with two instances of the city on one PostgreSQL: each device calls its own.

use super::{
    City, Notebook, Stage, TALKS, an_import_on_the_other_device_takes_nothing, anna_logs, both_devices_hold_the_same,
    every_note_is_found_on_the_other_device, nothing_is_lost_while_the_city_is_down, the_old_log_is_taken_row_by_row,
};

#[test]
fn a_month_of_talks_reaches_every_device_through_two_cities_on_postgresql() {
    let mut stage = Stage::new(City::on_postgres);
    let (anna, bernd, city) = (&stage.anna, &stage.bernd, &mut stage.city);

    the_old_log_is_taken_row_by_row(anna, &stage.log);
    for talk in &TALKS[..3] {
        anna_logs(anna, talk);
    }
    anna.sync();
    city.stop();
    for talk in &TALKS[3..] {
        anna_logs(anna, talk);
    }
    nothing_is_lost_while_the_city_is_down(anna);
    assert_eq!(bernd.sync()["waiting"], 0, "the other instance serves on");
    let later = ("2026-10-20T09:00:00+02:00", "Rieth", "Einsamkeit", "Nach dem Ausfall.");
    bernd.add_note(later.1, later.2, later.0, later.3);
    city.start();
    // Both processes of the city live through the end of their database, and go on when it is back.
    city.crash_database();
    for device in [bernd, anna, bernd] {
        let counted = device.sync();
        assert_eq!(counted["waiting"], 0, "nothing waits any more: {counted}");
    }
    both_devices_hold_the_same(anna, bernd, &[]);
    every_note_is_found_on_the_other_device(bernd);
    an_import_on_the_other_device_takes_nothing(bernd, &stage.log);
    for device in [anna, bernd] {
        verified(device);
    }
    city.admin(&["verify"]);
    drop(stage.other.take());
}

fn verified(device: &Notebook) {
    let verified = device.run(&["verify"]).json();
    assert_eq!(
        verified["equal"], true,
        "device and city count and sum the same records: {verified}"
    );
}
