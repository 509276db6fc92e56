//! What goes into the operator's functions and comes out of them; the JSON of `city admin … --json`.

use domain::{At, DeviceId, OrganisationId, PersonId, Role};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use wire::Epoch;

/// Under which data protection law an organisation works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// The General Data Protection Regulation.
    #[default]
    Dsgvo,
    /// The law of the Catholic church.
    Kdg,
    /// The law of the Protestant church.
    DsgEkd,
}

impl FromStr for Regime {
    type Err = &'static str;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "dsgvo" => Ok(Self::Dsgvo),
            "kdg" => Ok(Self::Kdg),
            "dsg-ekd" => Ok(Self::DsgEkd),
            _ => Err("dsgvo, kdg or dsg-ekd"),
        }
    }
}

impl Regime {
    /// The name on the command line and in the organisation's record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dsgvo => "dsgvo",
            Self::Kdg => "kdg",
            Self::DsgEkd => "dsg-ekd",
        }
    }
}

/// A city was founded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Initialised {
    /// The city's name.
    pub city: String,
    /// The first life of its database.
    pub epoch: Epoch,
    /// Districts taken from the file, parents included.
    pub districts: usize,
    /// Entries of code lists.
    pub codes: usize,
}

/// An organisation to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOrganisation {
    /// Its name.
    pub name: String,
    /// Its law.
    pub regime: Regime,
    /// Who is responsible, as notices print it.
    pub controller: Option<String>,
    /// The data protection contact, as notices print it.
    pub dpo: Option<String>,
}

/// A person to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The name that colleagues see.
    pub name: String,
    /// The organisation, by name or id.
    pub organisation: String,
    /// What they work as.
    pub role: Role,
    /// Their districts, by name, number or id; a Planungsraum or Gebiet stands for its members.
    pub districts: Vec<String>,
    /// A planner's Fachplanung, by its code.
    pub field: Option<String>,
}

/// What shall be different about a person; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonChange {
    /// All their districts from now on.
    pub districts: Option<Vec<String>>,
    /// Their role from now on.
    pub role: Option<Role>,
    /// Their Fachplanung from now on; an inner `None` takes it away.
    pub field: Option<Option<String>>,
}

/// An invitation. Its code is shown once and stored hashed.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Invited {
    /// The code as it is read out: `XXXX-XXXX-XXXX`.
    pub code: String,
    /// Whom it makes known.
    pub person: PersonId,
    /// Until when.
    pub valid_until: At,
}

impl fmt::Debug for Invited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invited({} until {})", self.person, self.valid_until)
    }
}

/// A device as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeviceListed {
    /// The device.
    pub id: DeviceId,
    /// Its code.
    pub code: String,
    /// What its owner calls it.
    pub name: String,
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// `active`, `leaving`, `revoked` or `wiped`.
    pub state: &'static str,
    /// When it was made known.
    pub enrolled_at: At,
    /// When the city last heard of it.
    pub seen_at: Option<At>,
    /// The version of its program.
    pub app_version: String,
}

/// A file with districts, its bytes already bounded by who read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistrictFile {
    /// `number,name,parent`, with a header row.
    Csv(Vec<u8>),
    /// A FeatureCollection.
    GeoJson(Vec<u8>),
}

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// New districts.
    pub added: usize,
    /// Districts that the file changed.
    pub updated: usize,
    /// Districts that were as the file says.
    pub unchanged: usize,
}

/// One line of the audit log: who did what to whom, and no content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// When.
    pub at: At,
    /// By whom; absent where the operator's command line or the city itself did it.
    pub by: Option<PersonId>,
    /// What: `person.add`, `device.revoke`, `record.erase` …
    pub action: String,
    /// To whom or what.
    pub subject: Option<String>,
    /// Codes and numbers that say more, never words.
    pub detail: Option<String>,
}

/// The digests and attachments the city keeps, compared with the records it holds and with their hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Records that still have a body.
    pub records: u64,
    /// Slices whose kept digest does not equal the one counted anew; empty if all is well.
    pub wrong: Vec<String>,
    /// Attachments that are whole.
    pub attachments: u64,
    /// Those whose bytes are not what their hash says, by record and hash; empty if all is well.
    pub damaged: Vec<String>,
    /// The database's own check of its pages.
    pub database: String,
    /// Lines of the forget log, whose chain was followed.
    pub forget_log: usize,
}

/// What taking a restored database into use did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The life that began.
    pub epoch: Epoch,
    /// Records that were erased again.
    pub erased: usize,
    /// Records of which fields were redacted again.
    pub redacted: usize,
    /// Devices that were revoked again.
    pub revoked: usize,
}
