//! Attachments that go: parts that nobody goes on with, what no record names any more, what was forgotten.

use crate::{
    forget::order,
    photo::{Photo, anna_and_lea, at, ciphertext, hash_of},
    town::{Town, accepted, code},
};
use city::{Service, admin};
use domain::State;
use wire::{Backend, BlobHeld, BlobPlace, MAX_BLOB_PIECE, ProblemCode};

#[tokio::test]
async fn a_part_that_nobody_goes_on_with_goes_after_a_day() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    photo.put(&anna.caller, 0, 300).await.expect("taken");
    town.hours_pass(23);
    photo.put(&anna.caller, 300, 600).await.expect("taken");
    town.hours_pass(23);
    town.service.sweep().await.expect("swept");
    assert_eq!(
        photo.held(&anna.caller).await.expect("named"),
        at(600, 1_000),
        "every piece begins the day anew"
    );
    town.hours_pass(2);
    town.service.sweep().await.expect("swept");
    assert_eq!(photo.held(&anna.caller).await.expect("named"), BlobHeld::default());
    assert_eq!(town.place.pieces(), 0, "and its bytes with it");
    photo.put_all(&anna.caller).await;
    town.days_pass(400);
    town.service.sweep().await.expect("swept");
    assert_eq!(
        photo.get_all(&anna.caller).await.expect("a whole one stays"),
        photo.bytes
    );
}

