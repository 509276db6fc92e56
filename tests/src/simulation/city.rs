//! The one real city of a history: its service, its files, and what truly stands in them.

use super::{Problem, clock::Machine, place::Place};
use ::city::Service;
use domain::{Record, RecordId};
use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A city that may fall over, and be set up again from a backup. Clones speak of the same.
#[derive(Clone)]
pub struct City(Arc<Mutex<Inside>>);

struct Inside {
    service: Option<Service>,
    place: Place,
    lives: PathBuf,
    life: u32,
    world: Machine,
}

impl City {
    /// Opens the city whose ledger lies here.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn open(place: Place, world: Machine) -> Result<Self, Problem> {
        let service = Service::open_in(&place.options(), Arc::new(world.clone()))?;
        let lives = place.folder().with_extension("lives");
        Ok(Self(Arc::new(Mutex::new(Inside {
            service: Some(service),
            place,
            lives,
            life: 0,
            world,
        }))))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The service as it runs now.
    ///
    /// # Panics
    /// While nobody has started it again.
    pub fn service(&self) -> Service {
        self.inside().service.clone().expect("the city runs between two steps")
    }

    /// The city's clock and chance.
    pub fn world(&self) -> Machine {
        self.inside().world.clone()
    }

    /// Falls over as by `kill -9` and starts again with what its files held that instant. A database of its own lives on.
    ///
    /// # Errors
    /// When it does not start.
    pub fn crash(&self) -> Result<(), Problem> {
        let mut inside = self.inside();
        let mut next = inside.place.clone();
        if !next.wants_quiet() {
            next = next.copy_to(inside.next_life())?;
        }
        inside.begin(next)
    }

    /// Keeps a copy of its ledger.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub fn back_up(&self) -> Result<Place, Problem> {
        let mut inside = self.inside();
        let quiet = inside.place.wants_quiet();
        if quiet {
            inside.service = None;
        }
        let folder = inside.next_life();
        let backup = inside.place.copy_to(folder)?;
        if quiet {
            let same = inside.place.clone();
            inside.begin(same)?;
        }
        Ok(backup)
    }

    /// Is set up again from a backup, with the forget log that lay outside of it, as an operator does it. False, and all stays as it is, where the backup is older than the newest forgetting: such a
    /// database does not start before that is replayed.
    ///
    /// # Errors
    /// When files or database cannot be used.
    pub fn restore(&self, backup: &Place) -> Result<bool, Problem> {
        let mut inside = self.inside();
        let kept = fs::read(inside.place.folder().join("forget.log")).ok();
        let next = backup.copy_to(inside.next_life())?;
        if let Some(kept) = kept {
            fs::write(next.folder().join("forget.log"), kept)?;
        }
        match Service::open_in(&next.options(), Arc::new(inside.world.clone())) {
            Err(::city::Error::Behind) => return Ok(false),
            other => drop(other?),
        }
        ::city::admin::restored_in(&next.options(), Arc::new(inside.world.clone()))?;
        inside.begin(next)?;
        Ok(true)
    }

    /// Every record but the catalogue's, as it stands in the ledger.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn records(&self) -> Result<BTreeMap<RecordId, Record>, Problem> {
        self.place().records()
    }

    /// Where its ledger lies now.
    pub fn place(&self) -> Place {
        self.inside().place.clone()
    }
}

impl Inside {
    fn next_life(&mut self) -> PathBuf {
        self.life += 1;
        self.lives.join(self.life.to_string())
    }

    fn begin(&mut self, next: Place) -> Result<(), Problem> {
        // Closing the old life cleanly writes to its own files only.
        self.service = None;
        self.service = Some(Service::open_in(&next.options(), Arc::new(self.world.clone()))?);
        self.place = next;
        Ok(())
    }
}
