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

/// A page ends when it holds so many bytes of bodies, however few records they are. Each side holds a page several
/// times over (rows, JSON, packed): larger ones cost memory and bring no speed.
const PAGE_BYTES: usize = 2 * 1024 * 1024;
/// So many records are asked for at once: few enough that a page that is full of bytes has read little in vain.
const AT_ONCE: usize = 128;

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
    let scope_changed = point.known() != 0 && point.known() != today;
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
#[derive(Clone, Copy)]
enum Shown<'a> {
    /// Everything: new states, what was deleted or erased, what left.
    All,
    /// Everything under keys that the device follows already; under others only what left, for it may hold a record
    /// that stood under several.
    Known(&'a [Key]),
    /// What there is: live and trashed records.
    Present,
}

impl Shown<'_> {
    /// What there is to tell of a record by the steps that it took at one place.
    fn of(self, keys: &[Key], group: &[Step]) -> Option<Told> {
        let stands = group.iter().filter(|step| step.left.is_none()).any(|step| match self {
            Self::Known(had) => had.contains(&keys[step.key]),
            Self::All | Self::Present => true,
        });
        let present_only = matches!(self, Self::Present);
        let left = !present_only && group.iter().any(|step| step.left.is_some());
        (stands || left).then_some(Told {
            stands,
            left,
            present_only,
        })
    }
}

/// What a device may be told of one record.
#[derive(Clone, Copy)]
struct Told {
    stands: bool,
    left: bool,
    present_only: bool,
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
        let mut pass = match point.pass.take() {
            Some(pass) if pass.target() == today && pass.through <= head => pass,
            before => Pass::towards(before.as_ref(), today, head, point.seq).ok_or(ProblemCode::CursorExpired)?,
        };
        if point.scope == 0 && pass.told.len() == 1 {
            // Nothing was given yet, so nothing can have left.
            pass.stage = pass.stage.max(Stage::Catalogue);
        }
        let had = self.had(point.scope, &pass.told)?;
        let gained: Vec<Key> = keys.iter().filter(|key| !had.contains(key)).cloned().collect();
        let (catalogue, gained): (Vec<Key>, Vec<Key>) = gained.into_iter().partition(Key::is_catalogue);
        loop {
            let (keys, shown) = match pass.stage {
                Stage::Kept => (keys, Shown::Known(&had)),
                Stage::Catalogue => (catalogue.as_slice(), Shown::Present),
                Stage::Gained if point.scope == 0 => (gained.as_slice(), Shown::Present),
                // The device may hold some of it, from when it stood under a key that is lost now: there it has to hear
                // of deletions and erasures as well.
                Stage::Gained => (gained.as_slice(), Shown::All),
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

    /// The keys under which the device holds everything up to its point: those of the scope it was given, less those it
    /// dropped on its way.
    fn had(&self, given: u64, told: &[u64]) -> Result<Vec<Key>, Stop> {
        if given == 0 {
            return Ok(Vec::new());
        }
        let expired = || Stop::from(ProblemCode::CursorExpired);
        let mut past = self.scope.at_version(given).ok_or_else(expired)?;
        let mut had = keys_of_person(&past.rights);
        for version in told {
            let next = self.scope.at_version(*version).ok_or_else(expired)?;
            // Another role may show more under the same keys, so everything is gone through again.
            if !same_role(past, next) {
                had.clear();
            }
            let keys = keys_of_person(&next.rights);
            had.retain(|key| keys.contains(key));
            past = next;
        }
        Ok(had)
    }

    /// Takes what fits from some keys' streams; answers how far it came.
    fn fill(&mut self, keys: &[Key], after: u64, through: u64, shown: Shown<'_>) -> Result<u64, Stop> {
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
            let groups: Vec<&[Step]> = steps.chunk_by(|a, b| a.seq == b.seq).collect();
            for some in groups.chunks(AT_ONCE) {
                if self.is_full() {
                    return Ok(at);
                }
                let concerned = some.iter().filter(|group| shown.of(keys, group).is_some());
                let mut heads = self
                    .reading
                    .heads(&concerned.map(|group| group[0].n).collect::<Vec<_>>())?;
                for group in some {
                    if self.is_full() {
                        return Ok(at);
                    }
                    if let Some(told) = shown.of(keys, group) {
                        let n = group[0].n;
                        // A record may leave one key and change under another in one page.
                        let head = heads.remove(&n).map_or_else(|| self.reading.head(n), Ok)?;
                        self.show(keys, group, told, head)?;
                    }
                    at = group[0].seq;
                }
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
    fn show(&mut self, keys: &[Key], group: &[Step], told: Told, head: Head) -> Result<(), Stop> {
        let visible = self.scope.sees(&head.envelope);
        if told.stands && visible {
            if !told.present_only || head.envelope.state.has_body() {
                self.bytes += size(&head);
                self.changes.push(Changed::Record(Box::new(head)));
            }
        } else if !visible && told.left && self.was_seen(keys, group, &head)? {
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

fn same_role(before: &Past, after: &Past) -> bool {
    before.rights.role == after.rights.role && before.rights.organisation == after.rights.organisation
}

fn size(head: &Head) -> usize {
    let body = head.body.as_ref().map_or(0, |body| body.as_str().len());
    body + head.sealed.as_ref().map_or(0, |sealed| sealed.as_str().len())
}
