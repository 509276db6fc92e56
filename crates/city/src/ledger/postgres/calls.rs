//! The methods of the seam, each handed on to the part that knows its tables.

use super::{blobs, feed, orders, people, put, records, session::Session};
use crate::{
    Error,
    admin::AuditEntry,
    ledger::{
        Barred, BlobRow, Brought, Class, DeviceRow, ErasureRow, InvitationRow, Key, Logged, OrganisationRow, Past,
        PersonRow, Put, Reading, Ring, Sighting, Standing, Step, Trace, Writing,
    },
};
use domain::{At, BlobHash, DeviceId, Kind, MutationId, OrganisationId, Person, PersonId, RecordId};
use std::collections::{BTreeSet, HashMap};
use wire::{ErasureId, Head};

impl Reading for Session<'_> {
    fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        Session::fact(self, name)
    }
    fn seq(&self) -> Result<u64, Error> {
        Session::seq(self)
    }
    fn kept(&self) -> Result<u64, Error> {
        Session::kept(self)
    }
    fn standings(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Standing>, Error> {
        records::standings(self, ids)
    }
    fn heads(&self, ns: &[i64]) -> Result<HashMap<i64, Head>, Error> {
        records::heads(self, ns)
    }
    fn steps(&self, keys: &[Key], after: u64, through: u64, limit: usize) -> Result<Vec<Step>, Error> {
        feed::steps(self, keys, after, through, limit)
    }
    fn traces(&self, standing: &Standing) -> Result<Vec<Trace>, Error> {
        feed::traces(self, standing)
    }
    fn class(&self, c: i64) -> Result<Class, Error> {
        records::class(self, c)
    }
    fn classes(&self, organisation: Option<OrganisationId>) -> Result<Vec<Class>, Error> {
        records::classes(self, organisation)
    }
    fn of_kind(&self, kind: &Kind) -> Result<Vec<Head>, Error> {
        records::of_kind(self, kind)
    }
    fn each(&self, see: &mut dyn FnMut(&Standing, &Head) -> Result<(), Error>) -> Result<(), Error> {
        records::each(self, see)
    }
    fn trashed_before(&self, at: At, limit: usize) -> Result<Vec<RecordId>, Error> {
        records::trashed_before(self, at, limit)
    }
    fn blob(&self, n: i64, hash: &BlobHash) -> Result<Option<BlobRow>, Error> {
        blobs::find(self, n, hash)
    }
    fn whole_blobs(&self) -> Result<Vec<(RecordId, BlobHash, BlobRow)>, Error> {
        blobs::whole(self)
    }
    fn blob_bytes(&self, b: i64, from: u64, most: usize) -> Result<Vec<u8>, Error> {
        blobs::bytes(self, b, from, most)
    }
    fn logged(&self, person: PersonId, ids: &[MutationId]) -> Result<HashMap<MutationId, Logged>, Error> {
        people::logged(self, person, ids)
    }
    fn barred(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, Barred>, Error> {
        records::barred(self, ids)
    }
    fn brought(&self, person: PersonId, record: RecordId) -> Result<Option<Brought>, Error> {
        records::brought(self, person, record)
    }
    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, Error> {
        people::person(self, id)
    }
    fn people(&self) -> Result<Vec<PersonRow>, Error> {
        people::people(self)
    }
    fn history(&self, id: PersonId) -> Result<Vec<Past>, Error> {
        people::history(self, id)
    }
    fn organisations(&self) -> Result<Vec<OrganisationRow>, Error> {
        people::organisations(self)
    }
    fn device_by_token(&self, hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
        people::device_by_token(self, hash)
    }
    fn devices(&self) -> Result<Vec<DeviceRow>, Error> {
        people::devices(self)
    }
    fn invitation(&self, hash: &[u8; 32]) -> Result<Option<InvitationRow>, Error> {
        people::invitation(self, hash)
    }
    fn erasure(&self, id: ErasureId) -> Result<Option<ErasureRow>, Error> {
        orders::erasure(self, id)
    }
    fn audit_since(&self, at: Option<At>) -> Result<Vec<AuditEntry>, Error> {
        orders::audit_since(self, at)
    }
}

impl Writing for Session<'_> {
    fn set_fact(&mut self, name: &str, value: &str) -> Result<(), Error> {
        Session::set_fact(self, name, value)
    }
    fn set_seq(&mut self, seq: u64) -> Result<(), Error> {
        Session::set_seq(self, seq)
    }
    fn tell(&mut self, ring: Ring) -> Result<(), Error> {
        Session::tell(self, &ring)
    }
    fn resettle(&mut self) -> Result<(), Error> {
        Session::resettle(self)
    }
    fn bar(&mut self, ids: &[RecordId], fields: Option<&BTreeSet<String>>) -> Result<(), Error> {
        records::bar(self, ids, fields)
    }
    fn bring(&mut self, person: PersonId, records: &HashMap<RecordId, Brought>) -> Result<(), Error> {
        records::bring(self, person, records)
    }
    fn put(&mut self, puts: &[Put]) -> Result<(), Error> {
        put::all(self, puts)
    }
    fn log(&mut self, person: PersonId, logged: &[(MutationId, Logged)]) -> Result<(), Error> {
        people::log(self, person, logged)
    }
    fn begin_blob(&mut self, n: i64, hash: &BlobHash, total: u64, at: At) -> Result<BlobRow, Error> {
        blobs::begin(self, n, hash, total, at)
    }
    fn add_to_blob(&mut self, row: BlobRow, bytes: &[u8], at: At) -> Result<(), Error> {
        blobs::add(self, row, bytes, at)
    }
    fn drop_blob(&mut self, b: i64) -> Result<(), Error> {
        blobs::drop_one(self, b)
    }
    fn keep_blobs(&mut self, n: i64, named: &BTreeSet<BlobHash>) -> Result<(), Error> {
        blobs::keep(self, n, named)
    }
    fn drop_partial_blobs_before(&mut self, at: At) -> Result<usize, Error> {
        blobs::drop_partial_before(self, at)
    }
    fn destroy_blobs(&mut self, most: usize) -> Result<usize, Error> {
        blobs::destroy(self, most)
    }
    fn drop_logged_before(&mut self, at: At) -> Result<usize, Error> {
        let dropped = self.run("DELETE FROM mutation WHERE changed_at < $1", &[&at.millis()])?;
        Ok(usize::try_from(dropped).unwrap_or(usize::MAX))
    }
    fn add_organisation(&mut self, row: &OrganisationRow) -> Result<(), Error> {
        people::add_organisation(self, row)
    }
    fn put_person(&mut self, id: PersonId, name: &str, leaving_since: Option<At>) -> Result<(), Error> {
        people::put_person(self, id, name, leaving_since)
    }
    fn set_rights(&mut self, rights: &Person, at: At, seq: u64) -> Result<(), Error> {
        people::set_rights(self, rights, at, seq)
    }
    fn put_device(&mut self, row: &DeviceRow) -> Result<(), Error> {
        people::put_device(self, row)
    }
    fn sight(&mut self, id: DeviceId, sighting: &Sighting) -> Result<(), Error> {
        people::sight(self, id, sighting)
    }
    fn put_invitation(&mut self, hash: &[u8; 32], row: &InvitationRow) -> Result<(), Error> {
        people::put_invitation(self, hash, row)
    }
    fn add_erasure(&mut self, row: &ErasureRow) -> Result<(), Error> {
        orders::add_erasure(self, row)
    }
    fn audit(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        orders::audit(self, entry)
    }
}
