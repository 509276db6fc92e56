//! Two hundred ends in the middle of a sync.

use super::{
    seed::dice,
    town::Town,
    typist::{Typist, all_of},
};
use scenes::{City, Relay, prose::Dice};
use std::{
    collections::BTreeMap,
    os::unix::process::ExitStatusExt as _,
    sync::mpsc::{Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

const KILLS: usize = 200;

/// Who dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Victim {
    Device,
    City,
    Both,
}

/// How the sync goes on after the moment: no byte may pass any more while it writes to its disk. So much later, at most, is
/// somebody killed. A moment of this kind is known to the clock alone.
const LATER_US: usize = 8_000;

#[test]
fn two_hundred_kills_of_device_and_city_lose_and_double_nothing() {
    let mut dice = dice();
    let Town { mut city, anna, bernd } = Town::of(City::with_districts);
    let relay = Relay::to(city.url());
    let mut devices = [&anna, &bernd].map(|person| Typist::enrolled(&relay.url(), &city.invite(person)));
    // So many bytes pass in a sync, as far as the last ones showed.
    let mut usual: u64 = 8_000;
    let mut dead = BTreeMap::new();
    while dead.values().sum::<usize>() < KILLS {
        let device = &mut devices[dice.below(2)];
        let count = 1 + dice.below(4);
        device.types(&mut dice, count);
        let victim = [Victim::Device, Victim::Device, Victim::City, Victim::Both][dice.below(4)];
        let bytes = dice.below(usize::try_from(usual).unwrap()) as u64;
        if dies(victim, device, &mut city, &relay, bytes, &mut dice) {
            *dead.entry(victim).or_default() += 1;
            usual += usual / 20;
        } else {
            usual -= usual / 10;
        }
    }
    println!("killed: {dead:?}, {} bytes passed", relay.passed());

    for device in devices.iter().chain(&devices) {
        device.notebook.sync();
    }
    let typed = all_of(&devices.each_ref());
    // Who comes anew begins at the beginning; where a cursor had run ahead of its data, the others lack something.
    let new = Typist::enrolled(&relay.url(), &city.invite(&anna));
    new.notebook.sync();
    for device in devices.iter().chain([&new]) {
        device.holds(&typed);
    }
    city.admin(&["verify"]);
}

/// Lets a device sync and kills somebody after so many bytes; whether that was before the end.
fn dies(victim: Victim, device: &Typist, city: &mut City, relay: &Relay, bytes: u64, dice: &mut Dice) -> bool {
    let later = Duration::from_micros(dice.below(LATER_US) as u64);
    let reached = relay.after(bytes);
    let mut sync = device.sync();
    let runs = reaches(&reached, || sync.try_wait().unwrap().is_none());
    thread::park_timeout(later);
    if runs && victim != Victim::Device {
        city.kill();
    }
    if runs && victim != Victim::City {
        // It may have ended meanwhile.
        let _ = sync.kill();
    }
    let ended = sync.wait().unwrap();
    if runs && victim != Victim::Device {
        city.start();
    }
    match ended.code() {
        // Done, or without a city.
        Some(0 | 4) => runs && victim == Victim::City,
        Some(code) => panic!("a sync ended with {code}"),
        None => {
            assert_eq!(ended.signal(), Some(9), "by nobody else");
            true
        }
    }
}

/// Whether so many bytes passed before it ended.
pub(super) fn reaches(reached: &Receiver<()>, mut runs: impl FnMut() -> bool) -> bool {
    loop {
        match reached.recv_timeout(Duration::from_millis(1)) {
            Ok(()) => return true,
            Err(RecvTimeoutError::Timeout) if runs() => {}
            Err(_) => return false,
        }
    }
}
