//! The whole way over a real socket.

use crate::world::{Device, RIETH, Town, assert_equal, members};
use city::{
    admin,
    http::{Door, Doorstep},
};
use domain::{BlobHash, Body, Role};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use sync::{Address, CityClient, Error, Wipe, enrol, round, verify};
use tokio::{sync::oneshot, task::JoinHandle};
use wire::{Backend, BlobHeld, BlobPiece, BlobPlace, MAX_BLOB_PIECE, ProblemCode, Token};

/// The town's service behind a listener of its own.
struct Open {
    url: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

async fn open(town: &Town, listen: Option<SocketAddr>) -> Open {
    let mut step = Doorstep::loopback();
    step.listen = listen.unwrap_or(step.listen);
    let door = Door::open(town.service.clone(), step).await.expect("a free port");
    let url = door.url();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(async move {
        door.serve(async { drop(stopped.await) }).await.expect("served");
    });
    Open { url, stop, served }
}

impl Open {
    async fn close(self) {
        drop(self.stop);
        self.served.await.expect("closed in order");
    }
}

async fn enrolled(town: &Town, name: &str, url: &str) -> (Device, CityClient) {
    let person = town.person(name, Role::Worker, &[RIETH]);
    let device = town.notebook();
    let city = CityClient::new(url, None).expect("an address");
    let identity = enrol(&device.store, &city, &town.invite(person), name, "0.1.0", &device.dice).await;
    let token = Token(identity.expect("the code is fresh").token.clone());
    (device, city.with_token(token))
}

async fn synced(device: &Device, city: &CityClient) -> sync::Counted {
    round(&device.store, city, &device.dice)
        .await
        .expect("the city is reached")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_meet_over_a_real_socket() {
    let town = Town::new();
    let listening = open(&town, None).await;
    let (anna, anna_city) = enrolled(&town, "Anna", &listening.url).await;
    let (bela, bela_city) = enrolled(&town, "Bela", &listening.url).await;
    synced(&anna, &anna_city).await;
    for n in 0..1_100 {
        anna.note(&format!("Notiz {n}: Grüße aus Rieth"));
    }
    assert_eq!(synced(&anna, &anna_city).await.pushed, 1_100);
    let got = synced(&bela, &bela_city).await;
    assert!(got.pulled > 1_100, "catalogue and notes: {got:?}");
    assert_equal(&anna, &bela);
    let verified = verify(&bela.store, &bela_city).await.expect("the city answers");
    assert!(verified.equal, "{verified:?}");
    listening.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_was_away_is_found_again_under_its_address() {
    let town = Town::new();
    let listening = open(&town, None).await;
    let (anna, city) = enrolled(&town, "Anna", &listening.url).await;
    synced(&anna, &city).await;
    let address: SocketAddr = listening.url.trim_start_matches("http://").parse().expect("an address");
    listening.close().await;
    anna.note("während die Stadt fort war");
    let error = round(&anna.store, &city, &anna.dice).await.expect_err("nobody listens");
    assert!(error.is_offline(), "{error:?}");
    let again = open(&town, Some(address)).await;
    assert_eq!(synced(&anna, &city).await.pushed, 1);
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn revocation_counts_over_loopback_and_not_over_a_line_that_anybody_may_hold() {
    let town = Town::new();
    let listening = open(&town, None).await;
    let (anna, city) = enrolled(&town, "Anna", &listening.url).await;
    admin::revoke(&town.service, anna.identity().device_id).expect("revoked");
    // The same listener by an address that is not known to be this machine.
    let elsewhere = Address::allowing_plain_http(&listening.url.replace("127.0.0.1", "0.0.0.0")).expect("an address");
    let token = Token(anna.identity().token.clone());
    let untrusted = CityClient::at(elsewhere, Some(token)).expect("a client");
    let error = round(&anna.store, &untrusted, &anna.dice)
        .await
        .expect_err("no proof, no end");
    assert!(
        matches!(&error, Error::City(failure) if failure.code() == Some(wire::ProblemCode::Revoked)),
        "{error:?}"
    );
    assert_eq!(synced(&anna, &city).await.wipe, Some(Wipe::Revoked));
    listening.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_goes_up_and_comes_down_over_a_real_socket() {
    let town = Town::new();
    let listening = open(&town, None).await;
    let (anna, anna_city) = enrolled(&town, "Anna", &listening.url).await;
    let (_bela, bela_city) = enrolled(&town, "Bela", &listening.url).await;
    synced(&anna, &anna_city).await;
    let photo: Vec<u8> = (0..MAX_BLOB_PIECE + 9).map(|n| (n % 251) as u8).collect();
    let hash = BlobHash::parse(&hex::encode(Sha256::digest(&photo))).expect("64 hex digits");
    let record = anna.note("mit Foto");
    anna.change(record, |record| {
        // As a newer version may write it: what the envelope names has to stand somewhere in the body.
        let mut body = members(record);
        body.set("pictures", &[hash.as_str()]).expect("JSON");
        record.body = Some(Body::from_members(&body));
        record.envelope.blobs.insert(hash.clone());
    });
    let place = BlobPlace { record, hash };
    let unknown = anna_city.blob_held(place.clone()).await.expect_err("the record first");
    assert_eq!(unknown.code(), Some(ProblemCode::NotFound));
    synced(&anna, &anna_city).await;
    let named = anna_city.blob_held(place.clone()).await.expect("named");
    assert_eq!(named, BlobHeld::default());
    let total = photo.len() as u64;
    let mut from = 0;
    while from < photo.len() {
        let until = photo.len().min(from + MAX_BLOB_PIECE);
        let bytes = photo[from..until].to_vec();
        let piece = BlobPiece {
            from: from as u64,
            total,
            bytes,
        };
        let held = anna_city.put_blob(place.clone(), piece).await.expect("taken");
        assert_eq!(held, anna_city.blob_held(place.clone()).await.expect("named"));
        from = usize::try_from(held.held).expect("small");
    }
    let first = bela_city.blob(place.clone(), 0).await.expect("there");
    let second = bela_city.blob(place.clone(), first.end()).await.expect("there");
    assert_eq!(second.end(), total);
    assert_eq!([first.bytes, second.bytes].concat(), photo);
    let behind = bela_city.blob(place, total).await.expect_err("nothing is there");
    assert_eq!(behind.code(), Some(ProblemCode::Invalid));
    listening.close().await;
}
