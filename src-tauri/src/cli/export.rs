//! The month's export.

use super::{
    answer::Answer,
    args::{ExportMonth, Format, MonthList},
    language::Language,
    message::Message,
};
use crate::desk::{self, Error, MonthExport, Notebook};
use serde::Serialize;
use std::path::PathBuf;

/// What was written.
#[derive(Serialize)]
struct Written {
    out: PathBuf,
    records: u64,
    bytes: usize,
}

pub(super) fn month(call: &ExportMonth, notebook: &Notebook, language: Language) -> Result<Answer, Error> {
    let export = MonthExport {
        month: call.month.parse().map_err(|_| Error::NotAMonth)?,
        districts: notebook.districts(call.district.as_slice())?,
        format: match call.format {
            Format::Xlsx => desk::Format::Xlsx,
            Format::Csv => desk::Format::Csv,
            Format::Json => desk::Format::Json,
        },
        list: call.list.map(|list| match list {
            MonthList::Note => reports::ListKind::Conversations,
            MonthList::Activity => reports::ListKind::Activities,
            MonthList::Request => reports::ListKind::Requests,
        }),
        with_text: call.with_text,
        language: match language {
            Language::German => reports::Language::German,
            Language::English => reports::Language::English,
        },
    };
    let (bytes, records) = notebook.export_month(&export)?;
    desk::write_file(&call.out, &bytes)?;
    let written = Written {
        out: call.out.clone(),
        records,
        bytes: bytes.len(),
    };
    let message = Message::Written {
        path: call.out.clone(),
        count: records,
    };
    Ok(Answer::saying(written, message))
}
