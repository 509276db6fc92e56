//! Attachments: a cut upload goes on, what is wrong is thrown away, and who may not read the record learns nothing.

use crate::{
    photo::{Photo, anna_and_lea, at, hash_of},
    town::{Town, accepted, code, refused},
};
use city::admin;
use domain::{Kind, Reader, RecordId, Role};
use wire::{Backend, BlobHeld, BlobPiece, BlobPlace, MAX_BLOB_BYTES, MAX_BLOB_PIECE, ProblemCode, Refusal};

#[tokio::test]
async fn a_colleague_gets_the_bytes_that_were_brought_and_the_feed_stands_still() {
    let town = Town::founded();
    let (mut anna, mut lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 3 * MAX_BLOB_PIECE - 5).await;
    anna.pull().await;
    lea.pull().await;
    assert_eq!(photo.held(&anna.caller).await.expect("named"), BlobHeld::default());
    assert_eq!(code(photo.get_all(&lea.caller).await), ProblemCode::NotFound, "not yet");
    photo.put_all(&anna.caller).await;
    assert_eq!(photo.get_all(&lea.caller).await.expect("there"), photo.bytes);
    assert_eq!(lea.pull().await.records, vec![], "an upload is no change");
    assert_eq!(
        code(lea.caller.blob(photo.place.clone(), photo.bytes.len() as u64).await),
        ProblemCode::Invalid,
        "behind its end there is nothing"
    );
    let odd = lea.caller.blob(photo.place.clone(), 1_000_001).await.expect("there");
    assert_eq!(
        odd.bytes,
        photo.bytes[1_000_001..1_000_001 + odd.bytes.len()],
        "from any place on"
    );
    assert!(
        odd.bytes.len() > 40_000,
        "across the bounds of the pieces that were brought"
    );
}

#[tokio::test]
async fn a_cut_upload_goes_on_where_it_was_and_a_repeated_piece_doubles_nothing() {
    let town = Town::founded();
    let (anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    assert_eq!(photo.put(&anna.caller, 0, 300).await.expect("taken"), at(300, 1_000));
    assert_eq!(photo.put(&anna.caller, 0, 300).await.expect("known"), at(300, 1_000));
    assert_eq!(
        photo.put(&anna.caller, 0, 700).await.expect("known"),
        at(300, 1_000),
        "no overlap"
    );
    assert_eq!(
        photo.put(&anna.caller, 400, 700).await.expect("known"),
        at(300, 1_000),
        "no hole"
    );
    assert_eq!(
        code(photo.get_all(&lea.caller).await),
        ProblemCode::NotFound,
        "a part is nothing"
    );
    assert_eq!(photo.held(&lea.caller).await.expect("named"), at(300, 1_000));
    assert_eq!(
        photo.put(&lea.caller, 300, 999).await.expect("a colleague goes on"),
        at(999, 1_000)
    );
    assert_eq!(
        photo.put(&anna.caller, 999, 1_000).await.expect("taken"),
        at(1_000, 1_000)
    );
    for (from, until) in [(999, 1_000), (0, 300)] {
        let again = photo.put(&anna.caller, from, until).await.expect("known");
        assert!(again.is_complete(), "a lost answer is repeated");
    }
    assert_eq!(photo.get_all(&lea.caller).await.expect("there"), photo.bytes);
}

#[tokio::test]
async fn bytes_of_another_hash_are_thrown_away() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    let mut wrong = photo.piece(0, 600);
    wrong.bytes[599] ^= 1;
    anna.caller
        .put_blob(photo.place.clone(), wrong)
        .await
        .expect("nobody can know yet");
    assert_eq!(code(photo.put(&anna.caller, 600, 1_000).await), ProblemCode::Invalid);
    assert_eq!(
        photo.held(&anna.caller).await.expect("named"),
        BlobHeld::default(),
        "from the beginning"
    );
    assert_eq!(code(photo.get_all(&anna.caller).await), ProblemCode::NotFound);
    let mut other = photo.piece(0, 1_000);
    other.bytes[0] ^= 1;
    assert_eq!(
        code(anna.caller.put_blob(photo.place.clone(), other).await),
        ProblemCode::Invalid
    );
    photo.put_all(&anna.caller).await;
    assert_eq!(photo.get_all(&anna.caller).await.expect("there"), photo.bytes);
}

#[tokio::test]
async fn a_wrong_length_is_corrected_and_never_undoes_what_is_whole() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    let shorter = |from, until| BlobPiece {
        total: 900,
        ..photo.piece(from, until)
    };
    let put = |piece| anna.caller.put_blob(photo.place.clone(), piece);
    assert_eq!(put(shorter(0, 300)).await.expect("nobody can know yet"), at(300, 900));
    assert_eq!(photo.put(&anna.caller, 300, 600).await.expect("known"), at(300, 900));
    assert_eq!(
        photo.put(&anna.caller, 0, 400).await.expect("begun anew"),
        at(400, 1_000)
    );
    photo.put_all(&anna.caller).await;
    assert_eq!(put(shorter(0, 300)).await.expect("known"), at(1_000, 1_000));
    assert_eq!(photo.get_all(&anna.caller).await.expect("there"), photo.bytes);
}

