//! Creating and opening: each thing that can be wrong is told apart, and nothing is ever deleted.

mod world;
use rusqlite::Connection;
use std::{fs, path::Path};
use store::{DatabaseKey, Error, KeyCost, Passphrase, Store, Unlock};
use world::{body_of, id, note, passphrase, stamp, world};

fn open(dir: &Path) -> Result<Store, Error> {
    Store::open(dir, &Unlock::Passphrase(passphrase()))
}

fn raw(dir: &Path, key: &DatabaseKey) -> Connection {
    let connection = Connection::open(dir.join("quartierbuch.db")).expect("the file opens");
    let key = hex::encode(key.as_bytes());
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .expect("the key is taken");
    connection
}

#[test]
fn a_notebook_is_made_once_and_opened_by_passphrase_or_key() {
    let world = world();
    assert!(Store::exists(world.dir.path()));
    let again = Store::create(world.dir.path(), &passphrase(), KeyCost::for_tests());
    assert!(
        matches!(again, Err(Error::Exists)),
        "an existing notebook is never made anew"
    );
    world.save(&note(1).saying("Guten Tag").build(), stamp(1));
    let key = world.store.database_key();
    drop(open(world.dir.path()).expect("the passphrase opens it"));
    let by_key = Store::open(world.dir.path(), &Unlock::Key(key)).expect("the key opens it");
    assert!(by_key.read(|r| r.record(id(1))).expect("a read").is_some());
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let world = world();
    world.save(&note(1).saying("Guten Tag").build(), stamp(1));
    let mut names = Vec::new();
    for file in fs::read_dir(world.dir.path()).expect("the folder") {
        let file = file.expect("a file");
        let mode = file.metadata().expect("its rights").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
        names.push(file.file_name());
    }
    for name in ["quartierbuch.db", "quartierbuch.db-wal", "quartierbuch.db-shm"] {
        assert!(names.iter().any(|found| found == name), "{name} is among them");
    }
}

#[test]
fn an_empty_folder_holds_no_notebook() {
    let dir = tempfile::tempdir().expect("a folder");
    assert!(matches!(open(dir.path()), Err(Error::NotCreated)));
    assert!(
        fs::read_dir(dir.path()).expect("the folder").next().is_none(),
        "looking makes nothing"
    );
}

#[test]
fn a_wrong_passphrase_a_wrong_key_and_a_missing_key_file_are_three_things() {
    let world = world();
    let dir = world.dir.path();
    let wrong = Store::open(dir, &Unlock::Passphrase(Passphrase::new("falsch")));
    assert!(matches!(wrong, Err(Error::WrongPassphrase)));
    let wrong = Store::open(dir, &Unlock::Key(DatabaseKey::from_bytes([7; 32])));
    assert!(matches!(wrong, Err(Error::WrongKey)), "{wrong:?}");
    let key_file = dir.join("quartierbuch.key");
    let text = fs::read_to_string(&key_file).expect("the key file");
    fs::write(&key_file, &text[..text.len() / 2]).expect("a cut key file");
    assert!(matches!(open(dir), Err(Error::DamagedKeyFile)));
    fs::write(&key_file, text.replace("\"passes\": 1", "\"passes\": 2")).expect("a changed key file");
    assert!(
        matches!(open(dir), Err(Error::WrongPassphrase)),
        "the cost is sealed with the key"
    );
    fs::remove_file(&key_file).expect("the key file goes");
    assert!(matches!(open(dir), Err(Error::MissingKeyFile)));
    fs::write(&key_file, text).expect("the key file comes back");
    open(dir).expect("and the notebook opens: nothing was deleted");
}

#[test]
fn a_new_passphrase_replaces_the_old_one() {
    let world = world();
    world
        .store
        .change_passphrase(&Passphrase::new("neu"), KeyCost::for_tests())
        .expect("a change");
    assert!(matches!(open(world.dir.path()), Err(Error::WrongPassphrase)));
    Store::open(world.dir.path(), &Unlock::Passphrase(Passphrase::new("neu"))).expect("the new one opens it");
}

