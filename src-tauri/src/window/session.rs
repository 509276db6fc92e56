//! The notebook as the window holds it: closed, then open.

use super::{language, shapes::{Stage, Standing}};
use std::path::PathBuf;

/// What the window holds while it is open.
pub(super) struct Session {
    folder: PathBuf,
    #[expect(dead_code, reason = "read once the desk opens notebooks")]
    passphrase_file: Option<PathBuf>,
}

impl Session {
    pub(super) fn new(folder: PathBuf, passphrase_file: Option<PathBuf>) -> Self {
        Self { folder, passphrase_file }
    }

    pub(super) fn standing(&self) -> Standing {
        let stage = if self.folder.join("notebook.db").exists() { Stage::Locked } else { Stage::Fresh };
        Standing { stage, language: language::chosen(&self.folder) }
    }

    pub(super) fn choose_language(&self, language: &str) {
        if let Err(error) = language::choose(&self.folder, language) {
            tracing::warn!(%error, "the chosen language could not be kept");
        }
    }
}
