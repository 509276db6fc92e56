//! The kinds of records. A kind this version does not know travels and rests unharmed.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $wire:literal),+ $(,)?) => {
        /// What a record is. The wire name is `[a-z_]{1,40}`.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
            /// A kind of a newer version, carried unchanged.
            Other(String),
        }

        impl Kind {
            /// Every kind this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$name),+];

            /// The name on the wire, in the store and in the source of the window.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $wire,)+
                    Self::Other(name) => name,
                }
            }
        }

        impl FromStr for Kind {
            type Err = InvalidKind;
            fn from_str(name: &str) -> Result<Self, InvalidKind> {
                match name {
                    $($wire => Ok(Self::$name),)+
                    _ if (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                        Ok(Self::Other(name.to_owned()))
                    }
                    _ => Err(InvalidKind),
                }
            }
        }
    };
}

kinds! {
    /// Gesprächsnotiz: a conversation, anonymous by default.
    Note = "note",
    /// Aktivität: hours and people of a piece of work, a Rundgang with its tally.
    Activity = "activity",
    /// Kontakt: a person or organisation of the address book.
    Contact = "contact",
    /// Anliegen: what a resident asked for, followed until they were told the result.
    Request = "request",
    /// Weiterleitung: what leaves the organisation for a Fachplanung or Amt.
    Referral = "referral",
    /// Gremium: a round table, its rhythm and members.
    Board = "board",
    /// Sitzung: one meeting of a board.
    Meeting = "meeting",
    /// Aufgabe: who does what until when.
    Task = "task",
    /// Monatsabschluss: the frozen cells of a month.
    Month = "month",
    /// Veröffentlichung: rounded cells that may leave the organisation.
    Publication = "publication",
    /// A circle's key wrapped for one person.
    Grant = "grant",
    /// Stadtteil, Planungsraum or Gebiet.
    District = "district",
    /// One entry of a code list (topics, services, age bands ...).
    Code = "code",
    /// A text template.
    Template = "template",
    /// A retention rule.
    Rule = "rule",
    /// Organisation (Träger).
    Organisation = "organisation",
    /// A person who works with the notebook.
    Person = "person",
    /// An enrolled device.
    Device = "device",
}

impl Kind {
    /// Kinds of the catalogue are pulled first and by everybody.
    pub fn is_catalogue(&self) -> bool {
        matches!(
            self,
            Self::District
                | Self::Code
                | Self::Template
                | Self::Rule
                | Self::Organisation
                | Self::Person
                | Self::Device
        )
    }

    /// Kinds whose body may be as large as 4 MiB, because they carry frozen cells.
    pub fn is_closed_figures(&self) -> bool {
        matches!(self, Self::Month | Self::Publication)
    }

    /// Kinds on which readers may stand (`contract.md`, Who may do what).
    pub fn may_have_readers(&self) -> bool {
        matches!(
            self,
            Self::Board | Self::Meeting | Self::Task | Self::Referral | Self::Publication
        )
    }
}

/// A kind's name that is not `[a-z_]{1,40}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a kind is named by 1 to 40 letters a-z and _")]
pub struct InvalidKind;

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl schemars::JsonSchema for Kind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Kind".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[a-z_]{1,40}$"})
    }
}
