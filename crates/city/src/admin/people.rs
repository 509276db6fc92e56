//! Organisations and people.

use super::{
    catalogue::{Catalogue, members, set},
    found::named,
    names, new_id, note,
    shapes::{NewOrganisation, NewPerson, PersonChange},
};
use crate::{
    Error, Service,
    ledger::{OrganisationRow, Writing},
    service::{Ring, founder},
};
use domain::{Kind, Members, OrganisationId, Person, PersonId, Role};
use serde_json::json;
use std::collections::BTreeMap;

/// Adds an organisation, with a key of its own for derived ids.
///
/// # Errors
/// When the name is none or taken.
pub fn add_organisation(service: &Service, new: &NewOrganisation) -> Result<OrganisationId, Error> {
    let world = service.world();
    let now = world.now();
    let name = named("name", &new.name)?;
    let id = OrganisationId(new_id(world));
    let mut id_key = [0; 32];
    world.fill(&mut id_key);
    let body = members(BTreeMap::from([
        ("name", Some(json!(name))),
        ("regime", Some(json!(new.regime.as_str()))),
        ("controller", new.controller.as_ref().map(|text| json!(text))),
        ("dpo", new.dpo.as_ref().map(|text| json!(text))),
    ]));
    service.commit(|writing| {
        if names::organisation(writing, name).is_ok() {
            return Err(Error::Invalid {
                field: "name",
                why: "is taken by another organisation",
                row: None,
            });
        }
        writing.add_organisation(&OrganisationRow {
            id,
            name: name.to_owned(),
            id_key,
        })?;
        let mut catalogue = Catalogue::begin(writing, founder(writing)?, now)?;
        catalogue.add(id.into(), Kind::Organisation, &body);
        catalogue.scribe.finish(writing)?;
        note(writing, now, "organisation.add", Some(id.to_string()), None)?;
        Ok((id, Ring::All))
    })
}

/// Adds a person.
///
/// # Errors
/// When organisation or districts are unknown, or the role wants something that is missing.
pub fn add_person(service: &Service, new: &NewPerson) -> Result<PersonId, Error> {
    let world = service.world();
    let now = world.now();
    let name = named("name", &new.name)?;
    let id = PersonId(new_id(world));
    service.commit(|writing| {
        let organisation = names::organisation(writing, &new.organisation)?;
        let districts = names::districts(writing, &new.districts)?;
        let rights = Person {
            id,
            role: new.role,
            organisation,
            districts,
            field: new.field.clone(),
        };
        check(writing, &rights)?;
        let mut catalogue = Catalogue::begin(writing, founder(writing)?, now)?;
        let card = members(BTreeMap::from([
            ("name", Some(json!(name))),
            ("organisation", Some(json!(organisation))),
        ]));
        catalogue.add(id.into(), Kind::Person, &card);
        let seq = catalogue.scribe.seq();
        catalogue.scribe.finish(writing)?;
        writing.put_person(id, name, None)?;
        writing.set_rights(&rights, now, seq)?;
        note(
            writing,
            now,
            "person.add",
            Some(id.to_string()),
            Some(role_name(rights.role).to_owned()),
        )?;
        Ok((id, Ring::All))
    })
}

/// Changes a person's rights. `person` is an id or a name.
///
/// # Errors
/// When person or districts are unknown or ambiguous, or the role wants something that is missing.
pub fn set_person(service: &Service, person: &str, change: &PersonChange) -> Result<PersonId, Error> {
    let now = service.world().now();
    service.commit(|writing| {
        let id = names::person(writing, person)?;
        let before = writing.person(id)?.ok_or(Error::Row("person.id"))?.rights;
        let mut rights = before.clone();
        if let Some(districts) = &change.districts {
            rights.districts = names::districts(writing, districts)?;
        }
        rights.role = change.role.unwrap_or(rights.role);
        if let Some(field) = &change.field {
            rights.field.clone_from(field);
        }
        check(writing, &rights)?;
        if rights == before {
            return Ok((id, Ring::Nobody));
        }
        let seq = writing.seq()?;
        writing.set_rights(&rights, now, seq)?;
        let detail = format!("{}, {} districts", role_name(rights.role), rights.districts.len());
        note(writing, now, "person.set", Some(id.to_string()), Some(detail))?;
        Ok((id, Ring::All))
    })
}

/// Lets a person leave: their devices push what waits, then wipe; after 14 days nothing is accepted.
///
/// # Errors
/// When the person is unknown or ambiguous.
pub fn leave_person(service: &Service, person: &str) -> Result<PersonId, Error> {
    let now = service.world().now();
    service.commit(|writing| {
        let id = names::person(writing, person)?;
        let row = writing.person(id)?.ok_or(Error::Row("person.id"))?;
        if row.leaving_since.is_some() {
            return Ok((id, Ring::Nobody));
        }
        writing.put_person(id, &row.name, Some(now))?;
        let mut catalogue = Catalogue::begin(writing, founder(writing)?, now)?;
        if let Some(standing) = writing.standings(&[id.into()])?.remove(&id.into()) {
            let head = writing.head(standing.n)?;
            let mut card = head
                .body
                .and_then(|body| body.members().ok())
                .unwrap_or_else(Members::default);
            let today = now.utc().with_timezone(&domain::calendar::ZONE).date_naive();
            set(&mut card, "left_on", &today);
            catalogue.change(standing, &card);
        }
        catalogue.scribe.finish(writing)?;
        note(writing, now, "person.leave", Some(id.to_string()), None)?;
        Ok((id, Ring::All))
    })
}

/// A planner plans for a field that the city knows; nobody else has one.
fn check(writing: &dyn Writing, rights: &Person) -> Result<(), Error> {
    let invalid = |why| {
        Err(Error::Invalid {
            field: "field",
            why,
            row: None,
        })
    };
    match (rights.role, &rights.field) {
        (Role::Planner, None) => invalid("a planner needs one"),
        (Role::Planner, Some(field)) => {
            let known = super::catalogue::live(writing, &Kind::Code)?.iter().any(|entry| {
                entry.text("list").as_deref() == Some("field") && entry.text("code").as_ref() == Some(field)
            });
            if known {
                Ok(())
            } else {
                invalid("is no code of the list field")
            }
        }
        (_, Some(_)) => invalid("only a planner has one"),
        _ => Ok(()),
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Worker => "worker",
        Role::Lead => "lead",
        Role::Planner => "planner",
        Role::Admin => "admin",
    }
}
