//! Who works here, and what they may choose from.

use super::shapes::{Choices, Code, Named, Trouble};
use crate::desk::{self, Notebook};
use domain::{RecordId, kinds};

pub(super) fn choices(notebook: &Notebook) -> Result<Choices, Trouble> {
    let identity = notebook.identity()?;
    let lists = notebook.lists()?;
    let id = RecordId::from(identity.organisation);
    let organisation = notebook
        .store()
        .read(|reading| reading.record(id))
        .map_err(desk::Error::from)?;
    let organisation = organisation.and_then(|stored| kinds::Organisation::read(stored.record.body.as_ref()?).ok());
    let mut districts: Vec<Named> = lists
        .districts
        .into_iter()
        .map(|(id, district)| Named {
            id: id.to_string(),
            name: district.name,
        })
        .collect();
    districts.sort_by_cached_key(|district| domain::fold::fold(&district.name));
    Ok(Choices {
        name: identity.name.clone(),
        organisation: organisation.map(|organisation| organisation.name),
        city: identity.city.clone(),
        own_districts: identity.districts.iter().map(ToString::to_string).collect(),
        districts,
        codes: lists.codes.into_iter().map(code).collect(),
    })
}

fn code(entry: kinds::Code) -> Code {
    let de = entry.label.de;
    Code {
        en: entry.label.en.unwrap_or_else(|| de.clone()),
        de,
        list: entry.list,
        code: entry.code,
        parent: entry.parent,
    }
}
