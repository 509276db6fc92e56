//! How large a file may be. A log of ten years fits; a file made to fill the memory does not.

/// Bytes of the file as it lies on disk.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of a workbook once unpacked, counted while unpacking: what its directory claims is not believed.
pub const MAX_UNPACKED_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes of a sheet's cells in memory. A text that stands in a workbook once may stand in every cell by its number.
pub const MAX_SHEET_BYTES: usize = 256 * 1024 * 1024;
/// Rows of a sheet, header and empty ones included.
pub const MAX_ROWS: usize = 200_000;
/// Columns that are looked at.
pub const MAX_COLUMNS: usize = 256;
/// Cards of one address book: what one person can look through before they take it.
pub const MAX_CARDS: usize = 5_000;
/// Characters of one cell: Excel's own limit.
pub const MAX_CELL_CHARS: usize = 32_767;
/// The header is looked for in so many rows: logs begin with a title, a logo's caption, a blank line.
pub(crate) const HEADER_ROWS: usize = 20;
