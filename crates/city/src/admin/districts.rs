//! Districts from a file. A second import changes what the file changes and doubles nothing.

use super::{
    catalogue::{Catalogue, Entry, live, set},
    district_csv, district_json, new_id, note,
    shapes::{DistrictFile, Imported},
};
use crate::{
    Error, Service, World,
    ledger::Writing,
    service::{Ring, founder},
};
use domain::{Kind, MAX_BODY_BYTES, Members, RecordId, fold::fold};
use serde_json::value::RawValue;

/// A file names at most so many districts.
pub(super) const MOST_DISTRICTS: usize = 10_000;

/// What a file says of a district.
#[derive(Debug, Default)]
pub(super) struct District {
    pub(super) number: Option<String>,
    pub(super) name: String,
    /// The Planungsraum it lies in.
    pub(super) parent: Option<Named>,
    /// Its outline, a GeoJSON geometry.
    pub(super) outline: Option<Box<RawValue>>,
}

/// A name with its number, where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) number: Option<String>,
    pub(super) name: String,
}

/// What a file says.
pub(super) type Read = Vec<District>;

/// Reads a file.
pub(super) fn read(file: &DistrictFile) -> Result<Read, Error> {
    let read = match file {
        DistrictFile::Csv(bytes) => district_csv::read(bytes)?,
        DistrictFile::GeoJson(bytes) => district_json::read(bytes)?,
    };
    let mut seen = std::collections::BTreeSet::new();
    for (row, district) in (1..).zip(&read) {
        let own = (
            district.number.clone(),
            district.number.is_none().then(|| fold(&district.name)),
        );
        if !seen.insert(own) {
            return Err(Error::Invalid {
                field: "district",
                why: "is named twice",
                row: Some(row),
            });
        }
    }
    Ok(read)
}

/// Adds and updates districts from a file.
///
/// # Errors
/// When the file is not well formed or too large.
pub fn import_districts(service: &Service, file: &DistrictFile) -> Result<Imported, Error> {
    let read = read(file)?;
    let now = service.world().now();
    service.commit(|writing| {
        let mut catalogue = Catalogue::begin(writing, founder(writing)?, now)?;
        let imported = apply(writing, &mut catalogue, service.world(), &read)?;
        let touched = catalogue.scribe.finish(writing)?;
        let detail = format!("{} added, {} updated", imported.added, imported.updated);
        note(writing, now, "districts.import", None, Some(detail))?;
        Ok((imported, Ring::Keys(touched)))
    })
}

/// Brings the catalogue to what a file says. Districts that it does not name stay as they are.
pub(super) fn apply(
    writing: &dyn Writing,
    catalogue: &mut Catalogue,
    world: &dyn World,
    read: &Read,
) -> Result<Imported, Error> {
    let mut city = City {
        known: live(writing, &Kind::District)?,
        catalogue,
        writing,
        world,
        done: Imported::default(),
    };
    let mut parents: Vec<(Named, RecordId)> = Vec::new();
    for (row, district) in (1..).zip(read) {
        let parent = match &district.parent {
            None => None,
            Some(named) => Some(match parents.iter().find(|(known, _)| known == named) {
                Some((_, id)) => *id,
                None => {
                    let id = city.bring("planungsraum", named, None, None, row)?;
                    parents.push((named.clone(), id));
                    id
                }
            }),
        };
        let named = Named {
            number: district.number.clone(),
            name: district.name.clone(),
        };
        city.bring("ortsteil", &named, parent, district.outline.as_deref(), row)?;
    }
    Ok(city.done)
}

struct City<'a> {
    known: Vec<Entry>,
    catalogue: &'a mut Catalogue,
    writing: &'a dyn Writing,
    world: &'a dyn World,
    done: Imported,
}

impl City<'_> {
    /// Adds or updates one district.
    fn bring(
        &mut self,
        sort: &str,
        named: &Named,
        parent: Option<RecordId>,
        outline: Option<&RawValue>,
        row: usize,
    ) -> Result<RecordId, Error> {
        let place = self.find(sort, named);
        let mut members = place.map_or_else(Members::default, |place| self.known[place].members.clone());
        set(&mut members, "name", &named.name);
        if members.get("type").is_none() {
            set(&mut members, "type", sort);
        }
        if let Some(number) = &named.number {
            set(&mut members, "number", number);
        }
        if let Some(parent) = parent {
            set(&mut members, "parent", &parent);
        }
        if let Some(outline) = outline {
            members.set_raw("outline", outline.to_owned());
        }
        if members.to_json().len() > MAX_BODY_BYTES {
            return Err(Error::Invalid {
                field: "outline",
                why: "has too many points",
                row: Some(row),
            });
        }
        let Some(place) = place else {
            let id = RecordId(new_id(self.world));
            self.catalogue.add(id, Kind::District, &members);
            self.known.push(Entry { id, members });
            self.done.added += 1;
            return Ok(id);
        };
        let id = self.known[place].id;
        if members == self.known[place].members {
            self.done.unchanged += 1;
            return Ok(id);
        }
        let standing = self
            .writing
            .standings(&[id])?
            .remove(&id)
            .ok_or(Error::Row("record.id"))?;
        self.catalogue.change(standing, &members);
        self.known[place].members = members;
        self.done.updated += 1;
        Ok(id)
    }

    /// The district that a name and number mean: the number says it, or else the name.
    fn find(&self, sort: &str, named: &Named) -> Option<usize> {
        let known = || {
            self.known
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.text("type").as_deref() == Some(sort))
        };
        let numbered = named
            .number
            .as_ref()
            .and_then(|number| known().find(|(_, e)| e.text("number").as_ref() == Some(number)));
        let name = fold(&named.name);
        // Of two districts of one name, only the number could say which is meant.
        let by_name = || {
            known().find(|(_, e)| {
                let other = named.number.is_some() && e.text("number").is_some();
                !other && e.text("name").is_some_and(|n| fold(&n) == name)
            })
        };
        numbered.or_else(by_name).map(|(place, _)| place)
    }
}
