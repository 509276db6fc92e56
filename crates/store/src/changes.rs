//! What a write touched.

use domain::{Kind, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// The records that a write created, changed or took away; windows refresh from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Ids by kind.
    pub touched: BTreeMap<Kind, BTreeSet<RecordId>>,
}

impl Changes {
    /// Nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    pub(crate) fn touch(&mut self, kind: &Kind, id: RecordId) {
        if let Some(ids) = self.touched.get_mut(kind) {
            ids.insert(id);
        } else {
            self.touched.insert(kind.clone(), BTreeSet::from([id]));
        }
    }
}
