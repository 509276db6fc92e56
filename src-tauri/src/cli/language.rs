//! The language of the messages.

use clap::ValueEnum;

/// German first, English second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    /// Deutsch
    #[value(name = "de")]
    German,
    /// English
    #[value(name = "en")]
    English,
}

impl Language {
    /// The system's language as POSIX names it: LC_ALL before LC_MESSAGES before LANG. German where nothing is said,
    /// because the people it is made for speak it; English for any other language.
    pub(super) fn of_system(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let named = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
        match named.as_deref() {
            None | Some("C" | "POSIX") => Self::German,
            Some(name) if name.starts_with("C.") || name.starts_with("de") => Self::German,
            Some(_) => Self::English,
        }
    }

    /// The text of this language.
    pub(super) fn pick<'a>(self, german: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(variables: &[(&str, &str)]) -> Language {
        Language::of_system(|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn german_where_the_system_says_nothing() {
        assert_eq!(
            language(&[]),
            Language::German,
            "the notebook is made for German cities"
        );
        assert_eq!(
            language(&[("LANG", "C.UTF-8")]),
            Language::German,
            "C names no language"
        );
    }

    #[test]
    fn the_stronger_variable_decides() {
        let found = language(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "en_GB.UTF-8")]);
        assert_eq!(found, Language::English, "LC_ALL overrides LANG");
        let found = language(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", "de_AT")]);
        assert_eq!(found, Language::German, "an empty variable counts as unset");
    }

    #[test]
    fn other_languages_get_english() {
        assert_eq!(
            language(&[("LANG", "fr_FR.UTF-8")]),
            Language::English,
            "English is understood more widely"
        );
    }
}
