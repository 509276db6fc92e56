//! Executing what was decided, in one transaction a page.

use crate::{
    Counted, Error, Source, Watcher,
    reconcile::{Plan, reconcile},
    translate::{Entry, Page},
};
use domain::{At, RecordId};
use store::{Applied, Confirmed, Met, Store, Writing};

/// Writes a page and its cursor. Blocks.
///
/// A record that the notebook cannot take does not stop its page: the page is then written entry by entry, such
/// entries are set aside where a person can see them, and the cursor comes last, so that it never runs ahead.
pub(crate) fn page(store: &Store, page: &Page, source: &impl Source, watcher: &dyn Watcher) -> Result<Counted, Error> {
    let whole = store.write_beside(|writing| {
        let mut counted = Counted::default();
        for arrived in &page.entries {
            counted += entry(writing, arrived, source)?;
        }
        writing.set_cursor(&page.cursor)?;
        Ok(counted)
    });
    match whole {
        Ok((counted, changes)) => {
            watcher.changed(&changes);
            Ok(counted)
        }
        Err(error) if concerns_a_record(&error) => one_by_one(store, page, source, watcher),
        Err(error) => Err(error.into()),
    }
}

fn one_by_one(store: &Store, page: &Page, source: &impl Source, watcher: &dyn Watcher) -> Result<Counted, Error> {
    let mut counted = Counted::default();
    for arrived in &page.entries {
        let alone = store.write_beside(|writing| entry(writing, arrived, source));
        let (one, changes) = match alone {
            Err(error) if concerns_a_record(&error) => {
                tracing::warn!(%error, "a record was set aside");
                store.write_beside(|writing| aside(writing, arrived.id(), source))?
            }
            other => other?,
        };
        watcher.changed(&changes);
        counted += one;
    }
    store.write_beside(|writing| writing.set_cursor(&page.cursor))?;
    Ok(counted)
}

fn entry(writing: &mut Writing<'_>, arrived: &Entry, source: &impl Source) -> Result<Counted, store::Error> {
    match arrived {
        Entry::Record(arrived) => {
            let applied = writing.put_arrived(arrived)?;
            meet(writing, applied, &arrived.confirmed, source)
        }
        Entry::Left(id) => {
            writing.leave(*id, source.now())?;
            Ok(Counted::default())
        }
        Entry::Unreadable(id) => aside(writing, *id, source),
    }
}

/// Brings one state of the city into the notebook. An edit that waits on the record meets it.
pub(crate) fn record(
    writing: &mut Writing<'_>,
    theirs: &Confirmed,
    source: &impl Source,
) -> Result<Counted, store::Error> {
    let applied = writing.put_confirmed(theirs)?;
    meet(writing, applied, theirs, source)
}

fn meet(
    writing: &mut Writing<'_>,
    applied: Applied,
    theirs: &Confirmed,
    source: &impl Source,
) -> Result<Counted, store::Error> {
    let mut counted = Counted::default();
    match applied {
        Applied::Same | Applied::Older => {}
        Applied::Inserted | Applied::Replaced | Applied::Erased | Applied::Offered => counted.pulled = 1,
        Applied::Pending => {
            let Some(pending) = writing.pending(theirs.record.envelope.id)? else {
                return Ok(counted);
            };
            let plan = reconcile(&pending, theirs, || source.mutation_id());
            counted += execute(writing, theirs, plan, source.now())?;
        }
    }
    Ok(counted)
}

fn execute(writing: &mut Writing<'_>, theirs: &Confirmed, plan: Plan, now: At) -> Result<Counted, store::Error> {
    let mut counted = Counted::default();
    match plan {
        Plan::Known => {}
        Plan::Settled { met } => {
            writing.settle(theirs, None)?;
            tell(writing, theirs, &met, now)?;
            counted.pulled = 1;
        }
        Plan::Wait { code } => {
            writing.hold(theirs.record.envelope.id, code)?;
            counted.refused = 1;
        }
        Plan::Push { record, stamp, met } => {
            writing.settle(theirs, Some((&record, stamp)))?;
            tell(writing, theirs, &met, now)?;
            (counted.pulled, counted.merged) = (1, 1);
        }
    }
    Ok(counted)
}

fn tell(writing: &mut Writing<'_>, theirs: &Confirmed, met: &[Met], now: At) -> Result<(), store::Error> {
    let envelope = &theirs.record.envelope;
    met.iter()
        .try_for_each(|met| writing.tell_met(*met, envelope.id, &envelope.kind, now))
}

