//! Where the city of a history keeps its ledger: files in a folder, or a database of a PostgreSQL of the tests' own with
//! the forget log in a folder beside.

use super::{Problem, folder};
use crate::{cluster::Lease, pages};
use ::city::{DatabaseUrl, LedgerOptions};
use domain::{Body, Envelope, Kind, Record, RecordId, Sealed};
use rusqlite::Connection;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What histories are played on.
#[derive(Clone, Default)]
pub enum Ledger {
    /// SQLite.
    #[default]
    Files,
    /// A PostgreSQL that nobody else uses.
    Postgres(Arc<Lease>),
}

impl Ledger {
    /// A PostgreSQL that starts now.
    pub fn postgres() -> Self {
        Self::Postgres(Arc::new(Lease::take()))
    }
}

/// Where one life of a ledger lies; its database goes with the last who knows it.
#[derive(Clone)]
pub struct Place {
    folder: PathBuf,
    database: Option<Arc<Database>>,
}

struct Database {
    lease: Arc<Lease>,
    url: String,
}

/// The database's own name, which its URL begins with.
fn name_in(url: &str) -> &str {
    let rest = url.trim_start_matches("postgresql:///");
    rest.split('?').next().unwrap_or(rest)
}

impl Database {
    fn name(&self) -> &str {
        name_in(&self.url)
    }

    fn ask(&self, sql: &str) -> String {
        self.lease.ask(self.name(), sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name());
        self.lease.ask("postgres", &drop);
    }
}

impl Place {
    /// An empty place.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(ledger: &Ledger, folder: PathBuf) -> Result<Self, Problem> {
        fs::create_dir_all(&folder)?;
        let database = match ledger {
            Ledger::Files => None,
            Ledger::Postgres(lease) => Some(Arc::new(Database {
                lease: Arc::clone(lease),
                url: lease.database(),
            })),
        };
        Ok(Self { folder, database })
    }

    /// Copies the ledger as it is this instant, the forget log with it. In a database nobody may be at work.
    ///
    /// # Errors
    /// When a file cannot be copied.
    pub fn copy_to(&self, folder: PathBuf) -> Result<Self, Problem> {
        folder::copy(&self.folder, &folder)?;
        let copy = |from: &Arc<Database>| {
            let copy = Database {
                lease: Arc::clone(&from.lease),
                url: from.lease.copy_of(from.name()),
            };
            // A ledger notices that it was brought elsewhere. These are copies of one moment and not yet a restore.
            copy.ask(concat!(
                "UPDATE fact SET value = (",
                include_str!("../../../crates/city/src/ledger/postgres/home.sql"),
                ") WHERE name = 'home'"
            ));
            Arc::new(copy)
        };
        Ok(Self {
            folder,
            database: self.database.as_ref().map(copy),
        })
    }

    /// Whether nobody may be at work while this is copied.
    pub fn wants_quiet(&self) -> bool {
        self.database.is_some()
    }

    /// How a city finds it.
    pub fn options(&self) -> LedgerOptions {
        LedgerOptions {
            database_url: self.database.as_ref().map(|database| DatabaseUrl::new(&database.url)),
            ..LedgerOptions::folder(&self.folder)
        }
    }

    /// The folder of its files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every record but the catalogue's, as it stands there, by no way that a device goes.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn records(&self) -> Result<BTreeMap<RecordId, Record>, Problem> {
        let catalogue: Vec<String> = Kind::KNOWN
            .iter()
            .filter(|kind| kind.is_catalogue())
            .map(|kind| format!("'{}'", kind.as_str()))
            .collect();
        let from = format!(
            "FROM record r JOIN class c ON c.c = r.class WHERE c.kind NOT IN ({})",
            catalogue.join(",")
        );
        let rows: Vec<String> = match &self.database {
            None => {
                let files = self.unlocked()?;
                let mut statement =
                    files.prepare(&format!("SELECT json_array(r.envelope, r.body, r.sealed) {from}"))?;
                let rows = statement.query_map([], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            }
            Some(database) => {
                // `json_agg` would break lines.
                let asked = format!("SELECT json_build_array(r.envelope, r.body, r.sealed)::text {from}");
                database.ask(&asked).lines().map(str::to_owned).collect()
            }
        };
        rows.iter().map(|row| read(row)).collect()
    }

    /// Everything that lies there, free pages included; of a database all that its tables hold.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn everything(&self) -> Result<Vec<u8>, Problem> {
        match &self.database {
            None => {
                let key = fs::read_to_string(self.folder.join("city.key"))?;
                let mut bytes = [0; 32];
                hex::decode_to_slice(key.trim(), &mut bytes)?;
                Ok(pages::databases(&self.folder, &bytes))
            }
            Some(database) => {
                let dump = ["--data-only", "-d", database.name()];
                Ok(database.lease.run("pg_dump", &dump).into_bytes())
            }
        }
    }

    /// The ledger's file, opened beside the city with its key.
    fn unlocked(&self) -> Result<Connection, Problem> {
        let key = fs::read_to_string(self.folder.join("city.key"))?;
        let connection = Connection::open(self.folder.join("city.db"))?;
        connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", key.trim()))?;
        Ok(connection)
    }
}

fn read(row: &str) -> Result<(RecordId, Record), Problem> {
    let (envelope, body, sealed): (String, Option<String>, Option<String>) = serde_json::from_str(row)?;
    let envelope: Envelope = serde_json::from_str(&envelope)?;
    let record = Record {
        body: body.map(Body::new),
        sealed: sealed.map(Sealed::new),
        envelope,
    };
    Ok((record.envelope.id, record))
}