#[tokio::test]
async fn the_trash_keeps_attachments_and_deletion_does_not() {
    let town = Town::founded();
    let (mut anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    photo.put_all(&anna.caller).await;
    anna.pull().await;
    accepted(
        &anna
            .push_one(anna.edit(photo.id()).state(State::Trashed).change())
            .await,
    );
    town.days_pass(29);
    town.service.sweep().await.expect("swept");
    assert_eq!(photo.get_all(&lea.caller).await.expect("kept"), photo.bytes);
    town.days_pass(2);
    assert_eq!(town.service.sweep().await.expect("swept"), 1);
    assert_eq!(code(photo.get_all(&lea.caller).await), ProblemCode::NotFound);
    assert_eq!(town.place.pieces(), 0);
    anna.pull().await;
    let hash = &photo.place.hash;
    let revived = anna.edit(photo.id()).state(State::Live).saying("doch").with_blob(hash);
    accepted(&anna.push_one(revived.change()).await);
    assert_eq!(
        photo.held(&anna.caller).await.expect("named again"),
        BlobHeld::default(),
        "whoever still has it brings it again"
    );
}

#[tokio::test]
async fn what_a_record_no_longer_names_goes_and_the_rest_stays() {
    let town = Town::founded();
    let (mut anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    photo.put_all(&anna.caller).await;
    anna.pull().await;
    let bytes = ciphertext(500, "second");
    let hash = hash_of(&bytes);
    accepted(&anna.push_one(anna.edit(photo.id()).with_blob(&hash).change()).await);
    let second = Photo {
        place: BlobPlace {
            record: photo.id(),
            hash: hash.clone(),
        },
        bytes,
    };
    second.put_all(&anna.caller).await;
    assert_eq!(photo.get_all(&lea.caller).await.expect("still named"), photo.bytes);
    anna.pull().await;
    accepted(
        &anna
            .push_one(anna.edit(photo.id()).without_blobs().with_blob(&hash).change())
            .await,
    );
    assert_eq!(code(photo.held(&anna.caller).await), ProblemCode::NotFound);
    assert_eq!(second.get_all(&lea.caller).await.expect("still named"), second.bytes);
    town.service.sweep().await.expect("swept");
    assert_eq!(town.place.pieces(), 1);
}

#[tokio::test]
async fn erasing_a_record_destroys_its_attachments_before_it_is_acknowledged() {
    let town = Town::founded();
    let (anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 7 * MAX_BLOB_PIECE).await;
    photo.put_all(&anna.caller).await;
    let half = Photo::on_a_note(&anna, 1_000).await;
    half.put(&anna.caller, 0, 300).await.expect("taken");
    lea.caller.erase(order(photo.id(), None)).await.expect("taken");
    assert_eq!(town.place.pieces(), 1);
    assert_eq!(code(photo.held(&anna.caller).await), ProblemCode::NotFound);
    admin::erase(&town.service, &[half.id()], None, "art17_1b", "2026/15").expect("erased");
    assert_eq!(town.place.pieces(), 0);
    assert_eq!(code(half.put(&anna.caller, 300, 1_000).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn redaction_takes_the_attachments_that_it_cuts_and_no_others() {
    let town = Town::founded();
    let (mut anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    photo.put_all(&anna.caller).await;
    lea.caller
        .erase(order(photo.id(), Some(&["text"])))
        .await
        .expect("taken");
    assert_eq!(photo.get_all(&lea.caller).await.expect("still named"), photo.bytes);
    lea.caller
        .erase(order(photo.id(), Some(&["attachments"])))
        .await
        .expect("taken");
    assert_eq!(code(photo.held(&lea.caller).await), ProblemCode::NotFound);
    assert_eq!(town.place.pieces(), 0);
    anna.pull().await;
    assert!(anna.copy[&photo.id()].envelope.blobs.is_empty(), "devices are told");

    let bytes = ciphertext(500, "confided");
    let hash = hash_of(&bytes);
    let note = anna.note("Rieth").saying("offen").sealed("AAAA").with_blob(&hash);
    let confided = Photo {
        place: BlobPlace {
            record: note.id(),
            hash,
        },
        bytes,
    };
    accepted(&anna.push_one(note.change()).await);
    confided.put_all(&anna.caller).await;
    lea.caller
        .erase(order(confided.id(), Some(&["text"])))
        .await
        .expect("taken");
    assert_eq!(
        confided
            .get_all(&lea.caller)
            .await
            .expect("the sealed part may name it"),
        confided.bytes
    );
    lea.caller
        .erase(order(confided.id(), Some(&["sealed"])))
        .await
        .expect("taken");
    assert_eq!(code(confided.held(&lea.caller).await), ProblemCode::NotFound);
    assert_eq!(town.place.pieces(), 0);
}

#[tokio::test]
async fn backup_and_restore_keep_attachments_and_forget_again_those_that_were_forgotten() {
    let town = Town::founded();
    let options = town.options();
    let (anna, lea) = anna_and_lea(&town).await;
    let first = lea.note("Rieth");
    let id = first.id();
    lea.push_one(first.change()).await;
    let kept = Photo::on_a_note(&anna, 2 * MAX_BLOB_PIECE + 1).await;
    let erased = Photo::on_a_note(&anna, 1_000).await;
    kept.put_all(&anna.caller).await;
    erased.put_all(&anna.caller).await;
    lea.caller.erase(order(id, None)).await.expect("taken");
    let backup = town.place.backup();
    lea.caller.erase(order(erased.id(), None)).await.expect("taken");
    let token = lea.token.clone();
    let Town { service, place, clock } = town;
    drop((service, anna, lea));
    place.restore(&backup);
    let done = admin::restored_in(&options, clock.clone()).expect("taken into use");
    assert_eq!(done.erased, 1);
    assert_eq!(place.pieces(), 3, "those of the one that was kept");
    let service = Service::open_in(&options, clock).expect("opened");
    let lea = service.caller(Some(token));
    assert_eq!(kept.get_all(&lea).await.expect("there"), kept.bytes);
    assert_eq!(code(erased.get_all(&lea).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn an_attachment_that_was_damaged_in_the_database_is_found_by_the_administration() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, MAX_BLOB_PIECE + 9).await;
    photo.put_all(&anna.caller).await;
    let half = Photo::on_a_note(&anna, 1_000).await;
    half.put(&anna.caller, 0, 300).await.expect("taken");
    let well = admin::verify(&town.service).expect("verified");
    assert_eq!((well.attachments, well.damaged), (1, vec![]), "a part is none yet");
    town.place.damage("DELETE FROM blob_piece WHERE length(bytes) = 9");
    let found = admin::verify(&town.service).expect("verified");
    let named = format!("{} {}", photo.id(), photo.place.hash.as_str());
    assert_eq!((found.attachments, found.damaged), (0, vec![named]));
}
