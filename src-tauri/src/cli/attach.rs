//! Photos and files on a record.

use super::{
    answer::Answer,
    args::{Attach, Attachments},
    message::Message,
};
use crate::desk::{self, Error, Notebook};
use domain::{PartId, RecordId, kinds::Attachment};
use serde::Serialize;
use std::path::PathBuf;
use store::Attached;

/// An attachment as `attach` and `attachments` print it; its key stands in the record alone.
#[derive(Serialize)]
struct Row {
    id: PartId,
    name: Option<String>,
    media_type: Option<String>,
    caption: Option<String>,
    here: bool,
    waiting: bool,
}

impl Row {
    fn of(attachment: &Attachment, standing: Attached) -> Self {
        Self {
            id: attachment.id,
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            caption: attachment.caption.clone(),
            here: standing.held,
            waiting: standing.to_send,
        }
    }

    fn line(&self) -> String {
        let mark = if self.waiting { "*" } else { " " };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let line = format!("{}{mark} {}  {}", self.id, text(&self.name), text(&self.caption));
        line.chars().filter(|c| !c.is_control()).collect()
    }
}

/// What was written.
#[derive(Serialize)]
struct Saved {
    out: PathBuf,
    bytes: usize,
}

pub(super) fn attach(call: &Attach, notebook: &Notebook) -> Result<Answer, Error> {
    // Whether the record is here is said before anything is taken in.
    notebook.record(call.id)?;
    let mut taken = notebook.take_in_file(&call.file)?;
    taken.attachment.caption.clone_from(&call.caption);
    notebook.attach(call.id, std::slice::from_ref(&taken.attachment))?;
    let row = Row::of(&taken.attachment, notebook.standing_of(&taken.attachment)?);
    let answer = Answer::saying(row, Message::Attached(taken.attachment.id));
    Ok(if taken.as_it_is {
        answer.with(Message::AsItIs)
    } else {
        answer
    })
}

pub(super) fn attachments(call: &Attachments, notebook: &Notebook) -> Result<Answer, Error> {
    match (call.save, &call.out) {
        (Some(part), Some(out)) => save(call.id, part, out.clone(), notebook),
        _ => list(call.id, notebook),
    }
}

fn list(id: RecordId, notebook: &Notebook) -> Result<Answer, Error> {
    let found = notebook.attachments(id)?;
    let rows: Vec<Row> = found.iter().map(|one| Row::of(&one.attachment, one.standing)).collect();
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    Ok(Answer::new(rows, move |language| {
        if lines.is_empty() {
            return vec![Message::NothingFound.say(language)];
        }
        lines.clone()
    }))
}

fn save(id: RecordId, part: PartId, out: PathBuf, notebook: &Notebook) -> Result<Answer, Error> {
    let found = notebook.attachments(id)?;
    let one = found.into_iter().find(|one| one.attachment.id == part);
    let file = notebook.fetch_attachment(id, &one.ok_or(Error::NoAttachment)?.attachment)?;
    desk::write_file(&out, &file.bytes)?;
    let bytes = file.bytes.len();
    let message = Message::SavedCopy(out.clone());
    Ok(Answer::saying(Saved { out, bytes }, message))
}
