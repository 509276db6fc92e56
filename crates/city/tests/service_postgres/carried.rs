//! Attachments over several instances of the city on one database.

use crate::{
    gate::{Gate, WORD},
    photo::{Photo, anna_and_lea},
    town::{Town, accepted, code},
};
use city::Service;
use futures::future::join_all;
use wire::{Backend, MAX_BLOB_PIECE, ProblemCode};

#[tokio::test]
async fn what_is_begun_at_one_instance_goes_on_at_the_other() {
    let town = Town::founded();
    let other = Service::open_in(&town.options(), town.clock.clone()).expect("opened");
    let (anna, lea) = anna_and_lea(&town).await;
    let (there, lea_there) = (
        other.caller(Some(anna.token.clone())),
        other.caller(Some(lea.token.clone())),
    );
    let photo = Photo::on_a_note(&anna, 3 * MAX_BLOB_PIECE).await;
    photo.put(&anna.caller, 0, 1_000).await.expect("taken");
    assert_eq!(photo.put(&there, 1_000, 2_000).await.expect("taken").held, 2_000);
    photo.put_all(&anna.caller).await;
    assert_eq!(photo.get_all(&lea_there).await.expect("there"), photo.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_upload_at_both_instances_at_once_is_one_attachment() {
    let town = Town::founded();
    let other = Service::open_in(&town.options(), town.clock.clone()).expect("opened");
    let (anna, lea) = anna_and_lea(&town).await;
    let (there, lea_there) = (
        other.caller(Some(anna.token.clone())),
        other.caller(Some(lea.token.clone())),
    );
    let photo = Photo::on_a_note(&anna, 4 * MAX_BLOB_PIECE + 7).await;
    let callers = [&anna.caller, &there, &lea.caller, &lea_there];
    join_all(callers.map(|caller| photo.put_all(caller))).await;
    assert_eq!(town.place.pieces(), 5, "no piece was taken twice");
    assert_eq!(photo.get_all(&there).await.expect("there"), photo.bytes);
}

/// Waits for its turn to write alone.
const WAITS: &str = "SELECT count(*) FROM pg_locks WHERE relation = 'turn'::regclass AND NOT granted";

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_begins_while_a_push_takes_its_name_away_leaves_nothing() {
    let town = Town::founded();
    let (mut anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    anna.pull().await;
    let edit = anna.edit(photo.id()).saying(WORD).without_blobs().change();
    let gate = Gate::shut(&town);
    let beside = async {
        gate.awaited_by(1).await;
        let (caller, place, piece) = (anna.caller.clone(), photo.place.clone(), photo.piece(0, 500));
        let upload = tokio::spawn(async move { caller.put_blob(place, piece).await });
        let ask = |sql: &str| town.place.cluster.ask(town.place.name(), sql);
        while !upload.is_finished() && ask(WAITS) == "0" {
            tokio::task::yield_now().await;
        }
        gate.open();
        upload.await.expect("no panic")
    };
    let (outcome, upload) = tokio::join!(anna.push_one(edit), beside);
    accepted(&outcome);
    assert_eq!(
        code(upload),
        ProblemCode::NotFound,
        "its name was gone when its turn came"
    );
    let rows = town.place.cluster.ask(town.place.name(), "SELECT count(*) FROM blob");
    assert_eq!(rows, "0", "no row that nobody finds");
}
