//! The town in which every history begins: founded once, people enrolled, devices synced, then copied.

use super::{
    Problem,
    chance::Chance,
    city::City,
    clock::{Machine, Time},
    folder::scratch,
    journal::Journal,
    network::{Line, Wire},
    place::{Ledger, Place},
    runtime,
};
use city::admin::{self, DistrictFile, NewOrganisation, NewPerson};
use domain::{Person, PersonId, Role};
use std::{path::PathBuf, sync::Arc, time::Duration};
use store::{DatabaseKey, KeyCost, Passphrase, Store};
use sync::{Door, enrol, round};
use tempfile::TempDir;
use wire::Token;

/// Everybody's districts, by number.
pub const DISTRICTS: [&str; 4] = ["Rieth", "Melchendorf", "Altstadt", "Moskauer Platz"];

/// Somebody who works here: name, organisation, role, districts by index.
pub type Cast = (&'static str, &'static str, Role, &'static [usize]);

/// The people. The first one sees everything of her organisation and never leaves: what she holds is compared with.
pub const PEOPLE: [Cast; 5] = [
    ("Lea", "Perspektiv", Role::Lead, &[0, 1, 2, 3]),
    ("Anna", "Perspektiv", Role::Worker, &[0, 1]),
    ("Bela", "Perspektiv", Role::Worker, &[0, 2]),
    ("Cem", "Perspektiv", Role::Worker, &[1, 0]),
    ("Dora", "Diakonie", Role::Worker, &[0]),
];

/// Which person works with which device; a history takes the first ones, at least three.
pub const DEVICES: [usize; 6] = [0, 1, 2, 1, 3, 4];

/// The founded town.
pub struct Template {
    dir: TempDir,
    city: Place,
    keys: Vec<DatabaseKey>,
    people: Vec<Person>,
    districts: Vec<domain::DistrictId>,
    ids: Vec<PersonId>,
}

impl Template {
    /// Founds it.
    ///
    /// # Errors
    /// What city or notebooks say.
    pub fn found(ledger: &Ledger) -> Result<Self, Problem> {
        let dir = scratch()?;
        let time = Time::default();
        let world = Machine::new(&time, Chance::of(&[1]), 0);
        let place = Place::new(ledger, dir.path().join("city"))?;
        let mut csv = String::from("number,name,parent\n");
        for (number, name) in DISTRICTS.iter().enumerate() {
            csv.push_str(&format!("{number},{name},\n"));
        }
        admin::init_in(
            &place.options(),
            Arc::new(world.clone()),
            "Erfurt",
            Some(&DistrictFile::Csv(csv.into_bytes())),
        )?;
        let city = City::open(place.clone(), world)?;
        let service = city.service();
        for name in ["Perspektiv", "Diakonie"] {
            let new = NewOrganisation {
                name: name.to_owned(),
                ..NewOrganisation::default()
            };
            admin::add_organisation(&service, &new)?;
        }
        let mut ids = Vec::new();
        for (name, organisation, role, districts) in PEOPLE {
            let new = NewPerson {
                name: name.to_owned(),
                organisation: organisation.to_owned(),
                role,
                districts: districts.iter().map(|&n| DISTRICTS[n].to_owned()).collect(),
                field: None,
            };
            ids.push(admin::add_person(&service, &new)?);
        }
        let (mut keys, mut people, mut known) = (Vec::new(), vec![None; PEOPLE.len()], Vec::new());
        for (n, &person) in DEVICES.iter().enumerate() {
            let hour = Duration::from_secs(3_600);
            let code = admin::invite(&service, &ids[person].to_string(), hour)?.code;
            let machine = Machine::new(&time, Chance::of(&[2, n as u64]), 0);
            let store = Store::create(
                &dir.path().join(format!("device-{n}")),
                &Passphrase::new("x"),
                KeyCost::for_tests(),
            )?;
            let line = Line::new(&city, Arc::new(Wire::new(n, person, &Arc::new(Journal::default()))));
            runtime().block_on(async {
                let identity = enrol(&store, &line, &code, "Laptop", "0.1.0", &machine).await?;
                round(&store, &line.with_token(Token(identity.token.clone())), &machine).await?;
                if n == 0 {
                    known = identity.districts.iter().copied().collect();
                }
                people[person] = Some(identity.person());
                Ok::<_, sync::Error>(())
            })?;
            keys.push(store.database_key());
        }
        // Known by name: the lead's are sorted by id, and ids follow the order of the file.
        let districts = known;
        let people = people
            .into_iter()
            .map(|person| person.expect("everybody has a device"))
            .collect();
        Ok(Self {
            dir,
            city: place,
            keys,
            people,
            districts,
            ids,
        })
    }

    /// Where the city's ledger lies.
    pub fn city(&self) -> &Place {
        &self.city
    }

    /// Where a device's files lie.
    pub fn device(&self, n: usize) -> PathBuf {
        self.dir.path().join(format!("device-{n}"))
    }

    /// A device's key.
    pub fn key(&self, n: usize) -> &DatabaseKey {
        &self.keys[n]
    }

    /// What everybody may at the beginning.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Everybody's id.
    pub fn ids(&self) -> &[PersonId] {
        &self.ids
    }

    /// The districts, in the order of [`DISTRICTS`].
    pub fn districts(&self) -> &[domain::DistrictId] {
        &self.districts
    }
}
