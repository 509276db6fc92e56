//! What the operator's command line asks for. Functions take plain values, answer with plain values, and block.

mod catalogue;
mod devices;
mod district_csv;
mod district_json;
mod districts;
mod found;
mod names;
mod people;
mod records;
mod restored;
mod shapes;

pub use devices::{devices, invite, revoke};
pub use districts::import_districts;
pub use found::{init, init_in};
pub use people::{add_organisation, add_person, leave_person, set_person};
pub use records::{audit, erase, verify};
pub use restored::{restored, restored_in};
pub use shapes::{
    AuditEntry, DeviceListed, DistrictFile, Imported, Initialised, Invited, NewOrganisation, NewPerson, PersonChange,
    Regime, Restored, Verified,
};

use crate::{Error, World, ledger::Writing};
use domain::At;
use uuid::Uuid;

/// A new id, in the order of time.
fn new_id(world: &dyn World) -> Uuid {
    let mut chance = [0; 10];
    world.fill(&mut chance);
    let millis = u64::try_from(world.now().millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}

/// Notes what the operator did.
fn note(
    writing: &mut dyn Writing,
    at: At,
    action: &str,
    subject: Option<String>,
    detail: Option<String>,
) -> Result<(), Error> {
    writing.audit(&AuditEntry {
        at,
        by: None,
        action: action.to_owned(),
        subject,
        detail,
    })
}
