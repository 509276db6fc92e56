//! Records in, bytes out: the month of a team as tables, the tables as XLSX, CSV and JSON, and cards as [`vcard`].
//!
//! [`Month::add`] counts records one by one and keeps none of them; [`Month::figures`] and [`Month::list`] say what was
//! counted; [`xlsx`], [`csv`] and [`json`] write it. No database, no clock: the same records give the same bytes.

mod adding;
mod axis;
mod basis;
mod by_kind;
mod by_topic;
mod catalogue;
pub mod csv;
mod error;
mod figures;
pub mod json;
mod language;
mod list;
mod month;
mod reading;
mod row_cells;
mod rows;
mod table;
mod tally;
mod text;
pub mod vcard;
mod words;
pub mod xlsx;

pub use catalogue::{Catalogue, Code, District};
pub use error::Error;
pub use language::Language;
pub use list::{List, ListKind};
pub use month::{Lists, Live, Month, Scope, Transfer};
pub use table::{Cell, Heading, Line, Table};