#[tokio::test]
async fn what_is_malformed_or_too_large_is_refused() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    let piece = |from, total, length| BlobPiece {
        from,
        total,
        bytes: vec![7; length],
    };
    for (wrong, expected) in [
        (piece(0, MAX_BLOB_BYTES + 1, 9), ProblemCode::TooLarge),
        (piece(0, MAX_BLOB_BYTES, MAX_BLOB_PIECE + 1), ProblemCode::TooLarge),
        (piece(0, 9, 0), ProblemCode::Invalid),
        (piece(0, 0, 0), ProblemCode::Invalid),
        (piece(0, 9, 10), ProblemCode::Invalid),
        (piece(u64::MAX, 9, 1), ProblemCode::Invalid),
    ] {
        let told = code(anna.caller.put_blob(photo.place.clone(), wrong).await);
        assert_eq!(told, expected);
    }
    assert_eq!(photo.held(&anna.caller).await.expect("named"), BlobHeld::default());
}

#[tokio::test]
async fn an_outsider_learns_nothing_and_a_reader_changes_nothing() {
    let town = Town::founded();
    let (anna, mut lea) = anna_and_lea(&town).await;
    town.person("Sven", "Süd e.V.", Role::Lead, &["Rieth"]);
    let sven = town.device("Sven").await;
    let bela = town.worker("Bela", &["Altstadt"]).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    photo.put_all(&anna.caller).await;
    let nothing = BlobPlace {
        record: RecordId(uuid::Uuid::now_v7()),
        hash: photo.place.hash.clone(),
    };
    for stranger in [&sven, &bela] {
        for place in [&photo.place, &nothing] {
            let caller = &stranger.caller;
            let whole = photo.piece(0, 1_000);
            assert_eq!(code(caller.blob_held(place.clone()).await), ProblemCode::NotFound);
            assert_eq!(code(caller.blob(place.clone(), 0).await), ProblemCode::NotFound);
            assert_eq!(code(caller.put_blob(place.clone(), whole).await), ProblemCode::NotFound);
        }
    }
    let unnamed = BlobPlace {
        record: photo.id(),
        hash: hash_of(b"another"),
    };
    assert_eq!(
        code(anna.caller.put_blob(unnamed, photo.piece(0, 1_000)).await),
        ProblemCode::NotFound,
        "the record first"
    );
    assert_eq!(
        code(town.service.caller(None).blob(photo.place.clone(), 0).await),
        ProblemCode::Unauthorised
    );

    let board = lea
        .draft(Kind::Board, &["Rieth"])
        .with_reader(Reader::Organisation(sven.me.organisation))
        .with_blob(&photo.place.hash);
    let open = Photo {
        place: BlobPlace {
            record: board.id(),
            hash: photo.place.hash.clone(),
        },
        bytes: photo.bytes.clone(),
    };
    lea.push_one(board.change()).await;
    lea.pull().await;
    assert_eq!(
        open.held(&sven.caller).await.expect("named"),
        BlobHeld::default(),
        "the same bytes at another record are another attachment"
    );
    assert_eq!(code(open.put(&sven.caller, 0, 1_000).await), ProblemCode::Forbidden);
    open.put_all(&lea.caller).await;
    assert_eq!(open.get_all(&sven.caller).await.expect("opened to them"), open.bytes);
}

#[tokio::test]
async fn who_left_the_district_lately_still_brings_what_they_wrote_and_gets_nothing() {
    let town = Town::founded();
    let (anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    town.move_person("Anna", &["Altstadt"]);
    photo.put_all(&anna.caller).await;
    assert_eq!(code(photo.get_all(&anna.caller).await), ProblemCode::NotFound);
    assert_eq!(photo.get_all(&lea.caller).await.expect("there"), photo.bytes);
    town.days_pass(31);
    assert_eq!(code(photo.held(&anna.caller).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn who_leaves_brings_what_they_wrote_and_gets_nothing() {
    let town = Town::founded();
    let (anna, lea) = anna_and_lea(&town).await;
    let photo = Photo::on_a_note(&anna, 1_000).await;
    admin::leave_person(&town.service, "Anna").expect("leaving");
    photo.put_all(&anna.caller).await;
    assert_eq!(code(photo.get_all(&anna.caller).await), ProblemCode::Forbidden);
    assert_eq!(photo.get_all(&lea.caller).await.expect("there"), photo.bytes);
}

#[tokio::test]
async fn a_record_has_a_hundred_attachments_at_most() {
    let town = Town::founded();
    let (anna, _) = anna_and_lea(&town).await;
    let with = |count: u32| {
        let hashes = (0..count).map(|n| hash_of(&n.to_be_bytes()));
        hashes.fold(anna.note("Rieth"), |note, hash| note.with_blob(&hash))
    };
    accepted(&anna.push_one(with(100).change()).await);
    assert_eq!(anna.push_one(with(101).change()).await, refused(Refusal::Invalid));
}
