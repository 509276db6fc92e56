//! Holds a transaction of the city in its middle, from outside of the city.

use crate::town::Town;
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

/// Whoever writes a record whose body holds this word waits at the gate.
pub(crate) const WORD: &str = "Schrankenwort";

const TRIGGER: &str = "
    CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.body LIKE '%Schrankenwort%' THEN PERFORM pg_advisory_xact_lock_shared(42); END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON record FOR EACH ROW EXECUTE FUNCTION wait_at_gate()";
const WAITING: &str = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

/// A gate that is shut until it is opened.
pub(crate) struct Gate<'t> {
    town: &'t Town,
    session: Session,
}

impl<'t> Gate<'t> {
    pub(crate) fn shut(town: &'t Town) -> Self {
        town.place.cluster.ask(town.place.name(), TRIGGER);
        let mut session = Session::begin(town);
        // A lock of the session, which takes no part in the order of transactions.
        session.ask("SELECT pg_advisory_lock(42)");
        Self { town, session }
    }

    /// Returns when so many transactions wait at the gate.
    pub(crate) async fn awaited_by(&self, count: usize) {
        while self.town.place.cluster.ask(self.town.place.name(), WAITING) != count.to_string() {
            tokio::task::yield_now().await;
        }
    }

    pub(crate) fn open(mut self) {
        self.session.ask("SELECT pg_advisory_unlock(42)");
    }
}

/// Somebody else at the database.
pub(crate) struct Session {
    psql: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    pub(crate) fn begin(town: &Town) -> Self {
        let mut command = town.place.cluster.command("psql");
        let mut psql = command
            .args(["-X", "-q", "-A", "-t", "-d", town.place.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("psql starts");
        Self {
            input: psql.stdin.take().expect("piped"),
            output: BufReader::new(psql.stdout.take().expect("piped")),
            psql,
        }
    }

    /// Asks something and waits until it is done.
    pub(crate) fn ask(&mut self, sql: &str) {
        writeln!(self.input, "{sql};\n\\echo done").expect("psql reads");
        let mut line = String::new();
        while line.trim() != "done" {
            line.clear();
            assert!(
                self.output.read_line(&mut line).expect("psql answers") > 0,
                "psql lives"
            );
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.psql.kill();
        let _ = self.psql.wait();
    }
}
