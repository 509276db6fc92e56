//! Finding what a person means by a name, a number, a code or an id.

use super::{Candidate, Error, Thing};
use domain::{RecordId, fold::fold};

/// Something that can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its id.
    pub(super) id: RecordId,
    /// Its names, the one to show first.
    pub(super) names: Vec<String>,
    /// Its number or code.
    pub(super) code: Option<String>,
}

/// The one of `among` that `asked` means.
///
/// The nearest way of naming decides: an id, else a number or code, else the name letter by letter but for case, else
/// the name as the search folds it (ß and ss, umlauts either way). So a name that is exactly right is never ambiguous
/// with one that is merely like it.
///
/// # Errors
/// [`Error::Unknown`] or [`Error::Ambiguous`] with the candidates.
pub(super) fn find<'a>(what: Thing, asked: &str, among: &'a [Named]) -> Result<&'a Named, Error> {
    let wanted = asked.trim();
    let lower = small(wanted);
    let folded = fold(wanted);
    let id: Option<RecordId> = wanted.parse().ok();
    let ways: [&dyn Fn(&Named) -> bool; 4] = [
        &|named| Some(named.id) == id,
        &|named| named.code.as_deref().is_some_and(|code| small(code) == lower),
        &|named| named.names.iter().any(|name| small(name) == lower),
        &|named| named.names.iter().any(|name| fold(name) == folded),
    ];
    for way in ways {
        let found: Vec<&Named> = among.iter().filter(|named| way(named)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                return Err(Error::Ambiguous {
                    what,
                    asked: wanted.to_owned(),
                    candidates: several.iter().map(|named| named.candidate()).collect(),
                });
            }
        }
    }
    Err(Error::Unknown {
        what,
        asked: wanted.to_owned(),
        known: among.iter().map(|named| named.shown().to_owned()).collect(),
    })
}

impl Named {
    fn shown(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    fn candidate(&self) -> Candidate {
        Candidate {
            id: self.id,
            name: self.shown().to_owned(),
            code: self.code.clone(),
        }
    }
}

/// NFC, without case: how a name is compared letter by letter.
fn small(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect::<String>().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn named(n: u128, name: &str, code: &str) -> Named {
        Named {
            id: RecordId(Uuid::from_u128(n)),
            names: vec![name.to_owned()],
            code: Some(code.to_owned()),
        }
    }

    fn found(asked: &str, among: &[Named]) -> Option<u128> {
        find(Thing::District, asked, among)
            .ok()
            .map(|named| named.id.0.as_u128())
    }

    #[test]
    fn a_name_is_found_however_its_letters_are_composed() {
        let among = [named(1, "Löbervorstadt", "02"), named(2, "Rieth", "25")];
        assert_eq!(found("löbervorstadt", &among), Some(1), "case does not matter");
        assert_eq!(
            found("Lo\u{308}bervorstadt", &among),
            Some(1),
            "a composed and a decomposed ö are one"
        );
        assert_eq!(found(" RIETH ", &among), Some(2), "spaces around it do not matter");
    }

    #[test]
    fn a_number_and_an_id_name_as_well() {
        let among = [named(1, "Altstadt", "01"), named(2, "01", "99")];
        assert_eq!(
            found("01", &among),
            Some(1),
            "a number comes before a name of the same letters"
        );
        let id = among[1].id.to_string();
        assert_eq!(found(&id, &among), Some(2), "an id is never mistaken");
    }

    #[test]
    fn two_of_one_name_are_offered_and_none_is_guessed() {
        let among = [named(1, "Rieth", "25"), named(2, "RIETH", "P3")];
        let Err(Error::Ambiguous { candidates, .. }) = find(Thing::District, "rieth", &among) else {
            panic!("a guess would put a note in the wrong district");
        };
        let codes: Vec<_> = candidates.iter().filter_map(|c| c.code.as_deref()).collect();
        assert_eq!(codes, ["25", "P3"], "both are named, with what tells them apart");
    }

    #[test]
    fn what_is_unknown_is_answered_with_what_is_known() {
        let Err(Error::Unknown { known, .. }) = find(Thing::Topic, "Wetter", &[named(1, "Wohnen", "wohnen")]) else {
            panic!("an unknown topic must not pass");
        };
        assert_eq!(known, ["Wohnen"], "the person sees what to choose from");
    }
}
