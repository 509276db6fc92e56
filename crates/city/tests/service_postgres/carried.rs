//! Attachments over several instances of the city on one database.

use crate::{
    photo::{Photo, anna_and_lea},
    town::{Town, accepted, code},
};
use city::Service;
use futures::future::join_all;
use wire::{MAX_BLOB_PIECE, ProblemCode};

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

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_first_an_upload_or_the_push_that_takes_its_name_away_nothing_is_left() {
    let town = Town::founded();
    let other = Service::open_in(&town.options(), town.clock.clone()).expect("opened");
    let (mut anna, _) = anna_and_lea(&town).await;
    let there = other.caller(Some(anna.token.clone()));
    for _ in 0..15 {
        let photo = Photo::on_a_note(&anna, 1_000).await;
        anna.pull().await;
        let edit = anna.edit(photo.id()).without_blobs().change();
        let upload = async {
            for (from, until) in [(0, 500), (500, 1_000)] {
                // It may find the name gone, which is as good.
                let _ = photo.put(&there, from, until).await;
            }
        };
        let (outcome, ()) = tokio::join!(anna.push_one(edit), upload);
        accepted(&outcome);
        assert_eq!(code(photo.held(&there).await), ProblemCode::NotFound);
    }
    town.service.sweep().await.expect("swept");
    assert_eq!(town.place.pieces(), 0);
    let rows = town.place.cluster.ask(town.place.name(), "SELECT count(*) FROM blob");
    assert_eq!(rows, "0", "no row that nobody finds");
}
