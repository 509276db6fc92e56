//! Commands that only look: list, search, show, status, verify.

use super::{
    answer::Answer,
    args::{List, Search},
    message::Message,
};
use crate::desk::{Error, Notebook, Wanted};
use chrono::DateTime;
use domain::{At, Envelope, Kind, Record, RecordId};
use serde::Serialize;
use serde_json::value::RawValue;
use store::Stored;

/// A record as `list`, `search` and `show` print it. The body stands there byte for byte.
#[derive(Serialize)]
struct Row {
    id: RecordId,
    envelope: Envelope,
    body: Option<Box<RawValue>>,
    pending: bool,
}

impl From<&Stored> for Row {
    fn from(stored: &Stored) -> Self {
        let Record { envelope, body, .. } = &stored.record;
        Self {
            id: envelope.id,
            envelope: envelope.clone(),
            body: body
                .as_ref()
                .and_then(|body| RawValue::from_string(body.as_str().to_owned()).ok()),
            pending: stored.pending,
        }
    }
}

pub(super) fn list(call: &List, notebook: &Notebook) -> Result<Answer, Error> {
    let wanted = Wanted {
        kind: call.kind.clone(),
        districts: notebook.districts(&call.district)?,
        from: call.from,
        to: call.to,
        limit: call.limit,
    };
    Ok(rows(&notebook.list(&wanted)?, call.limit))
}

pub(super) fn search(call: &Search, notebook: &Notebook) -> Result<Answer, Error> {
    let found = notebook.search(&call.query, call.kind.as_ref(), call.limit)?;
    Ok(rows(&found, call.limit))
}

pub(super) fn show(id: RecordId, notebook: &Notebook) -> Result<Answer, Error> {
    let stored = notebook.record(id)?;
    let row = Row::from(&stored);
    let text = [
        line(&stored),
        stored.record.body.map(|body| body.into_string()).unwrap_or_default(),
    ];
    Ok(Answer::new(row, move |_| text.to_vec()))
}

/// How things stand, as `status` prints it.
#[derive(Serialize)]
struct Standing {
    waiting: u64,
    oldest_waiting_at: Option<At>,
    refused: u64,
    in_two_versions: u64,
    untransferable: u64,
    attachments_waiting: u64,
    records: u64,
    last_sync_at: Option<At>,
}

pub(super) fn status(notebook: &Notebook) -> Result<Answer, Error> {
    let status = notebook.status()?;
    let standing = Standing {
        waiting: status.waiting,
        oldest_waiting_at: status.oldest_waiting_at,
        refused: status.refused,
        in_two_versions: status.in_two_versions,
        untransferable: status.untransferable,
        attachments_waiting: status.attachments_waiting,
        records: status.records,
        last_sync_at: status.last_sync_at,
    };
    Ok(Answer::saying(standing, Message::Status(status)))
}

pub(super) fn verify(notebook: &Notebook) -> Result<Answer, Error> {
    let verified = notebook.verify()?;
    let message = Message::compared(&verified);
    Ok(Answer::saying(verified, message))
}

fn rows(found: &[Stored], limit: usize) -> Answer {
    let documents: Vec<Row> = found.iter().map(Row::from).collect();
    let lines: Vec<String> = found.iter().map(line).collect();
    let is_cut = found.len() == limit;
    Answer::new(documents, move |language| {
        if lines.is_empty() {
            return vec![Message::NothingFound.say(language)];
        }
        let more = is_cut.then(|| Message::MoreThan(limit).say(language));
        lines.iter().cloned().chain(more).collect()
    })
}

/// One record on one line: id, local time, what it says first.
fn line(stored: &Stored) -> String {
    let envelope = &stored.record.envelope;
    let members = stored
        .record
        .body
        .as_ref()
        .and_then(|body| body.members().ok())
        .unwrap_or_default();
    let text = |name: &str| members.read::<String>(name);
    let when = text("occurred_at")
        .and_then(|at| DateTime::parse_from_rfc3339(&at).ok())
        .map_or_else(
            || envelope.kind.to_string(),
            |at| at.format("%d.%m.%Y %H:%M").to_string(),
        );
    let said = text("text")
        .or_else(|| text("title"))
        .or_else(|| text("name"))
        .unwrap_or_default();
    let mut first: String = said
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(80)
        .collect();
    if first.len() < said.len() {
        first.push('…');
    }
    let mark = if stored.pending { "*" } else { " " };
    let kind = if envelope.kind == Kind::Note {
        String::new()
    } else {
        format!("{} ", envelope.kind)
    };
    format!("{}{mark} {when}  {kind}{first}", envelope.id)
}
