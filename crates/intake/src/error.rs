//! Why a file as a whole cannot be imported.

use crate::Column;

/// Nothing of the file was taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Larger than [`crate::limits::MAX_FILE_BYTES`], or unpacks to more than [`crate::limits::MAX_UNPACKED_BYTES`].
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit that was passed.
        limit: u64,
    },
    /// More rows than [`crate::limits::MAX_ROWS`].
    #[error("the sheet has more than {limit} rows")]
    TooManyRows {
        /// The limit that was passed.
        limit: usize,
    },
    /// The text says by its first bytes which encoding it has, and does not keep to it.
    #[error("the text is not valid {encoding}")]
    Encoding {
        /// The encoding named by the byte order mark.
        encoding: &'static str,
    },
    /// An XLSX file that cannot be unpacked.
    #[error("the workbook cannot be unpacked")]
    Unpack(#[source] zip::result::ZipError),
    /// An XLSX file whose sheets cannot be read.
    #[error("the workbook cannot be read")]
    Workbook(#[source] calamine::XlsxError),
    /// Reading a part of the file failed.
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    /// No row of the first ones names the columns a log needs.
    #[error("columns are missing: {}", titles(columns))]
    MissingColumns {
        /// The missing ones, in the log's usual order.
        columns: Vec<Column>,
    },
    /// Two columns of the header mean the same, so that either could be meant.
    #[error("the column {} stands there twice", column.title())]
    DoubledColumn {
        /// The column.
        column: Column,
    },
    /// Neither vCards nor a table whose header names people.
    #[error("the file is no address book")]
    NotAnAddressBook,
    /// More cards than [`crate::limits::MAX_CARDS`].
    #[error("the file holds more than {limit} cards")]
    TooManyCards {
        /// The limit that was passed.
        limit: usize,
    },
}

fn titles(columns: &[Column]) -> String {
    columns
        .iter()
        .map(|column| column.title())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Error {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::Encoding { .. } => "encoding",
            Self::Unpack(_) | Self::Workbook(_) | Self::Read(_) => "unreadable",
            Self::MissingColumns { .. } => "missing_columns",
            Self::DoubledColumn { .. } => "doubled_column",
            Self::NotAnAddressBook => "not_an_address_book",
            Self::TooManyCards { .. } => "too_many_cards",
        }
    }
}
