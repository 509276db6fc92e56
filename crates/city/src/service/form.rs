//! The form of a change, before anything is looked up: what the city checks of a body, and no meaning.

use domain::{Kind, MAX_BLOBS, MAX_BODY_BYTES, MAX_CLOSED_BODY_BYTES, MAX_READERS, Reader, State};
use sha2::{Digest, Sha256};
use wire::{Change, Proposal, Refusal};

/// Ciphertext in base64 is a third longer than what it hides.
fn sealed_limit(kind: &Kind) -> usize {
    let clear = if kind.is_closed_figures() {
        MAX_CLOSED_BODY_BYTES
    } else {
        MAX_BODY_BYTES
    };
    clear / 3 * 4 + 64
}

/// A code of a Fachplanung is at most so long.
const CODE_LENGTH: usize = 80;

/// Checks the form.
pub(super) fn check(change: &Change) -> Result<(), Refusal> {
    let proposal = &change.envelope;
    envelope(proposal)?;
    match (&change.body, proposal.state.has_body()) {
        (Some(body), true) => body.check(&proposal.kind).map_err(|error| match error {
            domain::FormError::TooLarge { .. } => Refusal::TooLarge,
            _ => Refusal::Invalid,
        })?,
        (None, false) if change.sealed.is_none() => {}
        _ => return Err(Refusal::Invalid),
    }
    match &change.sealed {
        Some(sealed) if sealed.as_str().len() > sealed_limit(&proposal.kind) => Err(Refusal::TooLarge),
        Some(sealed) if !sealed.is_well_formed() => Err(Refusal::Invalid),
        _ => Ok(()),
    }
}

fn envelope(proposal: &Proposal) -> Result<(), Refusal> {
    let somewhere = proposal.whole_organisation || !proposal.districts.is_empty();
    let somebodys = proposal.organisation.is_some() || proposal.kind.is_catalogue();
    let readable = proposal.readers.is_empty() || proposal.kind.may_have_readers();
    let catalogued = !proposal.kind.is_catalogue() || (proposal.districts.is_empty() && proposal.whole_organisation);
    let well_formed = somewhere
        && somebodys
        && readable
        && catalogued
        && proposal.readers.len() <= MAX_READERS
        && proposal.readers.iter().all(is_code)
        && proposal.blobs.len() <= MAX_BLOBS
        && proposal.state != State::Erased;
    if well_formed { Ok(()) } else { Err(Refusal::Invalid) }
}

/// A field's code becomes part of a key's name, which is one line.
fn is_code(reader: &Reader) -> bool {
    match reader {
        Reader::Organisation(_) => true,
        Reader::Field(code) => (1..=CODE_LENGTH).contains(&code.len()) && !code.chars().any(char::is_control),
    }
}

/// The hash by which a repeat is told from another change under the same id.
pub(super) fn hash(change: &Change) -> [u8; 32] {
    let envelope = serde_json::to_string(&change.envelope).expect("an envelope holds only strings, numbers and sets");
    let body = change.body.as_ref().map(|body| body.as_str());
    let sealed = change.sealed.as_ref().map(|sealed| sealed.as_str());
    let mut hash = Sha256::new();
    hash.update(change.base_version.to_be_bytes());
    for part in [Some(envelope.as_str()), body, sealed] {
        // Absent and empty differ, and no part can flow into the next.
        let length = part.map_or(u64::MAX, |text| text.len() as u64);
        hash.update(length.to_be_bytes());
        hash.update(part.unwrap_or_default().as_bytes());
    }
    hash.finalize().into()
}
