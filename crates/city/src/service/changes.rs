//! The feed: what changed after a point, within today's scope, at a cost that follows the changes.

use super::{
    Stop,
    cursor::{Pass, Point, Stage},
    scope::{Scope, placed},
    who::{Who, epoch},
};
use crate::ledger::{Key, Past, Reading, Step, keys_of_person};
use domain::At;
use wire::{Changed, ChangesAnswer, ChangesQuery, DEFAULT_PAGE, Head, MAX_PAGE, ProblemCode, Token};

/// A page ends when it holds so many bytes of bodies, however few records they are.
const PAGE_BYTES: usize = 8 * 1024 * 1024;

/// Answers one page.
pub(super) fn changes(
    reading: &dyn Reading,
    token: Option<&Token>,
    query: &ChangesQuery,
    now: At,
) -> Result<ChangesAnswer, Stop> {
    let who = Who::staying(reading, token, now)?;
    let epoch = epoch(reading)?;
    let point = match &query.cursor {
        Some(cursor) => Point::read(cursor, &epoch)?,
        None => Point::beginning(epoch),
    };
    let scope = Scope::of(reading, &who.person, who.device.person, now)?;
    let limit = query.limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE) as usize;
    let mut page = Page {
        reading,
        scope: &scope,
        changes: Vec::new(),
        bytes: 0,
        limit,
    };
    let today = who.person.scope_version;
    let head = reading.seq()?;
    if point.seq > head || point.scope > today {
        return Err(ProblemCode::CursorExpired.into());
    }
    let known = point.pass.map_or(point.scope, |pass| pass.target);
    let scope_changed = known != 0 && known != today;
    let keys = keys_of_person(&scope.today);
    let (point, more) = if point.scope == today && point.pass.is_none() {
        let at = page.fill(&keys, point.seq, head, Shown::All)?;
        (Point { seq: at, ..point }, at < head)
    } else {
        page.pass(point, today, head, &keys)?
    };
    Ok(ChangesAnswer {
        changes: page.changes,
        cursor: point.write(),
        more,
        scope_changed,
    })
}

/// What of a stream is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Everything: new states, what was deleted or erased, what left.
    All,
    /// What there is: live and trashed records.
    Present,
}

struct Page<'a> {
    reading: &'a dyn Reading,
    scope: &'a Scope,
    changes: Vec<Changed>,
    bytes: usize,
    limit: usize,
}

impl Page<'_> {
    /// Goes on with the way to today's scope.
    fn pass(&mut self, mut point: Point, today: u64, head: u64, keys: &[Key]) -> Result<(Point, bool), Stop> {
        let before = self.scope.at_version(point.scope);
        if point.scope != 0 && before.is_none() {
            return Err(ProblemCode::CursorExpired.into());
        }
        let had = before.map_or_else(Vec::new, |past| keys_of_person(&past.rights));
        let (kept, rest): (Vec<Key>, Vec<Key>) = keys.iter().cloned().partition(|key| had.contains(key));
        // Another role may show more under the same keys, so everything is gone through again.
        let same = before.is_some_and(|past| same_role(past, self.scope));
        let gained = if same { rest } else { keys.to_vec() };
        let (catalogue, gained): (Vec<Key>, Vec<Key>) = gained.into_iter().partition(Key::is_catalogue);

        let fresh = Pass {
            target: today,
            through: head,
            stage: Stage::Kept,
            at: point.seq,
        };
        let mut pass = point
            .pass
            .filter(|pass| pass.target == today && pass.through <= head)
            .unwrap_or(fresh);
        loop {
            let (keys, shown) = match pass.stage {
                Stage::Kept => (&kept, Shown::All),
                Stage::Catalogue => (&catalogue, Shown::Present),
                Stage::Gained => (&gained, Shown::Present),
            };
            pass.at = self.fill(keys, pass.at, pass.through, shown)?;
            if pass.at < pass.through {
                point.pass = Some(pass);
                return Ok((point, true));
            }
            pass.stage = match pass.stage {
                Stage::Kept => Stage::Catalogue,
                Stage::Catalogue => Stage::Gained,
                Stage::Gained => {
                    let point = Point {
                        epoch: point.epoch,
                        scope: today,
                        seq: pass.through,
                        pass: None,
                    };
                    return Ok((point, pass.through < head));
                }
            };
            pass.at = 0;
        }
    }

    /// Takes what fits from some keys' streams; answers how far it came.
    fn fill(&mut self, keys: &[Key], after: u64, through: u64, shown: Shown) -> Result<u64, Stop> {
        let mut at = after;
        while at < through {
            if self.is_full() {
                return Ok(at);
            }
            let wanted = self.limit - self.changes.len();
            let steps = self.reading.steps(keys, at, through, wanted)?;
            if steps.is_empty() {
                return Ok(through);
            }
            for group in steps.chunk_by(|a, b| a.seq == b.seq) {
                if self.is_full() {
                    return Ok(at);
                }
                self.show(keys, group, shown)?;
                at = group[0].seq;
            }
            if steps.len() < wanted {
                return Ok(if self.is_full() { at } else { through });
            }
        }
        Ok(through)
    }

    fn is_full(&self) -> bool {
        self.changes.len() >= self.limit || self.bytes >= PAGE_BYTES
    }

    /// One record: its newest state, or that it left, or nothing.
    fn show(&mut self, keys: &[Key], group: &[Step], shown: Shown) -> Result<(), Stop> {
        let stands = group.iter().any(|step| step.left.is_none());
        if !stands && shown == Shown::Present {
            return Ok(());
        }
        let head = self.reading.head(group[0].n)?;
        let visible = self.scope.sees(&head.envelope);
        if stands && visible {
            if shown == Shown::All || head.envelope.state.has_body() {
                self.bytes += size(&head);
                self.changes.push(Changed::Record(Box::new(head)));
            }
        } else if !visible && shown == Shown::All && self.was_seen(keys, group, &head)? {
            self.changes.push(Changed::Left {
                id: head.envelope.id,
                left_scope: true,
            });
        }
        Ok(())
    }

    /// That a record left is told to whom it was visible, and to nobody else.
    fn was_seen(&self, keys: &[Key], group: &[Step], head: &Head) -> Result<bool, Stop> {
        for step in group {
            let Some(class) = step.left else { continue };
            let envelope = placed(&head.envelope, self.reading.class(class)?.placement);
            if self.scope.saw(&keys[step.key], step.since, step.seq, &envelope) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn same_role(past: &Past, scope: &Scope) -> bool {
    past.rights.role == scope.today.role && past.rights.organisation == scope.today.organisation
}

fn size(head: &Head) -> usize {
    let body = head.body.as_ref().map_or(0, |body| body.as_str().len());
    body + head.sealed.as_ref().map_or(0, |sealed| sealed.as_str().len())
}
