//! Whoever looks on while a round runs.

use crate::Counted;
use store::Changes;

/// Told of what a round wrote, on the thread that wrote it.
pub trait Watcher: Send + Sync {
    /// These records changed; a window refreshes them.
    fn changed(&self, changes: &Changes) {
        let _ = changes;
    }
    /// So much was done up to now.
    fn progress(&self, counted: &Counted) {
        let _ = counted;
    }
}

/// Nobody looks on.
impl Watcher for () {}
