//! Giving back to a restored city what it lost, without seeing what it has: whoever leaves may only push.

use crate::{Error, Writing};
use domain::{At, State};

impl Writing<'_> {
    /// Ends a full pull of a new epoch that will not come. What was confirmed since the city kept what it had is offered to
    /// it, made on nothing: where it has the record all the same, it answers with it, and both are brought together.
    ///
    /// # Errors
    /// What the database says.
    pub fn offer_unseen(&mut self) -> Result<(), Error> {
        let kept_until = self.city_kept_until()?;
        let is_lost = |confirmed: At| kept_until.is_none_or(|until| confirmed >= until);
        let mut ids = Vec::new();
        self.envelopes(|envelope, _| {
            if !envelope.kind.is_catalogue() && envelope.state != State::Erased {
                ids.push(envelope.id);
            }
            Ok(())
        })?;
        for id in ids {
            let (Some(mine), base) = (self.record(id)?, self.base(id)?) else {
                continue;
            };
            match base {
                Some(base) if is_lost(base.changed_at) => {
                    self.drop_base(id)?;
                    self.set_version(id, 0)?;
                }
                None if !mine.pending && is_lost(mine.changed_at) && self.offers(&mine.record.envelope)? => {
                    self.set_version(id, 0)?;
                    self.offer(&mine)?;
                }
                _ => {}
            }
        }
        self.close_pass()
    }
}
