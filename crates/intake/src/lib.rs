//! Other people's files in, records out: the old Excel log of a team becomes conversation notes, address books become
//! contacts ([`card`]), and photos and files become attachments ([`attachment`]).
//!
//! [`read`] takes the bytes of a CSV or XLSX file and the lists of the city, and gives one [`Row`] for every row below
//! the header: a [`NoteDraft`], or why it was skipped. It touches no store, draws no id and knows no clock, so a
//! preview and the import itself are the same call.
//!
//! ```text
//! bytes -> Grid (text.rs, workbook.rs) -> Columns (columns.rs) -> Row (row.rs, cells.rs, values.rs, labels.rs)
//! ```

pub mod attachment;
pub mod card;
mod catalogue;
mod cells;
mod columns;
mod error;
mod grid;
mod key;
mod labels;
pub mod limits;
mod row;
mod sheet;
mod text;
mod values;
mod workbook;

pub use catalogue::{Catalogue, Code, DistrictName};
pub use columns::Column;
pub use error::Error;
pub use sheet::{Found, NoteDraft, Notice, Row, Sheet, Why, read};
