//! The language a report is written in.

use serde::Serialize;

/// A report is written in one language; its codes are the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German, the product's first language.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// Of two wordings the one of this language.
    pub(crate) fn pick(self, (german, english): (&'static str, &'static str)) -> &'static str {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }
}
