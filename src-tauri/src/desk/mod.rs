//! What the notebook can do, without a window: the folder, its key, notes, import, export and sync.

mod folder;

pub use folder::Options;
