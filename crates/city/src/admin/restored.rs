//! A database that came back from a backup or moved: it forgets again what was forgotten since, and begins a new life.

use super::{note, shapes::Restored};
use crate::{
    Error, LedgerOptions, Service, System, World,
    ledger::{Forgotten, Told, Writing},
    service::{Order, Ring, forget, new_epoch, restores},
};
use domain::{At, DeviceId, RecordId, State};
use std::{collections::BTreeSet, sync::Arc};
use wire::Restore;

/// Takes a restored or moved database into use. Nobody may serve it meanwhile.
///
/// What the forget log names is forgotten and revoked again, and the database gets a new epoch, by which devices learn to
/// offer what they have above it. All of it is one transaction.
///
/// # Errors
/// When there is no city, the forget log's chain is broken, or the ledger cannot be written.
pub fn restored(options: &LedgerOptions) -> Result<Restored, Error> {
    restored_in(options, Arc::new(System))
}

/// [`restored`] in a given world.
///
/// # Errors
/// As [`restored`].
pub fn restored_in(options: &LedgerOptions, world: Arc<dyn World>) -> Result<Restored, Error> {
    let service = Service::open_restored(options, world)?;
    let now = service.world().now();
    let before = service.ledger().read(|reading| reading.fact("epoch"))?;
    let told = service.forget_log().told(&before.ok_or(Error::Row("fact.epoch"))?)?;
    let epoch = new_epoch(service.world());
    let done = service.commit(|writing| {
        let mut restores = restores(writing)?;
        let mut kept_until = None;
        writing.each(&mut |_, head| {
            kept_until = kept_until.max(Some(head.changed_at));
            Ok(())
        })?;
        // First, so that everything that follows stands above what the backup holds.
        writing.resettle()?;
        let mut again = Again {
            service: &service,
            writing,
            now,
            done: Restored {
                epoch: epoch.clone(),
                erased: 0,
                redacted: 0,
                revoked: 0,
            },
        };
        for line in &told {
            again.forget(line)?;
        }
        let Again { writing, done, .. } = again;
        writing.set_fact("epoch", &epoch.0)?;
        restores.extend(kept_until.map(|kept_until| Restore {
            epoch: epoch.clone(),
            kept_until,
        }));
        let restores = serde_json::to_string(&restores).expect("ids and times write as JSON");
        writing.set_fact("restores", &restores)?;
        let detail = format!(
            "{} erased, {} redacted, {} revoked",
            done.erased, done.redacted, done.revoked
        );
        note(writing, now, "city.restored", None, Some(detail))?;
        Ok::<_, Error>((done, Ring::All))
    })?;
    service.note_place()?;
    service.destroy_all_dropped()?;
    service.ledger().scrub()?;
    Ok(done)
}

struct Again<'a> {
    service: &'a Service,
    writing: &'a mut dyn Writing,
    now: At,
    done: Restored,
}

impl Again<'_> {
    fn forget(&mut self, line: &Told) -> Result<(), Error> {
        match &line.forgotten {
            Forgotten::Records { records, fields: None } => self.erase(records),
            Forgotten::Records {
                records,
                fields: Some(fields),
            } => self.redact(line, records, fields),
            Forgotten::Device { id } => self.revoke(*id),
            Forgotten::Position => Ok(()),
        }
    }

    /// What was erased once is erased for ever, whichever life of the city did it.
    fn erase(&mut self, records: &[(RecordId, u64)]) -> Result<(), Error> {
        let ids: Vec<RecordId> = records.iter().map(|(id, _)| *id).collect();
        let standings = self.writing.standings(&ids)?;
        let (there, unknown): (Vec<RecordId>, Vec<RecordId>) = ids.iter().partition(|id| standings.contains_key(id));
        // The backup is from before they came to be; a device that still holds one shall not bring it back.
        self.writing.bar(&unknown, None)?;
        let again = there
            .into_iter()
            .filter(|id| standings[id].envelope.state != State::Erased)
            .collect();
        self.done.erased += self.order(again, None)?;
        Ok(())
    }

    fn redact(&mut self, line: &Told, records: &[(RecordId, u64)], fields: &BTreeSet<String>) -> Result<(), Error> {
        let ids: Vec<RecordId> = records.iter().map(|(id, _)| *id).collect();
        let standings = self.writing.standings(&ids)?;
        let unknown: Vec<RecordId> = ids.into_iter().filter(|id| !standings.contains_key(id)).collect();
        self.writing.bar(&unknown, Some(fields))?;
        let again = records.iter().filter(|(id, version)| {
            standings.get(id).is_some_and(|standing| {
                let envelope = &standing.envelope;
                // Versions of another life say nothing about this one's. A deleted record may be revived with what a
                // device still holds.
                envelope.state != State::Erased && (line.of_later_life || envelope.version < *version)
            })
        });
        let again = again.map(|(id, _)| *id).collect();
        self.done.redacted += self.order(again, Some(fields.clone()))?;
        Ok(())
    }

    fn order(&mut self, ids: Vec<RecordId>, fields: Option<BTreeSet<String>>) -> Result<usize, Error> {
        if ids.is_empty() {
            return Ok(0);
        }
        let order = Order::again(ids, fields);
        let (row, _) = forget(self.service, self.writing, &order, None, self.now)?;
        Ok(row.records.len())
    }

    fn revoke(&mut self, id: DeviceId) -> Result<(), Error> {
        let row = self.writing.devices()?.into_iter().find(|row| row.id == id);
        // A device that the backup does not know has no token here that could be accepted.
        if let Some(mut row) = row.filter(|row| row.revoked_at.is_none()) {
            row.revoked_at = Some(self.now);
            self.writing.put_device(&row)?;
            self.done.revoked += 1;
        }
        Ok(())
    }
}
