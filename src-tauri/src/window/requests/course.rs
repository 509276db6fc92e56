//! The course of a request: what was done, where it stands, and what the resident was told.

use super::{shapes::Feedback, today, trouble, understood};
use crate::{
    desk::{self, Notebook},
    window::{
        forms,
        session::Session,
        shapes::{Cause, Trouble},
        written::Written,
    },
};
use domain::{
    Kind, PartId, Record, RecordId,
    kinds::{self, FeedbackKind, RequestStatus, StepKind},
};
use store::{Filter, Page};
use uuid::Uuid;

/// Something that was done on the way.
pub(super) struct StepTaken {
    /// `forwarded`, `reminded`, `answered`, `told`.
    pub(super) step: String,
    /// The day.
    pub(super) on: String,
    /// To whom, or by whom.
    pub(super) whom: String,
    /// What was said.
    pub(super) text: String,
}

/// Another status.
pub(super) struct StatusChange {
    /// Where it goes.
    pub(super) status: String,
    /// Why.
    pub(super) reason: String,
    /// What came of it.
    pub(super) result: String,
    /// The number of the request it doubles.
    pub(super) duplicate_of: String,
}

/// Notes a step; what was typed for it, the `draft`, goes with it. Who forwards a request moves it to forwarded as well, where that is a way to go.
pub(super) fn step(session: &Session, id: RecordId, draft: &str, taken: &StepTaken) -> Result<Written, Trouble> {
    let kind = StepKind::from(taken.step.as_str());
    let on = forms::day("on", &taken.on)?.ok_or(Trouble::wrong("on"))?;
    let whom = forms::text(None, &taken.whom);
    if kind == StepKind::Forwarded && whom.is_none() {
        return Err(Trouble::wrong("whom"));
    }
    change(session, id, draft, |_, request| {
        if on < request.received_on {
            return Err(Trouble::malformed("on"));
        }
        if kind == StepKind::Forwarded && request.status.next().contains(&RequestStatus::Forwarded) {
            reopen(request);
            request.status = RequestStatus::Forwarded;
            request.status_reason = None;
        }
        request.steps.push(kinds::Step {
            id: PartId(Uuid::now_v7()),
            step: kind.clone(),
            on,
            whom: whom.clone(),
            text: forms::text(None, &taken.text),
            ..kinds::Step::default()
        });
        Ok(())
    })
}

/// Moves a request on, where that is a way to go.
pub(super) fn status(session: &Session, id: RecordId, draft: &str, wish: &StatusChange) -> Result<Written, Trouble> {
    let to = RequestStatus::from(wish.status.as_str());
    let reason = forms::text(None, &wish.reason);
    change(session, id, draft, |notebook, request| {
        if !RequestStatus::KNOWN.contains(&to) || !request.status.may_become(&to) {
            return Err(Trouble::malformed("status"));
        }
        let reopens = request.status.is_final() && !to.is_final();
        if reason.is_none() && (reopens || needs_reason(&to)) {
            return Err(Trouble::wrong("status_reason"));
        }
        reopen(request);
        request.status = to.clone();
        request.status_reason.clone_from(&reason);
        request.duplicate_of = match to {
            RequestStatus::Duplicate => Some(numbered(notebook, id, &wish.duplicate_of)?),
            _ => None,
        };
        if let Some(result) = forms::text(None, &wish.result) {
            request.result = Some(result);
        }
        close(request);
        Ok(())
    })
}

/// Notes what became of the feedback; with a result it closes the request.
pub(super) fn feedback(
    session: &Session,
    id: RecordId,
    draft: &str,
    said: &Feedback,
    text: &str,
) -> Result<Written, Trouble> {
    let kind = FeedbackKind::from(said.kind.as_str());
    let was_told = matches!(kind, FeedbackKind::Given | FeedbackKind::PublicNotice);
    let on = forms::day("on", said.on.as_deref().unwrap_or_default())?;
    if was_told && on.is_none() {
        return Err(Trouble::wrong("on"));
    }
    let reason = forms::text(None, said.reason.as_deref().unwrap_or_default());
    if kind == FeedbackKind::NotPossible && reason.is_none() {
        return Err(Trouble::wrong("reason"));
    }
    change(session, id, draft, |_, request| {
        if on.is_some_and(|on| on < request.received_on || on > today()) {
            return Err(Trouble::malformed("on"));
        }
        request.feedback = Some(kinds::Feedback {
            kind: kind.clone(),
            on,
            way: forms::text(None, said.way.as_deref().unwrap_or_default()),
            reason: reason.clone(),
            ..kinds::Feedback::default()
        });
        if let (true, Some(on)) = (was_told, on) {
            request.steps.push(kinds::Step {
                id: PartId(Uuid::now_v7()),
                step: StepKind::Told,
                on,
                text: forms::text(None, text),
                ..kinds::Step::default()
            });
        }
        close(request);
        Ok(())
    })
}

fn needs_reason(status: &RequestStatus) -> bool {
    matches!(
        status,
        RequestStatus::NotFeasible | RequestStatus::NotResponsible | RequestStatus::Withdrawn
    )
}

/// What was true of its end is no longer: who was told is told anew. The steps remember.
fn reopen(request: &mut kinds::Request) {
    if request.status.is_final() {
        request.feedback = None;
        request.closed_on = None;
        request.duplicate_of = None;
    }
}

/// Closed on the day when both the end and the feedback are there.
fn close(request: &mut kinds::Request) {
    request.closed_on = if request.is_closed() {
        request.closed_on.or(Some(today().max(request.received_on)))
    } else {
        None
    };
}

/// One change of a request as it stands.
fn change(
    session: &Session,
    id: RecordId,
    draft: &str,
    edit: impl FnOnce(&Notebook, &mut kinds::Request) -> Result<(), Trouble>,
) -> Result<Written, Trouble> {
    let notebook = session.notebook()?;
    let base: Record = notebook.record(id)?.record;
    let gone = || Trouble::of(Cause::Gone);
    let body = base.body.as_ref().ok_or_else(gone)?;
    let before = kinds::Request::read(body).map_err(|_| Trouble::of(Cause::Newer))?;
    let mut after = before.clone();
    edit(&notebook, &mut after)?;
    let mut mine = base.clone();
    mine.body = Some(desk::over(body, &before.to_body(), &after.to_body())?);
    session.written(notebook.change(&base, &mine, Some(draft))?)
}

/// The other request of this number.
fn numbered(notebook: &Notebook, not: RecordId, number: &str) -> Result<RecordId, Trouble> {
    let wanted = number.trim().to_uppercase();
    if wanted.is_empty() {
        return Err(Trouble::wrong("duplicate_of"));
    }
    let mut after = None;
    loop {
        let page = Page { after, limit: 1_000 };
        let filter = Filter::of(Kind::Request);
        let found = notebook
            .store()
            .read(|reading| reading.list(&filter, page))
            .map_err(trouble)?;
        let same = found.iter().find(|stored| {
            let request = understood(stored);
            request
                .and_then(|request| request.number)
                .is_some_and(|number| number.to_uppercase() == wanted)
        });
        if let Some(id) = same.map(|stored| stored.record.envelope.id).filter(|id| *id != not) {
            return Ok(id);
        }
        match found.last() {
            Some(last) if found.len() == 1_000 => after = Some(last.key),
            _ => return Err(Trouble::malformed("duplicate_of")),
        }
    }
}
