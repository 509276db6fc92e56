//! The catalogue for choosing from.

use super::{Error, Notebook, catalogue};
use domain::{DistrictId, kinds};

/// Every district and every entry of a list that this device knows, the retired ones included: old records name them.
pub struct Lists {
    /// Districts and what they are.
    pub districts: Vec<(DistrictId, kinds::District)>,
    /// Entries of all code lists, each list in its own order.
    pub codes: Vec<kinds::Code>,
}

impl Notebook {
    /// What a person may choose from, and what records name.
    ///
    /// # Errors
    /// The store's own reason.
    pub fn lists(&self) -> Result<Lists, Error> {
        let (districts, codes) = self.store().read(|reading| {
            let districts = catalogue::districts(reading)?;
            Ok((districts, catalogue::codes(reading)?))
        })?;
        let mut codes: Vec<kinds::Code> = codes.into_iter().map(|entry| entry.code).collect();
        codes.sort_by(|a, b| (&a.list, a.order, &a.code).cmp(&(&b.list, b.order, &b.code)));
        let districts = districts.into_iter().map(|entry| (entry.id, entry.district)).collect();
        Ok(Lists { districts, codes })
    }
}
