//! Who this device works for, and what it may therefore hold.

use crate::{Error, Watcher, translate};
use domain::{Action, At, RecordId, may};
use store::{Identity, PassKind, Store};
use wire::{Epoch, Me};

/// Whether the city says anything about this device that it does not know yet.
pub(crate) fn differs(known: &Identity, me: &Me) -> bool {
    translate::identity(known, me) != *known
}

/// Takes over what the city says; drops what may no longer be seen; begins a new pass in a new epoch. Blocks.
///
/// What was gained comes by itself with the next pages. A record with an edit stays until the edit is answered.
pub(crate) fn adopt(store: &Store, me: &Me, now: At, watcher: &dyn Watcher) -> Result<(), Error> {
    let ((), changes) = store.write_beside(|writing| {
        let Some(known) = writing.identity()? else {
            return Ok(());
        };
        let identity = translate::identity(&known, me);
        let person = identity.person();
        let restored = known.epoch != me.epoch.0;
        let mut lost: Vec<RecordId> = Vec::new();
        // A restored city may lack what this device has: nothing is dropped before the pass has offered it.
        if !restored && writing.pass()? != Some(PassKind::NewEpoch) {
            writing.envelopes(|envelope, _| {
                if !may(&person, Action::Read, envelope) {
                    lost.push(envelope.id);
                }
                Ok(())
            })?;
        }
        for id in lost {
            writing.leave(id, now)?;
        }
        for id in writing.pending_ids()? {
            let refused = writing.pending(id)?.and_then(|pending| pending.refused);
            if matches!(refused.as_deref(), Some("forbidden" | "not_found")) {
                // What was refused for a lack of rights may be taken with those of today.
                writing.retry(id)?;
            }
        }
        if restored {
            writing.begin_pass(PassKind::NewEpoch)?;
            if let Some(at) = me.kept_since(&Epoch(known.epoch.clone())) {
                writing.kept_until(at)?;
            }
        }
        writing.set_identity(&identity)
    })?;
    watcher.changed(&changes);
    Ok(())
}
