//! What opens the notebook and what closes it: passphrase, keychain, and the time after which it closes by itself.

#![expect(clippy::needless_pass_by_value, reason = "a command's arguments arrive owned")]

use super::{
    preferences,
    session::Session,
    shapes::{Cause, Place, Trouble},
    sleep,
    strength::{Strength, judged},
};
use crate::desk::Keychain;
use serde::Serialize;
use specta::Type;
use store::{KeyCost, Passphrase, Store};
use tauri::State;

/// How the notebook is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Locking {
    /// After so many minutes without a key it locks by itself; 0: never.
    pub(super) idle_minutes: u32,
    /// Whether the system's keychain keeps the key; absent where there is no keychain.
    pub(super) remembered: Option<bool>,
    /// Whether this system says that it goes to sleep, so that the notebook can lock before.
    pub(super) on_sleep: bool,
}

/// How the notebook is locked.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn locking(session: State<'_, Session>) -> Locking {
    Locking {
        idle_minutes: preferences::idle_minutes(session.folder()),
        remembered: Keychain::of(session.folder()).holds(),
        on_sleep: sleep::is_heard(),
    }
}

/// Closes the notebook: its transfer stops, and nothing of it can be read until it is unlocked.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn lock(session: State<'_, Session>) {
    session.lock();
}

/// After so many minutes without a key the notebook locks by itself; 0: never.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn lock_after(session: State<'_, Session>, minutes: u32) -> Result<(), Trouble> {
    preferences::set_idle_minutes(session.folder(), minutes).map_err(|_| Trouble::of(Cause::Folder))
}

/// Whether there is a keychain that could remember the notebook's key.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn has_keychain(session: State<'_, Session>) -> bool {
    Keychain::of(session.folder()).holds().is_some()
}

/// Has the system's keychain remember the notebook's key, or forget it.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn remember(session: State<'_, Session>, remembered: bool) -> Result<(), Trouble> {
    let keychain = Keychain::of(session.folder());
    if !remembered {
        keychain.forget();
        return Ok(());
    }
    if keychain.keep(&session.notebook()?.store().database_key()) {
        Ok(())
    } else {
        Err(Trouble::of(Cause::Keychain))
    }
}

/// Gives the notebook another passphrase; whoever does it knows the old one.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn change_passphrase(session: State<'_, Session>, known: String, wished: String) -> Result<(), Trouble> {
    let notebook = session.notebook()?;
    let known = Passphrase::new(known);
    Store::check_passphrase(session.folder(), &known).map_err(crate::desk::Error::from)?;
    if judged(&wished, &[]).strength == Strength::Weak {
        return Err(Trouble::at(Cause::Weak, Place::NewPassphrase));
    }
    notebook
        .store()
        .change_passphrase(&Passphrase::new(wished), KeyCost::default())
        .map_err(|error| crate::desk::Error::from(error).into())
}
