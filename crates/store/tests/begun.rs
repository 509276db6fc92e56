//! A notebook that was begun and whose device no city knows yet.

mod world;

use domain::DeviceId;
use std::{fs, path::Path};
use store::{Enrolment, Error, KeyCost, Passphrase, Store, Unlock};
use tempfile::TempDir;
use uuid::Uuid;
use world::passphrase;

const CODE: &str = "K7QM2F9T0XWA";

fn begin(dir: &Path, code: &str) -> Store {
    Store::begin(dir, &Passphrase::new(code), KeyCost::for_tests()).expect("a folder that takes a notebook")
}

fn attempt() -> Enrolment {
    Enrolment {
        city_url: "https://erfurt.example".to_owned(),
        code_hash: "h".to_owned(),
        device_id: DeviceId(Uuid::from_u128(7)),
        token: "t".to_owned(),
    }
}

fn attempt_in(store: &Store) -> Option<Enrolment> {
    store.read(|reading| reading.enrolment()).expect("a read")
}

/// A folder with an attempt whose outcome is not known; the program ended.
fn interrupted() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let store = begin(dir.path(), CODE);
    store.write(|tx| tx.set_enrolment(&attempt())).expect("a write");
    dir
}

#[test]
fn what_was_only_begun_is_no_notebook() {
    let dir = interrupted();
    assert!(Store::has_begun(dir.path()) && !Store::exists(dir.path()));
    let opened = Store::open(dir.path(), &Unlock::Passphrase(Passphrase::new(CODE)));
    assert!(matches!(opened, Err(Error::NotCreated)), "{opened:?}");
}

#[test]
fn the_same_code_takes_up_the_same_attempt() {
    let dir = interrupted();
    assert_eq!(attempt_in(&begin(dir.path(), CODE)), Some(attempt()));
}

#[test]
fn another_code_begins_anew() {
    let dir = interrupted();
    assert_eq!(attempt_in(&begin(dir.path(), "ANOTHER")), None);
    assert_eq!(attempt_in(&begin(dir.path(), "ANOTHER")), None, "and again");
}

#[test]
fn a_beginning_that_was_cut_off_at_any_file_begins_anew() {
    for missing in ["quartierbuch.db", "quartierbuch.key.begun"] {
        let dir = interrupted();
        let cut = dir.path().join(missing);
        if missing.ends_with("begun") {
            fs::write(&cut, "").expect("the file can be emptied");
        } else {
            fs::remove_file(&cut).expect("the file can be removed");
        }
        let store = begin(dir.path(), CODE);
        store.finish(&passphrase(), KeyCost::for_tests()).expect("it goes on");
    }
}

#[test]
fn once_finished_the_passphrase_opens_it_and_the_code_does_not() {
    let dir = interrupted();
    let code = dir.path().join("quartierbuch.key.begun");
    let kept = fs::read(&code).expect("the key under the code");
    let store = begin(dir.path(), CODE);
    store.finish(&passphrase(), KeyCost::for_tests()).expect("a key file");
    assert!(Store::exists(dir.path()) && !code.exists());
    let again = Store::begin(dir.path(), &Passphrase::new(CODE), KeyCost::for_tests());
    assert!(
        matches!(again, Err(Error::Exists)),
        "a whole notebook is never begun anew"
    );

    // Killed before the file went.
    fs::write(&code, kept).expect("the file is back");
    let opened = Store::open(dir.path(), &Unlock::Passphrase(passphrase())).expect("the passphrase opens it");
    assert_eq!(attempt_in(&opened), Some(attempt()), "it is the same notebook");
    assert!(!code.exists(), "what was left over goes with the first opening");
}
