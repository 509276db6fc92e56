//! Contacts in and out: an address book looked at and taken in, and the cards that may leave as a file.

mod book;
mod export;
mod preview;
mod take;

pub use export::{ContactsExport, ExportedContacts};
pub use preview::{Alike, BookPreview, Known, Previewed};
pub use take::{ConsentGiven, TakeContacts, TakenContacts};
