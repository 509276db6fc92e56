//! The line before the ledger: who writes beside others stands here, and whoever's turn it is goes in for several.
//!
//! A transaction costs a sync of the disk, and each hand-over from one thread to the next a turn of a busy machine's
//! processor. Each of those who go in together has an outcome of its own; one commit keeps them all.

use super::{Ring, Service, Stop, told};
use crate::{
    Error,
    ledger::{Work, Writing},
};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};
use tokio::sync::oneshot;
use wire::{Failure, ProblemCode};

/// Those who wait, in the order in which they came.
#[derive(Default)]
pub(super) struct Line(Mutex<VecDeque<Errand>>);

/// What somebody wants written, and about how many changes that is.
pub(super) struct Errand {
    weight: usize,
    task: Box<dyn Task>,
}

impl Line {
    /// Stands at the end of the line. The answer comes once the work is kept, or not.
    pub(super) fn join<T: Send + 'static>(
        &self,
        weight: usize,
        work: impl FnMut(&Service, &mut dyn Writing) -> Result<(T, Ring), Stop> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, Failure>> {
        let (asker, answer) = oneshot::channel();
        let task = Box::new(Asked {
            work,
            done: None,
            asker,
        });
        self.errands().push_back(Errand { weight, task });
        answer
    }

    /// The first in the line and those behind, of about so many changes. Nobody runs for those who went away: a call that
    /// is cut may be done or not, and is repeated.
    pub(super) fn first(&self, weight: usize) -> Vec<Errand> {
        let mut errands = self.errands();
        let (mut together, mut sum) = (Vec::new(), 0);
        while let Some(next) = errands.front() {
            sum += next.weight;
            if !together.is_empty() && sum > weight {
                break;
            }
            together.extend(errands.pop_front().filter(|errand| errand.task.is_awaited()));
        }
        together
    }

    fn errands(&self) -> std::sync::MutexGuard<'_, VecDeque<Errand>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs these and answers each. Blocks.
pub(super) fn run(service: &Service, mut errands: Vec<Errand>) {
    let kept = {
        let mut works: Vec<_> = errands
            .iter_mut()
            .map(|errand| |writing: &mut dyn Writing| errand.task.run(service, writing))
            .collect();
        let mut works: Vec<Work<'_>> = works.iter_mut().map(|work| work as Work<'_>).collect();
        service.ledger().writing_together(&mut works)
    };
    for (errand, kept) in errands.into_iter().zip(kept) {
        errand.task.answer(kept);
    }
}

trait Task: Send {
    fn is_awaited(&self) -> bool;
    /// Does the work, from the beginning each time. Says whether it is to be kept.
    fn run(&mut self, service: &Service, writing: &mut dyn Writing) -> Result<bool, Error>;
    fn answer(self: Box<Self>, kept: Result<(), Error>);
}

struct Asked<T, W> {
    work: W,
    done: Option<Result<T, Stop>>,
    asker: oneshot::Sender<Result<T, Failure>>,
}

impl<T: Send, W: FnMut(&Service, &mut dyn Writing) -> Result<(T, Ring), Stop> + Send> Task for Asked<T, W> {
    fn is_awaited(&self) -> bool {
        !self.asker.is_closed()
    }

    fn run(&mut self, service: &Service, writing: &mut dyn Writing) -> Result<bool, Error> {
        let work = &mut self.work;
        // Where one falls over, those who went in with it are not to fall.
        let done = catch_unwind(AssertUnwindSafe(|| told(writing, |writing| work(service, writing))));
        match done.unwrap_or_else(|_| Err(Error::Fell.into())) {
            Err(Stop::Error(error)) => Err(error),
            done => {
                let keep = done.is_ok();
                self.done = Some(done);
                Ok(keep)
            }
        }
    }

    fn answer(self: Box<Self>, kept: Result<(), Error>) {
        let Self { done, asker, .. } = *self;
        let done = kept.map_err(Stop::Error).and_then(|()| match done {
            Some(done) => done,
            None => Err(ProblemCode::Unavailable.into()),
        });
        // Whoever went away meanwhile asks again.
        let _ = asker.send(done.map_err(Stop::into_failure));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LedgerOptions, admin};
    use tempfile::TempDir;

    fn city() -> (TempDir, Service) {
        let folder = tempfile::tempdir().unwrap();
        let options = LedgerOptions::folder(folder.path());
        admin::init(&options, "Musterstadt", None).unwrap();
        let service = Service::open(&options).unwrap();
        (folder, service)
    }

    type Done = Result<((), Ring), Stop>;

    /// Notes a fact, and ends as given.
    fn noting(name: &'static str, end: fn() -> Done) -> impl FnMut(&Service, &mut dyn Writing) -> Done {
        move |_, writing| {
            writing.set_fact(name, "noted")?;
            end()
        }
    }

    fn noted(service: &Service, name: &str) -> bool {
        let fact = service.ledger().read(|reading| reading.fact(name));
        fact.unwrap().is_some()
    }

    fn well() -> Done {
        Ok(((), Ring::Nobody))
    }

    #[test]
    fn those_who_go_in_together_have_an_outcome_each() {
        let (_folder, service) = city();
        let line = &service.inner.line;
        let mut first = line.join(1, noting("first", well));
        let mut stopped = line.join(1, noting("stopped", || Err(ProblemCode::Forbidden.into())));
        let mut last = line.join(1, noting("last", well));
        let errands = line.first(3);
        assert_eq!(errands.len(), 3, "they go in together");
        run(&service, errands);
        assert!(first.try_recv().unwrap().is_ok() && last.try_recv().unwrap().is_ok());
        assert_eq!(
            stopped.try_recv().unwrap().unwrap_err().code(),
            Some(ProblemCode::Forbidden)
        );
        assert_eq!(
            ["first", "stopped", "last"].map(|name| noted(&service, name)),
            [true, false, true]
        );
    }

    #[test]
    fn one_that_fails_or_falls_takes_no_other_with_it() {
        let (_folder, service) = city();
        let line = &service.inner.line;
        let mut first = line.join(1, noting("first", well));
        let mut failed = line.join(1, noting("failed", || Err(Error::Busy.into())));
        let mut fell = line.join(1, noting("fell", || panic!("as nobody thought of")));
        let mut last = line.join(1, noting("last", well));
        run(&service, line.first(4));
        assert!(first.try_recv().unwrap().is_ok() && last.try_recv().unwrap().is_ok());
        for answer in [&mut failed, &mut fell] {
            let failure = answer.try_recv().unwrap().unwrap_err();
            assert_eq!(failure.code(), Some(ProblemCode::Unavailable));
        }
        let names = ["first", "failed", "fell", "last"];
        assert_eq!(names.map(|name| noted(&service, name)), [true, false, false, true]);
    }

    #[test]
    fn a_transaction_ends_by_its_changes_and_the_rest_keeps_its_place() {
        let line = Line::default();
        let _answers = [600, 300, 200, 5_000].map(|weight| line.join(weight, noting("any", well)));
        let sizes = [(); 4].map(|()| line.first(1_000).len());
        assert_eq!(sizes, [2, 1, 1, 0], "900, 200, and a large one by itself");
    }

    #[test]
    fn nobody_runs_for_who_went_away() {
        let line = Line::default();
        drop(line.join(1, noting("gone", well)));
        let _here = line.join(1, noting("here", well));
        assert_eq!(line.first(1_000).len(), 1);
    }
}
