//! Pulling pages: the next one is fetched, read and worked out while the last is written.

use crate::{Error, Source, apply, talk::Talk, translate::Page};
use store::PassKind;
use wire::{Backend, ChangesQuery, Cursor, Failure, ProblemCode};

impl<B: Backend, S: Source> Talk<'_, B, S> {
    /// Pulls until the city has no more. Says whether the person's scope changed on the way.
    pub(crate) async fn pull(&mut self) -> Result<bool, Error> {
        let mut cursor = self.store.read(|reading| reading.cursor())?.map(Cursor);
        let mut page = match self.page(cursor.clone()).await {
            Err(error) if error.problem() == Some(ProblemCode::CursorExpired) => {
                let begin =
                    |store: &store::Store| store.write_beside(|writing| writing.begin_pass(PassKind::CursorExpired));
                self.at_the_notebook(move |store, _, _| Ok(begin(store)?)).await?;
                cursor = None;
                self.page(None).await?
            }
            other => other?,
        };
        let mut scope_changed = false;
        loop {
            let (next, more) = (Cursor(page.cursor.clone()), page.more);
            scope_changed |= page.scope_changed;
            let known = page.entries.is_empty() && cursor.as_ref() == Some(&next);
            let written = (!known).then(|| self.write(page));
            cursor = Some(next);
            // The cursor of the page that is being written already leads to the one after it.
            let (written, fetched) = tokio::join!(
                async {
                    match written {
                        Some(written) => written.await.map(Some),
                        None => Ok(None),
                    }
                },
                self.next(more, cursor.clone())
            );
            if let Some(counted) = written? {
                self.count(counted);
                self.size = self.size.after(self.store.take_longest_wait());
            }
            match fetched? {
                Some(next) => page = next,
                None => break,
            }
        }
        self.finish_pass().await?;
        Ok(scope_changed)
    }

    fn write(&self, page: Page) -> impl Future<Output = Result<crate::Counted, Error>> + use<B, S> {
        self.at_the_notebook(move |store, source, watcher| apply::page(store, &page, source, watcher))
    }

    async fn next(&self, more: bool, cursor: Option<Cursor>) -> Result<Option<Page>, Error> {
        if more {
            self.page(cursor).await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// One page; asked for in smaller ones where it is too large to be read at once.
    async fn page(&self, cursor: Option<Cursor>) -> Result<Page, Error> {
        let mut size = self.size;
        loop {
            let query = ChangesQuery {
                cursor: cursor.clone(),
                limit: Some(size.limit()),
            };
            match self.city.changes(query).await {
                Err(failure) if failure.code() == Some(ProblemCode::TooLarge) => {
                    size = size.smaller().ok_or(Error::City(failure))?;
                }
                Ok(answer) => return self.prepared(Page::from(answer)).await,
                Err(failure) => return Err(failure.into()),
            }
        }
    }

    async fn prepared(&self, mut page: Page) -> Result<Page, Error> {
        if page.entries.is_empty() {
            return Ok(page);
        }
        self.at_the_notebook(move |store, _, _| {
            store.prepare(page.records())?;
            Ok(page)
        })
        .await
    }

    /// After the last page of a full pull: what it did not show is dropped, or offered to a restored city.
    async fn finish_pass(&mut self) -> Result<(), Error> {
        let Some(kind) = self.store.read(|reading| reading.pass())? else {
            return Ok(());
        };
        if kind == PassKind::NewEpoch {
            // What goes now goes by the rights of now: pages may have come under others than those known here.
            let begun = self.epoch.clone();
            if self.who_am_i().await?.epoch != begun {
                return Err(Failure::from(ProblemCode::NewEpoch).into());
            }
        }
        self.at_the_notebook(move |store, source, watcher| {
            let ((), changes) = store.write_beside(|writing| writing.end_pass(kind, source.now()))?;
            watcher.changed(&changes);
            Ok(())
        })
        .await
    }
}
