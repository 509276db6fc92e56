//! Attachments, after the records and beside them: what was opened comes, what waits goes up, then small photos come.
//!
//! Nothing of it holds up a record. It may be dropped at any await and called again: a piece that went stands, and what
//! was begun goes on where both sides say that it stopped.

use crate::{Error, Source, Watcher, talk::Talk};
use chrono::Days;
use domain::{At, BlobHash, calendar};
use std::{collections::BTreeSet, sync::Arc};
use store::{Arrival, Background, Download, Store, Upload};
use wire::{Backend, BlobHeld, BlobPiece, BlobPlace, Failure, MAX_BLOB_BYTES, ProblemCode};

/// Bytes of one piece up: what a cut line costs at most.
const PIECE: usize = 256 * 1024;
/// Photos up to so many bytes come before anybody asks.
const SMALL: u64 = 2 * 1024 * 1024;
/// So many bytes of what the city has lie here before only what is asked for is fetched.
const ROOM: u64 = 512 * 1024 * 1024;
/// Photos of records of so many days come unasked: a year, as reports look back.
const RECENT: Days = Days::new(365);
/// What a colleague's device had not brought yet is looked for again after so many milliseconds.
const LOOK_AGAIN: i64 = 60_000;
/// So many photos are chosen at a time in the background.
const BATCH: usize = 20;

/// What was carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Attachments that the city has now.
    pub sent: u64,
    /// Attachments that are here now.
    pub fetched: u64,
    /// Somebody wants to see one that the city does not have yet.
    pub awaited: bool,
}

/// Carries attachments until nothing can be carried now.
///
/// # Errors
/// When the city or the notebook fails; the next call goes on from there.
pub async fn carry<B: Backend, S: Source>(
    store: &Store,
    city: &B,
    source: &S,
    watcher: &Arc<dyn Watcher>,
) -> Result<Carried, Error> {
    let talk = Talk::begin(store, city, source, watcher)?;
    talk.carry_all().await
}

/// What became of one attachment.
enum Went {
    Done,
    /// Not now: the city lacks it, or will not take it yet.
    Later,
    /// Somebody wants to see another one: that comes first.
    Paused,
}

