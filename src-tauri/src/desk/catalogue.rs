//! The city's lists as this device has them: districts, topics and every other code.

use super::{
    Error, Notebook, Thing,
    lookup::{Named, find},
};
use domain::{Body, DistrictId, Kind, OrganisationId, Record, kinds};
use std::collections::BTreeSet;
use store::{Filter, Identity, Page, Reading};

/// The list whose entries are topics.
const TOPIC: &str = "topic";

impl Notebook {
    /// The districts that these names, numbers or ids mean among one's own.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn districts(&self, asked: &[String]) -> Result<BTreeSet<DistrictId>, Error> {
        if asked.is_empty() {
            return Ok(BTreeSet::new());
        }
        let identity = self.identity()?;
        let own: Vec<Named> = self
            .store()
            .read(districts)?
            .into_iter()
            .filter(|d| is_own(&identity, d.id))
            .map(named_district)
            .collect();
        asked
            .iter()
            .map(|asked| Ok(find(Thing::District, asked, &own)?.id.into()))
            .collect()
    }

    /// The codes of the topics that these names, codes or ids mean.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Ambiguous`].
    pub fn topics(&self, asked: &[String]) -> Result<BTreeSet<String>, Error> {
        if asked.is_empty() {
            return Ok(BTreeSet::new());
        }
        let topics: Vec<Named> = self
            .store()
            .read(codes)?
            .into_iter()
            .filter(|c| c.code.list == TOPIC)
            .map(named_code)
            .collect();
        asked
            .iter()
            .map(|asked| Ok(find(Thing::Topic, asked, &topics)?.code.clone().unwrap_or_default()))
            .collect()
    }
}

/// A district of the catalogue.
pub(super) struct District {
    pub(super) id: DistrictId,
    pub(super) district: kinds::District,
}

/// An entry of a code list.
pub(super) struct Code {
    id: domain::RecordId,
    pub(super) code: kinds::Code,
}

/// Whether one may write there. An empty set of districts is that of an admin or planner, who write nowhere.
pub(super) fn is_own(identity: &Identity, district: DistrictId) -> bool {
    identity.districts.contains(&district)
}

/// All districts of the city.
pub(super) fn districts(reading: &Reading<'_>) -> Result<Vec<District>, store::Error> {
    let mut found = Vec::new();
    each(reading, &Kind::District, |record, body| {
        // A body of another shape comes from a newer version; the rest of the list is still good.
        if let Ok(district) = kinds::District::read(body) {
            found.push(District {
                id: record.envelope.id.into(),
                district,
            });
        }
    })?;
    Ok(found)
}

/// All entries of all code lists.
pub(super) fn codes(reading: &Reading<'_>) -> Result<Vec<Code>, store::Error> {
    let mut found = Vec::new();
    each(reading, &Kind::Code, |record, body| {
        if let Ok(code) = kinds::Code::read(body) {
            found.push(Code {
                id: record.envelope.id,
                code,
            });
        }
    })?;
    Ok(found)
}

/// The lists that an import looks words up in, as far as this person may write.
pub(super) fn for_import(reading: &Reading<'_>, identity: &Identity) -> Result<intake::Catalogue, store::Error> {
    let mut lists = intake::Catalogue::default();
    for District { id, district } in districts(reading)? {
        if is_own(identity, id) {
            lists.districts.push(intake::DistrictName {
                id,
                name: district.name,
                number: district.number,
            });
        }
    }
    for Code { code, .. } in codes(reading)? {
        let list = match code.list.as_str() {
            TOPIC => &mut lists.topics,
            "contact_mode" => &mut lists.contact_modes,
            "place_kind" => &mut lists.place_kinds,
            "contact_order" => &mut lists.contact_orders,
            "age_band" => &mut lists.age_bands,
            "service" => &mut lists.services,
            _ => continue,
        };
        list.push(intake::Code {
            labels: [Some(code.label.de), code.label.en].into_iter().flatten().collect(),
            code: code.code,
            valid_from: code.valid_from,
            valid_to: code.valid_to,
        });
    }
    Ok(lists)
}

/// What codes and districts are called in a report.
pub(super) fn for_reports(
    reading: &Reading<'_>,
    organisation: OrganisationId,
) -> Result<reports::Catalogue, store::Error> {
    let organisation = reading.record(organisation.into())?;
    let organisation = organisation.and_then(|stored| kinds::Organisation::read(stored.record.body.as_ref()?).ok());
    let districts = districts(reading)?
        .into_iter()
        .map(|District { id, district }| reports::District {
            id,
            name: district.name,
        });
    let codes = codes(reading)?.into_iter().map(|Code { code, .. }| reports::Code {
        list: code.list,
        code: code.code,
        de: Some(code.label.de),
        en: code.label.en,
        parent: code.parent,
        order: code.order,
    });
    Ok(reports::Catalogue {
        districts: districts.collect(),
        codes: codes.collect(),
        organisation: organisation.map(|organisation| organisation.name),
    })
}

fn named_district(District { id, district }: District) -> Named {
    Named {
        id: id.into(),
        names: vec![district.name],
        code: district.number,
    }
}

fn named_code(Code { id, code }: Code) -> Named {
    let names = [Some(code.label.de), code.label.en].into_iter().flatten().collect();
    Named {
        id,
        names,
        code: Some(code.code),
    }
}

/// Every live record of a kind of the catalogue.
fn each(reading: &Reading<'_>, kind: &Kind, mut f: impl FnMut(&Record, &Body)) -> Result<(), store::Error> {
    let filter = Filter::of(kind.clone());
    let mut after = None;
    loop {
        let page = reading.list(&filter, Page { after, limit: 1_000 })?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.key);
        for stored in &page {
            if let Some(body) = &stored.record.body {
                f(&stored.record, body);
            }
        }
    }
}
