//! A consent is taken back.

use crate::{
    desk,
    window::{
        session::Session,
        shapes::{Cause, Trouble},
        written::Written,
    },
};
use domain::{At, PartId, RecordId, State, calendar, kinds, kinds::Standing};

/// Notes that a consent was taken back today. A resident's card that no consent holds any more may not be kept: it goes
/// to the trash in the same change, and comes back with it where that is undone.
pub(super) fn withdraw(session: &Session, card: RecordId, consent: PartId) -> Result<Written, Trouble> {
    let notebook = session.notebook()?;
    let base = notebook.record(card)?.record;
    let body = base.body.as_ref().ok_or(Trouble::of(Cause::Gone))?;
    let before = kinds::Contact::read(body).map_err(|_| Trouble::of(Cause::Newer))?;
    let mut after = before.clone();
    let today = calendar::day_at(At::from(chrono::Utc::now()));
    let found = after.consents.iter_mut().find(|each| each.id == consent);
    let found = found.ok_or(Trouble::of(Cause::Gone))?;
    found.withdrawn_on = Some(today.max(found.given_on));
    let mut mine = base.clone();
    mine.body = Some(desk::over(body, &before.to_body(), &after.to_body())?);
    if after.standing == Standing::Resident && !after.has_consent() {
        mine.envelope.state = State::Trashed;
    }
    session.written(notebook.change(&base, &mine, None)?)
}
