//! What a change came to, and the way back: the last changes of this session can be taken back.

use super::{
    find::title_of,
    session::Session,
    shapes::{Cause, Trouble},
};
use crate::desk::{self, Deed, Step};
use domain::State;
use serde::Serialize;
use specta::Type;
use std::collections::VecDeque;

/// So many changes can be taken back.
const KEPT: usize = 50;

/// A change that is on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Written {
    /// The record.
    pub(super) id: String,
    /// Takes it back, until so many others followed; nothing where nothing changed.
    pub(super) step: Option<u32>,
    /// Fields that stand in two versions now, because somebody else changed them meanwhile.
    pub(super) two_versions: Vec<String>,
    /// It had been deleted meanwhile and lives again.
    pub(super) revived: bool,
    /// It lies in the trash.
    pub(super) trashed: bool,
}

/// What was taken back.
/// No Debug: the title holds words of people.
#[derive(Clone, PartialEq, Eq, Serialize, Type)]
pub(super) struct TakenBack {
    /// The record.
    pub(super) id: String,
    /// Its kind.
    pub(super) kind: String,
    /// What had been done to it.
    pub(super) deed: Done,
    /// It is there again, or still.
    pub(super) live: bool,
    /// What it is called, or its beginning; empty where it was several.
    pub(super) title: String,
    /// Takes the taking back back; nothing where nothing changed.
    pub(super) step: Option<u32>,
}

/// What had been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Done {
    Created,
    Changed,
    Trashed,
    Restored,
}

/// The changes of this session, the newest last. They go when the notebook is locked.
#[derive(Default)]
pub(super) struct Steps {
    next: u32,
    kept: VecDeque<(u32, Step)>,
}

impl Steps {
    fn keep(&mut self, step: Step) -> u32 {
        self.next += 1;
        self.kept.push_back((self.next, step));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.next
    }

    fn find(&self, number: Option<u32>) -> Option<(u32, Step)> {
        let asked = |(kept, _): &&(u32, Step)| number.is_none_or(|number| number == *kept);
        self.kept.iter().rev().find(asked).cloned()
    }

    fn forget(&mut self, number: u32) {
        self.kept.retain(|(kept, _)| *kept != number);
    }
}

impl Session {
    /// A change was written: it can be taken back, lists look again, and the transfer begins.
    pub(super) fn written(&self, written: desk::Written) -> Result<Written, Trouble> {
        let changed = written.step.is_some();
        let step = match written.step {
            Some(step) => Some(self.steps(|steps| steps.keep(step))?),
            None => None,
        };
        if changed {
            self.wrote()?;
        }
        Ok(Written {
            id: written.id.to_string(),
            step,
            two_versions: written.in_two_versions,
            revived: written.revived,
            trashed: written.state != State::Live,
        })
    }

    /// Takes a change back: this one, or the newest.
    pub(super) fn undo(&self, number: Option<u32>) -> Result<TakenBack, Trouble> {
        let (number, step) = self
            .steps(|steps| steps.find(number))?
            .ok_or(Trouble::of(Cause::NothingToUndo))?;
        let notebook = self.notebook()?;
        let back = notebook.take_back(&step)?;
        // A title names one record.
        let title = match step.records() {
            1 => title_of(&notebook.record(step.id())?),
            _ => String::new(),
        };
        let forth = self.steps(|steps| {
            steps.forget(number);
            back.step.map(|step| steps.keep(step))
        })?;
        self.wrote()?;
        Ok(TakenBack {
            title,
            step: forth,
            id: step.id().to_string(),
            kind: step.kind().to_string(),
            deed: match step.deed() {
                Deed::Created => Done::Created,
                Deed::Changed => Done::Changed,
                Deed::Trashed => Done::Trashed,
                Deed::Restored => Done::Restored,
            },
            live: back.state == State::Live,
        })
    }
}