fn aside(writing: &mut Writing<'_>, id: Option<RecordId>, source: &impl Source) -> Result<Counted, store::Error> {
    writing.tell_unreadable(id, source.now())?;
    Ok(Counted {
        set_aside: 1,
        ..Counted::default()
    })
}

/// Whether the notebook failed over one record, so that the others may still go in.
fn concerns_a_record(error: &store::Error) -> bool {
    use store::Error::{Database, Erased, Form, NoRecord, Unreadable};
    matches!(error, Form(_) | Unreadable(_) | NoRecord(_) | Erased(_) | Database(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Machine;
    use domain::{Body, PersonId, Record};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use store::{KeyCost, Passphrase};
    use tempfile::TempDir;
    use uuid::Uuid;

    fn notebook() -> (TempDir, Store) {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::create(dir.path(), &Passphrase::new("x"), KeyCost::for_tests()).expect("a notebook");
        (dir, store)
    }

    fn id(n: u128) -> RecordId {
        RecordId(Uuid::from_u128(n))
    }

    fn arrives(n: u128, body: &str) -> Entry {
        let envelope = format!(
            r#"{{"id":"{}","kind":"request","organisation":null,"districts":[],"whole_organisation":true,
            "owner":"018f0000-0000-7000-8000-000000000002","confidential":false,"readers":[],"blobs":[],
            "retention":null,"state":"live","version":1}}"#,
            id(n)
        );
        let confirmed = Confirmed {
            record: Record {
                envelope: serde_json::from_str(&envelope).expect("an envelope"),
                body: Some(Body::new(body.to_owned())),
                sealed: None,
            },
            changed_at: At::from_millis(1).expect("an instant"),
            changed_by: PersonId(Uuid::from_u128(1)),
        };
        Entry::Record(Box::new(confirmed.into()))
    }

    fn page_of(entries: Vec<Entry>) -> Page {
        Page {
            entries,
            cursor: "after".to_owned(),
            more: false,
            scope_changed: false,
        }
    }

    fn holds(store: &Store, n: u128) -> bool {
        store.read(|reading| reading.record(id(n))).expect("a read").is_some()
    }

    fn cursor(store: &Store) -> Option<String> {
        store.read(|reading| reading.cursor()).expect("a read")
    }

    /// Falls over when it is asked for the time.
    #[derive(Clone)]
    struct Falls;

    impl Source for Falls {
        fn now(&self) -> At {
            panic!("cut in the middle of a page, as the test wants it")
        }
        fn fill(&self, _bytes: &mut [u8]) {}
    }

    #[test]
    fn a_page_that_is_cut_in_its_middle_leaves_the_cursor_where_it_was() {
        let (_dir, store) = notebook();
        store.write(|writing| writing.set_cursor("before")).expect("a cursor");
        // What cannot be read is noted with the time.
        let page = page_of(vec![arrives(1, "{}"), Entry::Unreadable(None), arrives(2, "{}")]);
        let cut = catch_unwind(AssertUnwindSafe(|| super::page(&store, &page, &Falls, &())));
        assert!(cut.is_err(), "it came as far as the middle");
        assert_eq!(cursor(&store).as_deref(), Some("before"));
        assert!(!holds(&store, 1), "nor is half of a page there");

        super::page(&store, &page, &Machine, &()).expect("the page comes again");
        assert!(holds(&store, 1) && holds(&store, 2));
        assert_eq!(cursor(&store).as_deref(), Some("after"));
    }

    #[test]
    fn a_record_that_the_notebook_cannot_take_stops_nobody() {
        let (_dir, store) = notebook();
        // No client would have handed this on: SQLite itself refuses to look into it.
        let page = page_of(vec![arrives(1, "{}"), arrives(2, "{"), arrives(3, "{}")]);
        let counted = super::page(&store, &page, &Machine, &()).expect("the rest comes in");
        assert_eq!((counted.pulled, counted.set_aside), (2, 1));
        assert!(holds(&store, 1) && !holds(&store, 2) && holds(&store, 3));
        let notices = store.read(|reading| reading.notices()).expect("a read");
        let told: Vec<_> = notices
            .iter()
            .map(|notice| (notice.what.as_str(), notice.record))
            .collect();
        assert_eq!(told, [("unreadable", id(2))], "and the person is told");
        assert_eq!(cursor(&store).as_deref(), Some("after"));
    }
}
