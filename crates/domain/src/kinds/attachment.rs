//! Photos and files on a record.

use crate::fault::{Faults, Wrong};
use crate::shape::{part, rule, unit, wire_name};
use crate::{BlobHash, Body, Kind, PartId, Record};
use std::collections::BTreeSet;

/// At most so many stand on one record.
pub const MAX_ATTACHMENTS: usize = 20;

part! {
    /// A photo or file: ciphertext at the city, its key here.
    pub struct Attachment {
        /// The part's id.
        id: PartId => Scalar,
        /// Where it stands among the others.
        position: Option<String> => Scalar,
        /// SHA-256 of the ciphertext.
        blob: Option<BlobHash> => Scalar in "blob",
        /// The random key it was encrypted with, base64url.
        key: Option<String> => Scalar in "blob",
        /// Its media type.
        media_type: Option<String> => Scalar in "blob",
        /// Its name, our own and never a path.
        name: Option<String> => Scalar,
        /// What it shows.
        caption: Option<String> => Text,
    }
}

/// What is wrong with a list of attachments.
pub(super) fn check(faults: &mut Faults, field: &str, attachments: &[Attachment]) {
    if attachments.len() > MAX_ATTACHMENTS {
        faults.add(field, Wrong::TooLong { limit: MAX_ATTACHMENTS });
    }
    faults.each(field, attachments, |faults, attachment| {
        faults.optional_line("name", attachment.name.as_ref());
        faults.text("caption", attachment.caption.as_ref());
    });
}

/// The member in which a body of this kind lists its attachments.
pub fn attachments_member(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Note | Kind::Meeting => Some("attachments"),
        Kind::Request | Kind::Referral => Some("photos"),
        _ => None,
    }
}

/// The attachments of a body, in their order; what cannot be read as a list of them is none.
pub fn attachments(kind: &Kind, body: &Body) -> Vec<Attachment> {
    let read = |member| body.members().ok()?.read(member);
    attachments_member(kind).and_then(read).unwrap_or_default()
}

/// The blobs of a record as its body names them: those of its attachments, and what its envelope listed before and stands
/// in the body still, as in a variant. What is sealed cannot be looked into and keeps its blobs.
pub fn named_blobs(record: &Record) -> BTreeSet<BlobHash> {
    let listed = &record.envelope.blobs;
    let Some(body) = &record.body else {
        return listed.clone();
    };
    let mut named: BTreeSet<BlobHash> = listed
        .iter()
        .filter(|blob| record.sealed.is_some() || body.as_str().contains(blob.as_str()))
        .cloned()
        .collect();
    named.extend(
        attachments(&record.envelope.kind, body)
            .into_iter()
            .filter_map(|attachment| attachment.blob),
    );
    named
}
