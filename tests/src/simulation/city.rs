//! The one real city of a history: its service, its files, and what truly stands in them.

use super::{Problem, clock::Machine, folder::Lives};
use ::city::{LedgerOptions, Service};
use domain::{Body, Envelope, Kind, Record, RecordId, Sealed};
use rusqlite::Connection;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A city that may fall over, and be set up again from a backup. Clones speak of the same.
#[derive(Clone)]
pub struct City(Arc<Mutex<Inside>>);

struct Inside {
    service: Option<Service>,
    folder: PathBuf,
    lives: Lives,
    world: Machine,
}

impl City {
    /// Opens the city in this folder.
    ///
    /// # Errors
    /// What the ledger says.
    pub fn open(folder: PathBuf, world: Machine) -> Result<Self, Problem> {
        let service = Service::open_in(&LedgerOptions::folder(&folder), Arc::new(world.clone()))?;
        let lives = Lives::new(folder.with_extension("lives"));
        Ok(Self(Arc::new(Mutex::new(Inside {
            service: Some(service),
            folder,
            lives,
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

    /// Falls over as by `kill -9` and starts again with what its files held that instant.
    ///
    /// # Errors
    /// When it does not start.
    pub fn crash(&self) -> Result<(), Problem> {
        let mut inside = self.inside();
        let from = inside.folder.clone();
        inside.begin(&from)
    }

    /// Keeps a copy of its files.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub fn back_up(&self, name: &str) -> Result<PathBuf, Problem> {
        let inside = self.inside();
        let to = inside.lives.beside(name);
        super::folder::copy(&inside.folder, &to)?;
        Ok(to)
    }

    /// Is set up again from a backup, with the forget log that lay outside of it and under a new epoch, as the operator's
    /// restore does. False, and all stays as it is, where the backup is older than the newest forgetting: such a
    /// database does not start before that is replayed.
    ///
    /// # Errors
    /// When files or database cannot be used.
    pub fn restore(&self, backup: &Path, epoch: &str) -> Result<bool, Problem> {
        let mut inside = self.inside();
        let log = inside.folder.join("forget.log");
        let kept = fs::read(&log).ok();
        let trial = inside.lives.beside("trial");
        let _ = fs::remove_dir_all(&trial);
        super::folder::copy(backup, &trial)?;
        if let Some(kept) = kept {
            fs::write(trial.join("forget.log"), kept)?;
        }
        match Service::open_in(&LedgerOptions::folder(&trial), Arc::new(inside.world.clone())) {
            Err(::city::Error::Behind) => return Ok(false),
            other => drop(other?),
        }
        let database = unlocked(&trial)?;
        database.execute("UPDATE fact SET value = ?1 WHERE name = 'epoch'", [epoch])?;
        drop(database);
        inside.begin(&trial)?;
        Ok(true)
    }

    /// Every record but the catalogue's, as it stands in the file, by no way that a device goes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn records(&self) -> Result<BTreeMap<RecordId, Record>, Problem> {
        records_in(&self.inside().folder)
    }

    /// Where its files lie now.
    pub fn folder(&self) -> PathBuf {
        self.inside().folder.clone()
    }
}

impl Inside {
    fn begin(&mut self, from: &Path) -> Result<(), Problem> {
        let next = self.lives.begin(from)?;
        // Closing the old life cleanly writes to its own files only.
        self.service = None;
        let options = LedgerOptions::folder(&next);
        self.service = Some(Service::open_in(&options, Arc::new(self.world.clone()))?);
        self.folder = next;
        Ok(())
    }
}

/// Every record but the catalogue's in the ledger of a folder.
///
/// # Errors
/// When the file cannot be read.
pub fn records_in(folder: &Path) -> Result<BTreeMap<RecordId, Record>, Problem> {
    let database = unlocked(folder)?;
    let catalogue: Vec<String> = Kind::KNOWN
        .iter()
        .filter(|kind| kind.is_catalogue())
        .map(|kind| format!("'{}'", kind.as_str()))
        .collect();
    let mut statement = database.prepare(&format!(
        "SELECT r.envelope, r.body, r.sealed FROM record r JOIN class c ON c.c = r.class WHERE c.kind NOT IN ({})",
        catalogue.join(",")
    ))?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let envelope: Envelope = serde_json::from_str(row.get_ref(0)?.as_str()?)?;
        let record = Record {
            body: row.get::<_, Option<String>>(1)?.map(Body::new),
            sealed: row.get::<_, Option<String>>(2)?.map(Sealed::new),
            envelope,
        };
        found.insert(record.envelope.id, record);
    }
    Ok(found)
}

/// The ledger's file, opened beside the city with its key.
///
/// # Errors
/// When key or file cannot be used.
pub fn unlocked(folder: &Path) -> Result<Connection, Problem> {
    let key = fs::read_to_string(folder.join("city.key"))?;
    let connection = Connection::open(folder.join("city.db"))?;
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", key.trim()))?;
    Ok(connection)
}
