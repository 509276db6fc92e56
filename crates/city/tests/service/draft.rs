//! Changes in the making.

use domain::{BlobHash, Body, DistrictId, MutationId, Reader, RecordId, Sealed, State};
use uuid::Uuid;
use wire::{Change, Head, Proposal};

/// A change in the making.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) mutation_id: MutationId,
    pub(crate) base_version: u64,
    pub(crate) proposal: Proposal,
    pub(crate) body: Option<Body>,
    pub(crate) sealed: Option<Sealed>,
}

impl Draft {
    pub(crate) fn on(head: &Head) -> Self {
        Self {
            mutation_id: MutationId(Uuid::now_v7()),
            base_version: head.envelope.version,
            proposal: Proposal::from(head.envelope.clone()),
            body: head.body.clone(),
            sealed: head.sealed.clone(),
        }
    }
    pub(crate) fn saying(self, text: &str) -> Self {
        self.body(&serde_json::json!({ "text": text }).to_string())
    }
    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = Some(Body::new(body.to_owned()));
        self
    }
    pub(crate) fn on_version(mut self, version: u64) -> Self {
        self.base_version = version;
        self
    }
    /// The same as another change.
    pub(crate) fn anew(mut self) -> Self {
        self.mutation_id = MutationId(Uuid::now_v7());
        self
    }
    pub(crate) fn under(mut self, id: RecordId) -> Self {
        self.proposal.id = id;
        self
    }
    pub(crate) fn moved_to(mut self, districts: impl IntoIterator<Item = DistrictId>) -> Self {
        self.proposal.districts = districts.into_iter().collect();
        self
    }
    pub(crate) fn with_reader(mut self, reader: Reader) -> Self {
        self.proposal.readers.insert(reader);
        self
    }
    pub(crate) fn with_blob(mut self, hash: &BlobHash) -> Self {
        self.proposal.blobs.insert(hash.clone());
        self
    }
    pub(crate) fn without_blobs(mut self) -> Self {
        self.proposal.blobs.clear();
        self
    }
    pub(crate) fn sealed(mut self, sealed: &str) -> Self {
        self.proposal.confidential = true;
        self.sealed = Some(Sealed::new(sealed.to_owned()));
        self
    }
    pub(crate) fn state(mut self, state: State) -> Self {
        self.proposal.state = state;
        if !state.has_body() {
            self.body = None;
            self.sealed = None;
        }
        self
    }
    pub(crate) fn id(&self) -> RecordId {
        self.proposal.id
    }
    pub(crate) fn change(self) -> Change {
        Change {
            mutation_id: self.mutation_id,
            base_version: self.base_version,
            envelope: self.proposal,
            body: self.body,
            sealed: self.sealed,
        }
    }
}
