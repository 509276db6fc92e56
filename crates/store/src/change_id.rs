//! Ids of changes that nobody typed: the same on every run, another on every device.

use crate::{Error, Reading};
use domain::MutationId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

impl Reading<'_> {
    /// The id of a change that this device makes by itself, from all that tells it from its other changes.
    pub(crate) fn change_id(&self, purpose: &str, parts: &[&[u8]]) -> Result<MutationId, Error> {
        let mut hash = Sha256::new();
        let identity = self.identity()?;
        let own = identity.as_ref().map_or("", |identity| &*identity.epoch);
        let device = identity.as_ref().map(|identity| identity.device_id.0);
        let before = [
            purpose.as_bytes(),
            own.as_bytes(),
            device.as_ref().map_or(&[][..], |id| &id.as_bytes()[..]),
        ];
        for part in before.iter().chain(parts) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Ok(MutationId(Uuid::new_v8(bytes)))
    }
}
