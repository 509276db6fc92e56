//! The month as the window shows it, and the file somebody wants of it.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// Which months and districts there is something to say about.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportSpan {
    /// The month of the first conversation, `2026-08`.
    pub(in crate::window) first: Option<String>,
    /// The month of the last one, none in the future.
    pub(in crate::window) last: Option<String>,
    /// The month of today.
    pub(in crate::window) today: String,
    /// The person's own districts and those with a conversation, by name.
    pub(in crate::window) districts: Vec<ReportDistrict>,
}

/// A district that a report may be about.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportDistrict {
    /// Its id.
    pub(in crate::window) id: String,
    /// Its name.
    pub(in crate::window) name: String,
    /// It is one of the person's own.
    pub(in crate::window) own: bool,
}

/// What a report is to be about.
#[derive(Clone, Debug, Deserialize, Type)]
pub(in crate::window) struct ReportWish {
    /// The month, `2026-10`.
    pub(in crate::window) month: String,
    /// Only these districts; all where empty.
    pub(in crate::window) districts: Vec<String>,
    /// `de` or `en`: the language of titles and labels.
    pub(in crate::window) language: String,
}

/// A month's figures.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportMonth {
    /// The month they are of.
    pub(in crate::window) month: String,
    /// How many records were counted.
    pub(in crate::window) records: u32,
    /// Every table of the report, in its order.
    pub(in crate::window) tables: Vec<ReportTable>,
}

/// A table of figures.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportTable {
    /// Its stable name.
    pub(in crate::window) id: String,
    /// Its title.
    pub(in crate::window) title: String,
    /// What its rows are.
    pub(in crate::window) rows_are: String,
    /// Its columns.
    pub(in crate::window) columns: Vec<ReportHead>,
    /// Its rows.
    pub(in crate::window) rows: Vec<ReportLine>,
}

/// The head of a row or column.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportHead {
    /// Its stable name.
    pub(in crate::window) id: String,
    /// What people read.
    pub(in crate::window) title: String,
}

/// A row.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct ReportLine {
    /// Its head.
    pub(in crate::window) head: ReportHead,
    /// One cell for each column.
    pub(in crate::window) cells: Vec<ReportCell>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(in crate::window) enum ReportCell {
    /// Nothing to say.
    Nothing,
    /// Words.
    Words {
        /// What they say.
        words: String,
    },
    /// How many.
    Count {
        /// So many.
        count: u32,
    },
    /// Minutes, shown as hours.
    Hours {
        /// So many minutes.
        minutes: u32,
    },
    /// A local moment.
    Moment {
        /// `2026-10-05T09:30`.
        moment: String,
    },
    /// A part of a whole.
    Share {
        /// The part.
        of: u32,
        /// The whole.
        whole: u32,
    },
}

/// The file somebody wants.
#[derive(Clone, Debug, Deserialize, Type)]
pub(in crate::window) struct FileWish {
    /// What it is about.
    pub(in crate::window) report: ReportWish,
    /// Its format.
    pub(in crate::window) format: FileFormat,
    /// What it holds.
    pub(in crate::window) content: FileContent,
    /// With the texts that were written down.
    pub(in crate::window) with_texts: bool,
    /// The person names the place in the system's own dialog; otherwise it goes to the downloads.
    pub(in crate::window) ask_where: bool,
}

/// A file's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub(in crate::window) enum FileFormat {
    /// Excel.
    Xlsx,
    /// Text with semicolons.
    Csv,
    /// For programs.
    Json,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub(in crate::window) enum FileContent {
    /// The month's figures; a workbook has the lists besides.
    Figures,
    /// The list of conversations.
    Conversations,
    /// The list of requests.
    Requests,
    /// The list of activities.
    Activities,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize, Type)]
pub(in crate::window) struct FileWritten {
    /// Its name.
    pub(in crate::window) name: String,
    /// The folder it lies in.
    pub(in crate::window) folder: String,
    /// How many records stand in it, or its figures were counted from.
    pub(in crate::window) records: u32,
    /// It is a list: a row for each of them.
    pub(in crate::window) is_list: bool,
    /// It holds what was written down about people.
    pub(in crate::window) with_texts: bool,
}

/// How an export ended.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub(in crate::window) enum FileEnd {
    /// The file is there.
    Written {
        /// Which.
        file: FileWritten,
    },
    /// The person stopped it, or named no place; nothing was written.
    Stopped,
}

/// An export moved on.
#[derive(Clone, Debug, Serialize, Type, Event)]
pub(in crate::window) struct Exporting {
    /// Records read.
    pub(in crate::window) read: u32,
    /// Records that will be read.
    pub(in crate::window) of: u32,
}
