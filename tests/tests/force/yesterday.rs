//! A city whose disk is gone, and yesterday's backup.

use super::{
    seed::dice,
    town::Town,
    typist::{Typist, all_of},
};
use scenes::City;
use std::{fs, path::Path};

/// What must be newer than what is restored, and is in no backup.
const FORGET_LOG: &str = "forget.log";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_name() != FORGET_LOG {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[test]
fn a_city_restored_from_yesterday_gets_back_what_its_devices_have_and_nothing_that_was_erased() {
    let mut dice = dice();
    let Town { mut city, anna, bernd } = Town::of(City::with_districts);
    let mut devices = [&anna, &bernd].map(|person| Typist::enrolled(city.url(), &city.invite(person)));
    for device in &mut devices {
        device.types(&mut dice, 40);
        device.notebook.sync();
    }
    devices[0].notebook.sync();

    let (data, backup) = (city.folder().join("data"), city.folder().join("yesterday"));
    city.stop();
    copy(&data, &backup);
    city.start();

    for device in &mut devices {
        device.types(&mut dice, 40);
        device.notebook.sync();
    }
    // One of yesterday's and one of today's.
    let [first, last] = [devices[0].typed.keys().next(), devices[0].typed.keys().next_back()].map(|id| *id.unwrap());
    let (ids, ground) = (
        [first.to_string(), last.to_string()],
        ["--ground", "art17_1b", "--case", "26-1"],
    );
    city.admin(&["erase", ground[0], ground[1], ground[2], ground[3], &ids[0], &ids[1]]);
    for id in [first, last] {
        devices[0].typed.remove(&id);
    }
    // One of both hears of it before the end, and one types on without a city.
    devices[0].notebook.sync();
    city.kill();
    for file in fs::read_dir(&data).unwrap() {
        let file = file.unwrap();
        if file.file_name() != FORGET_LOG {
            fs::remove_file(file.path()).unwrap();
        }
    }
    devices[1].types(&mut dice, 10);
    copy(&backup, &data);
    let again = city.admin(&["restored"]);
    assert_eq!(again["erased"], 1, "yesterday's; today's is not in the backup: {again}");
    city.start();

    for device in devices.iter().chain(&devices) {
        device.notebook.sync();
    }
    let typed = all_of(&devices.each_ref());
    let new = Typist::enrolled(city.url(), &city.invite(&anna));
    new.notebook.sync();
    for device in devices.iter().chain([&new]) {
        device.holds(&typed);
    }
    city.admin(&["verify"]);
}
