//! Comparing with the city, and mending what differs.

use crate::{Counted, Error, Source, Verified, Watcher, round_watched, verify};
use serde::Serialize;
use std::sync::Arc;
use store::{PassKind, Store};
use wire::Backend;

/// So often it is exchanged and compared anew while others write in the same slice.
const TRIES: usize = 3;

/// What came of comparing and mending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How both sides stand now. A slice of which the city's side is absent changed while it was compared.
    pub verified: Verified,
    /// They differed, and everything was fetched anew: so many records were put right or came back.
    pub mended: Option<u64>,
    /// What the rounds did on the way.
    pub counted: Counted,
}

/// Compares, and where both sides differ fetches everything anew. What the city does not show then goes; an edit that waits
/// stays, and meets the city's state like any other.
///
/// # Errors
/// When the city or the notebook fails. A mending that was cut goes on with the next round.
pub async fn check<B: Backend, S: Source>(
    store: &Store,
    city: &B,
    source: &S,
    watcher: &Arc<dyn Watcher>,
) -> Result<Checked, Error> {
    let (mut counted, mut verified) = compared(store, city, source, watcher).await?;
    let mut mended = None;
    if counted.wipe.is_none() && verified.differs() {
        store.write_beside(|writing| writing.begin_pass(PassKind::Repair))?;
        let fetched = round_watched(store, city, source, watcher).await?;
        let (more, now) = compared(store, city, source, watcher).await?;
        mended = Some(fetched.pulled);
        counted += fetched;
        counted += more;
        verified = now;
    }
    Ok(Checked {
        verified,
        mended,
        counted,
    })
}

/// The comparison; where the city moved on meanwhile, or says something else about this device, after a round. Not before:
/// an edit that was made on a damaged copy would take the damage to the city.
async fn compared<B: Backend, S: Source>(
    store: &Store,
    city: &B,
    source: &S,
    watcher: &Arc<dyn Watcher>,
) -> Result<(Counted, Verified), Error> {
    let mut counted = Counted::default();
    let mut tries = 0;
    loop {
        tries += 1;
        match verify(store, city).await {
            Ok(verified) if tries == TRIES || !verified.moved_on() => return Ok((counted, verified)),
            Err(error) if tries == TRIES || error.is_offline() => return Err(error),
            Ok(_) | Err(_) => {}
        }
        counted += round_watched(store, city, source, watcher).await?;
        if counted.wipe.is_some() {
            return Ok((counted, Verified::default()));
        }
    }
}
