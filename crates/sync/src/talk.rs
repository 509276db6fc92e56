//! What the steps of a round share.

use crate::{Counted, Error, PageSize, Source, Watcher};
use store::Store;
use wire::{Backend, Epoch};

/// One device's conversation with its city.
pub(crate) struct Talk<'a, B, S> {
    pub(crate) store: &'a Store,
    pub(crate) city: &'a B,
    pub(crate) source: &'a S,
    pub(crate) watcher: &'a std::sync::Arc<dyn Watcher>,
    /// The life of the city's database that the bases belong to.
    pub(crate) epoch: Epoch,
    pub(crate) size: PageSize,
    pub(crate) counted: Counted,
}

impl<'a, B: Backend, S: Source> Talk<'a, B, S> {
    /// Begins one.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], or what the notebook says.
    pub(crate) fn begin(
        store: &'a Store,
        city: &'a B,
        source: &'a S,
        watcher: &'a std::sync::Arc<dyn Watcher>,
    ) -> Result<Self, Error> {
        let identity = store.read(|reading| reading.identity())?.ok_or(Error::NotEnrolled)?;
        Ok(Self {
            store,
            city,
            source,
            watcher,
            epoch: Epoch(identity.epoch.clone()),
            size: PageSize::first(),
            counted: Counted::default(),
        })
    }
}

impl<B: Backend, S: Source> Talk<'_, B, S> {
    /// Does blocking work with the notebook on a thread of its own, so that the next answer can be read meanwhile.
    ///
    /// The returned future may be dropped: the work then comes to its end by itself, in one transaction, as if the
    /// device had been cut from power just after it.
    pub(crate) fn at_the_notebook<T, W>(&self, work: W) -> impl Future<Output = Result<T, Error>> + use<T, W, B, S>
    where
        T: Send + 'static,
        W: FnOnce(&Store, &S, &dyn Watcher) -> Result<T, Error> + Send + 'static,
    {
        let (store, source) = (self.store.clone(), self.source.clone());
        let watcher = std::sync::Arc::clone(self.watcher);
        let running = tokio::task::spawn_blocking(move || work(&store, &source, &*watcher));
        async { running.await.map_err(Error::Thread)? }
    }

    pub(crate) fn count(&mut self, more: Counted) {
        self.counted += more;
        self.watcher.progress(&self.counted);
    }
}
