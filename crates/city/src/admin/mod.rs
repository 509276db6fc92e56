//! What the operator's command line asks for. Functions take plain values, answer with plain values, and block.

mod shapes;

pub use shapes::{
    AuditEntry, DeviceListed, DistrictFile, Imported, Initialised, Invited, NewOrganisation, NewPerson, PersonChange,
    Regime, Verified,
};

use crate::{Error, LedgerOptions, Service};
use domain::{At, DeviceId, OrganisationId, PersonId, RecordId};
use std::time::Duration;
use wire::ErasureId;

fn early<T>() -> Result<T, Error> {
    Err(Error::Row("this part follows in the next commit"))
}

/// Founds a city: database, key file, catalogue of codes, districts of the file.
pub fn init(options: &LedgerOptions, city: &str, districts: Option<&DistrictFile>) -> Result<Initialised, Error> {
    let _ = (options, city, districts);
    early()
}

/// Adds an organisation.
pub fn add_organisation(service: &Service, new: &NewOrganisation) -> Result<OrganisationId, Error> {
    let _ = (service, new);
    early()
}

/// Adds a person.
pub fn add_person(service: &Service, new: &NewPerson) -> Result<PersonId, Error> {
    let _ = (service, new);
    early()
}

/// Changes a person's rights. `person` is an id or a name.
pub fn set_person(service: &Service, person: &str, change: &PersonChange) -> Result<PersonId, Error> {
    let _ = (service, person, change);
    early()
}

/// Lets a person leave: their devices push what waits, then wipe; after 14 days nothing is accepted.
pub fn leave_person(service: &Service, person: &str) -> Result<PersonId, Error> {
    let _ = (service, person);
    early()
}

/// Makes an invitation for a person's next device.
pub fn invite(service: &Service, person: &str, valid: Duration) -> Result<Invited, Error> {
    let _ = (service, person, valid);
    early()
}

/// All devices.
pub fn devices(service: &Service) -> Result<Vec<DeviceListed>, Error> {
    let _ = service;
    early()
}

/// Revokes a lost or stolen device.
pub fn revoke(service: &Service, device: DeviceId) -> Result<(), Error> {
    let _ = (service, device);
    early()
}

/// Adds and updates districts from a file.
pub fn import_districts(service: &Service, file: &DistrictFile) -> Result<Imported, Error> {
    let _ = (service, file);
    early()
}

/// Forgets records, or fields of them.
pub fn erase(
    service: &Service,
    ids: &[RecordId],
    fields: Option<&[String]>,
    ground: &str,
    case_no: &str,
) -> Result<ErasureId, Error> {
    let _ = (service, ids, fields, ground, case_no);
    early()
}

/// The audit log since an instant.
pub fn audit(service: &Service, since: Option<At>) -> Result<Vec<AuditEntry>, Error> {
    let _ = (service, since);
    early()
}

/// Compares what the city keeps with what it counts anew.
pub fn verify(service: &Service) -> Result<Verified, Error> {
    let _ = service;
    early()
}
