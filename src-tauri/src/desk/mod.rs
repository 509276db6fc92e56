//! What the notebook can do, without a window: the folder, its key, notes, import, export and sync.

mod attach;
mod backup;
mod catalogue;
mod city;
mod contacts;
mod draft;
mod edit;
mod enrol;
mod error;
mod export;
mod folder;
mod import;
mod lists;
mod lock;
mod lookup;
mod note;
mod notebook;
mod reading;
mod secret;
mod versions;
mod wipe;

pub use attach::{OnRecord, OpenedFile, TakenIn, with_attachments};
pub use city::{Wait, client};
pub use contacts::{
    Alike, BookPreview, ConsentGiven, ContactsExport, ExportedContacts, Known, Previewed, TakeContacts, TakenContacts,
};
pub use edit::{Deed, Step, Written, over};
pub use enrol::Enrolment;
pub use error::{Candidate, Error, Thing};
pub use export::{CountedMonth, CountedSoFar, Format, MonthExport, write_file};
pub use folder::Options;
pub use import::{Skipped, Taken};
pub use lists::Lists;
pub use lock::SyncLock;
pub use note::NewNote;
pub use notebook::{Notebook, new_id, stamp};
pub use reading::Wanted;
pub use secret::{Keychain, passphrase_from};
pub use store::{Draft, Status};
pub use sync::Counted;
pub use versions::{Choice, is_text, open_versions, standing};
