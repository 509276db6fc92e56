//! Attachments: taken for records that name them, a piece at a time, and given to whoever may read the record.
//!
//! A piece is one short transaction. What takes time, reading a whole attachment to check its hash, is done on a snapshot
//! before it, and the transaction then asks only whether the attachment still stands as it was checked.

use super::{Ring, Service, Stop, scope::Scope, who::Who};
use crate::{
    Error,
    ledger::{BlobRow, Reading, Standing, Writing, hash_of, named},
};
use domain::{At, RecordId};
use std::sync::Arc;
use wire::{BlobHeld, BlobPiece, BlobPlace, Failure, MAX_BLOB_BYTES, MAX_BLOB_PIECE, ProblemCode, Token};

/// So many pieces of dropped attachments are destroyed in one transaction, so that nobody waits long behind it.
const DESTROYED_AT_ONCE: usize = 4;
/// A piece's million of bytes are as much as so many changes.
const PIECE_WEIGHS: usize = 1_000;

/// How much of an attachment is here.
pub(super) fn held(reading: &dyn Reading, token: Option<&Token>, place: &BlobPlace, now: At) -> Result<BlobHeld, Stop> {
    // Whoever leaves still brings what they wrote, and asks how far it is.
    let who = Who::of(reading, token, now)?;
    let scope = Scope::of(reading, &who.person, who.device.person, now)?;
    let standing = naming(reading, place)?;
    if !scope.sees(&standing.envelope) && !scope.may_bring(&standing.envelope) {
        return Err(ProblemCode::NotFound.into());
    }
    let row = reading.blob(standing.n, &place.hash)?;
    Ok(row.map_or_else(BlobHeld::default, BlobRow::told))
}

/// Bytes of a whole attachment.
pub(super) fn get(
    reading: &dyn Reading,
    token: Option<&Token>,
    place: &BlobPlace,
    from: u64,
    now: At,
) -> Result<BlobPiece, Stop> {
    let who = Who::staying(reading, token, now)?;
    let scope = Scope::of(reading, &who.person, who.device.person, now)?;
    let standing = naming(reading, place)?;
    let row = reading.blob(standing.n, &place.hash)?.filter(|row| row.is_whole());
    let row = row
        .filter(|_| scope.sees(&standing.envelope))
        .ok_or(ProblemCode::NotFound)?;
    if from >= row.total {
        return Err(ProblemCode::Invalid.into());
    }
    let bytes = reading.blob_bytes(row.b, from, MAX_BLOB_PIECE)?;
    let total = row.total;
    Ok(BlobPiece { from, total, bytes })
}

/// Takes the next piece.
pub(super) async fn put(
    service: &Service,
    token: Option<Token>,
    place: BlobPlace,
    piece: BlobPiece,
) -> Result<BlobHeld, Failure> {
    if piece.total > MAX_BLOB_BYTES || piece.bytes.len() > MAX_BLOB_PIECE {
        return Err(ProblemCode::TooLarge.into());
    }
    if !piece.is_well_formed() {
        return Err(ProblemCode::Invalid.into());
    }
    let carrying = service.inner.carrying.acquire().await;
    let _turn = carrying.map_err(|_| ProblemCode::Unavailable)?;
    let upload = Arc::new(Upload {
        token,
        place,
        piece,
        now: service.world().now(),
    });
    let this = Arc::clone(&upload);
    let mut row = service.read(move |reading| this.row(reading)).await?;
    if row.is_none_or(|row| upload.begins_anew(row)) && upload.piece.from == 0 {
        let this = Arc::clone(&upload);
        row = Some(service.write(move |_, writing| this.begin(writing)).await?);
    }
    let Some(row) = row.filter(|row| upload.fits(*row)) else {
        return Ok(row.map_or_else(BlobHeld::default, BlobRow::told));
    };
    let this = Arc::clone(&upload);
    let right = service.read(move |reading| this.is_right(reading, row)).await?;
    let this = Arc::clone(&upload);
    let added = service.write_beside(PIECE_WEIGHS, move |_, writing| this.add(writing, row, right));
    added.await?.ok_or_else(|| ProblemCode::Invalid.into())
}

struct Upload {
    token: Option<Token>,
    place: BlobPlace,
    piece: BlobPiece,
    now: At,
}

