//! Under which keys a record stands in the feed, and which keys somebody follows.
//!
//! Keys find what a person may see without walking through what they may not; `domain::may` then has the last word
//! over every single record. A key too many costs time, a key too few would hide a record.

use domain::{DistrictId, Kind, OrganisationId, Person, Placement, Reader, Role};
use std::fmt;

/// One stream of the feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The catalogue of the whole city.
    City,
    /// An organisation's own part of the catalogue.
    Catalogue(OrganisationId),
    /// What belongs to a whole organisation.
    Organisation(OrganisationId),
    /// What stands in a district of an organisation.
    District(OrganisationId, DistrictId),
    /// What an organisation may read of others.
    ReaderOrganisation(OrganisationId),
    /// What a field's planners may read.
    ReaderField(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::City => f.write_str("city"),
            Self::Catalogue(organisation) => write!(f, "catalogue {organisation}"),
            Self::Organisation(organisation) => write!(f, "organisation {organisation}"),
            Self::District(organisation, district) => write!(f, "district {organisation} {district}"),
            Self::ReaderOrganisation(organisation) => write!(f, "reader {organisation}"),
            Self::ReaderField(field) => write!(f, "field {field}"),
        }
    }
}

impl Key {
    /// Streams of the catalogue come first.
    pub fn is_catalogue(&self) -> bool {
        matches!(self, Self::City | Self::Catalogue(_))
    }

    /// Reads a key's name.
    pub fn parse(name: &str) -> Option<Self> {
        let (sort, rest) = name.split_once(' ').unwrap_or((name, ""));
        match sort {
            "city" => Some(Self::City),
            "catalogue" => rest.parse().ok().map(Self::Catalogue),
            "organisation" => rest.parse().ok().map(Self::Organisation),
            "district" => {
                let (organisation, district) = rest.split_once(' ')?;
                Some(Self::District(organisation.parse().ok()?, district.parse().ok()?))
            }
            "reader" => rest.parse().ok().map(Self::ReaderOrganisation),
            "field" => Some(Self::ReaderField(rest.to_owned())),
            _ => None,
        }
    }
}

/// The keys under which a record of this kind and placement stands, sorted.
pub fn keys_of_record(kind: &Kind, placement: &Placement) -> Vec<Key> {
    let mut keys = Vec::new();
    match placement.organisation {
        None => keys.push(Key::City),
        Some(organisation) if kind.is_catalogue() => keys.push(Key::Catalogue(organisation)),
        Some(organisation) => {
            if placement.whole_organisation {
                keys.push(Key::Organisation(organisation));
            }
            keys.extend(placement.districts.iter().map(|d| Key::District(organisation, *d)));
        }
    }
    keys.extend(placement.readers.iter().map(|reader| match reader {
        Reader::Organisation(organisation) => Key::ReaderOrganisation(*organisation),
        Reader::Field(field) => Key::ReaderField(field.clone()),
    }));
    keys.sort();
    keys
}

/// The keys that somebody with these rights follows, sorted.
pub fn keys_of_person(person: &Person) -> Vec<Key> {
    let own = person.organisation;
    let mut keys = vec![Key::City, Key::Catalogue(own)];
    match person.role {
        Role::Worker | Role::Lead => {
            keys.push(Key::Organisation(own));
            keys.extend(person.districts.iter().map(|d| Key::District(own, *d)));
            keys.push(Key::ReaderOrganisation(own));
        }
        Role::Planner => keys.push(Key::ReaderOrganisation(own)),
        Role::Admin => {}
    }
    if let (Some(field), Role::Worker | Role::Lead | Role::Planner) = (&person.field, person.role) {
        keys.push(Key::ReaderField(field.clone()));
    }
    keys.sort();
    keys
}
