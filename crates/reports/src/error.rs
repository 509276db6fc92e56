//! Why a report could not be written.

/// The only surprises there are: a format's own limits.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A list has more rows than a worksheet can hold (1,048,576).
    #[error("the list {list} has {rows} rows, more than a worksheet holds")]
    TooManyRows {
        /// The list.
        list: &'static str,
        /// Its rows.
        rows: usize,
    },
    /// The workbook could not be put together.
    #[error("the workbook could not be written")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The text could not be written.
    #[error("the text could not be written")]
    Csv(#[from] csv::Error),
    /// The document could not be written.
    #[error("the document could not be written")]
    Json(#[from] serde_json::Error),
}
