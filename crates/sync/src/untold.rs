//! Asking the city about words of records that its feed tells nothing of: it alone can say whether such a record was erased
//! or only moved away.

use crate::{Error, Source, talk::Talk};
use wire::{Backend, ForgottenQuery, MAX_PUSH_CHANGES, ProblemCode};

impl<B: Backend, S: Source> Talk<'_, B, S> {
    /// Asks, where such words rest here, and lets go what was forgotten. Before the report, which says that it is done.
    pub(crate) async fn ask_what_was_forgotten(&self) -> Result<(), Error> {
        let ids = self.store.read(|reading| reading.untold())?;
        for some in ids.chunks(MAX_PUSH_CHANGES) {
            let query = ForgottenQuery { ids: some.to_vec() };
            let answer = match self.city.forgotten(query).await {
                // An older city does not know the question.
                Err(failure) if failure.code() == Some(ProblemCode::NotFound) => return Ok(()),
                other => other?,
            };
            if answer.forgotten.is_empty() {
                continue;
            }
            self.at_the_notebook(move |store, source, watcher| {
                let ((), changes) = store.write_beside(|writing| {
                    for forgotten in &answer.forgotten {
                        if forgotten.erased {
                            writing.forget_untold(forgotten.id, source.now())?;
                        } else {
                            writing.redact_untold(forgotten.id, &forgotten.redacted, source.now())?;
                        }
                    }
                    Ok(())
                })?;
                watcher.changed(&changes);
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}
