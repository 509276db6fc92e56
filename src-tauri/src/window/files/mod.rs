//! Photos and files on records. The web view names no path: files are chosen in the system's own dialog, or come as bytes.

pub(super) mod commands;
mod form;
pub(super) mod place;
mod shapes;
mod taking;

pub(super) use form::{onto, shown};
pub(super) use shapes::FileForm;
