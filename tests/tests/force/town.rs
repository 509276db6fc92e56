//! A city with two workers in one district.

use scenes::{City, log_rows};
use std::path::Path;

/// The district that all of them work in.
const DISTRICT: &str = "Rieth";

/// A running city, and the ids of Anna and Bernd.
pub(super) struct Town {
    pub(super) city: City,
    pub(super) anna: String,
    pub(super) bernd: String,
}

impl Town {
    pub(super) fn of(found: fn(&Path) -> City) -> Self {
        let files = tempfile::tempdir().unwrap();
        let districts = files.path().join("districts.csv");
        std::fs::write(&districts, log_rows::DISTRICTS).unwrap();
        let city = found(&districts);
        let team = city.organisation("Quartiersmanagement Nord");
        let [anna, bernd] =
            ["Anna Beispiel", "Bernd Beispiel"].map(|name| city.person(name, &team, "lead", &[DISTRICT]));
        Self { city, anna, bernd }
    }
}
