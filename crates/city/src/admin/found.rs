//! The founding of a city.

use super::{
    catalogue::{Catalogue, members, set},
    districts::{self, Read},
    new_id, note,
    shapes::{DistrictFile, Initialised},
};
use crate::{
    Error, LedgerOptions, Service, System, World,
    service::{Ring, new_epoch},
};
use domain::{Kind, Members, PersonId, derived_id};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// Every list's entries as a new city begins with them; a city changes them as records.
const CODES: &str = include_str!("../../data/codes.json");
/// Codes get their ids from list and code, so that two cities speak of the same entries.
const CODE_KEY: &[u8] = b"quartierbuch code list";
/// A name is at most so long.
pub(super) const NAME_LENGTH: usize = 200;

/// Founds a city: database, key file, catalogue of codes, districts of the file.
///
/// # Errors
/// When there is a city already, the file is not well formed, or the folder cannot be written.
pub fn init(options: &LedgerOptions, city: &str, districts: Option<&DistrictFile>) -> Result<Initialised, Error> {
    init_in(options, Arc::new(System), city, districts)
}

/// [`init`] in a given world.
///
/// # Errors
/// As [`init`].
pub fn init_in(
    options: &LedgerOptions,
    world: Arc<dyn World>,
    city: &str,
    districts: Option<&DistrictFile>,
) -> Result<Initialised, Error> {
    // Everything is read before anything is made, so that a broken file leaves no half-founded city behind.
    let city = named("city", city)?;
    let read = districts.map(districts::read).transpose()?.unwrap_or_default();
    let codes = codes();
    let service = Service::create(options, world)?;
    let done = found(&service, options, city, &read, &codes);
    if !matches!(done, Ok(_) | Err(Error::CityExists(_))) {
        drop(service);
        crate::ledger::discard(options);
    }
    done
}

fn found(
    service: &Service,
    options: &LedgerOptions,
    city: &str,
    read: &Read,
    codes: &[Members],
) -> Result<Initialised, Error> {
    let world = service.world();
    let now = world.now();
    let epoch = new_epoch(world);
    let founder = PersonId(new_id(world));
    service.commit(|writing| {
        if writing.fact("city")?.is_some() {
            // Somebody else founded one in the same database at the same time.
            return Err(Error::CityExists(options.place()));
        }
        writing.set_fact("city", city)?;
        writing.set_fact("epoch", &epoch.0)?;
        writing.set_fact("founder", &founder.to_string())?;
        writing.resettle()?;
        let mut catalogue = Catalogue::begin(writing, founder, now)?;
        let home = new_id(world);
        let own = members(BTreeMap::from([
            ("name", Some(json!(city))),
            ("regime", Some(json!("dsgvo"))),
        ]));
        catalogue.add(domain::RecordId(home), Kind::Organisation, &own);
        let card = members(BTreeMap::from([
            ("name", Some(json!(city))),
            ("organisation", Some(json!(home))),
        ]));
        catalogue.add(founder.into(), Kind::Person, &card);
        for code in codes {
            let part = |name| code.read::<String>(name).unwrap_or_default();
            catalogue.add(
                derived_id(CODE_KEY, "code", &[&part("list"), &part("code")]),
                Kind::Code,
                code,
            );
        }
        let imported = districts::apply(writing, &mut catalogue, world, read)?;
        catalogue.scribe.finish(writing)?;
        note(writing, now, "city.init", None, None)?;
        let done = Initialised {
            city: city.to_owned(),
            epoch: epoch.clone(),
            districts: imported.added,
            codes: codes.len(),
        };
        Ok((done, Ring::All))
    })
}

fn codes() -> Vec<Members> {
    let raw: Vec<BTreeMap<String, Box<serde_json::value::RawValue>>> =
        serde_json::from_str(CODES).expect("the default lists are checked by a test");
    raw.into_iter()
        .map(|entry| {
            let mut members = Members::default();
            for (name, value) in entry {
                members.set_raw(&name, value);
            }
            if members.get("mapping").is_none() {
                set(&mut members, "mapping", &BTreeMap::<String, String>::new());
            }
            members
        })
        .collect()
}

/// A name that is one.
pub(super) fn named<'a>(field: &'static str, name: &'a str) -> Result<&'a str, Error> {
    let name = name.trim();
    let why = match name {
        "" => "is empty",
        _ if name.chars().count() > NAME_LENGTH => "is too long",
        _ if name.chars().any(char::is_control) => "holds a control character",
        _ => return Ok(name),
    };
    Err(Error::Invalid { field, why, row: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Body, kinds::Code};
    use std::collections::BTreeSet;

    #[test]
    fn the_default_lists_are_well_formed_and_name_only_each_other() {
        let codes: Vec<Code> = codes()
            .iter()
            .map(|members| Code::read(&Body::from_members(members)).expect("a code"))
            .collect();
        let known: BTreeSet<(&str, &str)> = codes
            .iter()
            .map(|code| (code.list.as_str(), code.code.as_str()))
            .collect();
        assert_eq!(known.len(), codes.len(), "no code stands twice in a list");
        for code in &codes {
            assert_eq!(code.check(), Vec::new(), "{} {}", code.list, code.code);
            assert!(code.label.en.is_some(), "{} has an English label", code.code);
            if let Some(parent) = &code.parent {
                assert!(
                    known.contains(&(code.list.as_str(), parent.as_str())),
                    "{parent} is in the list"
                );
            }
            if let Some(field) = &code.field {
                assert!(known.contains(&("field", field.as_str())), "{field} is a Fachplanung");
            }
            let needs = matches!(code.list.as_str(), "topic" | "request_category");
            assert!(!needs || code.field.is_some(), "{} names who is responsible", code.code);
        }
        let tops = codes
            .iter()
            .filter(|code| code.list == "topic" && code.parent.is_none())
            .count();
        assert_eq!(tops, 12, "twelve topics");
    }
}
