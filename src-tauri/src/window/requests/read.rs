//! One request to read.

use super::{
    acts,
    list::row,
    shapes::{Feedback, Request, RequestStep, Waiting},
    today, trouble, understood,
};
use crate::{
    desk::Notebook,
    window::{linked, shapes::Trouble, trash},
};
use domain::{Action, Kind, RecordId, State, kinds};
use store::Reading;

/// A request; nothing where it is no longer here.
pub(in crate::window) fn one(notebook: &Notebook, id: RecordId) -> Result<Option<Request>, Trouble> {
    let identity = notebook.identity()?;
    let drafts = notebook.drafts(&Kind::Request)?;
    let found = notebook.store().read(|reading| {
        let stored = reading.record(id)?;
        let Some(stored) = stored.filter(|stored| matches!(stored.record.envelope.state, State::Live | State::Trashed))
        else {
            return Ok(None);
        };
        let Some(request) = understood(&stored) else {
            return Ok(None);
        };
        let mut belongs = request.links.clone();
        for other in reading.naming(id, linked::MOST)? {
            if !belongs.contains(&other) {
                belongs.push(other);
            }
        }
        let double = linked::named(reading, request.duplicate_of.as_slice())?;
        Ok(Some(Request {
            row: row(&stored, &request, today()),
            duplicate_of: double.into_iter().next(),
            contact: waiting(reading, request.contact)?,
            links: linked::named(reading, &belongs)?,
            trashed: trash::in_trash(reading, &identity, &stored)?,
            begun: acts::open_acts(&drafts, id),
            next: next(&request.status),
            may_change: stored.record.envelope.state == State::Live
                && domain::may(&identity.person(), Action::Change, &stored.record.envelope),
            changed_at: stored.changed_at.to_string(),
            steps: steps(&request),
            feedback: request.feedback.as_ref().map(feedback),
            description: request.description,
            received_way: request.received_way,
            field: request.field,
            result: request.result,
            status_reason: request.status_reason,
            closed_on: request.closed_on.map(|day| day.to_string()),
        }))
    });
    found.map_err(trouble)
}

/// Words of a newer version stay where they are.
fn next(status: &kinds::RequestStatus) -> Vec<String> {
    if matches!(status, kinds::RequestStatus::Other(_)) {
        return Vec::new();
    }
    status.next().iter().map(|next| next.as_str().to_owned()).collect()
}

fn steps(request: &kinds::Request) -> Vec<RequestStep> {
    let mut steps: Vec<&kinds::Step> = request.steps.iter().collect();
    steps.sort_by(|a, b| (a.on, &a.position, a.id).cmp(&(b.on, &b.position, b.id)));
    steps
        .into_iter()
        .map(|step| RequestStep {
            id: step.id.to_string(),
            step: step.step.as_str().to_owned(),
            on: step.on.to_string(),
            whom: step.whom.clone(),
            text: step.text.clone(),
        })
        .collect()
}

fn feedback(feedback: &kinds::Feedback) -> Feedback {
    Feedback {
        kind: feedback.kind.as_str().to_owned(),
        on: feedback.on.map(|day| day.to_string()),
        way: feedback.way.clone(),
        reason: feedback.reason.clone(),
    }
}

fn waiting(reading: &Reading<'_>, contact: Option<RecordId>) -> Result<Option<Waiting>, store::Error> {
    let Some(id) = contact else { return Ok(None) };
    let stored = reading.record(id)?;
    let card = stored
        .filter(|stored| stored.record.envelope.state == State::Live)
        .and_then(|stored| kinds::Contact::read(stored.record.body.as_ref()?).ok());
    Ok(Some(match card {
        Some(card) => Waiting {
            id: id.to_string(),
            consents: card.has_consent(),
            professional: card.standing == kinds::Standing::Professional,
            name: Some(card.name),
            phones: card.phones,
            emails: card.emails,
            preferred_way: card.preferred_way,
        },
        None => Waiting {
            id: id.to_string(),
            name: None,
            phones: Vec::new(),
            emails: Vec::new(),
            preferred_way: None,
            consents: false,
            professional: false,
        },
    }))
}
