//! Work that takes long, beside everything else the window asks.

use super::shapes::{Cause, Trouble};

/// Gives work a thread of its own: other questions of the window are answered meanwhile.
pub(super) async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let worked = tauri::async_runtime::spawn_blocking(work).await;
    worked.unwrap_or(Err(Trouble::of(Cause::Other)))
}