impl<B: Backend, S: Source> Talk<'_, B, S> {
    async fn carry_all(&self) -> Result<Carried, Error> {
        let mut carried = Carried::default();
        let mut tried = BTreeSet::new();
        loop {
            if let Some(download) = self.asked(&tried)? {
                tried.insert(download.blob.clone());
                match self.fetch(&download).await? {
                    Went::Done => carried.fetched += 1,
                    Went::Later | Went::Paused => carried.awaited = true,
                }
            } else if let Some(upload) = self.waiting(&tried)? {
                match self.send(&upload, &tried).await? {
                    Went::Paused => continue,
                    Went::Done => carried.sent += 1,
                    Went::Later => {}
                }
                tried.insert(upload.blob);
            } else if let Some(download) = self.recent(&tried)? {
                tried.insert(download.blob.clone());
                if matches!(self.fetch(&download).await?, Went::Done) {
                    carried.fetched += 1;
                }
            } else {
                return Ok(carried);
            }
        }
    }

    /// Brings up what waits, and nothing else: the last words of who leaves.
    pub(crate) async fn send_attachments(&self) -> Result<u64, Error> {
        let mut tried = BTreeSet::new();
        let mut sent = 0;
        while let Some(upload) = self.waiting(&tried)? {
            tried.insert(upload.blob.clone());
            // Nobody who leaves waits for a photo to come.
            let everything_asked = self.store.read(|reading| reading.asked_for())?;
            let heard = everything_asked.into_iter().map(|download| download.blob).collect();
            sent += u64::from(matches!(self.send(&upload, &heard).await?, Went::Done));
        }
        Ok(sent)
    }

    fn asked(&self, tried: &BTreeSet<BlobHash>) -> Result<Option<Download>, Error> {
        let asked = self.store.read(|reading| reading.asked_for())?;
        Ok(asked.into_iter().find(|download| !tried.contains(&download.blob)))
    }

    fn waiting(&self, tried: &BTreeSet<BlobHash>) -> Result<Option<Upload>, Error> {
        let uploads = self.store.read(|reading| reading.uploads())?;
        Ok(uploads.into_iter().find(|upload| !tried.contains(&upload.blob)))
    }

    fn recent(&self, tried: &BTreeSet<BlobHash>) -> Result<Option<Download>, Error> {
        let now = self.source.now();
        let Some(absent_before) = At::from_millis(now.millis() - LOOK_AGAIN) else {
            return Ok(None);
        };
        let today = calendar::day_at(now);
        let what = Background {
            since: today.checked_sub_days(RECENT).unwrap_or(today),
            most_bytes: SMALL,
            absent_before,
        };
        let limit = BATCH + tried.len();
        let found = self.store.read(|reading| {
            if reading.fetched_bytes()? > ROOM {
                return Ok(Vec::new());
            }
            reading.background(&what, limit)
        })?;
        Ok(found.into_iter().find(|download| !tried.contains(&download.blob)))
    }

    async fn send(&self, upload: &Upload, tried: &BTreeSet<BlobHash>) -> Result<Went, Error> {
        let place = BlobPlace {
            record: upload.record,
            hash: upload.blob.clone(),
        };
        let mut held = match self.city.blob_held(place.clone()).await {
            Ok(held) => held,
            // Whether that is for ever is said at the first piece.
            Err(failure) if failure.code() == Some(ProblemCode::Forbidden) => BlobHeld::default(),
            Err(failure) => return self.refused(upload, failure).await,
        };
        let mut stalled = 0;
        while !held.is_complete() {
            if self.asked(tried)?.is_some() {
                return Ok(Went::Paused);
            }
            let Some((total, bytes)) = self.store.sealed_piece(&upload.blob, held.held, PIECE)? else {
                return self.damaged(upload).await;
            };
            let piece = BlobPiece {
                from: held.held,
                total,
                bytes,
            };
            if !piece.is_well_formed() {
                // The city holds more than there is: of something else, or the file here was cut.
                return if held.held > 0 && self.is_sound(upload).await? {
                    Ok(Went::Later)
                } else {
                    self.damaged(upload).await
                };
            }
            let before = held.held;
            held = match self.city.put_blob(place.clone(), piece).await {
                Ok(held) => held,
                Err(failure) => return self.refused(upload, failure).await,
            };
            stalled = if held.held > before { 0 } else { stalled + 1 };
            if stalled > 2 && !held.is_complete() {
                return Ok(Went::Later);
            }
        }
        self.sent(upload).await
    }

    async fn sent(&self, upload: &Upload) -> Result<Went, Error> {
        let upload = upload.clone();
        self.noting(move |writing| writing.attachment_sent(&upload)).await?;
        Ok(Went::Done)
    }

    async fn damaged(&self, upload: &Upload) -> Result<Went, Error> {
        tracing::warn!("an attachment on this device is damaged and is not sent");
        let upload = upload.clone();
        self.noting(move |writing| writing.attachment_damaged(&upload)).await?;
        Ok(Went::Later)
    }

    /// The city answered with a problem: some are about this one attachment and hold up nothing else.
    async fn refused(&self, upload: &Upload, failure: Failure) -> Result<Went, Error> {
        match failure.code() {
            // The record is on its way there, or has just left: the next round says which.
            Some(ProblemCode::NotFound) => Ok(Went::Later),
            // Not this person's to bring; whoever may has it too.
            Some(ProblemCode::Forbidden) => self.sent(upload).await,
            Some(ProblemCode::Invalid | ProblemCode::TooLarge) if self.is_sound(upload).await? => Ok(Went::Later),
            Some(ProblemCode::Invalid | ProblemCode::TooLarge) => self.damaged(upload).await,
            _ => Err(failure.into()),
        }
    }

    async fn is_sound(&self, upload: &Upload) -> Result<bool, Error> {
        let blob = upload.blob.clone();
        self.at_the_notebook(move |store, _, _| Ok(store.is_sound(&blob)?))
            .await
    }

    async fn fetch(&self, download: &Download) -> Result<Went, Error> {
        let place = BlobPlace {
            record: download.record,
            hash: download.blob.clone(),
        };
        let mut from = self.store.arrived_so_far(&download.blob)?;
        let mut wrong = 0;
        loop {
            let piece = match self.city.blob(place.clone(), from).await {
                Ok(piece) => piece,
                // Nothing lies behind its end: all of it is here already, or something else is.
                Err(failure) if failure.code() == Some(ProblemCode::Invalid) && from > 0 => BlobPiece {
                    from,
                    total: from,
                    bytes: Vec::new(),
                },
                Err(failure) if is_absent(&failure) => return self.absent(download).await,
                Err(failure) => return Err(failure.into()),
            };
            if piece.from != from || piece.total > MAX_BLOB_BYTES || piece.end() > piece.total {
                return Err(Failure::NotACity.into());
            }
            if !download.asked && piece.total > SMALL {
                let (download, total) = (download.clone(), piece.total);
                self.noting(move |writing| writing.attachment_weighed(&download, total))
                    .await?;
                return Ok(Went::Later);
            }
            match self.arrive(download, piece).await? {
                Arrival::Whole => return Ok(Went::Done),
                Arrival::Partly(so_far) if so_far > from => from = so_far,
                Arrival::Wrong if wrong == 0 => (wrong, from) = (1, 0),
                Arrival::Partly(_) | Arrival::Wrong | Arrival::Elsewhere => return Ok(Went::Later),
            }
        }
    }

    async fn arrive(&self, download: &Download, piece: BlobPiece) -> Result<Arrival, Error> {
        let Download { record, blob, .. } = download.clone();
        self.at_the_notebook(move |store, _, watcher| {
            let (arrival, changes) = store.take_piece(record, &blob, piece.from, piece.total, &piece.bytes)?;
            watcher.changed(&changes);
            Ok(arrival)
        })
        .await
    }

    async fn absent(&self, download: &Download) -> Result<Went, Error> {
        let (download, now) = (download.clone(), self.source.now());
        self.noting(move |writing| writing.attachment_absent(&download, now))
            .await?;
        Ok(Went::Later)
    }

    async fn noting<W>(&self, note: W) -> Result<(), Error>
    where
        W: FnOnce(&mut store::Writing<'_>) -> Result<(), store::Error> + Send + 'static,
    {
        self.at_the_notebook(move |store, _, watcher| {
            let ((), changes) = store.write_beside(note)?;
            watcher.changed(&changes);
            Ok(())
        })
        .await
    }
}

/// It is not at the city yet, or the record has just left this person's sight.
fn is_absent(failure: &Failure) -> bool {
    matches!(failure.code(), Some(ProblemCode::NotFound | ProblemCode::Forbidden))
}
