//! Photos and files: ciphertext in a folder beside the database, each under a random key that stands in its record.
//!
//! The file comes first and its row after it, so that a row never promises what is not there. Going is the other way round:
//! the row goes in the transaction that forgets, and the file after it, or at the next opening
//! (`docs/decisions/0010-attachments-beside-the-database.md`).

mod arriving;
mod folder;
mod look;
mod queue;
mod seal;
mod taking;

pub(crate) use folder::Folder;
pub(crate) use look::Look;

pub use arriving::Arrival;
pub use queue::{Attached, Background, Download, Upload};
pub use seal::{Contents, SEAL_BYTES};
pub use taking::Enclosed;
