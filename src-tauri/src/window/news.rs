//! News the program sends to the window without being asked.

use serde::Serialize;
use specta::Type;
use std::sync::{Arc, OnceLock};
use tauri::AppHandle;
use tauri_specta::Event;

/// Records changed, here or by another process; lists look again.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct Changed;

/// The transfer moved on.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct Moved;

/// The notebook was opened or closed.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct Stood;

/// The notebook shall be locked soon: what is being typed is kept first.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(super) struct LockAsked;

/// Whoever hears of it.
pub(super) trait News: Send + Sync {
    /// Records changed.
    fn changed(&self);
    /// The transfer moved on.
    fn moved(&self);
    /// The notebook was opened or closed.
    fn stood(&self);
    /// The notebook shall be locked soon.
    fn lock_asked(&self);
}

/// The window hears of it, once it is there.
#[derive(Clone, Default)]
pub(super) struct ToWindow(Arc<OnceLock<AppHandle>>);

impl ToWindow {
    /// From now on.
    pub(super) fn carry(&self, app: AppHandle) {
        // A second window does not come: the program is one instance per notebook.
        let _ = self.0.set(app);
    }

    fn tell(&self, event: &(impl Event + Serialize + Clone)) {
        if let Some(app) = self.0.get()
            && let Err(error) = event.emit(app)
        {
            tracing::debug!(%error, "a closing window hears no news");
        }
    }
}

impl News for ToWindow {
    fn changed(&self) {
        self.tell(&Changed);
    }

    fn moved(&self) {
        self.tell(&Moved);
    }

    fn stood(&self) {
        self.tell(&Stood);
    }

    fn lock_asked(&self) {
        self.tell(&LockAsked);
    }
}
