//! What is being typed and is no change yet: kept on this device, across a crash, and never transferred.

use super::{Error, Notebook};
use domain::{Kind, RecordId, State};
use store::Draft;

impl Notebook {
    /// Keeps what an editor holds. When this returns, it survives a power cut.
    ///
    /// # Errors
    /// [`Error::Gone`] for a record that was erased: none of its words may stay. Else the store's own reason.
    pub fn keep_draft(&self, draft: &Draft) -> Result<(), Error> {
        let erased: Option<RecordId> = self
            .store()
            .write(|writing| {
                let record = draft.record.map(|id| writing.record(id)).transpose()?.flatten();
                let erased = record.filter(|stored| stored.record.envelope.state == State::Erased);
                if erased.is_none() {
                    writing.put_draft(draft)?;
                }
                Ok(erased.map(|stored| stored.record.envelope.id))
            })?
            .0;
        erased.map_or(Ok(()), |id| Err(Error::Gone(id)))
    }

    /// The draft of this key.
    ///
    /// # Errors
    /// The store's own reason.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>, Error> {
        Ok(self.store().read(|reading| reading.draft(key))?)
    }

    /// All drafts of a kind, the latest first.
    ///
    /// # Errors
    /// The store's own reason.
    pub fn drafts(&self, kind: &Kind) -> Result<Vec<Draft>, Error> {
        let mut drafts = self.store().read(|reading| reading.drafts())?;
        drafts.retain(|draft| draft.kind == *kind);
        Ok(drafts)
    }

    /// Drops the draft of this key, if there is one.
    ///
    /// # Errors
    /// The store's own reason.
    pub fn drop_draft(&self, key: &str) -> Result<(), Error> {
        self.store().write(|writing| writing.drop_draft(key))?;
        Ok(())
    }
}
