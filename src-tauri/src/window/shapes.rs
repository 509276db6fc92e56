//! What the window is shown, in the shapes it shows.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How far the notebook is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stage {
    /// No notebook lies here yet.
    Fresh,
    /// It lies here and wants its passphrase.
    Locked,
    /// It is open.
    Open,
}

/// How things stand when the window opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(super) struct Standing {
    /// How far it is open.
    pub(super) stage: Stage,
    /// `de` or `en`; absent follows the system.
    pub(super) language: Option<String>,
}
