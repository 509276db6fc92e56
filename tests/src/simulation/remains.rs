//! What is left on a device, beside the records that everybody has.

use super::{Problem, device::Device, words::words};
use domain::{Record, RecordId};
use std::collections::BTreeSet;

/// The words that only this device has: edits that wait, what cannot be transferred, drafts.
///
/// # Errors
/// When the notebook cannot be read.
pub(super) fn own_words(device: &Device) -> Result<BTreeSet<u32>, Problem> {
    let (pending, aside, drafts) = device.store().read(|r| {
        let mut pending = Vec::new();
        for id in r.pending_ids()? {
            pending.extend(r.pending(id)?.map(|pending| pending.mine));
        }
        pending.extend(r.in_flight()?.into_iter().map(|change| change.record));
        Ok((pending, r.untransferable()?, r.drafts()?))
    })?;
    let mut found: BTreeSet<u32> = pending.iter().flat_map(words).collect();
    found.extend(aside.iter().flat_map(|entry| words(&entry.record)));
    found.extend(
        drafts
            .iter()
            .flat_map(|draft| super::words::words_in(draft.body.as_str())),
    );
    Ok(found)
}

/// All words a device shows or keeps.
///
/// # Errors
/// When the notebook cannot be read.
pub(super) fn all_words(device: &Device) -> Result<BTreeSet<u32>, Problem> {
    let mut found = own_words(device)?;
    found.extend(device.records()?.iter().flat_map(words));
    Ok(found)
}

/// The words under "Nicht übertragbar".
///
/// # Errors
/// When the notebook cannot be read.
pub(super) fn words_aside(device: &Device) -> Result<BTreeSet<u32>, Problem> {
    let aside = device.store().read(|r| r.untransferable())?;
    Ok(aside.iter().flat_map(|entry| words(&entry.record)).collect())
}

/// An edit that waits: its record, the base it was made on, and the reason.
pub(super) type Waiting = (RecordId, Option<Record>, Option<String>);

/// Records with an edit that waits, with the base it was made on and the reason why it waits.
///
/// # Errors
/// When the notebook cannot be read.
pub(super) fn waiting(device: &Device) -> Result<Vec<Waiting>, Problem> {
    Ok(device.store().read(|r| {
        let mut waiting = Vec::new();
        for id in r.pending_ids()? {
            if let Some(pending) = r.pending(id)? {
                waiting.push((id, pending.base.map(|base| base.record), pending.refused));
            }
        }
        Ok(waiting)
    })?)
}
