//! What the SQLite ledger leaves in its folder, and who may read it.

use crate::{
    forget::order,
    pages,
    photo::{Photo, anna_and_lea},
    town::{Town, accepted},
};
use city::{Error, Service, admin};
use std::{collections::HashSet, path::Path};
use wire::{Backend, MAX_BLOB_PIECE};

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_citys_files() {
    use std::os::unix::fs::PermissionsExt;
    let town = Town::founded();
    let mut anna = town.worker("Anna", &["Rieth"]).await;
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    anna.pull().await;
    lea.pull().await;
    let note = anna.note("Rieth");
    let id = note.id();
    accepted(&anna.push_one(note.change()).await);
    lea.caller.erase(order(id, None)).await.expect("taken");
    for name in ["city.db", "city.db-wal", "city.db-shm", "city.key", "forget.log"] {
        let file = std::fs::metadata(town.place.folder().join(name)).expect(name);
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn nothing_that_was_forgotten_stays_in_the_files() {
    let town = Town::founded();
    let mut lea = town.lead("Lea", &["Rieth"]).await;
    lea.pull().await;
    let note = lea.note("Rieth").saying("Merkwort");
    let id = note.id();
    lea.push_one(note.change()).await;
    lea.caller.erase(order(id, None)).await.expect("taken");
    let log = std::fs::read_to_string(town.place.folder().join("forget.log")).expect("the log");
    assert!(log.contains(&id.to_string()) && !log.contains("Merkwort"));
    let wal = town.place.folder().join("city.db-wal");
    assert_eq!(
        wal.metadata().map_or(0, |file| file.len()),
        0,
        "the write-ahead log is empty"
    );
    let verified = admin::verify(&town.service).expect("verified");
    assert_eq!(
        (verified.wrong, verified.forget_log),
        (vec![], 2),
        "what was forgotten, and the place it brought the city to"
    );
}

#[tokio::test]
async fn an_erased_attachment_leaves_no_byte_in_the_file_free_pages_included() {
    let town = Town::founded();
    let (anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 2 * MAX_BLOB_PIECE + 300).await;
    photo.put_all(&anna.caller).await;
    // Every page of it holds one of these runs, wherever its bytes begin.
    let runs: HashSet<&[u8]> = photo.bytes.chunks_exact(32).collect();
    let traces = || {
        let pages = pages::in_clear(&town.options());
        pages
            .iter()
            .filter(|page| page.windows(32).any(|run| runs.contains(run)))
            .count()
    };
    let other = lea.note("Rieth");
    let id = other.id();
    lea.push_one(other.change()).await;
    lea.caller
        .erase(order(id, None))
        .await
        .expect("which empties the write-ahead log into the file");
    assert!(traces() > 500, "it is there, and this test can see it");
    lea.caller.erase(order(photo.id(), None)).await.expect("taken");
    assert_eq!(traces(), 0);
}

#[tokio::test]
async fn no_file_holds_a_word_in_clear_text() {
    let town = Town::founded();
    let mut lea = town.lead("Leopoldine", &["Rieth"]).await;
    lea.pull().await;
    lea.push_one(lea.note("Rieth").saying("Merkwortimklartext").change())
        .await;
    for word in ["Merkwortimklartext", "Leopoldine", "Altstadt"] {
        for entry in std::fs::read_dir(town.place.folder()).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert!(!holds(&path, word.as_bytes()), "{word} stands in {}", path.display());
        }
    }
}

fn holds(path: &Path, word: &[u8]) -> bool {
    let bytes = std::fs::read(path).expect("readable");
    bytes.windows(word.len()).any(|window| window == word)
}

#[tokio::test]
async fn a_city_opens_with_its_key_only() {
    let town = Town::founded();
    let options = town.options();
    let key = options.key();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(key.metadata().expect("a key file").permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("set");
        assert!(matches!(Service::open(&options), Err(Error::KeyIsOpen(_))));
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("set");
    }
    std::fs::write(&key, "0".repeat(64)).expect("written");
    assert!(matches!(Service::open(&options), Err(Error::KeyDoesNotFit)));
    std::fs::write(&key, "kein Schlüssel").expect("written");
    assert!(matches!(Service::open(&options), Err(Error::Key { .. })));
}
