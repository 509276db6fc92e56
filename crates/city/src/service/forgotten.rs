//! What was forgotten of records that somebody holds words of and may see no more: no feed tells them.

use super::{Stop, scope::Scope, who::Who};
use crate::ledger::{Barred, Reading};
use domain::{At, Redaction, State};
use wire::{Forgotten, ForgottenAnswer, ForgottenQuery, MAX_PUSH_CHANGES, ProblemCode, Token};

/// The version of a forgetting in an earlier life of the city: older than every one that a device knows of.
const OF_AN_EARLIER_LIFE: u64 = 1;

/// Answers whoever knew of a record. Who leaves asks as well: what was forgotten shall not wait for the wipe.
pub(super) fn forgotten(
    reading: &dyn Reading,
    token: Option<&Token>,
    query: &ForgottenQuery,
    now: At,
) -> Result<ForgottenAnswer, Stop> {
    let who = Who::of(reading, token, now)?;
    if query.ids.len() > MAX_PUSH_CHANGES {
        return Err(ProblemCode::Invalid.into());
    }
    let scope = Scope::of(reading, &who.person, who.device.person, now)?;
    let standings = reading.standings(&query.ids)?;
    let barred = reading.barred(&query.ids)?;
    let mut answer = ForgottenAnswer::default();
    for id in &query.ids {
        let mut forgotten = Forgotten {
            id: *id,
            erased: false,
            redacted: Default::default(),
        };
        match (standings.get(id), barred.get(id)) {
            // Nothing here says who knew of it; a push of it is answered the same way.
            (_, Some(Barred::Whole)) => forgotten.erased = true,
            (None, Some(Barred::Fields(fields))) => {
                forgotten.redacted.extend(fields.iter().map(|field| Redaction {
                    field: field.clone(),
                    version: OF_AN_EARLIER_LIFE,
                }));
            }
            (Some(standing), _) if scope.sees(&standing.envelope) || scope.knows(reading, standing)? => {
                forgotten.erased = standing.envelope.state == State::Erased;
                forgotten.redacted.clone_from(&standing.envelope.redacted);
            }
            _ => {}
        }
        if forgotten.erased || !forgotten.redacted.is_empty() {
            answer.forgotten.push(forgotten);
        }
    }
    Ok(answer)
}
