//! English, or German where the environment asks for it.

use std::env;

/// The language of messages to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
}

impl Tongue {
    /// As POSIX orders it: the first of these that is set and not empty decides.
    pub(super) fn of_the_environment() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(|name| env::var(name).ok());
        match named.into_iter().find(|value| !value.is_empty()) {
            Some(value) if value.starts_with("de") => Self::German,
            _ => Self::English,
        }
    }

    /// One of two.
    pub(super) fn say<T>(self, english: T, german: T) -> T {
        match self {
            Self::English => english,
            Self::German => german,
        }
    }
}
