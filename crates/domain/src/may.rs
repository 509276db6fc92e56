//! The one table of rights. Window, city and simulation ask it; nobody writes a second one.

use crate::{
    Action::{self, Answer, Change, Create, Erase, Move, Read, Restore, Trash},
    Envelope, Kind, Person, Reader, RecordId, Role,
};

/// Whether `person` may do `action` with the record of this envelope. Everything not listed is refused.
pub fn may(person: &Person, action: Action, envelope: &Envelope) -> bool {
    let writes = matches!(action, Create | Change | Move | Trash | Restore);
    if writes && !placed(envelope) {
        return false;
    }
    listed(person, action, envelope) || read_as_reader(person, action, envelope)
}

/// A record belongs somewhere, and readers stand only where the contract lets them.
fn placed(envelope: &Envelope) -> bool {
    let somewhere = envelope.whole_organisation || !envelope.districts.is_empty();
    somewhere && (envelope.readers.is_empty() || envelope.kind.may_have_readers())
}

/// The table: kind by role. `Own` says where a record stands, seen from the person.
fn listed(person: &Person, action: Action, envelope: &Envelope) -> bool {
    let own = Own::of(person, action, envelope);
    match (&envelope.kind, person.role) {
        // ---- work
        (Kind::Board | Kind::Contact, Role::Worker) => (own.district || own.whole) && own.allows(action, DAILY),
        (Kind::Board | Kind::Contact, Role::Lead) => (own.district || own.whole) && own.allows(action, LEADING),
        (Kind::Note | Kind::Activity | Kind::Request | Kind::Task | Kind::Meeting | Kind::Other(_), Role::Worker) => {
            own.district && (action == Read || !envelope.whole_organisation) && own.allows(action, DAILY)
        }
        (Kind::Note | Kind::Activity | Kind::Request | Kind::Task | Kind::Meeting | Kind::Other(_), Role::Lead) => {
            (own.district || own.whole) && own.allows(action, LEADING)
        }
        (Kind::Referral, Role::Worker | Role::Lead) => (own.district || own.whole) && own.allows(action, SENDING),
        (Kind::Referral, Role::Planner) => {
            let field = person
                .field
                .as_ref()
                .is_some_and(|field| envelope.readers.contains(&Reader::Field(field.clone())));
            field && matches!(action, Read | Answer)
        }
        // Re-opening a month is a change of its state; the city still answers `frozen` to other figures.
        (Kind::Month, Role::Worker) => (own.district || own.whole) && action == Read,
        (Kind::Month, Role::Lead) => (own.district || own.whole) && own.allows(action, CLOSING),
        (Kind::Publication, Role::Worker) => (own.district || own.whole) && action == Read,
        (Kind::Publication, Role::Lead) => (own.district || own.whole) && own.allows(action, PUBLISHING),
        // The envelope does not say which circle; whoever lacks its key can wrap it for nobody.
        (Kind::Grant, Role::Worker | Role::Lead) => (own.district || own.whole) && own.allows(action, GRANTING),

        // ---- catalogue
        (Kind::Template | Kind::Rule, Role::Lead) if own.organisation => {
            matches!(action, Create | Read | Change | Trash | Restore)
        }
        (Kind::Template | Kind::Rule, _) if envelope.organisation.is_some() => own.organisation && action == Read,
        (Kind::Organisation, Role::Lead) if envelope.id == RecordId::from(person.organisation) => {
            matches!(action, Read | Change)
        }
        (
            Kind::District
            | Kind::Code
            | Kind::Rule
            | Kind::Person
            | Kind::Device
            | Kind::Template
            | Kind::Organisation,
            Role::Admin,
        ) => matches!(action, Create | Read | Change | Trash | Restore),
        // A person's own device sets their public key.
        (Kind::Person, _) if envelope.id == RecordId::from(person.id) => matches!(action, Read | Change),
        (
            Kind::District
            | Kind::Code
            | Kind::Rule
            | Kind::Person
            | Kind::Device
            | Kind::Template
            | Kind::Organisation,
            _,
        ) => action == Read,

        // ---- nothing else
        (_, Role::Planner | Role::Admin) => false,
    }
}

/// Readers read and never write. A reading organisation's people see what was opened to them, but for an admin, who sees
/// no content; a reading field's planners see referrals (above) and publications, nothing else.
fn read_as_reader(person: &Person, action: Action, envelope: &Envelope) -> bool {
    if action != Read || !envelope.kind.may_have_readers() {
        return false;
    }
    let organisation = envelope.readers.contains(&Reader::Organisation(person.organisation));
    let field = person
        .field
        .as_ref()
        .is_some_and(|field| envelope.readers.contains(&Reader::Field(field.clone())));
    match (&envelope.kind, person.role) {
        (_, Role::Admin) => false,
        (Kind::Publication, Role::Planner) => organisation || field,
        _ => organisation,
    }
}

/// What a worker does with the records of their day.
const DAILY: &[Action] = &[Create, Read, Change, Move, Trash, Restore];
/// What a lead does with them besides.
const LEADING: &[Action] = &[Create, Read, Change, Move, Trash, Restore, Erase];
/// A referral is created, changed and withdrawn.
const SENDING: &[Action] = &[Create, Read, Change, Move, Trash];
/// A month is closed, read and re-opened.
const CLOSING: &[Action] = &[Create, Read, Change, Trash, Restore];
/// A publication is created and withdrawn; its figures never change.
const PUBLISHING: &[Action] = &[Create, Read, Trash];
/// A grant is given, renewed and taken back.
const GRANTING: &[Action] = &[Create, Read, Change, Trash];

/// Where a record stands, seen from a person.
struct Own {
    /// It belongs to their organisation.
    organisation: bool,
    /// ... and stands in one of their districts.
    district: bool,
    /// ... and stands in their districts only.
    inside: bool,
    /// ... and belongs to the whole organisation.
    whole: bool,
}

impl Own {
    fn of(person: &Person, action: Action, envelope: &Envelope) -> Self {
        let organisation = envelope.organisation == Some(person.organisation);
        // One may move a record to any district of the organisation, out of one's own as well.
        let district = match action {
            Move => !envelope.districts.is_empty(),
            _ => !person.districts.is_disjoint(&envelope.districts),
        };
        Self {
            organisation,
            district: organisation && district,
            inside: organisation && envelope.districts.is_subset(&person.districts),
            whole: organisation && envelope.whole_organisation,
        }
    }

    /// A creation stands in own districts only.
    fn allows(&self, action: Action, listed: &[Action]) -> bool {
        listed.contains(&action) && (action != Create || self.inside)
    }
}

#[cfg(test)]
mod tests;
