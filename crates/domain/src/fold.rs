//! One definition of when two spellings are the same: for search, for names on the command line, for imports.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text without case, accents and compatibility forms; `ß` is `ss`, `ä` is `a`.
///
/// Folding a prefix gives a prefix of the folded text, and folding a part of a word gives a part of the folded word, so
/// an index over folded texts can be asked with folded queries. That is why `ae` is not folded to `a`: `Neueinstellung`
/// would no longer contain `einstellung`. [`spellings`] covers that side of the umlauts.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        // Nearly every letter of a German text is one of these; the long way costs a fifth of a first sync.
        match c {
            '\0'..='\x7f' => folded.push(c.to_ascii_lowercase()),
            'ä' | 'Ä' => folded.push('a'),
            'ö' | 'Ö' => folded.push('o'),
            'ü' | 'Ü' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            c => push_rare(&mut folded, c),
        }
    }
    folded
}

fn push_rare(folded: &mut String, c: char) {
    let letters = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
    for c in letters.flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            // Lower-casing İ brings a combining dot of its own.
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
}

/// The folded spellings under which a typed word may stand in a text: `Häuser` and `Haeuser` both give `hauser` and
/// `haeuser`. The first is always [`fold`] of the word; at most four are given.
pub fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![fold(word)];
    let add = |spelling: String, all: &mut Vec<String>| {
        if !all.contains(&spelling) {
            all.push(spelling);
        }
    };
    let written_out: String = word
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ä' => "ae".to_owned(),
            'ö' => "oe".to_owned(),
            'ü' => "ue".to_owned(),
            c => c.to_string(),
        })
        .collect();
    let written_out = fold(&written_out);
    let short = written_out.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    add(written_out, &mut all);
    add(short, &mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_fold_to_one() {
        for same in ["Straße", "STRASSE", "strasse", "Strasse", "STRAẞE"] {
            assert_eq!(fold(same), "strasse");
        }
        assert_eq!(fold("Häuser"), fold("Ha\u{308}user"), "composed and decomposed");
        assert_eq!(fold("Ulaştırma İzmir ılık Łódź ﬁ"), "ulastirma izmir ilik lodz fi");
    }

    #[test]
    fn an_umlaut_is_found_either_way() {
        for typed in ["Häuser", "Haeuser", "HÄUSER"] {
            let spellings = spellings(typed);
            assert!(spellings.contains(&fold("Häuser")), "{typed} finds Häuser");
            assert!(spellings.contains(&fold("Haeuser")), "{typed} finds Haeuser");
        }
        assert_eq!(spellings("Bank"), ["bank"]);
    }

    #[test]
    fn a_part_of_a_word_folds_to_a_part_of_the_folded_word() {
        assert!(fold("Neueinstellung").contains(&fold("Einstellung")));
        assert!(fold("Großmütterstraße").contains(&fold("MÜTTER")));
    }
}