#[test]
fn a_passphrase_is_checked_without_opening() {
    let world = world();
    world
        .store
        .change_passphrase(&Passphrase::new("neu"), KeyCost::for_tests())
        .expect("a change");
    let check = |text: &str| Store::check_passphrase(world.dir.path(), &Passphrase::new(text));
    assert!(check("neu").is_ok());
    assert!(matches!(check("alt"), Err(Error::WrongPassphrase)));
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_key_file() {
    use std::os::unix::fs::PermissionsExt;
    let world = world();
    let mode = fs::metadata(world.dir.path().join("quartierbuch.key"))
        .expect("the key file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_newer_database_is_left_alone() {
    let world = world();
    raw(world.dir.path(), &world.store.database_key())
        .pragma_update(None, "user_version", 99)
        .expect("a newer one");
    let newer = open(world.dir.path());
    assert!(matches!(newer, Err(Error::Newer { found: 99, .. })), "{newer:?}");
}

#[test]
fn a_damaged_file_is_told_apart_from_a_wrong_key_and_stays() {
    let world = world();
    let dir = world.dir.path().to_owned();
    (0..200).for_each(|n| world.save(&note(n).saying(&"Wort ".repeat(400)).build(), stamp(n + 1)));
    world.store.rest().expect("everything is in the file");
    let key = world.store.database_key();
    let World { dir: kept, store } = world;
    drop(store);
    let path = dir.join("quartierbuch.db");
    let whole = fs::read(&path).expect("the file");
    let mut damaged = whole.clone();
    let half = damaged.len() / 2;
    damaged[40_000..half].fill(0x5a);
    fs::write(&path, &damaged).expect("a damaged file");
    let read = Store::open(&dir, &Unlock::Key(key.clone())).and_then(|store| {
        store
            .read(|r| r.digest(world::TEAM, None, None))
            .and(store.read(|r| r.status()))
            .map(|_| ())
            .and(store.read(|r| r.envelopes(|_, _| Ok(()))))
    });
    assert!(matches!(read, Err(Error::Damaged(_))), "{read:?}");
    fs::write(&path, &damaged[..half + 1]).expect("a cut file");
    let read = Store::open(&dir, &Unlock::Key(key)).and_then(|store| store.read(|r| r.envelopes(|_, _| Ok(()))));
    assert!(matches!(read, Err(Error::Damaged(_))), "{read:?}");
    assert_eq!(
        fs::read(&path).expect("the file").len(),
        half + 1,
        "nothing was deleted or repaired in silence"
    );
    drop(kept);
}

use world::World;

#[test]
fn a_database_that_another_process_holds_is_locked_and_free_again_afterwards() {
    let world = world();
    let other = raw(world.dir.path(), &world.store.database_key());
    other.execute_batch("BEGIN IMMEDIATE").expect("another process writes");
    let held = world.store.write(|tx| tx.save(&note(1).build(), stamp(1)));
    assert!(matches!(held, Err(Error::Locked(_))), "{held:?}");
    other.execute_batch("ROLLBACK").expect("it is done");
    world.save(&note(1).saying("jetzt").build(), stamp(1));
    assert!(body_of(&world.record(id(1)).expect("the note")).contains("jetzt"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_read_only() {
    // Nobody makes folders there, not even root.
    let made = Store::create(Path::new("/sys/quartierbuch"), &passphrase(), KeyCost::for_tests());
    assert!(matches!(made, Err(Error::ReadOnly(_))), "{made:?}");
}

#[test]
fn no_secret_is_printed() {
    let world = world();
    let unlock = Unlock::Passphrase(passphrase());
    let printed = format!("{unlock:?} {:?} {:?}", world.store.database_key(), world.store);
    assert!(!printed.contains("Linden"));
    assert!(!printed.contains(&hex::encode(world.store.database_key().as_bytes())));
}
