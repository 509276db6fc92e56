//! One transaction: the methods of the seam, each handed on to the part that knows its tables.

use super::{
    blobs,
    columns::{count, place},
    feed, orders, people, put, records,
};
use crate::{
    Error,
    admin::AuditEntry,
    ledger::{
        Barred, BlobRow, Brought, Class, DeviceRow, ErasureRow, InvitationRow, Key, Logged, OrganisationRow, Past,
        PersonRow, Put, Reading, Ring, Sighting, Standing, Step, Trace, Writing,
    },
};
use domain::{At, BlobHash, DeviceId, Kind, MutationId, OrganisationId, Person, PersonId, RecordId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashMap};
use wire::{ErasureId, Head};

/// A connection inside a transaction.
pub(super) struct Session<'c>(&'c Connection, Vec<Ring>);

impl<'c> Session<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self(connection, Vec::new())
    }

    /// What was told in it.
    pub(super) fn told(self) -> Vec<Ring> {
        self.1
    }
}

impl Reading for Session<'_> {
    fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let mut find = self.0.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
        Ok(find.query_row([name], |row| row.get(0)).optional()?)
    }
    fn seq(&self) -> Result<u64, Error> {
        let mut find = self.0.prepare_cached("SELECT value FROM fact WHERE name = 'seq'")?;
        Ok(find.query_row([], |row| row.get(0)).optional()?.map_or(0, count))
    }
    fn kept(&self) -> Result<u64, Error> {
        self.seq()
    }
    fn standings(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Standing>, Error> {
        records::standings(self.0, ids)
    }
    fn heads(&self, ns: &[i64]) -> Result<HashMap<i64, Head>, Error> {
        records::heads(self.0, ns)
    }
    fn steps(&self, keys: &[Key], after: u64, through: u64, limit: usize) -> Result<Vec<Step>, Error> {
        feed::steps(self.0, keys, after, through, limit)
    }
    fn traces(&self, standing: &Standing) -> Result<Vec<Trace>, Error> {
        feed::traces(self.0, standing)
    }
    fn class(&self, c: i64) -> Result<Class, Error> {
        records::class(self.0, c)
    }
    fn classes(&self, organisation: Option<OrganisationId>) -> Result<Vec<Class>, Error> {
        records::classes(self.0, organisation)
    }
    fn of_kind(&self, kind: &Kind) -> Result<Vec<Head>, Error> {
        records::of_kind(self.0, kind)
    }
    fn each(&self, see: &mut dyn FnMut(&Standing, &Head) -> Result<(), Error>) -> Result<(), Error> {
        records::each(self.0, see)
    }
    fn trashed_before(&self, at: At, limit: usize) -> Result<Vec<RecordId>, Error> {
        records::trashed_before(self.0, at, limit)
    }
    fn blob(&self, n: i64, hash: &BlobHash) -> Result<Option<BlobRow>, Error> {
        blobs::find(self.0, n, hash)
    }
    fn whole_blobs(&self) -> Result<Vec<(RecordId, BlobHash, BlobRow)>, Error> {
        blobs::whole(self.0)
    }
    fn blob_bytes(&self, b: i64, from: u64, most: usize) -> Result<Vec<u8>, Error> {
        blobs::bytes(self.0, b, from, most)
    }
    fn logged(&self, person: PersonId, ids: &[MutationId]) -> Result<HashMap<MutationId, Logged>, Error> {
        people::logged(self.0, person, ids)
    }
    fn barred(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Barred>, Error> {
        records::barred(self.0, ids)
    }
    fn brought(&self, person: PersonId, record: RecordId) -> Result<Option<Brought>, Error> {
        records::brought(self.0, person, record)
    }
    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, Error> {
        people::person(self.0, id)
    }
    fn people(&self) -> Result<Vec<PersonRow>, Error> {
        people::people(self.0)
    }
    fn history(&self, id: PersonId) -> Result<Vec<Past>, Error> {
        people::history(self.0, id)
    }
    fn organisations(&self) -> Result<Vec<OrganisationRow>, Error> {
        people::organisations(self.0)
    }
    fn device_by_token(&self, hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
        people::device_by_token(self.0, hash)
    }
    fn devices(&self) -> Result<Vec<DeviceRow>, Error> {
        people::devices(self.0)
    }
    fn invitation(&self, hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error> {
        people::invitation(self.0, hash)
    }
    fn erasure(&self, id: ErasureId) -> Result<Option<ErasureRow>, Error> {
        orders::erasure(self.0, id)
    }
    fn audit_since(&self, at: Option<At>) -> Result<Vec<AuditEntry>, Error> {
        orders::audit_since(self.0, at)
    }
}

impl Writing for Session<'_> {
    fn set_fact(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let mut set = self
            .0
            .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)")?;
        set.execute([name, value])?;
        Ok(())
    }
    fn set_seq(&mut self, seq: u64) -> Result<(), Error> {
        let mut set = self
            .0
            .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES ('seq', ?1)")?;
        set.execute(params![place(seq)])?;
        Ok(())
    }
    fn tell(&mut self, ring: Ring) -> Result<(), Error> {
        self.1.push(ring);
        Ok(())
    }
    fn bar(&mut self, ids: &[RecordId], fields: Option<&BTreeSet<String>>) -> Result<(), Error> {
        records::bar(self.0, ids, fields)
    }
    fn bring(&mut self, person: PersonId, records: &HashMap<RecordId, Brought>) -> Result<(), Error> {
        records::bring(self.0, person, records)
    }
    fn put(&mut self, puts: &[Put]) -> Result<(), Error> {
        put::all(self.0, puts)
    }
    fn log(&mut self, person: PersonId, logged: &[(MutationId, Logged)]) -> Result<(), Error> {
        people::log(self.0, person, logged)
    }
    fn begin_blob(&mut self, n: i64, hash: &BlobHash, total: u64, at: At) -> Result<BlobRow, Error> {
        blobs::begin(self.0, n, hash, total, at)
    }
    fn add_to_blob(&mut self, row: BlobRow, bytes: &[u8], at: At) -> Result<(), Error> {
        blobs::add(self.0, row, bytes, at)
    }
    fn drop_blob(&mut self, b: i64) -> Result<(), Error> {
        blobs::drop_one(self.0, b)
    }
    fn keep_blobs(&mut self, n: i64, named: &BTreeSet<BlobHash>) -> Result<(), Error> {
        blobs::keep(self.0, n, named)
    }
    fn drop_partial_blobs_before(&mut self, at: At) -> Result<usize, Error> {
        blobs::drop_partial_before(self.0, at)
    }
    fn destroy_blobs(&mut self, most: usize) -> Result<usize, Error> {
        blobs::destroy(self.0, most)
    }
    fn drop_logged_before(&mut self, at: At) -> Result<usize, Error> {
        let mut drop = self.0.prepare_cached("DELETE FROM mutation WHERE changed_at < ?1")?;
        Ok(drop.execute([at.millis()])?)
    }
    fn add_organisation(&mut self, row: &OrganisationRow) -> Result<(), Error> {
        people::add_organisation(self.0, row)
    }
    fn put_person(&mut self, id: PersonId, name: &str, leaving_since: Option<At>) -> Result<(), Error> {
        people::put_person(self.0, id, name, leaving_since)
    }
    fn set_rights(&mut self, rights: &Person, at: At, seq: u64) -> Result<(), Error> {
        people::set_rights(self.0, rights, at, seq)
    }
    fn put_device(&mut self, row: &DeviceRow) -> Result<(), Error> {
        people::put_device(self.0, row)
    }
    fn sight(&mut self, id: DeviceId, sighting: &Sighting) -> Result<(), Error> {
        people::sight(self.0, id, sighting)
    }
    fn put_invitation(&mut self, hash: &[u8; 32], row: &InvitationRow) -> Result<(), Error> {
        people::put_invitation(self.0, hash, row)
    }
    fn add_erasure(&mut self, row: &ErasureRow) -> Result<(), Error> {
        orders::add_erasure(self.0, row)
    }
    fn audit(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        orders::audit(self.0, entry)
    }
}
