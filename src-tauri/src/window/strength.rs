//! How hard a passphrase is to guess, in words a person can act on.

use serde::{Deserialize, Serialize};
use specta::Type;
use zeroize::Zeroizing;
use zxcvbn::{feedback::Warning, zxcvbn};

/// Guessed within hours by whoever has the device's file and much hardware, in powers of ten of guesses.
const WEAK: f64 = 10.0;
/// Beyond this nobody guesses it.
const STRONG: f64 = 14.0;
/// Words that sentences and simple passphrases are made of; the library knows English ones alone.
const COMMON: &str = include_str!("common_words.txt");
/// What one of them adds: there are a few hundred.
const COMMON_TENS: f64 = 2.4;

/// A passphrase that somebody thinks of, and words it should not be made of. No Debug: it is one.
#[derive(Deserialize, Type)]
pub(super) struct Wish {
    /// What was typed.
    passphrase: String,
    /// What stands around it on the screen: the city's address, the code.
    around: Vec<String>,
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Strength {
    /// It would be guessed; it is not taken.
    Weak,
    /// It will do; one word more makes it good.
    Fair,
    /// Nobody guesses it.
    Strong,
}

/// What makes it easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(super) enum Weakness {
    /// Letters or words that come again.
    Repeats,
    /// abc, 6543.
    Sequence,
    /// Keys that lie beside each other.
    Row,
    /// Days and years.
    Date,
    /// Names of people.
    Name,
    /// On every list of passwords.
    Common,
}

/// How hard a passphrase is to guess, and why not harder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub(super) struct Judged {
    /// How hard.
    pub(super) strength: Strength,
    /// What makes it easy.
    pub(super) why: Option<Weakness>,
}

/// How hard this passphrase is to guess.
#[tauri::command(async)]
#[specta::specta]
pub(super) fn judge(wish: Wish) -> Judged {
    let passphrase = Zeroizing::new(wish.passphrase);
    judged(&passphrase, &wish.around)
}

/// The judgement of a passphrase that stands beside these words.
pub(super) fn judged(passphrase: &str, around: &[String]) -> Judged {
    let around: Vec<&str> = around.iter().map(String::as_str).chain(["quartierbuch"]).collect();
    let estimate = zxcvbn(passphrase.trim(), &around);
    let tens = estimate.guesses_log10().min(word_by_word(passphrase, &around));
    let strength = match tens {
        tens if tens < WEAK => Strength::Weak,
        tens if tens < STRONG => Strength::Fair,
        _ => Strength::Strong,
    };
    let warning = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    let why = warning.map(weakness);
    Judged {
        strength,
        // Words that are each easy, without a pattern the library knows.
        why: why.or((strength == Strength::Weak && !passphrase.is_empty()).then_some(Weakness::Common)),
    }
}

/// Powers of ten of guesses for somebody who tries words one after another, the common ones first. The estimate of the
/// whole multiplies in every order they could stand in, which makes any four words strong, a sentence too.
fn word_by_word(passphrase: &str, around: &[&str]) -> f64 {
    let words = passphrase
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let each = words.map(|word| {
        let lower = word.to_lowercase();
        let tens = zxcvbn(word, around).guesses_log10();
        match COMMON.split_whitespace().any(|common| common == lower) {
            true => tens.min(COMMON_TENS),
            false => tens,
        }
    });
    let signs = passphrase
        .trim()
        .chars()
        .filter(|c| !c.is_alphanumeric() && *c != ' ')
        .count();
    each.sum::<f64>() + f64::from(u32::try_from(signs).unwrap_or(u32::MAX))
}

fn weakness(warning: Warning) -> Weakness {
    match warning {
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            Weakness::Repeats
        }
        Warning::SequencesLikeAbcAreEasyToGuess => Weakness::Sequence,
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => Weakness::Row,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Weakness::Date,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            Weakness::Name
        }
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword
        | Warning::AWordByItselfIsEasyToGuess => Weakness::Common,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(passphrase: &str) -> Strength {
        judged(passphrase, &["https://stadt.example".to_owned()]).strength
    }

    #[test]
    fn four_words_of_ones_own_are_strong() {
        assert_eq!(strength("laterne teich donnerstag apfelkuchen"), Strength::Strong);
    }

    #[test]
    fn sentences_numbers_and_names_are_not_strong() {
        for weak in [
            "eins zwei drei vier",
            "ich liebe meine Frau",
            "Montag Dienstag Mittwoch Donnerstag",
        ] {
            assert_eq!(strength(weak), Strength::Weak, "{weak}");
        }
        for fair in ["Thomas Lenz Team Nord", "Alle meine Entchen schwimmen"] {
            assert_ne!(strength(fair), Strength::Strong, "{fair}");
        }
    }

    #[test]
    fn length_alone_is_no_strength() {
        for weak in [
            "aaaaaaaaaaaaaaaaaaaa",
            "12345678901234567890",
            "passwort",
            "qwertzuiop",
            "",
        ] {
            assert_eq!(strength(weak), Strength::Weak, "{weak}");
        }
    }

    #[test]
    fn what_stands_on_the_screen_anyway_adds_nothing() {
        assert_eq!(strength("https://stadt.example"), Strength::Weak);
    }

    #[test]
    fn a_weak_one_says_why() {
        assert_eq!(judged("aaaaaaaaaaaa", &[]).why, Some(Weakness::Repeats));
        assert_eq!(judged("abcdefghijkl", &[]).why, Some(Weakness::Sequence));
    }
}