impl Upload {
    /// The record that the attachment is for, if the caller may bring it.
    fn record(&self, reading: &dyn Reading) -> Result<Standing, Stop> {
        let who = Who::of(reading, self.token.as_ref(), self.now)?;
        let scope = Scope::of(reading, &who.person, who.device.person, self.now)?;
        let standing = naming(reading, &self.place)?;
        if scope.may_bring(&standing.envelope) {
            Ok(standing)
        } else if scope.sees(&standing.envelope) {
            Err(ProblemCode::Forbidden.into())
        } else {
            Err(ProblemCode::NotFound.into())
        }
    }

    fn row(&self, reading: &dyn Reading) -> Result<Option<BlobRow>, Stop> {
        let standing = self.record(reading)?;
        Ok(reading.blob(standing.n, &self.place.hash)?)
    }

    /// Somebody began it with another length, and one of the two is wrong: the one who begins now is believed, unless the
    /// hash has already shown the first to be right.
    fn begins_anew(&self, row: BlobRow) -> bool {
        row.total != self.piece.total && !row.is_whole()
    }

    fn begin(&self, writing: &mut dyn Writing) -> Result<(BlobRow, Ring), Stop> {
        let standing = self.record(writing)?;
        // Somebody may have begun it since.
        let row = writing.blob(standing.n, &self.place.hash)?;
        let row = match row.filter(|row| !self.begins_anew(*row)) {
            Some(row) => row,
            None => writing.begin_blob(standing.n, &self.place.hash, self.piece.total, self.now)?,
        };
        Ok((row, Ring::Nobody))
    }

    /// Whether this piece is the next one.
    fn fits(&self, row: BlobRow) -> bool {
        row.total == self.piece.total && row.held == self.piece.from
    }

    /// Whether the hash is right, where this is the last piece.
    fn is_right(&self, reading: &dyn Reading, row: BlobRow) -> Result<bool, Stop> {
        if self.piece.end() < row.total {
            return Ok(true);
        }
        // Where it was destroyed meanwhile, the transaction that follows will see it.
        Ok(hash_of(reading, row, &self.piece.bytes)?.is_some_and(|hash| hash == self.place.hash))
    }

    /// Adds the piece, or drops everything where the hash is wrong; none tells that.
    fn add(&self, writing: &mut dyn Writing, checked: BlobRow, right: bool) -> Result<(Option<BlobHeld>, Ring), Stop> {
        let standing = self.record(writing)?;
        let row = writing.blob(standing.n, &self.place.hash)?;
        let held = match row {
            Some(row) if row == checked && right => {
                writing.add_to_blob(row, &self.piece.bytes, self.now)?;
                let held = self.piece.end();
                Some(BlobRow { held, ..row }.told())
            }
            Some(row) if row == checked => {
                writing.drop_blob(row.b)?;
                None
            }
            other => Some(other.map_or_else(BlobHeld::default, BlobRow::told)),
        };
        Ok((held, Ring::Nobody))
    }
}

/// The record, if its newest state names the attachment.
fn naming(reading: &dyn Reading, place: &BlobPlace) -> Result<Standing, Stop> {
    let id: RecordId = place.record;
    let standing = reading.standings(&[id])?.remove(&id);
    let standing = standing.filter(|standing| named(&standing.envelope).contains(&place.hash));
    standing.ok_or_else(|| ProblemCode::NotFound.into())
}

impl Service {
    /// Destroys the bytes of dropped attachments, a few in a transaction.
    pub(super) async fn destroy_dropped(&self) -> Result<(), Failure> {
        let round = |service: &Self| Ok(service.destroy_some()?);
        while self.apart(&self.inner.writing, round).await? {}
        Ok(())
    }

    /// The same for the command line. Blocks.
    pub(crate) fn destroy_all_dropped(&self) -> Result<(), Error> {
        while self.destroy_some()? {}
        Ok(())
    }

    /// Answers whether there may be more.
    fn destroy_some(&self) -> Result<bool, Error> {
        let destroyed = self
            .ledger()
            .write_beside(|writing| writing.destroy_blobs(DESTROYED_AT_ONCE))?;
        Ok(destroyed == DESTROYED_AT_ONCE)
    }
}
