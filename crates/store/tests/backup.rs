//! A notebook in one file, and made from it again.

mod world;

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};
use store::{Error, Identity, Passphrase, Store};
use uuid::Uuid;
use world::{ANNA, TEAM, id, note, passphrase, world};

fn backup_of(store: &Store) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    store.back_up(&mut file).expect("a backup");
    file.into_inner()
}

fn restore(backup: &[u8], dir: &Path) -> Result<Store, Error> {
    Store::restore(Cursor::new(backup), dir, &passphrase())
}

fn identity() -> Identity {
    Identity {
        city_url: "https://erfurt.example".to_owned(),
        token: "t".repeat(43),
        person: ANNA,
        organisation: TEAM,
        name: "Anna".to_owned(),
        role: domain::Role::Worker,
        field: None,
        districts: [world::RIETH].into(),
        city: "Erfurt".to_owned(),
        epoch: "e1".to_owned(),
        device_id: domain::DeviceId(Uuid::from_u128(7)),
        device_code: "K7".to_owned(),
        id_key: "k".repeat(43),
    }
}

#[test]
fn everything_comes_back_and_the_device_is_one_that_no_city_knows() {
    let world = world();
    world.pull(&note(1).saying("Laterne am Weg").confirmed());
    let beside = world.dir.path().join("attachments");
    let hash = "0f".repeat(32);
    fs::create_dir_all(&beside).expect("a folder");
    fs::write(beside.join(&hash), b"ciphertext").expect("a file");
    fs::write(beside.join("abc.part"), b"half").expect("a file");
    world
        .store
        .write(|tx| {
            tx.set_identity(&identity())?;
            tx.set_cursor("so far")
        })
        .expect("a write");
    let backup = backup_of(&world.store);
    assert!(
        !backup.windows(7).any(|part| part == b"Laterne"),
        "what is written stays unreadable"
    );

    let other = tempfile::tempdir().expect("a folder");
    let dir = other.path().join("notebook");
    let restored = restore(&backup, &dir).expect("the backup opens");
    let (record, cursor, now, before) = restored
        .read(|r| Ok((r.record(id(1))?, r.cursor()?, r.identity()?, r.identity_before()?)))
        .expect("a read");
    assert!(record.is_some());
    assert_eq!(cursor.as_deref(), Some("so far"));
    assert_eq!(now, None);
    assert_eq!(before, Some(identity()));
    assert_eq!(
        fs::read(dir.join("attachments").join(&hash)).expect("it came along"),
        b"ciphertext"
    );
    assert!(
        !dir.join("attachments/abc.part").exists(),
        "what was only on its way stays behind"
    );
    assert!(!dir.join("restoring").exists());
    assert!(!world.dir.path().join("quartierbuch.backup").exists());
}

#[test]
fn what_is_no_whole_backup_makes_no_notebook() {
    let world = world();
    world.pull(&note(1).saying("Laterne").confirmed());
    let backup = backup_of(&world.store);
    let mut damaged = backup.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let mut foreign = zip::ZipWriter::new(Cursor::new(Vec::new()));
    foreign
        .start_file("../quartierbuch.db", zip::write::SimpleFileOptions::default())
        .expect("a name");
    foreign.write_all(b"x").expect("content");
    let foreign = foreign.finish().expect("an archive").into_inner();
    let dir = tempfile::tempdir().expect("a folder");
    for (what, file) in [
        ("cut", &backup[..backup.len() - 100]),
        ("damaged", damaged.as_slice()),
        ("empty", b"".as_slice()),
        ("an archive of something else", foreign.as_slice()),
    ] {
        let told = restore(file, dir.path());
        assert!(matches!(told, Err(Error::NotABackup)), "{what}: {told:?}");
        assert!(!Store::exists(dir.path()), "{what}");
    }
    let told = Store::restore(Cursor::new(&backup), dir.path(), &Passphrase::new("falsch"));
    assert!(matches!(told, Err(Error::WrongPassphrase)), "{told:?}");
    restore(&backup, dir.path()).expect("the whole one goes in afterwards");
}

#[test]
fn a_notebook_is_never_written_over() {
    let world = world();
    let backup = backup_of(&world.store);
    let told = restore(&backup, world.dir.path());
    assert!(matches!(told, Err(Error::Exists)), "{told:?}");
    assert!(world.reopen().read(|r| r.cursor()).is_ok());
}
